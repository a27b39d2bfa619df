"""Secrets that a node makes for itself and keeps in a file that only its owner may read."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def read_or_make(path: Path) -> str:
    """The secret in ``path``; made on first use (384 bits, mode 0600 where the system has modes)."""
    if not path.exists():
        write_new(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def write_new(path: Path, content: bytes) -> None:
    """Write ``content`` to a file that nobody else may read, unless another process was faster.

    The file appears whole or not at all, so that nobody reads half a secret.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
