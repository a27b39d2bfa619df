"""Course folders and ZIPs: what is taken as it is, and what is refused by name."""

import contextlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common.problems import Refusal
from balai.courses import source
from balai.courses.source import Source
from balai.courses.tests.folders import folder

_NAMES = st.from_regex(r"\A[a-z][a-z0-9-]{0,20}\.(md|svg|png)\Z")


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return io.BytesIO(buffer.getvalue())


def refusal(files: dict[str, bytes]) -> str:
    with pytest.raises(Refusal) as caught:
        Source.from_zip(zipped(files))
    return caught.value.problem.code


@given(st.dictionaries(_NAMES, st.binary(max_size=500), max_size=8))
def test_out_and_in_again_loses_nothing(files: dict[str, bytes]) -> None:
    original = Source.of({**files, "pelatihan.md": b"\xff\x00any bytes"}.items())
    assert Source.from_zip(io.BytesIO(original.to_zip())) == original
    assert original.to_zip() == Source.from_zip(io.BytesIO(original.to_zip())).to_zip()


def test_the_folder_on_disk_and_its_zip_are_the_same(tmp_path: Path, demo: Source) -> None:
    demo.to_folder(tmp_path)
    assert Source.from_folder(tmp_path) == demo
    assert Source.from_zip(io.BytesIO(demo.to_zip())) == demo


def test_one_folder_around_everything_is_taken_off() -> None:
    files = folder()
    wrapped = {f"Kursus saya/{path}": content for path, content in files.items()}
    assert Source.from_zip(zipped(wrapped)).files == Source.from_zip(zipped(files)).files


def test_what_systems_leave_behind_is_left_out(tmp_path: Path) -> None:
    files = folder()
    litter = {"__MACOSX/._pelatihan.md": b"x", "materi/.DS_Store": b"x", "materi/._a.md": b"x", "Thumbs.db": b"x"}
    assert Source.from_zip(zipped(files | litter)).files == Source.of(files.items()).files


@pytest.mark.parametrize(
    "path",
    ["../luar.md", "materi/../../luar.md", "/etc/luar.md", "C:\\luar.md", "materi\\a.md", "a/b/c/d/e/f/g.md",
     ".tersembunyi.md", "materi/titik./a.md", "materi//a.md", "x" * 190 + ".md", "materi/a\n.md", "CON./a.md"],
)  # fmt: skip
def test_names_that_could_leave_the_folder_are_refused(path: str) -> None:
    assert refusal(folder() | {path: b"x"}) in {"B3004", "B3005"}


@pytest.mark.parametrize("path", ["jalankan.exe", "materi/skrip.js", "halaman.html", "tanpa-akhiran", "a.md.lnk"])
def test_files_of_other_types_are_refused(path: str) -> None:
    assert refusal(folder() | {path: b"x"}) == "B3005"


def test_a_link_in_the_archive_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in folder().items():
            archive.writestr(path, content)
        link = zipfile.ZipInfo("materi/rahasia.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Refusal) as caught:
        Source.from_zip(io.BytesIO(buffer.getvalue()))
    assert caught.value.problem.code == "B3004"


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path, demo: Source) -> None:
    demo.to_folder(tmp_path / "kursus")
    (tmp_path / "rahasia.md").write_text("rahasia")
    os.symlink(tmp_path / "rahasia.md", tmp_path / "kursus" / "materi" / "99.md")
    assert Source.from_folder(tmp_path / "kursus") == demo


def test_a_bomb_is_given_up_at_its_limit() -> None:
    assert refusal(folder() | {"gambar/bom.png": b"\0" * (source.MAXIMUM_PICTURE + 1)}) == "B3003"
    assert refusal(folder() | {"materi/bom.md": b" " * (source.MAXIMUM_TEXT + 1)}) == "B3003"


def test_many_files_that_are_each_small_enough_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAXIMUM_TOTAL", 10_000)
    many = {f"gambar/{number}.png": b"\0" * 4_000 for number in range(4)}
    assert refusal(folder() | many) == "B1104"
    monkeypatch.setattr(source, "MAXIMUM_FILES", 5)
    assert refusal({f"{number}.md": b"" for number in range(6)}) == "B3002"


def test_a_header_that_lies_about_its_size_does_not_help() -> None:
    whole = bytearray(zipped(folder() | {"gambar/bom.png": b"\0" * (source.MAXIMUM_PICTURE + 1)}).getvalue())
    size = (source.MAXIMUM_PICTURE + 1).to_bytes(4, "little")
    assert whole.count(size) >= 1
    small = bytes(whole).replace(size, (100).to_bytes(4, "little"))
    with pytest.raises(Refusal) as caught:
        Source.from_zip(io.BytesIO(small))
    assert caught.value.problem.code in {"B3001", "B3003"}


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04" + b"\0" * 40, b"MZ" + b"\0" * 100])
def test_what_is_not_a_zip_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        Source.from_zip(io.BytesIO(content))
    assert caught.value.problem.code == "B3001"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@given(damage=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=3))
def test_a_damaged_archive_is_taken_or_refused(method: int, damage: list[tuple[int, int]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("pelatihan.md", bytes(range(256)) * 20)
    content = bytearray(buffer.getvalue())
    for place, change in damage:
        content[place % len(content)] ^= change
    with contextlib.suppress(Refusal):
        Source.from_zip(io.BytesIO(bytes(content)))


def test_a_locked_archive_is_refused() -> None:
    whole = bytearray(zipped(folder()).getvalue())
    for place in range(len(whole) - 4):
        if whole[place : place + 4] == b"PK\x01\x02":
            whole[place + 8] |= 1
    with pytest.raises(Refusal) as caught:
        Source.from_zip(io.BytesIO(bytes(whole)))
    assert caught.value.problem.code == "B3004"


def test_a_folder_without_the_course_file_is_refused() -> None:
    assert refusal({"materi/a.md": b"x"}) == "B3006"
