"""The files of a course folder, as an author made them: read from a folder or from an uploaded ZIP.

A source is only bytes by path. What comes from an upload is not trusted: names cannot leave the folder, and
sizes are counted while unpacking, never believed.
"""

import hashlib
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from balai.common.problems import TOO_LARGE, Refusal

from . import problems

COURSE_FILE = "pelatihan.md"
TEXT_TYPES = (".md",)
PICTURE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
MAXIMUM_FILES = 2_000
MAXIMUM_TEXT = 512 * 1024
MAXIMUM_PICTURE = 4 * 1024 * 1024
MAXIMUM_TOTAL = 100 * 1024 * 1024
#: What operating systems leave in folders and archives, and nobody means to send.
_LITTER = re.compile(r"(^|/)(__MACOSX|\.git|\.DS_Store|Thumbs\.db|desktop\.ini)(/|$)|(^|/)\._", re.IGNORECASE)
_PART = re.compile(r"[^\W_][\w .()+-]*", re.UNICODE)
_CHUNK = 64 * 1024
#: What unpacking says of an archive that is damaged, locked or packed in an unknown way.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    struct.error,
)


@dataclass(frozen=True)
class Source:
    """``files``: content by path inside the folder, with forward slashes ("materi/01-layar.md")."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, files: Iterable[tuple[str, bytes]]) -> "Source":
        """Checked files. Raises ``Refusal`` for a name, type, size or number that is not accepted."""
        kept: dict[str, bytes] = {}
        for path, content in files:
            kept[checked_path(path)] = content
            checked_size(path, len(content))
            _check_count(len(kept))
        if COURSE_FILE not in kept:
            raise Refusal(problems.NO_COURSE_FILE)
        return cls(MappingProxyType(dict(sorted(kept.items()))))

    @classmethod
    def from_folder(cls, folder: Path) -> "Source":
        """The files under ``folder``. Raises ``Refusal``; links are not followed."""
        return cls.of(_folder_files(folder))

    @classmethod
    def from_zip(cls, file: BinaryIO) -> "Source":
        """The files of a ZIP whose top is the course folder or holds just that folder. Raises ``Refusal``."""
        try:
            with zipfile.ZipFile(file) as archive:
                return cls.of(_zip_files(archive))
        except _BROKEN as error:
            raise Refusal(problems.NOT_A_ZIP) from error

    def name(self, path: str) -> str:
        """The SHA-256 of a file, read only where nobody knows it yet. Raises ``KeyError``."""
        known: Mapping[str, str] = getattr(self.files, "names", {})
        return known[path] if known else hashlib.sha256(self.files[path]).hexdigest()

    def text(self, path: str) -> str:
        """A text file. Raises ``KeyError``, ``UnicodeDecodeError``."""
        return self.files[path].decode("utf-8-sig").replace("\r\n", "\n")

    def to_folder(self, folder: Path) -> None:
        """Write the files back, byte for byte."""
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def to_zip(self) -> bytes:
        """The files as a ZIP, byte for byte; the same files give the same archive."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in self.files.items():
                archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def checked_path(path: str) -> str:
    """``path`` in Unicode's composed form, when it is a plain relative path of a known type. Raises ``Refusal``."""
    path = unicodedata.normalize("NFC", path)
    parts = path.split("/")
    plain = all(_PART.fullmatch(part) and not part.endswith((".", " ")) for part in parts)
    if not plain or len(path) > 180 or len(parts) > 6:
        raise Refusal(problems.UNSAFE_PATH, path=path[:180])
    if not path.lower().endswith(TEXT_TYPES + PICTURE_TYPES):
        raise Refusal(problems.UNKNOWN_TYPE, path=path)
    return path


def checked_size(path: str, size: int) -> None:
    """Raises ``Refusal`` when a file of this kind is too large."""
    limit = MAXIMUM_TEXT if path.lower().endswith(TEXT_TYPES) else MAXIMUM_PICTURE
    if size > limit:
        raise Refusal(problems.FILE_TOO_LARGE, path=path, size=_kilobytes(size), limit=_kilobytes(limit))


def _check_count(count: int) -> None:
    if count > MAXIMUM_FILES:
        raise Refusal(problems.TOO_MANY_FILES, count=count, limit=MAXIMUM_FILES)


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1024)} KB"


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not file.is_symlink() and not _LITTER.search(path):
            checked_size(path, file.stat().st_size)
            yield path, file.read_bytes()


def _zip_files(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = [info for info in archive.infolist() if not info.is_dir() and not _LITTER.search(info.filename)]
    _check_count(len(members))
    top = _common_top([info.filename for info in members])
    left = MAXIMUM_TOTAL
    for info in members:
        if info.flag_bits & 0x1 or (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise Refusal(problems.UNSAFE_PATH, path=info.filename)
        content = _unpacked(archive, info, left)
        left -= len(content)
        yield info.filename.removeprefix(top), content


def _common_top(names: list[str]) -> str:
    """The one folder that all files lie in ("kursus/"), or nothing when they lie at the top."""
    tops = {name.split("/", 1)[0] + "/" if "/" in name else "" for name in names}
    return tops.pop() if len(tops) == 1 else ""


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """The content of one file, given up as soon as it is longer than allowed: headers lie."""
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            checked_size(info.filename, size)
            if size > left:
                limit = _kilobytes(MAXIMUM_TOTAL)
                raise Refusal(TOO_LARGE, size=limit + "+", limit=limit)
            parts.append(chunk)
    return b"".join(parts)
