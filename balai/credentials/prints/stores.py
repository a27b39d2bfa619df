"""What files to print keep about people on this hub, for the page about privacy, erasing and the daily clean-up."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.credentials.models import Certificate
from balai.people.privacy.stores import Rows, Store, register

from . import jobs
from .models import PrintRun


def _of(ids: list[UUID]) -> list[PrintRun]:
    """The few runs of these days that one of ``ids`` has a certificate in."""
    own = {str(pk) for pk in Certificate.objects.filter(person__in=ids).values_list("pk", flat=True)}
    runs = PrintRun.objects.prefetch_related("parts") if own else ()
    return [run for run in runs if any(own.intersection(part.certificates) for part in run.parts.all())]


def _export(ids: list[UUID]) -> Rows:
    return [{"title": run.title, "at": run.started_at, "until": run.kept_until} for run in _of(ids)]


def _forget(ids: list[UUID]) -> None:
    for run in _of(ids):
        jobs.discard(run)


_STORE = (_("Berkas cetak sertifikat"), _("Mencetak sertifikat banyak orang"), _("3 hari"))
register("print_runs", Store(*_STORE, _export, _forget, jobs.forget_old))
