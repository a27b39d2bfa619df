"""Photos as phones take them: WebP in two widths, from whatever an author brought.

Imported where a course is built: the library that draws takes 10 MB, and who only serves pages needs none of it.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

from balai.common import photographs
from balai.common.photographs import LYING, UPRIGHT
from balai.log import blobs

from . import made
from .pictures import BadPicture, Picture

#: Wide enough for a phone of 360 pixels with two dots each, and for a laptop.
WIDTHS = (720, 1280)
#: An author's own copy is no wider; enough to print it once.
KEPT_WIDTH = 1600
_QUALITY = 80
#: Pixels: WebP knows no longer side.
_LONGEST = 16_383


def modern(content: bytes, picture: Picture) -> list[Picture]:
    """``picture`` (read from ``content``) in its widths, the widest last; itself when it cannot be made lighter."""
    if picture.kind not in {"png", "jpg"}:
        return [picture]
    turned, photo = _turned(content), blobs.name(content)
    width = picture.height if turned >= LYING else picture.width
    widths = sorted({min(one, width) for one in WIDTHS})
    found = [_made(content, picture, made.folder() / _file(photo, one)) for one in widths]
    heavier = width == widths[-1] and len(found[-1].content) >= len(picture.content)
    if heavier and turned == UPRIGHT:
        return [picture]
    notes = [_note(one, _file(photo, width)) for one, width in zip(found, widths, strict=True)]
    made.note(photo, notes)
    return found


def _file(photo: str, width: int) -> str:
    return f"{photo}-{width}.webp"


def _note(picture: Picture, file: str) -> made.Made:
    name, length = blobs.name(picture.content), len(picture.content)
    return made.Made(name, picture.kind, picture.width, picture.height, length, file)


def _made(content: bytes, picture: Picture, kept: Path) -> Picture:
    """One width, made once: the same photo stands in many builds of a draft."""
    width = int(kept.stem.rpartition("-")[2])
    if not (kept.exists() and kept.stat().st_size):
        blobs.write(kept, _drawn(content, picture, width), durable=False)
    drawn = kept.read_bytes()
    with Image.open(BytesIO(drawn)) as image:
        return Picture(drawn, "webp", *image.size)


def _drawn(content: bytes, picture: Picture, width: int) -> bytes:
    image = _opened(content)
    image.thumbnail((width, _LONGEST))
    ways = [_packed(image, "WEBP", quality=_QUALITY, method=4)]
    if picture.kind == "png":
        ways.append(_packed(image, "WEBP", lossless=True, method=4))
    return min(ways, key=len)


def kept(content: bytes, picture: Picture) -> bytes:
    """What an upload is kept as: not wider than anybody needs, and without what a camera writes about its owner."""
    if picture.kind not in {"png", "jpg"}:
        return picture.content
    if max(picture.width, picture.height) <= KEPT_WIDTH and _turned(content) == UPRIGHT:
        return picture.content
    image = _opened(content)
    image.thumbnail((KEPT_WIDTH, 4 * KEPT_WIDTH))
    if picture.kind == "png":
        return _packed(image, "PNG", optimize=True)
    return _packed(image, "JPEG", quality=88, optimize=True)


def _turned(content: bytes) -> int:
    """How the camera was held. Raises ``BadPicture``."""
    try:
        return photographs.turn(content)
    except photographs.BadPhotograph as error:
        raise BadPicture from error


def _opened(content: bytes) -> Image.Image:
    """The pixels, turned as the camera was held. Raises ``BadPicture``."""
    try:
        return photographs.upright(content)
    except photographs.BadPhotograph as error:
        raise BadPicture from error


def _packed(image: Image.Image, form: str, **options: int | bool) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()
