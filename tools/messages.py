"""Collects every text that people see and brings ``balai/locale/en`` up to date.

Run it with ``make messages``. The texts in the code are Indonesian; what is new in the English catalogue stays
empty until somebody translates it. ``python tools/messages.py fill FILE`` takes translations from a JSON object
(Indonesian to English, or to a list of two for a plural) and ``... missing`` prints what has none as such an object.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "balai"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_A_FIXED_DATE = datetime(2026, 1, 1, tzinfo=UTC)
SKIPPED = {"tests", "migrations", "static", "locale"}


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that may hold texts, as Python: templates are turned into it first."""
    for path in sorted(PACKAGE.rglob("*")):
        if SKIPPED.intersection(path.relative_to(PACKAGE).parts):
            continue
        if path.suffix == ".py":
            yield path, path.read_text(encoding="utf-8")
        elif "templates" in path.parts and path.is_file():
            python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # The blanks of a template are no indentation of Python.
            yield path, "\n".join(line.strip() for line in python.splitlines())


def collect() -> Catalog:
    """The catalogue of texts as the code has them now, each with the files that use it."""
    found = Catalog(locale="en", project="Balai", charset="utf-8")
    for path, text in sources():
        place = path.relative_to(PACKAGE.parent).as_posix()
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            found.add(message, locations=[(place, 0)], context=context)
    return found


def updated(found: Catalog) -> Catalog:
    """The English catalogue with exactly the texts of ``found``; translations that it had are kept."""
    english = Catalog(locale="en", charset="utf-8", creation_date=_A_FIXED_DATE)
    if ENGLISH.exists():
        with ENGLISH.open("rb") as file:
            english = read_po(file, locale="en")
    english.update(found, no_fuzzy_matching=True)
    english.obsolete.clear()
    english.project, english.version, english.fuzzy = "Balai", "", False
    english.msgid_bugs_address = english.last_translator = english.language_team = ""
    # No date of today: running it twice changes nothing.
    english.creation_date = english.revision_date = _A_FIXED_DATE
    english.header_comment = "# English texts of Balai. tools/messages.py keeps the list, people translate."
    return english


def missing(english: Catalog) -> list[str | tuple[str, str]]:
    """The texts without a translation."""
    return [message.id for message in english if message.id and not _complete(message.string)]


def _complete(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def fill(english: Catalog, translations: dict[str, Any]) -> None:
    """Puts translations in, by the (singular) Indonesian text; those of unknown texts are left out."""
    for message in english:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if key and key in translations:
            given = translations[key]
            message.string = tuple(given) if isinstance(given, list) else given


def save(english: Catalog) -> None:
    """Writes the catalogue and what is compiled from it, only where they change."""
    text, compiled = BytesIO(), BytesIO()
    write_po(text, english, width=110, include_lineno=False, sort_output=True, ignore_obsolete=True)
    write_mo(compiled, english)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    for path, content in ((ENGLISH, text), (ENGLISH.with_suffix(".mo"), compiled)):
        if not path.exists() or path.read_bytes() != content.getvalue():
            path.write_bytes(content.getvalue())


def main(arguments: list[str]) -> None:
    """Updates, and fills or prints what is missing if asked."""
    if not settings.configured:
        settings.configure()
    english = updated(collect())
    if arguments[:1] == ["fill"]:
        fill(english, json.loads(Path(arguments[1]).read_text(encoding="utf-8")))
    save(english)
    lacking = missing(english)
    if arguments[:1] == ["missing"]:
        pairs = {
            text if isinstance(text, str) else text[0]: "" if isinstance(text, str) else ["", ""] for text in lacking
        }
        sys.stdout.write(json.dumps(pairs, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(f"{len(english)} texts, {len(lacking)} without English\n")


if __name__ == "__main__":
    main(sys.argv[1:])
