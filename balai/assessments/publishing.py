"""A part of publishing a course: its test files become published tests, their keys a file or a seal."""

import base64
import hashlib
import re
from pathlib import PurePosixPath
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from balai.common import canonical, sealing
from balai.common.ids import derived
from balai.courses import frontmatter
from balai.courses.build import Build, register_part
from balai.courses.markdown import Text
from balai.courses.outline import TestDraft
from balai.courses.source import Source
from balai.log.nodekeys import this_node
from balai.log.record import Deed

from . import heads
from .contents import seal_context
from .entries import TestPublished
from .paper import shuffles
from .published import Key, Keys, Option, Question, Rules
from .question_kinds import QUESTION_KINDS
from .questions import QuestionSource, read

_PARAGRAPH = re.compile(r"<p>(.*)</p>", re.DOTALL)
_FIGURE = re.compile(r'<figure class="figure">(<img[^>]*>)</figure>')
_BLOCK = re.compile(r"<(p|ul|ol|pre|blockquote|table|h[2-4]|aside|figure|div)\b")


def prepare(source: Source, build: Build, version: UUID) -> list[Deed]:
    """The tests of ``source`` as deeds; what is wrong is noted in ``build.faults``."""
    return [_deed(source, build, version, test) for test in build.outline.tests.values()]


def _deed(source: Source, build: Build, version: UUID, test: TestDraft) -> Deed:
    """The test as the version freezes it: keys of practice travel in the package, others are sealed."""
    id = derived(version, "test", test.slug)
    payload, keys = written(source, build, version, test)
    if payload.kind == "practice":
        build.add(f"tests/{test.slug}.json", keys_file(keys))
        payload = msgspec.structs.replace(payload, keys=keys)
    else:
        payload = msgspec.structs.replace(payload, sealed=_sealed(keys, id))
    return Deed("test.published", payload, id=id, proof="hub")


def written(source: Source, build: Build, version: UUID, test: TestDraft) -> tuple[TestPublished, Keys]:
    """The public part of ``test`` and its keys; what is wrong is noted, and what can be read is there all the same."""
    head = frontmatter.read(test.path, source.text(test.path), build.faults)
    kind = heads.kind(head)
    body = read(head.body, head.body_line)
    for line, text in body.faults:
        build.faults.add(test.path, line, text)
    rules = heads.rules(head, kind, [question.slug for question in body.questions])
    writer = _Writer(build, test, rules)
    keys = {question.slug: writer.key(question) for question in body.questions}
    payload = TestPublished(
        test=test.id,
        version=version,
        slug=test.slug,
        title=test.title,
        kind=kind,
        rules=rules,
        questions=tuple(writer.question(question) for question in body.questions),
    )
    return payload, keys


def keys_file(keys: Keys) -> bytes:
    """The keys of a practice test as they travel in the package: ``{slug: Key}`` in canonical JSON."""
    return canonical.encode(keys).encode()


def _sealed(keys: Keys, test: UUID) -> str:
    sealed = sealing.seal(this_node().sealing_public, keys_file(keys), seal_context(test))
    return base64.b64encode(sealed).decode()


def option_id(text: str) -> str:
    """What stands for an option in papers and answers: the same as long as its text is."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class _Writer:
    """Renders the questions of one test file."""

    def __init__(self, build: Build, test: TestDraft, rules: Rules) -> None:
        self.build, self.test, self.rules = build, test, rules
        self.lessons = f"/materi/{build.outline.slug}/{build.number}/"

    def question(self, written: QuestionSource) -> Question:
        options = [self._shown(text, written) for text in written.written.options]
        if shuffles(written.kind, self.rules):
            options.sort(key=lambda option: option.id)  # so that the author's habits do not show
        return Question(
            slug=written.slug,
            kind=written.kind,
            stem=self._html(written.stem, written.line + 1),
            options=tuple(options),
            lesson=self._lesson(written),
            items=tuple(self._shown(text, written) for text in written.written.items),
            unit=written.written.unit,
        )

    def key(self, written: QuestionSource) -> Key:
        part = written.written
        ids = [option_id(text) for text in part.options]
        right, wrong = QUESTION_KINDS[written.kind].sides(part, ids, [option_id(text) for text in part.items])
        return Key(
            kind=written.kind,
            right=right,
            wrong=wrong,
            explanation=self._html(written.explanation, written.explanation_line) if written.explanation else "",
            feedback={ids[place]: self._html(line.text, line.number) for place, line in part.feedback},
            also=part.accepted[1:],
            tolerance=part.tolerance,
            unit=part.unit,
        )

    def _lesson(self, written: QuestionSource) -> str:
        """The slug of the lesson to read again; a link that leads nowhere is noted while rendering."""
        if not written.lesson_file:
            return ""
        parts: list[str] = []
        for part in (PurePosixPath(self.test.path).parent / written.lesson_file).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        lesson = self.build.lesson_at("/".join(parts))
        return lesson.slug if lesson else ""

    def _shown(self, text: str, written: QuestionSource) -> Option:
        html = _FIGURE.sub(r"\1", self._html(text, written.line)).strip()
        inner = _PARAGRAPH.fullmatch(html)
        html = inner[1] if inner else html
        if _BLOCK.search(html):
            fault = _("Pilihan pada soal “{slug}” harus satu alinea, tanpa daftar atau tabel.")
            self.build.faults.add(self.test.path, written.line, fault.format(slug=written.slug))
        if QUESTION_KINDS[written.kind].control == "pairs" and text not in written.written.items and "<img" in html:
            fault = _("Sisi kanan pada soal “{slug}” hanya boleh tulisan, karena dipilih dari daftar.")
            self.build.faults.add(self.test.path, written.line, fault.format(slug=written.slug))
        return Option(option_id(text), html)

    def _html(self, body: str, line: int) -> str:
        return self.build.render(Text(self.test.path, line, body), self.lessons)


register_part(prepare)
