"""The three kinds of choice: one, several, true or false."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .published import Key, Question
from .question_kinds import FULL, Line, Misread, QuestionKind, Sides, Written, claims_all, register

_ONE = re.compile(r"- \(( |x|X)\)(?: +(?P<text>.*))?$")
_SEVERAL = re.compile(r"- \[( |x|X)\](?: +(?P<text>.*))?$")
_FEEDBACK = re.compile(r" {2,}> ?(?P<text>.*)$")
_TRUE_FALSE = ("Benar", "Salah")


@dataclass
class _Option:
    """An option as it is read: Markdown (lines indented by two go on), and what is told to those who choose it."""

    line: Line
    right: bool
    lines: list[str]
    feedback: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).rstrip()

    def go_on(self, line: Line) -> None:
        told = _FEEDBACK.match(line.text)
        if told:
            self.feedback.append(Line(line.number, told["text"]))
        elif self.feedback and line.text.strip():
            raise Misread(line.number, _("Umpan balik sebuah pilihan ditulis terakhir; awali baris ini dengan “  > ”."))
        else:
            self.lines.append(line.text[2:])


def _options(lines: Sequence[Line], shape: re.Pattern[str]) -> Iterator[_Option]:
    option = None
    for line in lines:
        found = shape.match(line.text)
        if found:
            if option:
                yield option
            option = _Option(line, found[1] != " ", [(found["text"] or "").strip()])
            if not option.text:
                raise Misread(line.number, _("Pilihan ini kosong. Tulis isinya setelah tanda kurung."))
        elif option and (line.text.startswith("  ") or not line.text):
            option.go_on(line)
        else:
            raise Misread(line.number, _mixed(line))
    if option:
        yield option


def _mixed(line: Line) -> str:
    if _ONE.match(line.text) or _SEVERAL.match(line.text):
        return _("Satu soal memakai (x) atau [x], tidak keduanya.")
    return _("Baris ini bukan pilihan. Pilihan ditulis “- (x) …” atau “- ( ) …”; penjelasan diawali “> ”.")


def _read(lines: Sequence[Line], shape: re.Pattern[str]) -> Written:
    found = list(_options(lines, shape))
    seen: set[str] = set()
    for option in found:
        if option.text in seen:
            raise Misread(option.line.number, _("Pilihan “{text}” tertulis dua kali.").format(text=option.text))
        seen.add(option.text)
    if len(found) < 2:
        raise Misread(lines[0].number, _("Soal ini hanya punya satu pilihan. Tulis sedikitnya dua."))
    right = tuple(place for place, option in enumerate(found) if option.right)
    if not right:
        raise Misread(lines[0].number, _("Belum ada pilihan yang ditandai benar dengan x."))
    return Written(tuple(option.text for option in found), right, feedback=tuple(_feedback(found)))


def _feedback(found: Sequence[_Option]) -> Iterator[tuple[int, Line]]:
    for place, option in enumerate(found):
        if option.feedback:
            yield place, Line(option.feedback[0].number, "\n".join(line.text for line in option.feedback))


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


def _sides(written: Written, options: Sequence[str], items: Sequence[str]) -> Sides:
    right = {options[place] for place in written.right}
    return tuple(sorted(right)), tuple(sorted(set(options) - right))


def _fits(chosen: AbstractSet[str], question: Question) -> bool:
    return chosen <= {option.id for option in question.options}


def mark_one(chosen: AbstractSet[str], key: Key) -> int:
    """All or nothing."""
    return FULL if chosen & {*key.right, *key.wrong} == set(key.right) else 0


def mark_several(chosen: AbstractSet[str], key: Key) -> int:
    """The share of the right options chosen, less the share of the wrong ones chosen, never below nothing.

    So ticking every option earns nothing, ticking none earns nothing, and guessing earns nothing on average.
    Rounded down to a per mille.
    """
    gained, lost, traps = len(chosen & set(key.right)), len(chosen & set(key.wrong)), len(key.wrong) or 1
    return max(0, gained * traps - lost * len(key.right)) * FULL // (len(key.right) * traps)


register(
    QuestionKind(
        name="true_false",
        starts=_ONE,
        claims=lambda written: written.options == _TRUE_FALSE,
        read=_read_one,
        sides=_sides,
        fits=_fits,
        mark=mark_one,
        shuffle="never",
        instruction=gettext_lazy("Benar atau salah?"),
        control="radio",
    )
)
register(
    QuestionKind(
        name="one",
        starts=_ONE,
        claims=claims_all,
        read=_read_one,
        sides=_sides,
        fits=_fits,
        mark=mark_one,
        shuffle="if_asked",
        instruction=gettext_lazy("Pilih satu"),
        control="radio",
    )
)
register(
    QuestionKind(
        name="several",
        starts=_SEVERAL,
        claims=claims_all,
        read=_read_several,
        sides=_sides,
        fits=_fits,
        mark=mark_several,
        shuffle="if_asked",
        instruction=gettext_lazy("Pilih semua yang benar"),
        control="checkbox",
    )
)
