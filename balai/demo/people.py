"""Registering the people of the demonstration, naming teams, opening accounts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from balai.common.ids import derived
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.accounts import codes
from balai.people.accounts.models import AccessCode
from balai.people.accounts.opening import open_accounts
from balai.people.entries import PersonRegistered, PositionHeld, RoleGranted
from balai.people.models import Account, Person
from balai.people.roles import Role
from balai.regions.models import region_id

from .cast import PLAYABLE, Figure
from .delegates import Delegate
from .month import Calendar

_HUB = Entry.Proof.HUB
_BATCH = 500


def register_cast(calendar: Calendar) -> None:
    """Those whom a visitor may be, their roles, and their accounts. The hub's own admin names the first of them."""
    known = set(Person.objects.filter(pk__in=[one.id for one in PLAYABLE]).values_list("pk", flat=True))
    fresh = [one for one in PLAYABLE if one.id not in known]
    made_at = calendar.at(200, "10:00")
    deeds = [deed for one in fresh for deed in _person(one, made_at)]
    record_many([*deeds, *(_role(one, made_at) for one in PLAYABLE if one.role)])
    accounts = []
    named = set(Account.objects.filter(person__in=[one.id for one in PLAYABLE]).values_list("person", flat=True))
    for one in PLAYABLE:
        if one.id not in named:
            signed_in = calendar.at(40, "08:30")
            account = Account(person_id=one.id, username=one.account, created_at=made_at,
                              first_signed_in_at=signed_in, notice_read_at=signed_in)  # fmt: skip
            account.set_unusable_password()
            accounts.append(account)
    Account.objects.bulk_create(accounts)


def _person(one: Figure, made_at: datetime) -> Iterator[Deed]:
    home = region_id(one.region)
    person = PersonRegistered(name=one.name, region=home, sex=one.sex)  # type: ignore[arg-type]
    yield Deed("person.registered", person, id=one.id, audience=home, proof=_HUB, made_at=made_at)
    position = PositionHeld(title=one.position, region=home)
    id = derived(one.id, "position")
    yield Deed("position.held", position, subject=one.id, audience=home, proof=_HUB, id=id, made_at=made_at)


def _role(one: Figure, made_at: datetime) -> Deed:
    """A demonstration of an earlier version said it of some of them already: once more changes nothing."""
    over = tuple(region_id(code) if code else None for code in one.over)
    role = RoleGranted(role=one.role, regions=over)
    id, home = derived(one.id, "role"), region_id(one.region)
    return Deed("role.granted", role, subject=one.id, audience=home, proof=_HUB, id=id, made_at=made_at)


def register(delegates: Sequence[Delegate], calendar: Calendar, ago: int, by: UUID) -> None:
    """``by`` registers them, so many days ago, from a list."""
    made_at = calendar.at(ago, "09:00")
    known = set(Person.objects.filter(pk__in=[one.id for one in delegates]).values_list("pk", flat=True))
    deeds: list[Deed] = []
    for one in delegates:
        if one.id not in known:
            person = PersonRegistered(name=one.name, region=one.region, sex=one.sex)  # type: ignore[arg-type]
            deeds.append(Deed("person.registered", person, by, audience=one.region, id=one.id, made_at=made_at))
            position = PositionHeld(title=one.position, region=one.region)
            id = derived(one.id, "position")
            deeds.append(Deed("position.held", position, by, one.id, one.region, id=id, made_at=made_at))
    record_many(deeds)


def name_coordinators(chosen: dict[str, Delegate], calendar: Calendar, ago: int, by: UUID) -> None:
    """``by`` makes each of ``chosen`` the coordinator of the region with that code."""
    made_at = calendar.at(ago, "14:00")
    record_many(
        [
            Deed("role.granted", RoleGranted(role=Role.Name.COORDINATOR, regions=(region_id(code),)), by, one.id,
                 one.region, id=derived(one.id, "role"), made_at=made_at)
            for code, one in chosen.items()
        ]
    )  # fmt: skip


def invite(delegates: Iterable[Delegate], by: UUID) -> None:
    """Accounts for them, with a code on paper where nobody has signed in so far."""
    invited = [one for one in delegates if one.invited]
    people = list(Person.objects.filter(pk__in=[one.id for one in invited]).select_related("region"))
    open_accounts(people)
    codes.make([one.id for one in invited if not one.signs_in], AccessCode.Purpose.FIRST, by=by)


def sign_in(moments: dict[UUID, datetime]) -> None:
    """When each of them came in for the first time."""
    accounts = list(Account.objects.filter(person__in=list(moments), first_signed_in_at=None))
    for account in accounts:
        account.first_signed_in_at = account.notice_read_at = moments[account.person_id]
    Account.objects.bulk_update(accounts, ["first_signed_in_at", "notice_read_at"], batch_size=_BATCH)
