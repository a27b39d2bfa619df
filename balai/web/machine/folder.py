"""Which data folder a command works on: decided before Django's settings are read, because they read it."""

import os
import sys
from pathlib import Path

from balai.common.problems import Refusal
from balai.web import problems

#: A file with this name says that a folder holds a demonstration, for good.
MARK = "CONTOH.txt"
_MARK_TEXT = "Folder ini berisi data peragaan Balai. Orang dan sertifikat di dalamnya tidak nyata.\n"


def choose(data: Path | None, demo: bool) -> Path:
    """The folder: ``--data``, else ``BALAI_DATA``, else the demonstration's own, else ``./data``.

    A folder that was made for a demonstration stays one. Raises ``Refusal`` for a demonstration in a folder
    with real data.
    """
    demo = demo or os.environ.get("BALAI_DEMO", "").lower() in {"1", "true", "yes", "on"}
    named = data or (Path(os.environ["BALAI_DATA"]) if os.environ.get("BALAI_DATA") else None)
    folder = (named or (demo_folder() if demo else Path("data"))).expanduser().resolve()
    if (folder / MARK).exists():
        demo = True
    elif demo and used(folder):
        raise Refusal(problems.DEMO_IN_REAL, folder=folder)
    os.environ["BALAI_DATA"] = str(folder)
    os.environ["BALAI_DEMO"] = "1" if demo else ""
    return folder


def is_demo() -> bool:
    """Whether the chosen folder is a demonstration's."""
    return os.environ.get("BALAI_DEMO") == "1"


def used(folder: Path) -> bool:
    """Whether there is anything in ``folder``."""
    return folder.exists() and any(folder.iterdir())


def make(folder: Path) -> None:
    """Make the folder, for its owner alone; a demonstration's is marked as one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_demo():
        mark_demo(folder)


def mark_demo(folder: Path) -> None:
    """Say in the folder that it holds a demonstration."""
    if not (folder / MARK).exists():
        (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")


def demo_folder() -> Path:
    """Where this system keeps a user's data: ``%LOCALAPPDATA%``, ``~/Library/…``, ``$XDG_DATA_HOME``."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "balai-demo"
