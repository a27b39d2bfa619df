"""Writes ``docs/problems.md`` from the catalogue of refusals: ``python tools/problems.py``."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import django

with TemporaryDirectory() as data:
    os.environ["BALAI_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "balai.settings"
    django.setup()

    from balai.web.problem_list import as_markdown

    document = Path(__file__).resolve().parents[1] / "docs" / "problems.md"
    document.write_text(as_markdown(), encoding="utf-8")
