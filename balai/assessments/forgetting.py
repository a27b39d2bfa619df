"""Drafts among what is kept about people: how they are exported, forgotten, and dropped when they are old."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.people.privacy.stores import Rows, Store, register

from .drafts import Draft

#: A submitted draft is kept so long, so that a phone may repeat what it sent; one that was never sent, longer.
SUBMITTED, OPEN = timedelta(days=30), timedelta(days=365)


def _export(ids: list[UUID]) -> Rows:
    drafts = Draft.objects.filter(person__in=ids).prefetch_related("answers").order_by("started_at")
    return [
        {"test": str(draft.test), "started_at": draft.started_at, "submitted_at": draft.submitted_at}
        | {answer.question: answer.chosen for answer in draft.answers.all()}
        for draft in drafts
    ]


def _forget(ids: list[UUID]) -> None:
    Draft.objects.filter(person__in=ids).delete()


def _expire(moment: datetime) -> int:
    old = Q(submitted_at__lt=moment - SUBMITTED) | Q(submitted_at=None, started_at__lt=moment - OPEN)
    return Draft.objects.filter(old).delete()[0]


register("drafts", Store(
    _("Jawaban yang belum dikirim"), _("Melanjutkan tes yang terputus"),
    _("30 hari sesudah dikirim, 1 tahun bila tidak dikirim"), _export, _forget, _expire,
))  # fmt: skip
