"""Getting a machine ready to serve. Every step first looks, cheaply, whether there is anything to do."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

import balai
from balai.common.problems import Refusal
from balai.courses import page_files
from balai.log.nodekeys import this_node
from balai.regions import gazetteer, shipping
from balai.web import problems

Progress = Callable[[int, int], None]


def missing_migrations() -> set[tuple[str, str]]:
    """Migrations that lie in the program and were not applied: (app label, name).

    Compares file names with one query; loading Django's migration graph would take longer than all else.
    Raises ``Refusal`` when the database does not answer.
    """
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except OperationalError as error:
        raise Refusal(problems.DATABASE_AWAY, error=str(error).strip()) from error
    return set(_shipped_migrations()) - applied


def _shipped_migrations() -> Iterator[tuple[str, str]]:
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if folder.is_dir():
            found = iter_modules([str(folder)])
            yield from ((config.label, module.name) for module in found if module.name[0] not in "_~")


def migrate() -> int:
    """Bring the database to this version. Returns how many migrations were missing."""
    missing = len(missing_migrations())
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return missing


def load_regions(progress: Progress) -> bool:
    """Load the region tree that ships with this version, and make what searches read.

    Returns whether there was anything to do.
    """
    loaded = shipping.load(progress)
    gazetteer.current()  # made here, because making it takes memory that a web process would keep
    return loaded


def make_keys() -> None:
    """The node's own keys, unless they are there."""
    this_node()


def collect_static() -> bool:
    """Lay out the static files under their hashed names. Returns whether there was anything to do.

    Files of earlier versions stay: pages that a phone keeps still name them.
    """
    if static_is_current():
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    _static_mark().write_text(_static_fingerprint(), encoding="ascii")
    return True


def write_lessons() -> int:
    """Lay out the pages of open lessons in the frame of this program. Returns how many course versions it wrote."""
    return sum(1 for _version in page_files.refresh())


def static_is_current() -> bool:
    """Whether the laid out files are those of this program."""
    mark = _static_mark()
    return mark.exists() and mark.read_text(encoding="ascii") == _static_fingerprint()


def _static_mark() -> Path:
    return Path(settings.STATIC_ROOT) / ".made-from"


def _static_fingerprint() -> str:
    """Of the names, sizes and times of all static files: no file is opened."""
    seen = hashlib.sha256(balai.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            facts = os.stat(storage.path(name))
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
