"""What identity rests on: merges, withdrawals, decisions about two who are alike (synced), matching keys (local)."""

from collections.abc import Collection
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from balai.log.models import SyncedModel
from balai.regions import codes


class PersonMerge(SyncedModel):
    """``person`` turned out to be ``into``. Both histories stay; ``Person.merged_into`` is drawn from these rows."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="merges")
    into = models.ForeignKey("people.Person", models.PROTECT, related_name="merges_received")
    merged_by = models.UUIDField(null=True)
    merged_at = models.DateTimeField()


class PersonParting(SyncedModel):
    """A merge was a mistake and is taken back."""

    merge = models.ForeignKey(PersonMerge, models.PROTECT, related_name="partings")
    parted_by = models.UUIDField(null=True)
    parted_at = models.DateTimeField()


class PersonWithdrawal(SyncedModel):
    """A record that should not have been made (an import that was undone)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="withdrawals")
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)


class NikKey(models.Model):
    """The keyed hash of a person's NIK, for matching on this hub alone. Local: never travels.

    ``seal_end`` tells from which sealed text it was made, so that a changed NIK is noticed.
    """

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="nik_key", db_constraint=False
    )
    digest = models.CharField(max_length=64, db_index=True)
    seal_end = models.CharField(max_length=24)

    def __str__(self) -> str:
        return str(self.person_id)


class Apart(SyncedModel):
    """Somebody looked at two alike people and decided that they are two. ``first`` is the one with the smaller id."""

    first = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    second = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()


class PairQuerySet(models.QuerySet["Pair"]):
    def of(self, people: Collection[UUID]) -> "PairQuerySet":
        """Those in which one of ``people`` stands."""
        return self.filter(Q(first__in=people) | Q(second__in=people))

    def within(self, prefixes: list[str]) -> "PairQuerySet":
        """Those of which both people are here, in regions whose codes are ``prefixes`` or lie below."""
        found = self
        for one in ("first", "second"):
            here = {f"{one}__merged_into": None, f"{one}__withdrawn_at": None}
            found = found.filter(codes.below_any(prefixes, f"{one}__region__code"), **here)
        return found

    def told_apart(self) -> "PairQuerySet":
        """Those of which somebody said that they are two."""
        return self.filter(Exists(_decided()))

    def undecided(self) -> "PairQuerySet":
        """Those of which nobody said so, neither at once nor by taking their merge back."""
        merged = Q(person=OuterRef("first"), into=OuterRef("second"))
        merged |= Q(person=OuterRef("second"), into=OuterRef("first"))
        parted = PersonMerge.objects.filter(merged, partings__isnull=False)
        return self.exclude(Exists(_decided())).exclude(Exists(parted))


def _decided() -> models.QuerySet[Apart]:
    return Apart.objects.filter(first=OuterRef("first"), second=OuterRef("second"))


class Pair(models.Model):
    """Two people who may be one, because of ``reasons`` (``matching.Reason``). Local: found anew by this hub.

    ``first`` is the one with the smaller id. ``strength`` sorts them: see ``pairing.strength``.
    """

    #: From this strength on hardly anything speaks against it.
    CERTAIN = 200

    first = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    second = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    reasons = models.JSONField()
    strength = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two")]
        indexes = [
            models.Index(fields=["-strength", "-found_at", "-id"], name="likeliest_pairs"),
            models.Index(fields=["-found_at", "-id"], name="newest_pairs"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"

    @property
    def is_certain(self) -> bool:
        return self.strength >= self.CERTAIN
