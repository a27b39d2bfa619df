"""What is in a backup: the database of one moment, then the keys and files that it names."""

import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
from django.conf import settings
from django.db import connection

import balai
from balai.common import clock
from balai.common.problems import Refusal
from balai.log.nodekeys import this_node
from balai.web import problems

from . import sealing, tables

Progress = Callable[[int, int], None]
FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database.sqlite3"
#: Folders of the data folder that are kept. The static files are made anew.
FOLDERS = ("keys", "files", "media")


class Manifest(msgspec.Struct, frozen=True):
    """What the backup is: always its first member. ``database`` is "sqlite" or "postgresql"."""

    format: int
    version: str
    made_at: datetime
    node: str
    demo: bool
    database: str
    migrations: tables.Migrations


def make(target: Path, lock: sealing.Lock, progress: Progress) -> int:
    """Write a backup of this machine to ``target``, which must not exist. Returns its size in bytes.

    Others may go on working meanwhile: what they do after the start is not in it. Raises ``Refusal``.
    """
    if target.exists():
        raise Refusal(problems.FILE_EXISTS, name=target.name)
    sealing.write(target, lock, lambda stream: _pack(stream, progress))
    return target.stat().st_size


def _pack(stream: IO[bytes], progress: Progress) -> None:
    """Runs in a thread of its own, so its connection to the database is closed at the end."""
    with closing(connection), tarfile.open(fileobj=stream, mode="w|") as archive:
        _add(archive, MANIFEST, msgspec.json.encode(_manifest()))
        if connection.vendor == "sqlite":
            _pack_sqlite(archive)
        else:
            _pack_tables(archive, progress)
        _pack_files(archive, progress)


def _manifest() -> Manifest:
    return Manifest(
        format=FORMAT,
        version=balai.__version__,
        made_at=clock.wall(),
        node=str(this_node().id),
        demo=settings.BALAI_DEMO,
        database=connection.vendor,
        migrations=tables.applied(),
    )


def _pack_sqlite(archive: tarfile.TarFile) -> None:
    """SQLite's online backup: a copy of one moment, while others write."""
    connection.ensure_connection()
    with tempfile.TemporaryDirectory(dir=settings.BALAI_DATA, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        archive.add(copy, DATABASE)


def _pack_tables(archive: tarfile.TarFile, progress: Progress) -> None:
    models = tables.exported()
    with tables.snapshot():
        for done, model in enumerate(models, 1):
            with tempfile.TemporaryFile(dir=settings.BALAI_DATA) as file:
                file.writelines(tables.lines(model))
                info = tarfile.TarInfo(f"tables/{model._meta.label}.jsonl")
                info.size = file.tell()
                file.seek(0)
                archive.addfile(info, file)
            progress(done, len(models))


def _pack_files(archive: tarfile.TarFile, progress: Progress) -> None:
    base = Path(settings.BALAI_DATA)
    paths = [path for folder in FOLDERS for path in sorted((base / folder).rglob("*")) if path.is_file()]
    for done, path in enumerate(paths, 1):
        archive.add(path, path.relative_to(base).as_posix(), recursive=False)
        progress(done, len(paths))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, BytesIO(content))


def members(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """The members of a backup, in their order. Raises ``Refusal`` for a name that leads elsewhere."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or not _allowed(member.name):
                raise Refusal(problems.NOT_A_BACKUP, name=member.name, error="name")
            yield member.name, content


def _allowed(name: str) -> bool:
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    return inside and (name in {MANIFEST, DATABASE} or path.parts[0] in {*FOLDERS, "tables"})
