"""What lists keep about people on this hub, for the page about privacy, erasing and the daily clean-up."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.people.privacy.stores import Rows, Store, register

from .jobs import forget_old
from .models import ListRow


def _export(ids: list[UUID]) -> Rows:
    found = ListRow.objects.filter(person__in=ids).select_related("list")
    return [{"file": row.list.file_name, "row": row.number, "at": row.list.uploaded_at} for row in found]


def _forget(ids: list[UUID]) -> None:
    ListRow.objects.filter(person__in=ids).delete()


def _expire(moment: datetime) -> int:
    return forget_old()


_STORE = (_("Daftar utusan"), _("Mendaftarkan utusan dari berkas koordinator"), _("30 hari"))
register("name_lists", Store(*_STORE, _export, _forget, _expire))
