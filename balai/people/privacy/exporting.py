"""Everything that this hub knows about one person, for that person: JSON for programs, a page for people, zipped."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from balai.common import clock, sealing
from balai.log.models import Entry
from balai.people.identities import niks
from balai.people.models import Person

from .about import about
from .purposes import BY_KIND
from .stores import STORES

Values = dict[str, Any]
_LOOK = """body { font: 16px/1.5 sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { line-height: 1.2 }
dt, small { color: #555; font-size: .875rem }
dd { margin: 0 0 .5rem }
li { margin-bottom: 1rem }
"""


def collect(person: Person) -> Values:
    """All of it in plain values: the record, entries about the person, entries by them, local tables."""
    ids = person.identities
    return {
        "made_at": clock.wall().isoformat(timespec="seconds"),
        "record": _record(person),
        "about": _about(ids),
        "by": _by(ids),
        "local": {key: rows for key, store in STORES.items() if (rows := _plain(store.export(ids)))},
    }


def _record(person: Person) -> Values:
    columns = ("name", "sex", "phone", "email", "nip", "nik_mask")
    values: Values = {column: getattr(person, column) for column in columns}
    values["birth_date"] = person.birth_date.isoformat() if person.birth_date else ""
    values["region"] = person.region.full_name if person.region else ""
    values["nik"] = _nik(person)
    return values


def _nik(person: Person) -> str:
    """In full: it is the person's own."""
    try:
        return niks.unseal(person.nik_sealed).digits if person.nik_sealed else ""
    except (sealing.SealBroken, ValueError):
        return ""


def _about(ids: list[UUID]) -> list[Values]:
    """Entries about the person, with their content and who did it."""
    entries = list(about(ids).order_by("made_at", "pk"))
    names: dict[UUID | None, str] = dict(
        Person.objects.filter(pk__in={entry.actor for entry in entries}).values_list("pk", "name")
    )
    return [
        {
            **_head(entry),
            "done_by": "" if entry.actor in {*ids, None} else names.get(entry.actor, str(entry.actor)),
            "content": _without_seal(entry.content),
        }
        for entry in entries
    ]


def _by(ids: list[UUID]) -> list[Values]:
    """What the person did about others or about shared things: that it was done, not what it says of others."""
    done = Entry.objects.filter(actor__in=ids).exclude(pk__in=about(ids).values("pk"))
    return [_head(entry) for entry in done.order_by("made_at", "pk")]


def _head(entry: Entry) -> Values:
    policy = BY_KIND.get(entry.kind)
    return {
        "id": str(entry.pk),
        "kind": entry.kind,
        "name": str(policy.name) if policy else entry.kind,
        "made_at": entry.made_at.isoformat(timespec="seconds"),
    }


def _without_seal(content: Any) -> Any:
    """A sealed NIK says nothing to its owner; the record has it in full."""
    if isinstance(content, dict):
        return {key: _without_seal(value) for key, value in content.items() if key != "sealed"}
    return content


def _plain(rows: Iterable[Values]) -> list[Values]:
    return [{key: _written(value) for key, value in row.items()} for row in rows]


def _written(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def packed(values: Values) -> bytes:
    """A zip of ``data.json`` and ``data.html`` (with its look), which opens anywhere without a network."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(values, ensure_ascii=False, indent=2))
        archive.writestr("data.html", render_to_string("privacy/export.html", _shown(values)))
        archive.writestr("data.css", _LOOK)
    return target.getvalue()


def _shown(values: Values) -> Values:
    return {
        "record": values["record"],
        "entries": [{**_dated(entry), "lines": list(_lines(entry["content"]))} for entry in values["about"]],
        "by": [_dated(entry) for entry in values["by"]],
        "local": [(STORES[key].name, rows) for key, rows in values["local"].items()],
        **_dated(values),
    }


def _dated(values: Values) -> Values:
    return {
        "name": values.get("name"),
        "done_by": values.get("done_by"),
        "at": datetime.fromisoformat(values["made_at"]),
    }


def _lines(content: Any, path: str = "") -> Iterable[tuple[str, str]]:
    """``{"a": {"b": 1}}`` as ``("a › b", "1")``."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _lines(value, f"{path} › {key}" if path else key)
    elif isinstance(content, list) and any(isinstance(value, dict | list) for value in content):
        for number, value in enumerate(content, 1):
            yield from _lines(value, f"{path} › {number}")
    elif content not in (None, "", [], {}):
        yield path, ", ".join(map(str, content)) if isinstance(content, list) else str(content)
