"""Files by their content."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from balai.log import blobs


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.BALAI_DATA = tmp_path


def test_a_file_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    sha = blobs.put(b"halo")
    assert sha == hashlib.sha256(b"halo").hexdigest()
    assert blobs.put(b"halo") == sha
    assert [file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file()] == [
        Path("files") / sha[:2] / sha
    ]
    assert blobs.read(sha) == b"halo"
    with blobs.stream(sha) as file:
        assert file.read() == b"halo"


def test_a_damaged_file_is_not_sound() -> None:
    sha = blobs.put(b"halo")
    assert blobs.sound(sha)
    blobs.path(sha).write_bytes(b"hallo")
    assert not blobs.sound(sha)
    assert not blobs.sound("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "/x"])
def test_what_cannot_be_a_name_never_becomes_a_path(name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        blobs.path(name)


def test_an_interrupted_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: Any) -> None:
    target = tmp_path / "pages" / "a.html"
    blobs.write(target, b"old")

    def full(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        blobs.write(target, b"new")
    assert [(file.name, file.read_bytes()) for file in target.parent.iterdir()] == [("a.html", b"old")]
