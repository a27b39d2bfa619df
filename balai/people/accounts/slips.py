"""Slips on paper: a person's one-time code with its QR, eight on an A4 sheet to cut apart, as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.common import formats, phone, typesetting

from . import codes

_TEMPLATE = Path(__file__).parent / "slips.typ"
#: How many slips one file holds (12 sheets): what a child process draws in a second and 120 MB.
A_FILE = 96


@dataclass(frozen=True)
class Slip:
    """What one person gets: ``code`` as 12 signs, ``place`` in words, ``number`` E.164 if it signs them in."""

    name: str
    place: str
    username: str
    number: str
    code: str


def link(site: str, code: str) -> str:
    """The address that opens with ``code``; ``site`` has no slash at its end."""
    return f"{site}/k/{code}"


def render(slips: Sequence[Slip], title: str, site: str, until: datetime, demo: bool) -> bytes:
    """The PDF of ``slips`` (at most ``A_FILE``), in their order.

    ``until`` is when the codes expire; slips of a ``demo`` carry the word CONTOH.
    """
    words = _words(title, site, until, demo)
    words["people"] = [_one(slip, site) for slip in slips]
    return typesetting.pdf(_TEMPLATE, words)


def _words(title: str, site: str, until: datetime, demo: bool) -> dict[str, Any]:
    last_day = formats.day(timezone.localtime(until).date())
    return {
        "title": title,
        "demo": demo,
        "heading": "BALAI BELAJAR",
        "code": _("Kode masuk"),
        "qr": _("Kode QR untuk masuk"),
        "first": _("Pindai QR dengan kamera HP, atau buka"),
        "address": _address(site),
        "second": _("Ketik kode di atas, lalu buat kata sandi Anda sendiri"),
        "care": _("Berlaku sekali, sampai {day}. Jangan dibagikan: siapa pun yang memegangnya dapat masuk.").format(
            day=last_day
        ),
    }


def _one(slip: Slip, site: str) -> dict[str, Any]:
    name = slip.username
    if slip.number:
        name = _("{username} atau {number}").format(username=name, number=phone.shown(slip.number))
    return {
        "name": slip.name,
        "place": slip.place,
        "code": codes.grouped(slip.code),
        "qr": _qr(link(site, slip.code)),
        "third": _("Lain kali masuk dengan nama pengguna {name}").format(name=name),
    }


def _address(site: str) -> str:
    return f"{urlsplit(site).netloc}/masuk/kode"


def _qr(text: str) -> list[list[int]]:
    """The modules of the QR of ``text``, row by row, 1 is dark, with a border of two.

    Upper case, because that makes the QR smaller and the address does not mind.
    """
    import segno  # only where paper is drawn

    code = segno.make_qr(text.upper(), error="m", boost_error=False, mask=3)
    return [list(row) for row in code.matrix_iter(border=2)]
