"""The office's own, electronically signed paper beside a certificate: a PDF that somebody uploads.

Nothing opens it here. It is only ever handed out as a download, to whoever sees the certificate.
"""

import re
import zlib

from balai.common import formats
from balai.common.ids import derived
from balai.common.problems import TOO_LARGE, Refusal
from balai.log import blobs
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import problems
from .entries import CertificateScanned
from .models import Certificate, CertificateScan

LARGEST = 5_000_000
#: So many packed streams are looked into, and so far into each.
_STREAMS, _UNPACKED = 500, 200_000
_STREAM = re.compile(rb"\bstream\r?\n")
#: What a paper has no use for: programs in it, and programs outside that it would start.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def attach(certificate: Certificate, content: bytes, actor: Person) -> None:
    """Keep ``content`` beside ``certificate``; the newest is shown. Raises ``Refusal`` for what is no plain PDF."""
    check(content)
    sha = blobs.put(content)
    id = derived(certificate.pk, "scan", sha)
    if CertificateScan.objects.filter(pk=id).exists():
        return
    record(
        "certificate.scanned",
        CertificateScanned(certificate=certificate.pk, sha256=sha, size=len(content)),
        id=id,
        actor=actor.id,
        subject=certificate.person_id,
        audience=certificate.person.region_id,
        proof=Entry.Proof.HUB,
    )


def check(content: bytes) -> None:
    """Raises ``Refusal`` unless ``content`` is a whole PDF of a fit size without programs in it."""
    if len(content) > LARGEST:
        raise Refusal(TOO_LARGE, size=formats.size(len(content)), limit=formats.size(LARGEST))
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refusal(problems.NOT_A_PDF)
    if any(_ACTIVE.search(_plain(part)) for part in [content, *_unpacked(content)]):
        raise Refusal(problems.ACTIVE_PDF)


def _plain(part: bytes) -> bytes:
    """With the signs that a name may hide as numbers written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(content: bytes) -> list[bytes]:
    """The beginnings of the packed streams that can be unpacked; most of a PDF's objects may lie in them."""
    parts = []
    view = memoryview(content)
    for place, start in enumerate(_STREAM.finditer(content)):
        if place == _STREAMS:
            raise Refusal(problems.NOT_A_PDF)
        try:
            parts.append(zlib.decompressobj().decompress(view[start.end() :][:_UNPACKED], _UNPACKED))
        except zlib.error:
            continue
    return parts
