"""An attempt while it is being written: local to the node where it was started, gone into one entry at the end."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from balai.common.ids import uuid7
from balai.common.prepared import Delete, Insert, Prepared, Update
from balai.people.models import Person

from .marking import GRACE, Given

if TYPE_CHECKING:
    from .contents import Content


class DraftQuerySet(models.QuerySet["Draft"]):
    def open(self) -> "DraftQuerySet":
        """Not yet submitted."""
        return self.filter(submitted_at=None)

    def current(self, person: Person, identity: UUID) -> "Draft | None":
        """The one open draft of ``person`` at the test ``identity``, on whichever device it was started."""
        return next(iter(_open_draft(person=person.pk, identity=identity)), None)

    def owned(self, person: Person, id: UUID) -> "Draft | None":
        """The draft with this id, when it is this person's."""
        return next(iter(_draft_of(person=person.pk, draft=id)), None)

    def held(self, person: Person, id: UUID) -> "Draft | None":
        """The same, its row locked until the transaction ends."""
        return next(iter(_held_draft(person=person.pk, draft=id)), None)


class Draft(models.Model):
    """A started attempt. Its id is the attempt's. At most one a person and test is open.

    ``test`` is the published test's id, ``identity`` the one that all versions of the test share. Nothing here
    holds synced rows in place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    test = models.UUIDField()
    identity = models.UUIDField()
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "identity"], condition=Q(submitted_at=None), name="one_open_draft_a_test"
            )
        ]

    @classmethod
    def begin(cls, person: Person, content: "Content", moment: datetime, deadline: datetime | None) -> "Draft":
        """A draft that starts now; saved. Raises ``IntegrityError`` when one is open."""
        draft = cls(person=person, test=content.id, identity=content.identity, started_at=moment, deadline=deadline)
        _insert([draft])
        return draft

    def late(self, moment: datetime) -> bool:
        """Whether an answer saved at ``moment`` no longer counts."""
        return self.deadline is not None and self.since_start(moment) > self.since_start(self.deadline) + GRACE

    def seconds_left(self, moment: datetime) -> int:
        """Until the deadline, at least 0; 0 without one."""
        return max(0, int((self.deadline - moment).total_seconds())) if self.deadline else 0

    def since_start(self, moment: datetime) -> int:
        """Whole seconds from the start to ``moment``."""
        return max(0, int((moment - self.started_at).total_seconds()))

    def keep(self, chosen: dict[str, list[str]], moment: datetime) -> None:
        """Save answers, by question; a later answer to the same question takes its place. One query."""
        rows = [
            DraftAnswer(draft=self, question=question, chosen=ids, saved_at=moment) for question, ids in chosen.items()
        ]
        _keep_answers(rows)

    def close(self, moment: datetime) -> None:
        """It became an entry: nothing is saved any more, and what was saved is there."""
        _close(id=self.pk, submitted_at=moment)
        _forget_answers(draft=self.pk)

    @property
    def saved(self) -> "list[DraftAnswer]":
        """The saved answers in the order of saving. One query."""
        return _answers_of(draft=self.pk)

    def given(self) -> list[Given]:
        """The saved answers as an entry tells them. One query."""
        return [
            Given(answer.question, tuple(answer.chosen), self.since_start(answer.saved_at)) for answer in self.saved
        ]


class DraftAnswer(models.Model):
    """One saved answer. Two devices that save different questions do not touch each other's."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="answers", db_index=False)
    question = models.CharField(max_length=60)
    chosen = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "question"], name="one_answer_a_question")]


_open_draft = Prepared(
    Draft, lambda person, identity: Draft.objects.filter(person=person, identity=identity, submitted_at=None)
)
_draft_of = Prepared(Draft, lambda person, draft: Draft.objects.filter(pk=draft, person=person))
_held_draft = Prepared(Draft, lambda person, draft: Draft.objects.select_for_update().filter(pk=draft, person=person))
_answers_of = Prepared(
    DraftAnswer, lambda draft: DraftAnswer.objects.filter(draft=draft).order_by("saved_at", "question")
)
_keep_answers = Insert(DraftAnswer, unique=["draft", "question"], update=["chosen", "saved_at"])
_insert = Insert(Draft)
_close = Update(Draft, set=["submitted_at"], where=["id"])
_forget_answers = Delete(DraftAnswer, where=["draft"])
