"""What holds for every template and script of every room."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

PACKAGE = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html"))
#: What a strict content policy forbids: inline styles, handlers and scripts.
FORBIDDEN = re.compile(r"""<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE)
#: One look, so no colour is written outside the style sheet.
COLOUR = re.compile(r"""(?:fill|stroke|color)=["']#""")


def test_there_are_templates() -> None:
    assert TEMPLATES != []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_the_content_policy_and_the_palette(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert FORBIDDEN.findall(text) == []
    assert COLOUR.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_well_formed(path: Path) -> None:
    get_template(str(path).partition("/templates/")[2])


def _packed(*names: str) -> int:
    found = [Path(str(finders.find(name))) for name in names]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in found)


def test_the_style_sheet_weighs_at_most_9_kb() -> None:
    assert _packed("css/balai.css") <= 9_000


def test_the_shell_weighs_at_most_32_kb() -> None:
    scripts = [f"js/{path.name}" for path in PACKAGE.rglob("static/js/*.mjs")]
    assert _packed("css/balai.css", *scripts) <= 32_000
