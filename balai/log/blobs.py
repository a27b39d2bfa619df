"""Files by their content: the name of a file is the SHA-256 of its bytes, so it never changes and is kept once.

They lie under ``BALAI_DATA/files/<first two digits>/<sha256>``. Writing is atomic: a name exists only when
all its bytes do.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")


def put(content: bytes) -> str:
    """Keep ``content``. Returns its name: 64 lower-case hexadecimal digits."""
    sha = name(content)
    if not path(sha).exists():
        write(path(sha), content)
    return sha


def name(content: bytes) -> str:
    """The name that ``content`` has or would have."""
    return hashlib.sha256(content).hexdigest()


def path(sha: str) -> Path:
    """Where the file called ``sha`` lies or would lie. Raises ``ValueError`` for what cannot be a name."""
    if not _NAME.fullmatch(sha):
        raise ValueError(f"not the name of a file: {sha!r}")
    return Path(settings.BALAI_DATA) / "files" / sha[:2] / sha


def read(sha: str) -> bytes:
    """The bytes of ``sha``. Raises ``FileNotFoundError``."""
    return path(sha).read_bytes()


def stream(sha: str) -> BinaryIO:
    """``sha`` opened for reading. Raises ``FileNotFoundError``."""
    return path(sha).open("rb")


def sound(sha: str) -> bool:
    """Whether the file is here and still has the bytes that its name promises."""
    return path(sha).exists() and name(read(sha)) == sha


def write(target: Path, content: bytes, durable: bool = True) -> None:
    """Write a file in one step: readers see the old bytes or all the new ones.

    ``durable``: also after a power cut; not needed for what can be made again.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
