"""Evaluations as a store that holds something about whoever made them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.monitoring.models import Evaluation
from balai.people.privacy.stores import Rows, Store, register

KEPT = timedelta(days=5 * 365)


def _export(ids: list[UUID]) -> Rows:
    made = Evaluation.objects.filter(asked_by__in=ids)
    return [dict(row) for row in made.values("place", "first", "last", "note", "asked_at")]


def _forget(ids: list[UUID]) -> None:
    Evaluation.objects.filter(asked_by__in=ids).delete()


def _expire(moment: datetime) -> int:
    return Evaluation.objects.filter(asked_at__lt=moment - KEPT).delete()[0]


register("evaluations", Store(
    _("Evaluasi berkala yang Anda buat"), _("Membuka lagi evaluasi yang pernah dibuat, dengan catatan Anda"),
    _("5 tahun"), _export, _forget, _expire,
))  # fmt: skip
