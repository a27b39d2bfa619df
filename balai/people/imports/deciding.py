"""What somebody decides while looking at a preview: who a row is, what a cell should say, that a doubt is unfounded."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.identities.matching import Reason
from balai.people.reach import CHANGE_PERSONS
from balai.people.spreadsheets.cells import LONGEST
from balai.people.spreadsheets.headers import Field

from . import problems, vault
from .examining import Examiner
from .models import Import, Row

_CHUNK = 500
_WRITTEN = (
    "cells nik context values findings outcome person candidates changes nik_digest name_key region namesake"
    " fingerprint verdict doubted accepted_at edited_at"
).split()


def decide(row: Row, verdict: str, person: UUID | None = None) -> None:
    """Say who ``row`` is: the same as ``person``, somebody else, or not to be taken; "" takes that back.

    Raises ``Refusal`` for a person out of reach, and for "somebody else" with the same NIK.
    """
    if verdict == Row.Verdict.SAME:
        people = row.batch.owner.reach.people(*CHANGE_PERSONS)
        if not person or not people.filter(pk=person).exists():
            raise Refusal(NOT_FOUND)
    if verdict == Row.Verdict.OTHER and shares_nik(row):
        raise Refusal(problems.SAME_NIK)
    if row.candidates:
        row.context = {**row.context, "compared": [found["person"] for found in row.candidates]}
    row.verdict, row.person = verdict, person
    _examine_again(row)


def shares_nik(row: Row) -> bool:
    """Whether the one whom ``row`` may be, here or in a row above it, has the same NIK."""
    doubles = (finding[3] for finding in row.findings if finding[2] == "double")
    return any(Reason.NIK in found["reasons"] for found in row.candidates) or any(d.get("same_nik") for d in doubles)


def correct(row: Row, typed: dict[str, str]) -> None:
    """Put ``typed`` (by field) into the cells of ``row`` and look again. An earlier verdict falls with them."""
    cells = dict(row.cells)
    for field, text in typed.items():
        if field == Field.NIK:
            row.nik = vault.lock_cell(text.strip()[:LONGEST])
        elif text.strip():
            cells[str(Field(field))] = text.strip()[:LONGEST]
        else:
            cells.pop(field, None)
    row.cells = cells
    row.edited_at, row.accepted_at = clock.wall(), None
    if row.verdict != Row.Verdict.SKIP:
        row.verdict, row.person = "", None
    _examine_again(row)


def place(row: Row, region: UUID) -> None:
    """Choose one of the regions that fit what ``row`` says. Raises ``Refusal`` for one out of reach."""
    found = row.batch.owner.reach.regions(*CHANGE_PERSONS).filter(pk=region).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    correct(row, {Field.CODE: found.code, Field.VILLAGE: "", Field.DISTRICT: "", Field.REGENCY: ""})


def accept(rows: Iterable[Row]) -> int:
    """The doubts about the cells of ``rows`` are unfounded. Returns how many rows had some."""
    doubtful = [row for row in rows if row.doubted]
    moment = clock.wall()
    for start in range(0, len(doubtful), _CHUNK):
        chunk = doubtful[start : start + _CHUNK]
        for row in chunk:
            row.accepted_at = moment
        _examine(chunk[0].batch, chunk)
    return len(doubtful)


def _examine_again(row: Row) -> None:
    """Look again at ``row``, and at those that repeat it, or that it repeated until now."""
    old = _alike(row)
    Examiner(row.batch).examine([row])
    others = row.batch.rows.filter(old | _alike(row), saved=None).exclude(pk=row.pk)
    _examine(row.batch, sorted([row, *others], key=lambda one: (one.sheet, one.number)))


def _alike(row: Row) -> Q:
    found = Q(fingerprint=row.fingerprint)
    if row.nik_digest:
        found |= Q(nik_digest=row.nik_digest)
    if row.namesake:
        found |= Q(namesake=row.namesake)
    return found


@transaction.atomic
def _examine(batch: Import, rows: list[Row]) -> None:
    Examiner(batch).examine(rows)
    Row.objects.bulk_update(rows, _WRITTEN, batch_size=50)
