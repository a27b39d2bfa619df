"""Bringing a backup back, into a place where nothing is.

Unpacking needs no Django: its settings would make new keys in the folder first.
"""

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
import pyrage
import zstandard

import balai
from balai.common.problems import Refusal
from balai.web import problems
from balai.web.machine import folder as data_folder

from . import contents, sealing

_BROKEN = (tarfile.TarError, zstandard.ZstdError, pyrage.DecryptError, msgspec.MsgspecError, EOFError)


def restore(
    source: Path, key: sealing.Key, folder: Path, database_url: str, set_up: Callable[[], None]
) -> contents.Manifest:
    """Bring ``source`` back into the empty ``folder`` and the empty database that ``database_url`` names ("": SQLite
    in the folder), or nothing at all. ``set_up`` is called when Django is needed. Raises ``Refusal``.
    """
    with _into_empty(folder):
        manifest = _opened(source, key, folder, database_url)
        if manifest.database != "sqlite":
            set_up()
            _fill(folder, manifest)
    return manifest


@contextmanager
def _into_empty(folder: Path) -> Iterator[None]:
    """Refuses a folder that holds anything; when something fails inside, it is as empty as it was."""
    if data_folder.used(folder):
        raise Refusal(problems.NOT_EMPTY, place=folder)
    fresh = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        yield
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if fresh:
            folder.rmdir()
        raise


def _opened(source: Path, key: sealing.Key, folder: Path, database_url: str) -> contents.Manifest:
    try:
        with sealing.opened(source, key) as stream:
            return _unpack(contents.members(stream), source.name, folder, database_url)
    except _BROKEN as error:
        raise Refusal(problems.NOT_A_BACKUP, name=source.name, error=error) from error


def _unpack(
    members: Iterator[tuple[str, IO[bytes]]], source: str, folder: Path, database_url: str
) -> contents.Manifest:
    name, content = next(members)
    if name != contents.MANIFEST:
        raise Refusal(problems.NOT_A_BACKUP, name=source, error=name)
    manifest = msgspec.json.decode(content.read(), type=contents.Manifest)
    _require_fit(manifest, database_url)
    for name, content in members:
        target = _database_path(folder, database_url) if name == contents.DATABASE else folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(target, "xb", opener=_private) as file:
            shutil.copyfileobj(content, file, 1 << 20)
    if manifest.demo:
        data_folder.mark_demo(folder)
    return manifest


def _require_fit(manifest: contents.Manifest, database_url: str) -> None:
    if manifest.format > contents.FORMAT or _numbers(manifest.version) > _numbers(balai.__version__):
        raise Refusal(problems.NEWER_BACKUP, version=manifest.version)
    ours = "postgresql" if database_url.startswith("postgres") else "sqlite"
    if manifest.database != ours:
        raise Refusal(problems.OTHER_DATABASE, theirs=manifest.database, ours=ours)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _database_path(folder: Path, database_url: str) -> Path:
    path = Path(database_url.removeprefix("sqlite:///")) if database_url else folder / "balai.sqlite3"
    if path.exists():
        raise Refusal(problems.NOT_EMPTY, place=path)
    return path


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _fill(folder: Path, manifest: contents.Manifest) -> None:
    """Fill the empty database with the tables that were unpacked, and remove those."""
    from django.db import connection

    from . import tables

    if connection.introspection.table_names():
        raise Refusal(problems.NOT_EMPTY, place=connection.settings_dict["NAME"])
    stored = sorted((folder / "tables").glob("*.jsonl"))
    tables.recreate(manifest.migrations, ((path.stem, _lines(path)) for path in stored))
    shutil.rmtree(folder / "tables")


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
