"""Letting people in for the first time: accounts and codes for many at once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balai.common import clock, sealing
from balai.common.problems import Refusal
from balai.log.nodekeys import this_node
from balai.people import problems
from balai.people.delegation.rank import outranked
from balai.people.models import AccessCode, Account, CodeSheet, Person
from balai.regions.models import attach_parents

from . import codes
from .opening import open_accounts
from .slips import A_FILE, Slip

#: How long a sheet can be opened again by whoever made it.
SHEET_LIFE = timedelta(days=1)
_CONTEXT = b"balai code sheet 1"
_BATCH = 500


@dataclass(frozen=True)
class Choice:
    """Who of the chosen gets a code, and how many do not, because they came in before or stand too high.

    ``people`` were never invited; ``again`` were, and did not come in yet. A new code ends the one that those have
    in their hands, so they get one only where somebody says so.
    """

    people: list[Person]
    again: list[Person]
    inside: int
    above: int


def choose(by: Person, chosen: Iterable[Person]) -> Choice:
    """Sort ``chosen`` (regions loaded) into who may be invited by ``by``."""
    everybody = list(chosen)
    inside = _inside([person.id for person in everybody])
    outside = [person for person in everybody if person.id not in inside]
    below = outranked(by, outside)
    fitting = [person for person in outside if person.id in below]
    invited = _invited([person.id for person in fitting])
    people = [person for person in fitting if person.id not in invited]
    again = [person for person in fitting if person.id in invited]
    return Choice(people, again, len(everybody) - len(outside), len(outside) - len(fitting))


def _inside(ids: list[UUID]) -> set[UUID]:
    """Who has signed in before: a new code for them is a recovery, one by one."""
    found: set[UUID] = set()
    for start in range(0, len(ids), _BATCH):
        been = Account.objects.filter(person__in=ids[start : start + _BATCH]).exclude(first_signed_in_at=None)
        found |= set(been.values_list("person_id", flat=True))
    return found


def _invited(ids: list[UUID]) -> set[UUID]:
    """Who was invited before, as the picture of a region counts it: under their own record or one merged into it."""
    found: set[UUID | None] = set()
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        for rows in (Account.objects.all(), AccessCode.objects.all()):
            found |= set(rows.filter(person__in=some).values_list("person", flat=True))
            merged = rows.filter(person__merged_into__in=some).values_list("person__merged_into", flat=True)
            found |= {id for id in merged if id}
    return {id for id in found if id}


@transaction.atomic
def invite(by: Person, people: list[Person], title: str) -> CodeSheet:
    """Accounts and new codes for ``people`` (from ``choose``), kept on a sheet for a day. Raises ``Refusal``."""
    if not people:
        raise Refusal(problems.NOBODY_CHOSEN)
    open_accounts(people)
    plain = codes.make([person.id for person in people], AccessCode.Purpose.FIRST, by.id)
    content = json.dumps({id.hex: plain[id] for id in _order(list(plain))}).encode()
    now = clock.wall()
    return CodeSheet.objects.create(
        title=title[:200],
        made_by=by.id,
        made_at=now,
        expires_at=now + SHEET_LIFE,
        size=len(plain),
        sealed=sealing.seal(this_node().sealing_public, content, _CONTEXT),
    )


def sheet_of(by: Person, id: UUID) -> CodeSheet:
    """The sheet with ``id``, for whoever made it, for a day. Raises ``Refusal``."""
    found = CodeSheet.objects.open_for(by.id).filter(pk=id).first()
    if found is None:
        raise Refusal(problems.SHEET_GONE)
    return found


@dataclass(frozen=True)
class Invited:
    """One line of a sheet: who, and their code as 12 signs."""

    person: Person
    account: Account
    code: str

    @property
    def slip(self) -> Slip:
        region = self.person.region
        place = ", ".join(place.title for place in (region, *region.parents[:1])) if region else ""
        return Slip(self.person.name, place, self.account.username, self.account.phone or "", self.code)


def open_sheet(sheet: CodeSheet, start: int, count: int) -> list[Invited]:
    """The lines from ``start`` on, among ``count``, whose codes still let somebody in.

    Places stay what they were, so that a file drawn once more holds nobody else: whoever came in, was erased or
    got a newer code is left out, and whose record was merged stands there as the person they turned out to be.
    """
    plain = _codes(sheet)
    some = dict(list(plain.items())[start : start + count])
    holders = _holders(some)
    people = Person.objects.select_related("region", "account").in_bulk(holders.values())
    lines = [Invited(people[holders[id]], people[holders[id]].account, some[id]) for id in some if id in holders]
    attach_parents(line.person.region for line in lines)
    return lines


def _codes(sheet: CodeSheet) -> dict[UUID, str]:
    """Codes by the person they were made for, in the order of the slips."""
    content: dict[str, str] = json.loads(this_node().unseal(bytes(sheet.sealed), _CONTEXT))
    return {UUID(hex=id): code for id, code in content.items()}


def _holders(plain: dict[UUID, str]) -> dict[UUID, UUID]:
    """Whose account each code still opens, by the person it was made for."""
    made_for = {codes.digest(code): id for id, code in plain.items()}
    digests = list(made_for)
    found: dict[UUID, UUID] = {}
    for start in range(0, len(digests), _BATCH):
        rows = AccessCode.objects.open(clock.wall()).usable().filter(digest__in=digests[start : start + _BATCH])
        found |= {made_for[digest]: person for digest, person in rows.values_list("digest", "person")}
    return found


def _order(ids: list[UUID]) -> list[UUID]:
    """By village and name: the order in which slips are handed out."""
    found: list[tuple[str, str, UUID]] = []
    for start in range(0, len(ids), _BATCH):
        rows = Person.objects.filter(pk__in=ids[start : start + _BATCH]).order_by()
        found += [(code or "", name, id) for code, name, id in rows.values_list("region__code", "sort_name", "pk")]
    return [id for _village, _name, id in sorted(found)]


@dataclass(frozen=True)
class Part:
    """One file of slips: its number from 1, how many slips, and from which region to which."""

    number: int
    size: int
    first: str
    last: str


def parts(sheet: CodeSheet) -> list[Part]:
    """The files that ``sheet`` is printed in; one without a usable code is left out."""
    plain = _codes(sheet)
    holders = _holders(plain)
    places = list(plain)
    files = [
        (number, [holders[id] for id in places[start : start + A_FILE] if id in holders])
        for number, start in enumerate(range(0, len(places), A_FILE), 1)
    ]
    titles = _titles({chunk[place] for _number, chunk in files if chunk for place in (0, -1)})
    return [Part(number, len(chunk), titles[chunk[0]], titles[chunk[-1]]) for number, chunk in files if chunk]


def _titles(people: set[UUID]) -> dict[UUID, str]:
    """Where each of ``people`` belongs, in words."""
    found = Person.objects.select_related("region").in_bulk(people)
    return {id: person.region.title if person.region else "" for id, person in found.items()}
