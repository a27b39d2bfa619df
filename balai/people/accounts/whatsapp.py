"""Messages to send by WhatsApp: a link that opens it with number and text filled in; nothing is sent by Balai."""

from datetime import datetime
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.common import formats

from .slips import link


def address(number: str, text: str) -> str:
    """A ``wa.me`` link to ``number`` (E.164); without one WhatsApp asks for whom ``text`` is."""
    return f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}"


def invitation(name: str, site: str, code: str, until: datetime) -> str:
    """What a newcomer is sent with their code."""
    return _(
        "Bapak/Ibu {name}, Balai Belajar sudah siap untuk Anda. Buka {link} lalu buat kata sandi sendiri. "
        "Kode ini hanya untuk Anda, berlaku sekali, sampai {day}. Jangan diteruskan."
    ).format(name=name, link=link(site, code), day=formats.day(timezone.localtime(until).date()))


def recovery(name: str, site: str, code: str, until: datetime) -> str:
    """What somebody is sent who lost their password."""
    return _(
        "Bapak/Ibu {name}, buka {link} untuk membuat kata sandi baru Balai Belajar. "
        "Kode berlaku sekali, sampai pukul {time}. Jangan diteruskan."
    ).format(name=name, link=link(site, code), time=formats.clock(timezone.localtime(until)))
