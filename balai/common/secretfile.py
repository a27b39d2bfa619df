"""Secrets that a node makes for itself and keeps in a file that only its owner may read."""

import os
import secrets
from pathlib import Path


def read_or_make(path: Path) -> str:
    """The secret in ``path``; made on first use (384 bits, mode 0600 where the system has modes)."""
    if not path.exists():
        write_new(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def write_new(path: Path, content: bytes) -> None:
    """Write ``content`` to a file that nobody else may read, unless another process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)
