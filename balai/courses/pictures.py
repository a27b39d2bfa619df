"""Pictures of a lesson: what they are by their bytes (never by their name), how large, and made safe to show."""

import struct
from dataclasses import dataclass

from . import svg

#: Above this a photo costs a learner on a prepaid plan too much; authors are told to make it smaller.
HEAVY = 400 * 1024
MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}


class BadPicture(ValueError):
    """Not a picture of a known kind. ``line`` is 0, or the line of an SVG."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Picture:
    """``content`` as it is published; ``kind`` is a key of ``MEDIA_TYPES``; sizes in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


def read(content: bytes) -> Picture:
    """Recognise, measure and clean a picture. Raises ``BadPicture``."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return Picture(content, "png", *struct.unpack(">II", content[16:24]))
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return Picture(content, "webp", *_webp_size(content))
        return Picture(*_drawing(content))
    except (struct.error, IndexError) as error:
        raise BadPicture from error


def _drawing(content: bytes) -> tuple[bytes, str, int, int]:
    try:
        clean, width, height = svg.clean(content)
    except svg.BadDrawing as error:
        raise BadPicture(error.line) from error
    return clean, "svg", width, height


def _jpeg(content: bytes) -> Picture:
    """Walk the segments up to the frame header, leaving out what a camera writes about place and owner.

    APP1 (Exif, XMP) to APP13 and comments go; APP0 (JFIF) and APP14 (Adobe colour) are needed to show it.
    """
    kept = [content[:2]]
    place, size = 2, (0, 0)
    while True:
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if content[place] != 0xFF or length < 2:
            raise BadPicture
        if marker in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            size = (width, height)
        if not (0xE1 <= marker <= 0xED or marker == 0xFE):
            kept.append(content[place : place + 2 + length])
        place += 2 + length
        if marker == 0xDA:
            break
    if not all(size):
        raise BadPicture
    return Picture(b"".join([*kept, content[place:]]), "jpg", *size)


def _webp_size(content: bytes) -> tuple[int, int]:
    form = content[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    if form == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise BadPicture
