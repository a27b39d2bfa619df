"""Static files under hashed names, compressed, kept for good."""

import re
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings


def test_pages_ask_for_hashed_files_once_they_are_collected(db: None, tmp_path: Path, settings: Any) -> None:
    storage = {**settings.STORAGES, "staticfiles": {"BACKEND": "balai.web.assets.HashedStorage"}}
    with override_settings(STORAGES=storage, STATIC_ROOT=tmp_path):
        assert '"/static/css/balai.css"' in Client().get("/").content.decode()
        call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(STORAGES={**storage}, STATIC_ROOT=tmp_path):
        browser = Client()
        page = browser.get("/").content.decode()
        url = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        sheet = browser.get(url, headers={"accept-encoding": "br"})
    assert url != "/static/css/balai.css"
    assert (tmp_path / url.removeprefix("/static/")).exists()
    assert sheet["Content-Encoding"] == "br"
    assert sheet["Cache-Control"] == "max-age=315360000, public, immutable"


def test_modules_import_each_other_under_hashed_names(tmp_path: Path, settings: Any) -> None:
    storage = {**settings.STORAGES, "staticfiles": {"BACKEND": "balai.web.assets.HashedStorage"}}
    with override_settings(STORAGES=storage, STATIC_ROOT=tmp_path):
        call_command("collectstatic", verbosity=0, interactive=False)
    plain = {path.name for path in (Path(__file__).parents[1] / "static" / "js").glob("*.mjs")}
    hashed = [path for path in (tmp_path / "js").glob("*.mjs") if path.name not in plain]
    found = [name for path in hashed for name in re.findall(r"""["']\./([^"']+)["']""", path.read_text())]
    assert found
    assert plain.isdisjoint(found)
