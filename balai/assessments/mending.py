"""Where a question stands in its author's text: from its figures to the line that may have to be mended."""

from django.urls import reverse

from balai.common.problems import Refusal
from balai.courses import frontmatter, outline, writing
from balai.courses.faults import Faults
from balai.courses.source import Source
from balai.people.models import Person

from . import questions
from .contents import Content


def places(person: Person, test: Content) -> dict[str, str]:
    """The address of each question, by its slug, in the newest draft that ``person`` may write; those still in it."""
    course = test.test.version.course_id
    draft = writing.newest(person, course)
    if draft is None:
        return {}
    path, lines = _lines(draft.opened(), test)
    return {slug: f"{reverse('courses:write-file', args=[course, path])}#baris-{line}" for slug, line in lines.items()}


def _lines(source: Source, test: Content) -> tuple[str, dict[str, int]]:
    """The file of the test, and the lines at which its questions begin."""
    try:
        tests = outline.read(source, Faults()).tests
        path = next(path for path, one in tests.items() if one.id == test.identity)
        head = frontmatter.read(path, source.text(path), Faults())
    except (Refusal, StopIteration, UnicodeDecodeError):
        return "", {}  # the draft is being rebuilt: what is wrong in it is said on its own page
    found = questions.read(head.body, head.body_line).questions
    return path, {question.slug: question.line for question in found}
