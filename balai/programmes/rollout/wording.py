"""A roll-out in plain words."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import formats

from .sheets import FIELDS
from .standing import Standing


def day_words(day: date | None) -> str:
    """``3 Maret 2026``; "" for none."""
    return formats.day(day, get_language() or "id") if day else ""


def attention_words(one: Standing, today: date) -> str:
    """What a roll-out needs: ``belum bergerak sejak 3 Maret 2026; belum ada di lembar: jadwal``; "" for nothing."""
    if not one.needs_attention(today):
        return ""
    said = []
    moved = [day for day in (one.latest, one.begun_on) if day]
    if one.has_stood_still(today):
        said.append(_("belum bergerak sejak {day}").format(day=day_words(max(moved))))
    missing = [str(FIELDS[field][0]).lower() for field, filled in one.sheet.items() if not filled]
    if missing:
        said.append(_("belum ada di lembar: {what}").format(what=", ".join(missing)))
    return "; ".join(said)
