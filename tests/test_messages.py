"""The tool that collects texts for translation."""

import json
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import messages

PAGE = """{% extends "base.html" %}
  {% trans "Simpan" %} it's <p title="{% trans 'Kirim' %}">
{% blocktrans count n=total %}{{ n }} desa{% plural %}{{ n }} desa-desa{% endblocktrans %}
"""
CODE = """from django.utils.translation import gettext_lazy as _
A = _("Baris {row} "
      "salah.")
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "balai"
    (package / "web" / "templates").mkdir(parents=True)
    (package / "web" / "tests").mkdir()
    (package / "web" / "templates" / "page.html").write_text(PAGE)
    (package / "web" / "problems.py").write_text(CODE)
    (package / "web" / "tests" / "test_x.py").write_text('_("not a text")')
    monkeypatch.setattr(messages, "PACKAGE", package)
    monkeypatch.setattr(messages, "ENGLISH", package / "locale" / "en" / "LC_MESSAGES" / "django.po")
    return package


def run(*arguments: str) -> None:
    messages.main(list(arguments))


def english() -> dict[object, object]:
    with messages.ENGLISH.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_texts_of_code_and_templates_are_collected(package: Path) -> None:
    run()
    assert english() == {
        "Simpan": "",
        "Kirim": "",
        "Baris {row} salah.": "",
        ("%(n)s desa", "%(n)s desa-desa"): ("", ""),
    }


def test_translations_are_kept_and_texts_that_are_gone_leave(package: Path, tmp_path: Path) -> None:
    filled = tmp_path / "filled.json"
    filled.write_text(json.dumps({"Simpan": "Save", "%(n)s desa": ["%(n)s village", "%(n)s villages"], "x": "y"}))
    run("fill", str(filled))
    (package / "web" / "problems.py").write_text("")
    run()
    assert english() == {
        "Simpan": "Save",
        "Kirim": "",
        ("%(n)s desa", "%(n)s desa-desa"): ("%(n)s village", "%(n)s villages"),
    }


def test_what_is_missing_is_told(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("missing")
    assert json.loads(capsys.readouterr().out) == {
        "Simpan": "",
        "Kirim": "",
        "Baris {row} salah.": "",
        "%(n)s desa": ["", ""],
    }


def test_running_it_again_changes_nothing(package: Path) -> None:
    run()
    files = [messages.ENGLISH, messages.ENGLISH.with_suffix(".mo")]
    first = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
    run()
    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in files] == first
