"""The log: what somebody did (Entry), how this node stands to it (Standing), who is offered it (Route)."""

from typing import Any
from uuid import UUID

import msgspec
from django.db import models

from balai.common import canonical
from balai.common.ids import uuid7


class SyncedModel(models.Model):
    """A row that the entries add up to. Only handlers write it; its id is the id of the entry that made it."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        abstract = True


class Envelope(models.Model):
    """1 to 200 entries signed together; it stays whole at every hop.

    ``signer`` is a node's or a device's id; ``signature`` covers the seals of its entries in their order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    signer = models.UUIDField()
    algorithm = models.CharField(max_length=12, default="Ed25519")
    signature = models.BinaryField()
    size = models.PositiveSmallIntegerField()


class Entry(models.Model):
    """One thing that somebody did: immutable, the unit that travels.

    ``payload`` is canonical JSON text (empty once erased; the hash stays). ``made_at`` is the reading of the
    maker's hybrid clock. ``audience`` is the id of the region, community, meeting or person that needs it.
    """

    class Proof(models.TextChoices):
        """How strongly the entry is tied to its actor, weakest first."""

        NODE = "node"
        PERSON = "person"
        HUB = "hub"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=60)
    schema = models.PositiveSmallIntegerField()
    actor = models.UUIDField(null=True)
    subject = models.UUIDField(null=True, db_index=True)
    payload = models.TextField(blank=True)
    payload_hash = models.BinaryField()
    made_at = models.DateTimeField()
    node = models.UUIDField()
    audience = models.UUIDField(null=True)
    proof = models.CharField(max_length=6, choices=Proof.choices)
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="entries")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["envelope", "place"], name="one_entry_a_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def erased(self) -> bool:
        return not self.payload

    @property
    def content(self) -> Any:
        """The payload as plain JSON values; ``None`` once erased."""
        return msgspec.json.decode(self.payload) if self.payload else None

    def seal(self) -> bytes:
        """32 bytes that stand for the whole entry; the payload takes part by its hash, so erasing keeps proofs."""
        head = [self.id, self.kind, self.schema, self.actor, self.subject, bytes(self.payload_hash).hex()]
        tail = [self.made_at.isoformat(timespec="microseconds"), self.node, self.audience, str(self.proof)]
        return canonical.digest(canonical.encode(head + tail))


class StandingQuerySet(models.QuerySet["Standing"]):
    def held(self) -> "StandingQuerySet":
        """What is stored and not applied: waiting or refused."""
        return self.exclude(state=Standing.State.APPLIED)

    def waiting_for(self, keys: list[str]) -> "StandingQuerySet":
        """The waiting entries that one of ``keys`` (see ``Standing.awaits``) may wake."""
        return self.filter(state=Standing.State.WAITING, awaits__in=keys)


class Standing(models.Model):
    """How this node stands to an entry. Local: never travels.

    ``position`` is handed out later (see ``positions.py``), so that no reader passes an uncommitted one.
    ``awaits`` names what would wake a waiting entry: ``entry:<id>``, ``kind:<name>:<schema>``,
    ``role:<person>``, ``repair`` or ``decision``.
    """

    class State(models.TextChoices):
        APPLIED = "applied"
        WAITING = "waiting"
        REFUSED = "refused"

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="standing")
    position = models.BigIntegerField(null=True, unique=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=5, blank=True)
    detail = models.TextField(blank=True)
    awaits = models.CharField(max_length=80, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["awaits"], name="standing_awaits", condition=models.Q(state="waiting")),
            models.Index(fields=["state"], name="standing_held", condition=~models.Q(state="applied")),
            models.Index(fields=["received_at"], name="standing_unnumbered", condition=models.Q(position__isnull=True)),
        ]


class Route(models.Model):
    """A stream (a region, community, meeting or person) that offers an entry. Local."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="routes")
    stream = models.UUIDField()
    position = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "stream"], name="one_route_a_stream"),
            models.UniqueConstraint(fields=["stream", "position"], name="one_route_a_position"),
        ]
        indexes = [models.Index(fields=["entry"], name="route_unnumbered", condition=models.Q(position__isnull=True))]


class Conflict(models.Model):
    """An entry that came with the id of another one and other bytes: both are kept and shown. Local.

    ``signer`` is who signed the other one: only so many of one signer are kept (see ``conflicts.py``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="conflicts")
    signer = models.UUIDField(db_index=True)
    other = models.TextField()
    other_hash = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "other_hash"], name="one_conflict_a_version")]


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, documents: list[UUID]) -> "RevisionQuerySet":
        return self.filter(document__in=documents)


class Revision(SyncedModel):
    """One value that somebody gave to one field of a document, and which values they saw when they did.

    The heads (values that no other value was based on) are the current ones; more than one is a
    disagreement that a person settles with a value based on all of them.
    """

    entry = models.UUIDField(db_index=True)
    document = models.UUIDField()
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    bases = models.JSONField()
    made_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["document", "field"], name="revision_of_a_field")]


class Ruling(SyncedModel):
    """What the hub ruled about another entry: ``admitted`` or ``refused`` (it was held), or ``erased``.

    An erased payload is gone everywhere, and stays gone when it is offered again.
    """

    class Verdict(models.TextChoices):
        ADMITTED = "admitted"
        REFUSED = "refused"
        ERASED = "erased"

    target = models.UUIDField(db_index=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    ruled_at = models.DateTimeField()


class FollowUp(models.Model):
    """A job that an applied entry asks for; written with the entry, gone when the job is done. Local."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="follow_ups")
    job = models.CharField(max_length=120)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "job"], name="one_follow_up_a_job")]
