"""Pictures: known by their bytes, measured, and without anything that runs, loads or tells where one was."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.courses import pictures, svg
from balai.courses.pictures import BadPicture, Picture
from balai.courses.tests.folders import DRAWING

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 7">{}</svg>'


def cleaned(inner: str) -> str:
    content, width, height = svg.clean(SVG.format(inner).encode())
    assert (width, height) == (9, 7)
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 7">'
    text = content.decode()
    assert text.startswith(start)
    assert text.endswith("</svg>")
    return text.removeprefix(start).removesuffix("</svg>")


def test_what_draws_is_kept() -> None:
    inner = (
        '<title id="t">HP &amp; layar</title><defs><linearGradient id="g"><stop offset="0" stop-color="red"></stop>'
        '</linearGradient></defs><g fill="url(#g)"><path d="M0 0h9" stroke-width=".5"></path></g>'
        '<text x="1" text-anchor="middle">Layar</text><use href="#t"></use>'
    )
    assert cleaned(inner) == inner


@pytest.mark.parametrize(
    ("attack", "left"),
    [
        ("<script>alert(1)</script><g></g>", "<g></g>"),
        ('<script href="//jahat.id/x.js"/>', ""),
        ('<g onload="alert(1)" onclick="x"></g>', "<g></g>"),
        ('<a href="javascript:alert(1)"><text>klik</text></a>', ""),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script/></body></foreignObject>", ""),
        ('<image href="https://jahat.id/lacak.png"/>', ""),
        ('<use href="https://jahat.id/x.svg#a"/>', "<use></use>"),
        ('<use xlink:href="data:image/svg+xml,x#a"/>', "<use></use>"),
        ('<rect fill="url(https://jahat.id/x)"/>', "<rect></rect>"),
        ('<rect style="background:url(//jahat.id)"/>', "<rect></rect>"),
        ("<style>@import '//jahat.id/x.css';</style>", "<style></style>"),
        ("<style>a{fill:red}b{background:url(//jahat.id)}</style>", "<style></style>"),
        ("<style>.a{fill:red;mask:url(#m)}</style>", "<style>.a{fill:red;mask:url(#m)}</style>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', ""),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', ""),
        ("<iframe src='//jahat.id'/>", ""),
        ("<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>", ""),
        ("<g><![CDATA[</g><script>alert(1)</script>]]></g>", "<g>&lt;/g&gt;&lt;script&gt;alert(1)&lt;/script&gt;</g>"),
        ("<!-- <script>x</script> --><?xml-stylesheet href='//jahat.id'?><g/>", "<g></g>"),
    ],
)
def test_what_runs_or_loads_is_left_out(attack: str, left: str) -> None:
    assert cleaned(attack) == left


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" '
        b'viewBox="0 0 1 1">&b;</svg>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 inf 1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e308 1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 -5 5"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" height="1" width="' + b"9" * 100_000 + b'x"/>',
        b'<?xml version="1.0" encoding="x-nobody"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g>" * 100,
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g/>" * 20_001 + b"</svg>",
        b"",
    ],
)
def test_drawings_that_cannot_be_shown_are_refused(content: bytes) -> None:
    with pytest.raises(BadPicture):
        pictures.read(content)


def test_an_attribute_is_written_once() -> None:
    assert cleaned('<use href="#a" x:href="#b" xmlns:x="http://www.w3.org/1999/xlink"/>').count("href") == 1


def test_cleaning_twice_changes_nothing_more() -> None:
    once, _width, _height = svg.clean(DRAWING)
    assert svg.clean(once) == (once, 40, 20)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_refused(content: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8X", b"<svg "):
        try:
            picture = pictures.read(start + content)
        except BadPicture:
            continue
        assert isinstance(picture, Picture)


def test_sizes_of_photos() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"rest"
    assert pictures.read(png) == Picture(png, "png", 640, 480)
    webp = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (319).to_bytes(3, "little") + (199).to_bytes(3, "little")
    assert pictures.read(webp) == Picture(webp, "webp", 320, 200)


def test_a_photo_loses_where_it_was_taken() -> None:
    def segment(marker: int, content: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content

    frame = segment(0xC0, b"\x08" + struct.pack(">HH", 30, 40) + b"\x03")
    scan = segment(0xDA, b"\0") + b"pixels\xff\xd9"
    jfif, exif, comment = segment(0xE0, b"JFIF"), segment(0xE1, b"Exif GPS -5.0 105.2"), segment(0xFE, b"Pak Lurah")
    photo = pictures.read(b"\xff\xd8" + jfif + exif + comment + frame + scan)
    assert photo == Picture(b"\xff\xd8" + jfif + frame + scan, "jpg", 40, 30)
