"""Photos whose notes are broken or whose sizes are absurd: drawn as well as can be, or refused, never a crash."""

from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image

from balai.common import photographs


def crafted(old: bytes, new: bytes, form: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo of a camera that was held upright (its pixels lie), in whose notes ``old`` was made ``new``."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112], exif[0x011A], exif[0x0132] = "desc", 6, 72.0, "2020:01:01 00:00:00"
    notes, buffer = exif.tobytes(), BytesIO()
    assert notes.count(old) == 1
    Image.new("RGB", size, "teal").save(buffer, form, exif=notes.replace(old, new))
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        (b"\x01\x12\x00\x03", b"\x01\x12\x00\x03", (48, 64)),
        (b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x01", (48, 64)),
        (b"\x01\x32\x00\x02", b"\x01\x00\x00\x02", (48, 64)),
        (b"\x01\x1a\x00\x05", b"\x01\x0e\x00\x05", (48, 64)),
        (b"\x01\x12\x00\x03", b"\x01\x12\x00\x02", (64, 48)),
        (b"MM\x00\x2a", b"XX\x00\x2a", (64, 48)),
    ],
)  # fmt: skip
def test_a_photo_is_turned_as_far_as_its_notes_can_be_read(
    form: str, old: bytes, new: bytes, size: tuple[int, int]
) -> None:
    content = crafted(old, new, form)
    drawn = photographs.upright(content)
    assert (drawn.size, drawn.mode) == (size, "RGB")
    assert (photographs.turn(content) >= photographs.LYING) is (size == (48, 64))
    assert "exif" not in drawn.info, "nothing of what the camera wrote, and no second turn"


@pytest.mark.parametrize("how", range(1, 9))
def test_every_way_to_hold_a_camera_comes_out_upright(how: int) -> None:
    """One white corner, put where a camera held so would have it."""
    upright = Image.new("L", (32, 16))
    upright.paste(255, (0, 0, 8, 8))
    turn = photographs._TURNS.get(how)
    back = {6: 8, 8: 6}.get(how, how)
    lying = upright.transpose(photographs._TURNS[back]) if turn is not None else upright
    exif, buffer = Image.Exif(), BytesIO()
    exif[0x0112] = how
    lying.save(buffer, "PNG", exif=exif)
    drawn = photographs.upright(buffer.getvalue())
    assert (drawn.size, drawn.getpixel((2, 2)), drawn.getpixel((29, 13))) == ((32, 16), (255,) * 3, (0,) * 3)


def test_what_is_no_whole_photo_is_refused() -> None:
    whole = crafted(b"desc", b"desc")
    for content in (b"", b"\xff\xd8\xff", whole[:-300], b"GIF89a" + whole, b"\x89PNG\r\n\x1a\n" + whole):
        with pytest.raises(photographs.BadPhotograph):
            photographs.upright(content)


@pytest.mark.parametrize("size", [(10_000, 5_001), (60_000, 60_000)])
def test_too_many_pixels_are_not_even_decoded(size: tuple[int, int]) -> None:
    buffer = BytesIO()
    Image.new("1", (8, 8)).save(buffer, "PNG")
    header = b"".join(side.to_bytes(4, "big") for side in (8, 8))
    content = buffer.getvalue()
    claimed = content[12:29].replace(header, b"".join(side.to_bytes(4, "big") for side in size))
    huge = content[:12] + claimed + crc32(claimed).to_bytes(4, "big") + content[33:]
    for look in (photographs.upright, photographs.turn):
        with pytest.raises(photographs.TooManyPixels):
            look(huge)
