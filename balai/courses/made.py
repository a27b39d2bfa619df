"""What photos became when they were drawn: noted beside them, so that a build opens neither the photo nor its widths.

Three hundred photos are 100 MB; to know their names and sizes took ten seconds and as much memory.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from balai.log import blobs


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One width of a photo: the name of its content, its kind, pixels and bytes, and the file in which it lies."""

    sha: str
    kind: str
    width: int
    height: int
    bytes: int
    file: str

    @property
    def path(self) -> Path:
        return folder() / self.file

    @property
    def whole(self) -> bool:
        """Whether the file is there with all its bytes, which a power cut may have taken."""
        return self.path.exists() and self.path.stat().st_size == self.bytes


@dataclass(frozen=True)
class Ready:
    """A content of a package that lies in a file until it is needed."""

    path: Path

    def read(self) -> bytes:
        return self.path.read_bytes()


_decoder = msgspec.json.Decoder(list[Made])


def folder() -> Path:
    """Where drawn photos lie; all of it can be made again."""
    return Path(settings.BALAI_DATA) / "modern"


def of(photo: str) -> list[Made]:
    """The widths of the photo with this name, the widest last; none when it was not drawn yet, or is not lighter so."""
    try:
        found = _decoder.decode(_note(photo).read_bytes())
    except (FileNotFoundError, msgspec.MsgspecError):
        return []
    return found if all(one.whole for one in found) else []


def note(photo: str, widths: list[Made]) -> None:
    """Keep what the photo became."""
    blobs.write(_note(photo), msgspec.json.encode(widths), durable=False)


def _note(photo: str) -> Path:
    return folder() / f"{photo}.json"
