"""What identity rests on: merges and withdrawals (synced), matching keys and decisions of this hub (local)."""

from django.db import models

from balai.log.models import SyncedModel


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


class Apart(models.Model):
    """Somebody looked at two alike people and decided that they are two. Local.

    ``first`` is the smaller id, so a pair stands once.
    """

    first = models.UUIDField()
    second = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_decision_a_pair")]

    def __str__(self) -> str:
        return f"{self.first} {self.second}"
