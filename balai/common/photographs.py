"""Photos as phones take them and strangers craft them: opened within limits, the way the camera was held.

Imported where something is drawn: the library takes 10 MB, and who only serves pages needs none of it.
"""

from io import BytesIO

from PIL import Image
from PIL.Image import Transpose

#: More than any phone's camera makes; a pixel takes four bytes of memory.
MOST_PIXELS = 50_000_000
#: How a camera was held, as it writes it down: this and nothing to turn; from this on it lay on its side.
UPRIGHT, LYING = 1, 5
_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
#: What else a camera writes: nobody's picture needs it, and some formats would keep it.
_WRITTEN = ("exif", "xmp", "comment")


class BadPhotograph(ValueError):
    """Not a whole JPEG or PNG."""


class TooManyPixels(BadPhotograph):
    """More than ``MOST_PIXELS``."""


def turn(content: bytes) -> int:
    """How the camera was held. Raises ``BadPhotograph``."""
    try:
        with _opened(content) as image:
            return _turn(image)
    except BadPhotograph:
        raise
    except Exception as error:  # see upright()
        raise BadPhotograph from error


def upright(content: bytes) -> Image.Image:
    """The pixels, in colours and turned as the camera was held; as they lie where it wrote that down illegibly.

    Raises ``BadPhotograph``.
    """
    try:
        image = _opened(content)
        how = _TURNS.get(_turn(image))
        image.load()
        for name in _WRITTEN:
            image.info.pop(name, None)
        coloured = image.convert("RGBA" if image.has_transparency_data else "RGB")
        return coloured if how is None else coloured.transpose(how)
    except BadPhotograph:
        raise
    except Exception as error:  # a crafted file brings the library to raise almost anything
        raise BadPhotograph from error


def _opened(content: bytes) -> Image.Image:
    """Measured, not decoded yet."""
    try:
        image = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    return image


def _turn(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION)
        return int(found) if found in _TURNS else UPRIGHT
    except Exception:  # notes that cannot be read say nothing; whether the pixels can is seen when they are drawn
        return UPRIGHT
