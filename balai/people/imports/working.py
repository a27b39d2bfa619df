"""Long work on an uploaded table: no two pieces of it at a time, how far it is, how it ended."""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from balai.common import clock
from balai.common.problems import CATALOGUE, Problem, Refusal

from .problems import TABLE_BUSY

logger = logging.getLogger(__name__)
#: How long staged rows are kept; the file itself goes as soon as it was read.
KEPT = timedelta(days=30)
#: Work that has not moved for so long was broken off.
STALE = timedelta(minutes=10)


class WorkedOn(models.Model):
    """A table that somebody brought, and the ``work`` that goes on with it: ``done`` of ``total`` rows."""

    file_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(default=clock.wall)
    work = models.CharField(max_length=4, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    #: Further columns that work may set.
    NOTED: ClassVar[tuple[str, ...]] = ()
    #: The code of the problem that ended the work, and what fills its text.
    problem = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def kept_until(self) -> datetime:
        return self.uploaded_at + KEPT

    @property
    def is_going(self) -> bool:
        """Whether somebody works on it right now."""
        return bool(self.work) and self.moved_at is not None and self.moved_at > clock.wall() - STALE

    @property
    def refusal(self) -> Refusal | None:
        """What ended the work, if something did."""
        return Refusal(CATALOGUE[self.problem], **self.facts) if self.problem else None

    def insist_claim(self, work: str) -> None:
        """Begin ``work``. Raises ``Refusal`` while other work on it goes on."""
        free = Q(work="") | Q(moved_at__lt=clock.wall() - STALE)
        begun = {"work": work, "done": 0, "total": 0, "moved_at": clock.wall(), "problem": "", "facts": {}}
        if not type(self)._default_manager.filter(free, pk=self.pk).update(**begun):
            raise Refusal(TABLE_BUSY)

    def advance(self, done: int, total: int) -> None:
        """Note how far the work came."""
        type(self)._default_manager.filter(pk=self.pk).update(done=done, total=total, moved_at=clock.wall())

    def perform(self, works: Mapping[str, Callable[[Self], None]], broken: Problem) -> None:
        """Do the work that it was claimed for; how it ended is noted in it, errors too (as ``broken``)."""
        try:
            works[self.work](self)
        except Refusal as refusal:
            self.problem, self.facts = refusal.problem.code, {key: str(fact) for key, fact in refusal.facts.items()}
        except Exception:
            self.problem, self.facts = broken.code, {"reference": secrets.token_hex(3).upper()}
            logger.exception("table %s: %s failed, %s", self.pk, self.work, self.facts["reference"])
        self.work = ""
        self.save(update_fields=["work", "problem", "facts", *self.NOTED])
