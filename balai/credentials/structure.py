"""What a course consisted of (*struktur materi*), for the back of a certificate: from the version that was studied."""

from dataclasses import dataclass
from uuid import UUID

from balai.courses.models import CourseVersion, LessonItem


@dataclass(frozen=True)
class Part:
    """One unit: its title, and each lesson (with its minutes) and test (without) in the order of study."""

    title: str
    items: tuple[tuple[str, int | None], ...]

    @property
    def minutes(self) -> int:
        return sum(minutes or 0 for _title, minutes in self.items)


Structure = tuple[Part, ...]


def of(id: UUID) -> Structure:
    """The units of the course version with this id; none when this node does not have it."""
    version = CourseVersion.objects.filter(pk=id).first()
    if version is None:
        return ()
    return tuple(
        Part(
            unit.title,
            tuple((item.title, item.minutes if isinstance(item, LessonItem) else None) for item in unit.items),
        )
        for unit in version.outline
    )
