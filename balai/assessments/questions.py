"""Reading the questions of a test file: a heading, the stem, the answer part, the explanation.

::

    ## kunci-layar
    Anda meletakkan HP di meja. Apa yang dilakukan lebih dulu?

    - (x) Mengunci layar HP
    - ( ) Membiarkan layar menyala

    > Layar yang terkunci menjaga isi HP. Baca lagi [Tombol dan layar](../materi/01-tombol-dan-layar.md).

Nothing is rewritten: the source of every question is kept, and the pieces joined are the file again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import choice, matching, ordering, typed  # noqa: F401  (each registers its kinds of question)
from .question_kinds import QUESTION_KINDS, Line, Misread, QuestionKind, Written

#: What names a question within its test: it stays the same when the wording changes.
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 60
_HEADING = re.compile(r"## +(?P<slug>.*?) *$")
_FIRST_STEP = re.compile(r"1\.( |$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINK_TO_LESSON = re.compile(r"\]\(([^)\s]+\.md)\)")


@dataclass(frozen=True)
class QuestionSource:
    """One question as written. ``line`` is its heading's number in the file, ``source`` its exact text."""

    slug: str
    line: int
    kind: str
    stem: str
    written: Written
    explanation: str
    explanation_line: int
    source: str

    @property
    def lesson_file(self) -> str:
        """The lesson to read again, as linked in the explanation; empty when none is."""
        found = _LINK_TO_LESSON.search(self.explanation)
        return found[1] if found else ""


@dataclass(frozen=True)
class Reading:
    """What was found in a test file: the questions that can be read, and what is wrong, by line number.

    ``head`` is what stands before the first question: blank lines, or it is a fault.
    """

    head: str
    questions: tuple[QuestionSource, ...]
    faults: tuple[tuple[int, str], ...]


def read(text: str, first_line: int = 1) -> Reading:
    """Read the questions of ``text``, the body of a test file that begins at ``first_line`` of the file."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), first_line)]
    questions: list[QuestionSource] = []
    faults: list[tuple[int, str]] = []
    head, *blocks = _blocks(lines)
    faults += [(line.number, _stray()) for line in head if line.text.strip()][:1]
    for block in blocks:
        try:
            question = _question(block)
            if any(other.slug == question.slug for other in questions):
                raise Misread(question.line, _("Nama soal “{slug}” sudah dipakai di atas.").format(slug=question.slug))
            questions.append(question)
        except Misread as misread:
            faults.append(misread.args)
    if not blocks:
        faults.append((first_line, _("Belum ada soal. Setiap soal diawali baris “## nama-soal”.")))
    return Reading("\n".join(line.text for line in head), tuple(questions), tuple(faults))


def _stray() -> str:
    return _("Tulisan sebelum soal pertama tidak dipakai. Pindahkan ke bawah “## nama-soal”, atau hapus.")


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """What stands before the first heading, then each heading with what follows it."""
    blocks: list[list[Line]] = [[]]
    fenced = False
    for line in lines:
        if _FENCE.match(line.text):
            fenced = not fenced
        if not fenced and _HEADING.match(line.text):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _question(block: Sequence[Line]) -> QuestionSource:
    heading, *rest = block
    slug = _slug(heading)
    stem, answers, explanation = _parts(heading, rest)
    kind, written = _answer_part(answers)
    return QuestionSource(
        slug=slug,
        line=heading.number,
        kind=kind.name,
        stem=_text(stem),
        written=written,
        explanation=_text([Line(line.number, _unquoted(line.text)) for line in explanation]),
        explanation_line=explanation[0].number if explanation else heading.number,
        source="\n".join(line.text for line in block),
    )


def _slug(heading: Line) -> str:
    found = _HEADING.match(heading.text)
    slug = found["slug"] if found else ""
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
        raise Misread(
            heading.number,
            _("Nama soal “{slug}” tidak dapat dipakai. Pakai huruf kecil, angka, dan tanda hubung.").format(slug=slug),
        )
    return slug


def _parts(heading: Line, lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Stem, answer part, explanation."""
    start = _answers_start(lines)
    if start is None:
        raise Misread(heading.number, _("Soal ini belum punya pilihan. Tulis misalnya “- (x) Jawaban benar”."))
    end = next((p for p in range(start, len(lines)) if lines[p].text.startswith(">")), len(lines))
    stem, answers, explanation = list(lines[:start]), list(lines[start:end]), list(lines[end:])
    if not _text(stem):
        raise Misread(heading.number, _("Soal ini belum punya pertanyaan. Tulis di bawah namanya."))
    for line in explanation:
        if line.text.strip() and not line.text.startswith(">"):
            raise Misread(line.number, _("Baris ini ada di belakang penjelasan. Awali dengan “> ”, atau hapus."))
    return stem, answers, explanation


def _answers_start(lines: Sequence[Line]) -> int | None:
    """Where the answer part starts. A numbered list is one only when nothing else is: a stem may have its own."""
    for place, line in enumerate(lines):
        if any(kind.starts.match(line.text) for kind in QUESTION_KINDS.values() if kind.name != "ordering"):
            return place
    firsts = [place for place, line in enumerate(lines) if _FIRST_STEP.match(line.text)]
    return firsts[-1] if firsts else None


def _answer_part(lines: Sequence[Line]) -> tuple[QuestionKind, Written]:
    return next(_claims(lines))


def _claims(lines: Sequence[Line]) -> Iterator[tuple[QuestionKind, Written]]:
    for kind in QUESTION_KINDS.values():
        if kind.starts.match(lines[0].text):
            written = kind.read(lines)
            if kind.claims(written):
                yield kind, written


def _unquoted(text: str) -> str:
    return re.sub(r"^> ?", "", text)


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip()
