"""The certificate on paper, A4: the certificate itself, and on its back what the course consisted of."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from balai.common import formats, names, typesetting

from . import press, qr
from .certificate_kinds import NAMES, Kind
from .openbadge import DEMO, percent
from .statement import Statement
from .structure import Part, Structure

_LONG_WORD = re.compile(r"(\S{26})(?=\S)")
_UNBROKEN = "\N{NO-BREAK SPACE}"
_lock = threading.Lock()


@dataclass(frozen=True)
class Sheet:
    """What is printed: the statement, its signed text, the letterhead, and the credential that is attached.

    ``replaces``: the number of the certificate that this one renews or corrects. ``structure``: for the back;
    without one there is no back.
    """

    statement: Statement
    signed: str
    organisation: str
    signer: str
    signer_title: str
    city: str
    site: str
    credential: str
    made_at: datetime
    second_signer: str = ""
    second_signer_title: str = ""
    wording: str = ""
    replaces: str = ""
    structure: Structure = ()


def render(sheet: Sheet) -> bytes:
    """The PDF of ``sheet``, some 60 KB; the same sheet gives the same bytes."""
    with _lock:
        return press.single(words(sheet))


def words(sheet: Sheet) -> press.Words:
    """Everything that ``sheet`` says, for the press."""
    said = sheet.statement
    link = qr.link(sheet.site, sheet.signed)
    drawing, width = qr.draw(link)
    before, after = _sentence(said)
    demo = DEMO if said.demo else ""
    return {
        "title": printable(f"{demo}{NAMES[Kind(said.kind)]} {said.number}, {said.name}"),
        "heading": NAMES[Kind(said.kind)],
        "organisation": printable(sheet.organisation),
        "number": printable(f"{demo}Nomor {said.number}"),
        "name": printable(said.name),
        "place": printable(said.place),
        "before": before,
        "course": printable(said.course),
        "after": after,
        "issued": printable(f"{sheet.city}, {formats.day(said.issued_on)}"),
        "link": link,
        "qr": drawing,
        "qr_width": width,
        "qr_alt": "Kode QR untuk memeriksa keaslian sertifikat",
        "scan": "Pindai untuk memeriksa keaslian, atau ketik nomornya di",
        "site": f"{urlsplit(sheet.site).netloc}/verifikasi",
        "credential": sheet.credential,
        "credential_description": "Kredensial Open Badges 3.0 yang ditandatangani",
        "demo": said.demo,
        "notes": [printable(note) for note in _notes(sheet)],
        "signers": [
            {"name": printable(name), "title": printable(title)}
            for name, title in (
                (sheet.second_signer, sheet.second_signer_title),
                (sheet.signer, sheet.signer_title),
            )
            if title
        ],
        "structure": [_part(part) for part in sheet.structure],
        "back": printable(f"{said.course} · {demo}Nomor {said.number} · {said.name}"),
        "made": int(sheet.made_at.timestamp()),
        "load": f"Beban belajar seluruhnya {said.hours} JP (1 JP = 45 menit), termasuk latihan dan tes.",
    }


def _notes(sheet: Sheet) -> Iterator[str]:
    """Smaller lines under the sentence."""
    if sheet.wording:
        yield sheet.wording
    if sheet.statement.expires_on:
        yield f"Berlaku sampai dengan {formats.day(sheet.statement.expires_on)}"
    if sheet.replaces:
        yield f"Menggantikan sertifikat nomor {sheet.replaces}"


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": printable(part.title),
        "minutes": f"{part.minutes} menit",
        "items": [
            [printable(title), "tes" if minutes is None else f"{minutes} menit"] for title, minutes in part.items
        ],
    }


def printable(text: str) -> str:
    """``text`` as the paper can carry it: a sign that no font here draws becomes "?", a word longer than a
    line may be broken.
    """
    return _LONG_WORD.sub("\\1\N{ZERO WIDTH SPACE}", typesetting.drawable(names.tidy(text)))


def _sentence(said: Statement) -> tuple[str, str]:
    """What stands before and after the course's title."""
    when = f"pada {formats.days(said.started_on, said.finished_on)}".replace(" ", _UNBROKEN)
    hours = f"{said.hours} jam pelajaran (JP)".replace(" ", _UNBROKEN)
    score = f"dengan nilai {percent(said.score).replace('.', ',')}" if said.score >= 0 else ""
    if said.kind == Kind.COMPETENCY:
        proof = " ".join(filter(None, ("melalui tes sertifikasi", score)))
        return "yang telah membuktikan kompetensi", f"{proof}, setelah pelatihan {hours} {when}"
    passed = f" dan lulus tes {score}" if score else ""
    return "yang telah menyelesaikan pelatihan", f"sebanyak {hours} {when}{passed}"
