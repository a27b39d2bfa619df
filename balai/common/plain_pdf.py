"""Whether an uploaded PDF is whole, and only a paper: nothing opens it here, and nothing in it may run elsewhere."""

import re
import zlib
from enum import StrEnum

#: So many packed streams are looked into, and so far into each.
_STREAMS, _UNPACKED = 500, 200_000
_STREAM = re.compile(rb"\bstream\r?\n")
#: What a paper has no use for: programs in it, and programs outside that it would start.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class Fault(StrEnum):
    """Why a file is no plain paper."""

    BROKEN = "broken"
    ACTIVE = "active"


def fault(content: bytes) -> Fault | None:
    """What is wrong with ``content``; None for a whole PDF without programs in it."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        return Fault.BROKEN
    parts = _unpacked(content)
    if parts is None:
        return Fault.BROKEN
    return Fault.ACTIVE if any(_ACTIVE.search(_plain(part)) for part in [content, *parts]) else None


def _plain(part: bytes) -> bytes:
    """With the signs that a name may hide as numbers written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(content: bytes) -> list[bytes] | None:
    """The beginnings of the packed streams that can be unpacked (most objects may lie in them); None: too many."""
    parts = []
    view = memoryview(content)
    for place, start in enumerate(_STREAM.finditer(content)):
        if place == _STREAMS:
            return None
        try:
            parts.append(zlib.decompressobj().decompress(view[start.end() :][:_UNPACKED], _UNPACKED))
        except zlib.error:
            continue
    return parts
