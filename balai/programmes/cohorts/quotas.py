"""How many people of which region may take part in which course of a cohort."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from balai.regions import codes

from .models import Cohort, Deviation

#: How long the code of a region of each level is; "" is the nation.
LENGTHS = (0, 2, 5, 8, 13)


class Bucket(NamedTuple):
    """What a quota counts: the people of the region ``code`` (of ``level``) in ``course``."""

    course: UUID
    level: int
    code: str


class Rule(NamedTuple):
    """At most ``number`` of each region of ``level`` for ``course``, or for each course (none)."""

    level: int
    course: UUID | None
    number: int


def rules_of(cohort: Cohort) -> list[Rule]:
    """The rules as they stand in the cohort, the widest level first."""
    found = (Rule(one["level"], _id(one.get("course")), one["number"]) for one in cohort.quotas)
    return sorted(found, key=lambda rule: (rule.level, rule.course is not None, str(rule.course)))


class Quotas:
    """The rules of one cohort and the regions that deviate from them. One query."""

    def __init__(self, cohort: Cohort) -> None:
        self.rules = {(rule.level, rule.course): rule.number for rule in rules_of(cohort)}
        self._own: dict[tuple[str, UUID | None], int] = {}
        self._levels = {level for level, _course in self.rules}
        rows = Deviation.objects.filter(cohort=cohort).order_by("decided_at", "pk")
        for code, course, number in rows.values_list("region__code", "course", "number"):
            self._own[code, course] = number  # the latest counts
            self._levels.add(codes.level_of(code))

    def buckets(self, course: UUID, code: str) -> list[tuple[Bucket, int]]:
        """What a person of the region ``code`` counts for in ``course``, each with its limit, the nation first.

        Who belongs to a wider region than a rule is about (the staff of a kabupaten) counts for their own region.
        """
        wanted = [Bucket(course, level, code[: LENGTHS[level]]) for level in sorted(self._levels)]
        limits = [(bucket, self.limit(bucket)) for bucket in wanted]
        return [(bucket, limit) for bucket, limit in limits if limit is not None]

    def limit(self, bucket: Bucket) -> int | None:
        """How many at most; ``None`` where nothing is said."""
        course, level, code = bucket
        own = self._own if code and codes.level_of(code) == level else {}
        for known, key in ((own, (code, course)), (own, (code, None))):
            if key in known:
                return known[key]
        return self.rules.get((level, course), self.rules.get((level, None)))


def by_level(buckets: Iterable[Bucket]) -> dict[int, set[Bucket]]:
    """``buckets`` by their level."""
    found: dict[int, set[Bucket]] = {}
    for bucket in buckets:
        found.setdefault(bucket.level, set()).add(bucket)
    return found


def _id(written: str | None) -> UUID | None:
    return UUID(written) if written else None
