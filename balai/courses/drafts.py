"""Bringing a course folder in, and taking it out again, byte for byte."""

from uuid import UUID

from balai.log import blobs

from . import outline
from .faults import Faults
from .models import Draft
from .source import Source


def import_draft(source: Source, actor: UUID | None, origin: str = Draft.Origin.IMPORT) -> Draft:
    """Keep ``source`` as the newest draft of its course; the same files again are the same draft.

    Raises ``Refusal`` when the course's id, slug and title cannot be read. Other faults are kept for the
    author to see and mend.
    """
    course = outline.read(source, Faults())
    files = {path: blobs.put(content) for path, content in source.files.items()}
    latest = Draft.objects.standing().filter(course=course.id).order_by("-pk").first()
    if latest and latest.files == files:
        return latest
    named = {"slug": course.slug, "title": course.title, "files": files}
    return Draft.objects.create(course=course.id, imported_by=actor, origin=origin, **named)


def restore(draft: Draft, actor: UUID | None) -> Draft:
    """Make an earlier draft the newest again; the ones after it stay."""
    latest = Draft.objects.standing().filter(course=draft.course).order_by("-pk").first()
    if latest == draft:
        return draft
    kept = {"slug": draft.slug, "title": draft.title, "files": draft.files, "origin": Draft.Origin.RESTORED}
    return Draft.objects.create(course=draft.course, imported_by=actor, **kept)
