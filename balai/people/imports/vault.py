"""Staged NIKs and uploaded files at rest: locked with a key that only this node can make."""

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from balai.log.nodekeys import this_node

_NONCE, _TAG = 12, 16
_CHUNK = 1024 * 1024
_CELL = b"nik"


def _key() -> AESGCM:
    return _keys(str(settings.BALAI_DATA))[0]


@lru_cache(maxsize=4)
def _keys(folder: str) -> tuple[AESGCM, bytes]:
    """To lock with, and to make fingerprints with. Remembered, because thousands of rows ask."""
    secret = this_node().secret
    locking, marking = (hmac.new(secret, use, hashlib.sha256).digest() for use in (b"balai import 1", b"balai row 1"))
    return AESGCM(locking), marking


def lock(plain: bytes, context: bytes) -> bytes:
    """``plain`` locked; opening it needs the same ``context``."""
    nonce = os.urandom(_NONCE)
    return nonce + _key().encrypt(nonce, plain, context)


def unlock(locked: bytes, context: bytes) -> bytes:
    """What was locked here with ``context``. Raises ``cryptography.exceptions.InvalidTag``."""
    return _key().decrypt(locked[:_NONCE], locked[_NONCE:], context)


def lock_cell(cell: str | int | float) -> bytes:
    """A NIK cell as a staged row keeps it; nothing for an empty one."""
    return lock(json.dumps(cell).encode(), _CELL) if cell != "" else b""


def unlock_cell(locked: bytes) -> str | int | float:
    """What stands in a NIK cell that ``lock_cell`` locked."""
    return json.loads(unlock(locked, _CELL)) if locked else ""


def fingerprint(text: str) -> str:
    """A keyed hash: says whether two rows are the same without telling what they say."""
    return hmac.new(_keys(str(settings.BALAI_DATA))[1], text.encode(), hashlib.sha256).hexdigest()


def keep(id: UUID, source: BinaryIO) -> None:
    """Keep the file of import ``id``, locked chunk by chunk."""
    path = _path(id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source.seek(0)
    with path.open("wb") as target:
        place = 0
        while chunk := source.read(_CHUNK):
            target.write(lock(chunk, _context(id, place)))
            place += 1


@contextmanager
def opened(id: UUID) -> Iterator[Path]:
    """The file of import ``id`` in the clear, for as long as the block lasts. Raises ``FileNotFoundError``."""
    with _path(id).open("rb") as source, tempfile.TemporaryDirectory(dir=_path(id).parent) as folder:
        path = Path(folder) / "table"
        with path.open("wb") as target:
            place = 0
            while locked := source.read(_NONCE + _CHUNK + _TAG):
                target.write(unlock(locked, _context(id, place)))
                place += 1
        yield path


def forget(id: UUID) -> None:
    """The file is gone."""
    with suppress(FileNotFoundError):
        _path(id).unlink()


def _path(id: UUID) -> Path:
    return Path(settings.BALAI_DATA) / "imports" / str(id)


def _context(id: UUID, place: int) -> bytes:
    return id.bytes + place.to_bytes(4, "big")
