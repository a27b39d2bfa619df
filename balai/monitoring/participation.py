"""How far each person has come: for those who see persons. Totals are in ``picture.py``."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from balai.courses.models import LessonCompletion
from balai.credentials.models import Certificate
from balai.people.accounts.models import AccessCode
from balai.people.models import Account, Person
from balai.regions import codes
from balai.regions.models import Region, attach_parents

#: What ``steps`` adds to people, in the order of the way.
STEPS = ("was_invited", "has_signed_in", "has_started", "has_finished")


def steps(people: QuerySet[Person], course: UUID | None = None) -> QuerySet[Person]:
    """``people`` with how far each has come: ``was_invited``, ``has_signed_in``, ``has_started``, ``has_finished``.

    With ``course`` the last two are about that course alone. What a merged identity did counts.
    """
    mine = Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk"))
    about = {"course": course} if course else {}
    accounts = Account.objects.filter(mine)
    valid = Certificate.objects.filter(mine, revocations=None, **about)
    return people.annotate(
        was_invited=Exists(AccessCode.objects.filter(mine)) | Exists(accounts),
        has_signed_in=Exists(accounts.filter(first_signed_in_at__isnull=False)),
        has_started=Exists(LessonCompletion.objects.filter(mine, **about)),
        has_finished=Exists(valid),
    )


def people_of(region: Region, course: UUID | None = None) -> QuerySet[Person]:
    """The people of ``region`` and below with how far they came, by name; for those who see persons."""
    inside = Person.objects.present().filter(codes.below(region.code, "region__code"))
    return steps(inside, course).select_related("region", "account").order_by("sort_name", "pk").annotate(
        place=F("region__name")
    )  # fmt: skip


def not_started(region: Region | None, course: UUID | None = None) -> QuerySet[Person]:
    """The people of ``region`` (``None`` is the nation) and below who completed no lesson, by place and name.

    What a merged identity did is asked about apart: an "or" of the two would use no index.
    """
    done = LessonCompletion.objects.filter(**({"course": course} if course else {}))
    people = Person.objects.present().exclude(region=None).filter(
        ~Exists(done.filter(person=OuterRef("pk"))), ~Exists(done.filter(person__merged_into=OuterRef("pk")))
    )  # fmt: skip
    if region is None:
        return people.order_by("sort_name", "pk")  # of a whole nation there is an index by name alone
    return people.filter(codes.below(region.code, "region__code")).order_by("region__code", "sort_name", "pk")


def shown(ids: list[UUID], course: UUID | None = None) -> list[Person]:
    """The people with ``ids``, in their order, with how far each came and where they belong."""
    found = steps(Person.objects.filter(pk__in=ids), course).select_related("region").in_bulk()
    attach_parents([person.region for person in found.values()])
    return [found[id] for id in ids if id in found]
