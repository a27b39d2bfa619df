"""Small drawings stand in the page; what is large, or too much, is asked for when it is needed."""

import html
import re
from urllib.parse import unquote_to_bytes

import brotli
import pytest

from balai.courses import inlining
from balai.courses.inlining import with_drawings
from balai.log import blobs

STYLED = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a{fill:#0e5a5a}</style>
<text class="a">50% &amp; "lebih" 'kurang' \xe2\x86\x92 < ></text></svg>"""


def image(content: bytes, kind: str = "svg") -> str:
    return f'<img src="/berkas/{blobs.put(content)}.{kind}" alt="Garis" width="9" height="9">'


def shown(page: str) -> list[bytes]:
    """What a browser draws of a page's own drawings."""
    found = re.findall(r'src="data:image/svg\+xml,([^"]*)"', page)
    return [unquote_to_bytes(html.unescape(text)) for text in found]


def test_a_small_drawing_stands_in_the_page_byte_by_byte():
    page = with_drawings(f"<p>Lihat:</p>{image(STYLED)}")
    assert shown(page) == [STYLED]
    assert "/berkas/" not in page
    assert 'alt="Garis" width="9" height="9">' in page


def test_what_stands_in_a_page_opens_and_closes_nothing():
    (text,) = re.findall(r'src="data:image/svg\+xml,([^"]*)"', with_drawings(image(STYLED)))
    assert not set(text) & set('<>"&#%') - {"%"}


def test_other_pictures_keep_their_address():
    for kind in ("png", "jpg", "webp"):
        assert with_drawings(image(b"drawn by light", kind)) == image(b"drawn by light", kind)


def test_a_large_drawing_keeps_its_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inlining, "SMALL", 10)
    assert with_drawings(image(STYLED)) == image(STYLED)


def test_of_many_drawings_the_first_stand_in_the_page(monkeypatch: pytest.MonkeyPatch):
    drawings = [STYLED.replace(b"0 0 9 9", b"0 0 9 %d" % height) for height in range(1, 4)]
    page = "".join(map(image, drawings))
    monkeypatch.setattr(inlining, "_ROOM", 2 * len(brotli.compress(STYLED)) + 8)
    assert shown(with_drawings(page)) == drawings[:2]
    assert with_drawings(page).count("/berkas/") == 1
