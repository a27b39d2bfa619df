"""What the figures of a question advise its author to look at, in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .analysis import Figures

_REVERSED = _("Daya beda negatif: yang nilainya tinggi lebih sering salah. Periksa kunci dan kalimatnya.")
_HARD = _("Terlalu sukar: kurang dari 20% nilainya diperoleh. Periksa kuncinya, atau ajarkan lagi.")
_EASY = _("Terlalu mudah: lebih dari 95% nilainya diperoleh, jadi soal ini tidak membedakan siapa pun.")


@dataclass(frozen=True)
class Remark:
    """``word``: for the list; the text: one or two sentences. ``tone`` is the class of the pill."""

    word: str | Promise
    text: str | Promise
    tone: str

    def __str__(self) -> str:
        return str(self.text)


def remarks(figures: Figures) -> list[Remark]:
    """The gravest first; nothing for a question that is in order."""
    found = []
    if figures.reversed:
        found.append(Remark(_("Terbalik"), _REVERSED, "bad"))
    if figures.too_hard:
        found.append(Remark(_("Terlalu sukar"), _HARD, "wait"))
    if figures.too_easy:
        found.append(Remark(_("Terlalu mudah"), _EASY, "wait"))
    return found
