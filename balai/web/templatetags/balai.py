"""Tags and filters of every template (built in: no ``{% load %}`` needed)."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from balai.common import clock, formats
from balai.common import phone as phones
from balai.web import icons

register = template.Library()


def _language() -> str:
    return get_language() or "id"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value)


def _local_day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon in the colour and size of the text around it; with a label when it stands alone."""
    return icons.svg(name, label)


@register.simple_tag
def anyaman() -> SafeString:
    """The woven band: certificates and empty states only."""
    return icons.woven_band()


@register.simple_tag
def ring(percent: int) -> SafeString:
    """How much of a course is done, ``percent`` from 0 to 100, as a ring with the number inside."""
    return format_html(
        '<svg class="ring" viewBox="0 0 36 36" role="img" aria-label="{0}%">'
        '<circle cx="18" cy="18" r="15.5"/><circle cx="18" cy="18" r="15.5" pathLength="100" '
        'stroke-dasharray="{0} 100"/><text x="18" y="21.5">{0}%</text></svg>',
        max(0, min(100, int(percent))),
    )


@register.filter
def day(value: date) -> str:
    """``15 Oktober 2024``."""
    return formats.day(_local_day(value), _language())


@register.filter
def weekday(value: date) -> str:
    """``Selasa, 15 Oktober 2024``."""
    return formats.weekday(_local_day(value), _language())


@register.filter
def until(first: date, last: date) -> str:
    """``{{ first|until:last }}``: ``1 s.d. 30 November 2026``."""
    return formats.days(_local_day(first), _local_day(last), _language())


@register.filter
def clocktime(value: datetime) -> str:
    """``14.02 WIB``."""
    return formats.clock(_local(value), _language())


@register.filter
def moment(value: datetime) -> SafeString:
    """``15 Oktober 2024 14.02 WIB``, in a ``<time>`` that machines can read."""
    written = formats.moment(_local(value), _language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), written)


@register.filter
def today(value: datetime) -> str:
    """``14.02 WIB`` of today, with the day of any other day: ``15 Juni 2026 14.02 WIB``."""
    local = _local(value)
    write = formats.clock if local.date() == _local(clock.wall()).date() else formats.moment
    return write(local, _language())


@register.filter
def ago(value: datetime) -> str:
    """``2 jam lalu``."""
    return formats.ago(clock.wall() - value, _language())


@register.filter
def number(value: float, places: int = 0) -> str:
    """``1.234`` or, with places, ``1.234,5``."""
    return formats.number(value, _language(), places)


@register.filter
def percent_of(part: float, whole: float) -> str:
    """``{{ done|percent_of:all }}``: ``71%``."""
    return formats.percent(part, whole, _language())


@register.filter
def size(count: int) -> str:
    """``9 KB``, from bytes."""
    return formats.size(count, _language())


@register.filter
def phone(value: str) -> str:
    """``0812-3456-7801``, from ``+6281234567801``."""
    return phones.shown(value)
