"""What staged tables keep about people on this hub, for the page about privacy, erasing and the daily clean-up."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.people.privacy.stores import Rows, Store, register

from .jobs import forget_old
from .models import ArchiveRow


def _export(ids: list[UUID]) -> Rows:
    found = ArchiveRow.objects.filter(person__in=ids).select_related("batch")
    return [{"file": row.batch.file_name, "row": row.number, "at": row.batch.uploaded_at} for row in found]


def _forget(ids: list[UUID]) -> None:
    ArchiveRow.objects.filter(person__in=ids).delete()


def _expire(moment: datetime) -> int:
    return forget_old()


_STORE = (_("Daftar sertifikat lama"), _("Mencatat sertifikat lama dari berkas koordinator"), _("30 hari"))
register("archive_imports", Store(*_STORE, _export, _forget, _expire))
