"""What follows a publication: the pages of open lessons are written where anyone may read them."""

from uuid import UUID

from balai.log import kinds

from . import page_files
from .models import CourseVersion


def write_pages(ids: list[UUID]) -> None:
    """Write the pages of the versions with ``ids``; repeatable."""
    for version in CourseVersion.objects.filter(pk__in=ids):
        page_files.write_version(version)


kinds.follow("course.version_published", write_pages)
