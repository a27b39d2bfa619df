"""The three kinds of choice: one, several, true or false."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .question_kinds import FULL, Line, Misread, QuestionKind, Written, register

_ONE = re.compile(r"- \(( |x|X)\)(?: +(?P<text>.*))?$")
_SEVERAL = re.compile(r"- \[( |x|X)\](?: +(?P<text>.*))?$")
_TRUE_FALSE = ("Benar", "Salah")


def _options(lines: Sequence[Line], shape: re.Pattern[str]) -> Iterator[tuple[Line, bool, str]]:
    """Each option's first line, whether it is marked right, and its Markdown (lines indented by two go on)."""
    first, right, text = lines[0], False, ""
    for line in lines:
        found = shape.match(line.text)
        if found:
            if text:
                yield first, right, text
            first, right, text = line, found[1] != " ", (found["text"] or "").strip()
            if not text:
                raise Misread(line.number, _("Pilihan ini kosong. Tulis isinya setelah tanda kurung."))
        elif line.text.startswith("  ") or not line.text:
            text = f"{text}\n{line.text[2:]}"
        else:
            raise Misread(line.number, _mixed(line))
    yield first, right, text


def _mixed(line: Line) -> str:
    if _ONE.match(line.text) or _SEVERAL.match(line.text):
        return _("Satu soal memakai (x) atau [x], tidak keduanya.")
    return _("Baris ini bukan pilihan. Pilihan ditulis “- (x) …” atau “- ( ) …”; penjelasan diawali “> ”.")


def _read(lines: Sequence[Line], shape: re.Pattern[str]) -> Written:
    found = [(line, right, text.rstrip()) for line, right, text in _options(lines, shape)]
    seen: set[str] = set()
    for line, _right, text in found:
        if text in seen:
            raise Misread(line.number, _("Pilihan “{text}” tertulis dua kali.").format(text=text))
        seen.add(text)
    if len(found) < 2:
        raise Misread(lines[0].number, _("Soal ini hanya punya satu pilihan. Tulis sedikitnya dua."))
    right = frozenset(index for index, option in enumerate(found) if option[1])
    if not right:
        raise Misread(lines[0].number, _("Belum ada pilihan yang ditandai benar dengan x."))
    return Written(tuple(text for _line, _right, text in found), right)


def _read_one(lines: Sequence[Line]) -> Written:
    written = _read(lines, _ONE)
    if len(written.right) > 1:
        raise Misread(
            lines[0].number,
            _("Ada {count} pilihan benar pada soal pilih satu. Pakai [x] bila jawabannya lebih dari satu.").format(
                count=len(written.right)
            ),
        )
    return written


def _read_several(lines: Sequence[Line]) -> Written:
    return _read(lines, _SEVERAL)


def mark_one(chosen: AbstractSet[str], right: AbstractSet[str], wrong: AbstractSet[str]) -> int:
    """All or nothing."""
    return FULL if chosen & (right | wrong) == right else 0


def mark_several(chosen: AbstractSet[str], right: AbstractSet[str], wrong: AbstractSet[str]) -> int:
    """The share of the right options chosen, less the share of the wrong ones chosen, never below nothing.

    So ticking every option earns nothing, ticking none earns nothing, and guessing earns nothing on average.
    Rounded down to a per mille.
    """
    gained, lost, traps = len(chosen & right), len(chosen & wrong), len(wrong) or 1
    return max(0, gained * traps - lost * len(right)) * FULL // (len(right) * traps)


register(
    QuestionKind(
        name="true_false",
        starts=_ONE,
        claims=lambda written: written.options == _TRUE_FALSE,
        read=_read_one,
        mark=mark_one,
        may_shuffle=False,
        instruction=gettext_lazy("Benar atau salah?"),
        control="radio",
    )
)
register(
    QuestionKind(
        name="one",
        starts=_ONE,
        claims=lambda written: True,
        read=_read_one,
        mark=mark_one,
        may_shuffle=True,
        instruction=gettext_lazy("Pilih satu"),
        control="radio",
    )
)
register(
    QuestionKind(
        name="several",
        starts=_SEVERAL,
        claims=lambda written: True,
        read=_read_several,
        mark=mark_several,
        may_shuffle=True,
        instruction=gettext_lazy("Pilih semua yang benar"),
        control="checkbox",
    )
)
