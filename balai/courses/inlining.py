"""Small drawings stand in the page itself: on a slow link a request costs more than their bytes."""

import re
from urllib.parse import quote

import brotli

from balai.log import blobs

#: Packed, in bytes. Half a second of waiting at 50 kbit/s carries more than that.
SMALL = 2_000
#: Of one page, all drawings together: a page of many pictures loads those further down when they are needed.
_ROOM = 3 * SMALL
_DRAWING = re.compile(r'src="/berkas/([0-9a-f]{64})\.svg"')
#: What may stand as it is between quotation marks in HTML, and in a data address; the rest is written in hexadecimal.
_PLAIN = " !$'()*+,-./:;=?@[]^_`{|}~"


def with_drawings(fragment: str) -> str:
    """``fragment`` with its small drawings in place of their addresses."""
    room = _ROOM

    def drawn(found: re.Match[str]) -> str:
        nonlocal room
        content = blobs.read(found[1])
        weight = len(brotli.compress(content))
        if weight > min(SMALL, room):
            return found[0]
        room -= weight
        return f'src="data:image/svg+xml,{quote(content, safe=_PLAIN)}"'

    return _DRAWING.sub(drawn, fragment)
