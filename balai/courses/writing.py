"""Writing a course's draft file by file: what one author writes in a while is one version; nothing is overwritten."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balai.common import clock
from balai.common.problems import Refusal
from balai.log import blobs
from balai.people.models import Person

from . import outline, problems, rules
from .models import Draft, KeptFiles, Publication
from .source import COURSE_FILE, Source, checked_path, checked_size

#: What one author saves within this time is one version in the history.
SITTING = timedelta(minutes=20)
_BOM = b"\xef\xbb\xbf"
Files = dict[str, str]


@dataclass(frozen=True)
class Saved:
    """``draft`` as it stands now; ``aside`` holds the text instead when somebody else had written meanwhile."""

    draft: Draft
    aside: Draft | None = None


def newest(person: Person, course: UUID) -> Draft | None:
    """The newest draft of ``course`` that ``person`` may open."""
    return rules.drafts(person).standing().filter(course=course).order_by("-pk").first()


@transaction.atomic
def save(person: Person, course: UUID, path: str, text: str, base: str) -> Saved:
    """Put ``text`` into the file ``path``; ``base`` names the content that the author had before ("" of a new file).

    Where somebody else wrote that file since, their text stays and this one is kept aside. Raises ``Refusal``.
    """
    held = _locked(person, course)
    content = styled(text, blobs.read(held.files[path]) if path in held.files else b"")
    checked_size(path, len(content))
    name, now = blobs.put(content), held.files.get(path, "")
    if name == now:
        return Saved(held)
    files = {**held.files, checked_path(path): name}
    if now != base:
        return Saved(held, _aside(held, files, person.id))
    return Saved(_keep(held, files, person.id, together=True))


@transaction.atomic
def change(person: Person, course: UUID, changes: dict[str, bytes | None]) -> Draft:
    """Put or remove (``None``) whole files at once: a version of its own, so that one tap takes it back."""
    held = _locked(person, course)
    files = {path: name for path, name in held.files.items() if changes.get(path, b"") is not None}
    for path, content in changes.items():
        if content is not None:
            checked_size(path, len(content))
            files[checked_path(path)] = blobs.put(content)
    return held if files == held.files else _keep(held, files, person.id, together=False)


def _locked(person: Person, course: UUID) -> Draft:
    """The newest draft; nobody else writes on until this transaction ends. Raises ``Refusal``."""
    while held := newest(person, course):
        Draft.objects.select_for_update().get(pk=held.pk)
        held.refresh_from_db()
        if newest(person, course) == held:  # else somebody wrote a newer one while this waited
            return held
    raise Refusal(problems.NO_DRAFT)


def _keep(held: Draft, files: Files, actor: UUID, together: bool) -> Draft:
    """``files`` as the newest draft: in the row of this sitting, or in a new one."""
    course = outline.identity(Source(KeptFiles(files))) if files[COURSE_FILE] != held.files[COURSE_FILE] else None
    if course and course.id != held.course:
        raise Refusal(problems.OTHER_ID)
    new = Draft(course=held.course, imported_by=actor, origin=Draft.Origin.WRITTEN)
    draft = held if together and _same_sitting(held, actor) else new
    draft.files, draft.imported_at = files, clock.wall()
    draft.slug, draft.title = (course.slug, course.title) if course else (held.slug, held.title)
    draft.save()
    return draft


def _same_sitting(held: Draft, actor: UUID) -> bool:
    """Whether ``actor`` goes on writing the version that is there, which nobody published yet."""
    mine = held.origin == Draft.Origin.WRITTEN and held.imported_by == actor
    recent = clock.wall() - held.begun_at < SITTING
    return mine and recent and not Publication.objects.filter(draft=held).exists()


def _aside(held: Draft, files: Files, actor: UUID) -> Draft:
    """The other text in the history, once."""
    known = Draft.objects.filter(course=held.course, origin=Draft.Origin.ASIDE, imported_by=actor)
    last = known.order_by("-pk").first()
    if last and last.files == files:
        return last
    kept = {"slug": held.slug, "title": held.title, "files": files, "imported_by": actor}
    return Draft.objects.create(course=held.course, origin=Draft.Origin.ASIDE, **kept)


def styled(text: str, before: bytes) -> bytes:
    """``text`` with the mark at the start and the line ends of ``before``; unchanged text is the same bytes."""
    text = unified(text)
    mark = _BOM if before.startswith(_BOM) else b""
    if mark + text.encode() == before or _same(text, before):
        return before
    lines = before.count(b"\n")
    if lines and before.count(b"\r\n") * 2 > lines:
        text = text.replace("\n", "\r\n")
    return mark + text.encode()


def _same(text: str, before: bytes) -> bool:
    try:
        return unified(before.decode("utf-8-sig")) == text
    except UnicodeDecodeError:
        return False


def unified(text: str) -> str:
    """``text`` with the line ends that a form's field has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
