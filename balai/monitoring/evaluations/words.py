"""An evaluation's figures in words and columns: the same for the paper and the workbook."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.common import formats
from balai.monitoring.factor_words import NAMES
from balai.monitoring.models import Evaluation

#: What stands where there is nothing to say.
NOTHING = "–"


class Words:
    """``evaluation`` in words of its own language, which the caller has made the active one."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.figures: dict[str, Any] = evaluation.figures or {}
        self.language = evaluation.language

    def number(self, value: float, places: int = 0) -> str:
        return formats.number(value, self.language, places)

    def moment(self, when: datetime) -> str:
        return formats.moment(timezone.localtime(when), self.language)

    @property
    def period(self) -> str:
        return formats.days(*self.evaluation.days, self.language)

    @property
    def state(self) -> str:
        """From which state of the data the figures are."""
        ended = datetime.fromisoformat(self.figures["ended"])
        found = datetime.fromisoformat(self.figures["state"])
        if ended == found:
            words = _("{when}; masa ini masih berjalan")
            return words.format(when=self.moment(found))
        return _("perbuatan sampai akhir masa, menurut data {when}").format(when=self.moment(found))

    @property
    def closed(self) -> str:
        """Why nothing is told, where the groups of that time were too small; else nothing."""
        if not self.evaluation.closed_then:
            return ""
        return _(
            "Jumlah wilayah ini dalam masa itu tidak ditampilkan: kelompoknya waktu itu kecil, atau kelompok kecil di "
            "sebelahnya dapat dihitung dari selisih. Pilih masa yang lebih baru, atau wilayah di atasnya."
        )

    @property
    def coverage(self) -> str:
        rows = self.figures["rows"]
        people = self.number(self.figures["after"][0])
        if not rows:
            return _("{people} orang terdaftar").format(people=people)
        covered = sum(1 for row in rows if row["hidden"] or row["numbers"][0])
        words = _("{people} orang terdaftar; {covered} dari {all} wilayah di bawahnya punya peserta")
        return words.format(people=people, covered=self.number(covered), all=self.number(len(rows)))

    @property
    def how(self) -> str:
        words = [
            _("Setiap orang dihitung sekali, di wilayah tempatnya tercatat sekarang."),
            _("Ketiga faktor dinilai sendiri-sendiri dan tidak dirata-rata; satu yang kurang membuat wilayah belum "
              "terpenuhi."),
        ]  # fmt: skip
        if self.figures["totals"]:
            words.append(_("Kelompok kecil, dan yang dapat dihitung dari selisihnya, tidak ditampilkan."))
        return " ".join(words)

    @property
    def steps_head(self) -> list[str]:
        head = [_("Langkah"), _("Akhir masa"), _("Dari terdaftar")]
        return head if self.figures["before"] is None else [*head, _("Awal masa"), _("Bertambah")]

    @property
    def steps(self) -> list[list[str]]:
        """From registered to not started: at the end, as a share; for those who see persons also at the start."""
        after, before = self.figures["after"], self.figures["before"]
        rows = []
        for place, name in enumerate(self.numbers):
            row = [name, self.number(after[place]), formats.percent(after[place], after[0], self.language)]
            if before is not None:
                growth = after[place] - before[place]
                row += [self.number(before[place]), f"{'+' if growth > 0 else ''}{self.number(growth)}"]
            rows.append(row)
        return rows

    @property
    def lines(self) -> list[str]:
        """What is said below the steps: the gain, and the roll-out."""
        gain, rollout = self.figures["gain"], self.figures["rollout"]
        found = [_("Kenaikan nilai: belum cukup orang dengan tes awal dan tes akhir.")]
        if gain:
            words = _("Kenaikan nilai dari tes awal ke tes akhir: {gain} poin (n = {n}, simpangan baku {spread}).")
            found = [words.format(gain=self.signed(gain[0]), n=self.number(gain[1]), spread=self.number(gain[2], 1))]
        if rollout is None:
            return [*found, _("Pelaksanaan program: belum ada laporan.")]
        words = _("Pelaksanaan program di {where}: {status}, sejak {since}.")
        since = self.day(rollout["since"])
        return [*found, words.format(where=rollout["where"], status=rollout["status"].lower(), since=since)]

    def signed(self, value: float) -> str:
        return f"{'+' if value > 0 else ''}{self.number(value, 1)}"

    def day(self, iso: str) -> str:
        return formats.day(date.fromisoformat(iso), self.language) if iso else NOTHING

    @property
    def numbers(self) -> list[str]:
        """The names of the numbers of a line, see ``figuring.NUMBERS``."""
        return [_("Terdaftar"), _("Mulai belajar"), _("Selesai"), _("Bersertifikat"), _("Belum mulai")]

    @property
    def columns(self) -> list[tuple[str, int]]:
        """Names and widths (signs) of the columns of the table of regions."""
        numbers = [(name, 12) for name in self.numbers]
        verdicts = [(str(name), 18) for name in NAMES.values()]
        return [(_("Wilayah"), 32), *numbers, (_("Kenaikan nilai"), 22), *verdicts, (_("Pelaksanaan"), 18)]

    @property
    def village_columns(self) -> list[tuple[str, int]]:
        return [(_("Desa"), 32), (_("Kecamatan"), 32), *((name, 12) for name in self.numbers)]

    def row(self, row: dict[str, Any]) -> list[Any]:
        """A region's line; of a hidden one its name and that it is. A verdict is its word and its key."""
        if row["hidden"]:
            return [row["title"], _("tidak ditampilkan: kelompok kecil")]
        verdicts = [list(pair) for pair in zip(row["verdicts"], row["met"], strict=True)]
        return [row["title"], *self.line(row["numbers"]), self.gain(row["gain"]), *verdicts, row["status"]]

    def line(self, numbers: list[int]) -> list[str]:
        """The numbers of a line; where nobody is registered there is nothing to say about how far they came."""
        if not numbers[0]:
            return ["0", *(NOTHING for _number in numbers[1:])]
        return [self.number(number) for number in numbers]

    def gain(self, gain: list[float] | None) -> str:
        if not gain:
            return NOTHING
        return _("{gain} (n = {n}, {spread})").format(
            gain=self.signed(gain[0]), n=self.number(gain[1]), spread=self.number(gain[2], 1)
        )

    def village(self, row: dict[str, Any]) -> list[str]:
        return [row["title"], row["above"], *self.line(row["numbers"])]
