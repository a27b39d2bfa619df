"""The work of an evaluation: a nation is counted for half a minute, so no request waits for it."""

import logging
import secrets
from uuid import UUID

from django.utils import translation
from django_tasks import task

from balai.common import clock
from balai.regions.models import Region

from .figuring import figures
from .models import Evaluation

logger = logging.getLogger(__name__)


@task()
def do(evaluation: str) -> None:
    """Find the figures of the evaluation with this id, in the language of who asked. Safe to repeat."""
    found = Evaluation.objects.filter(pk=UUID(evaluation), ended_at=None).first()
    if found is None:
        return
    try:
        region = Region.objects.coded(found.place) if found.place else None
        with translation.override(found.language):
            found.figures = figures(region, found.first, found.last, found.top)
    except Exception:
        found.reference = secrets.token_hex(3).upper()
        logger.exception("evaluation %s failed, %s", found.pk, found.reference)
    found.ended_at = clock.wall()
    found.save(update_fields=["figures", "reference", "ended_at"])
