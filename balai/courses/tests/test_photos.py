"""Photos: WebP in two widths at publishing, kept no wider than needed, and asked for in words."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from balai.common.tests.test_photographs import crafted
from balai.courses import photos, pictures, publishing
from balai.courses.drafts import import_draft
from balai.courses.models import Draft
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, folder
from balai.people.models import Person


def photo(form: str = "JPEG", size: tuple[int, int] = (1500, 900), orientation: int = 1) -> bytes:
    """Noise is what a photo is to a packer."""
    image = Image.effect_noise(size, 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Kamera Rahasia"
    buffer = BytesIO()
    image.save(buffer, form, exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photo_becomes_webp_in_two_widths(form: str) -> None:
    content = photo(form)
    made = photos.modern(content, pictures.read(content))
    assert [(one.kind, one.width) for one in made] == [("webp", 720), ("webp", 1280)]
    assert all(one.content[8:12] == b"WEBP" and b"Rahasia" not in one.content for one in made)
    assert [one.content for one in photos.modern(content, pictures.read(content))] == [one.content for one in made]


def test_a_phone_held_upright_stays_upright() -> None:
    content = photo(size=(900, 800), orientation=6)
    assert [(one.width < one.height) for one in photos.modern(content, pictures.read(content))] == [True] * 2


def test_notes_that_cannot_be_read_do_not_keep_a_photo_out() -> None:
    content = crafted(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x01", size=(900, 800))
    assert [one.width for one in photos.modern(content, pictures.read(content))] == [720, 800], "turned"
    broken = content[:-900]
    with pytest.raises(pictures.BadPicture):
        photos.modern(broken, pictures.read(broken))


def test_a_very_tall_photo_is_drawn_as_tall_as_can_be() -> None:
    buffer = BytesIO()
    Image.new("RGB", (60, 20_000), "teal").save(buffer, "PNG")
    (made,) = photos.modern(buffer.getvalue(), pictures.read(buffer.getvalue()))
    assert (made.kind, made.height) in {("webp", 16_383), ("png", 20_000)}


def test_what_cannot_be_lighter_stays_itself() -> None:
    buffer = BytesIO()
    Image.new("1", (8, 8)).save(buffer, "PNG", optimize=True)
    tiny = pictures.read(buffer.getvalue())
    assert photos.modern(buffer.getvalue(), tiny)[-1].width == 8
    assert len(photos.modern(buffer.getvalue(), tiny)[-1].content) <= len(tiny.content)


@pytest.mark.django_db
def test_a_published_photo_is_offered_in_both_widths(author: Person) -> None:
    files = folder(bodies={"materi-1": "![Sawah](../gambar/sawah.jpg)"}) | {"gambar/sawah.jpg": photo()}
    build = publishing.plan(Source.of(files.items())).build
    html = build.contents[build.files["lessons/materi-1.html"].sha].decode()
    assert (html.count("720w"), html.count("1280w"), "sizes=" in html) == (1, 1, True)
    assert sorted(path.rpartition(".")[2] for path in build.files if path.startswith("pictures/")) == ["webp", "webp"]


@pytest.mark.django_db
def test_an_upload_is_made_smaller_and_needs_words(client_of: Any, author: Person) -> None:
    import_draft(Source.of(folder().items()), author.id)
    browser, address = client_of(author), f"/pelatihan/naskah/tulis/{COURSE}/gambar"
    form = {"dari": "materi/materi-1.md", "keterangan": "Sawah [basah]"}
    for name in ("gambar/sawah.jpg", "gambar/sawah-2.jpg"):
        file = BytesIO(photo(size=(2400, 800)))
        file.name = "Sawah.JPG"
        answer = browser.post(address, form | {"gambar": file}, headers={"Accept": "application/json"})
        assert answer.content.decode() == f"![Sawah (basah)](../{name})"
        kept = pictures.read(Draft.objects.newest().get().source().files[name])
        assert kept.width == photos.KEPT_WIDTH
    for wrong in ({"keterangan": ""}, {"gambar": BytesIO(b"\x89PNG bukan gambar")}):
        file = BytesIO(photo())
        file.name = "x.jpg"
        assert browser.post(address, form | {"gambar": file} | wrong).status_code == 422
