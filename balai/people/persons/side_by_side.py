"""Two records of perhaps one person, beside each other: what they say, and which of it to take over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import formats
from balai.people.models import Account, NikKey, Person
from balai.regions.models import attach_parents

from . import editing, listing


@dataclass(frozen=True)
class Row:
    """One field of both, as people read it. There is something to choose only where both say it, differently."""

    field: str
    label: str
    kept: str
    other: str
    same: bool

    @property
    def looks_same(self) -> bool:
        """Two numbers of which only the same beginning may be shown."""
        return not self.same and self.kept == self.other

    @property
    def takes_other(self) -> bool:
        """Whether the kept record says nothing here, and the other does."""
        return not self.same and self.kept == _NOTHING

    @property
    def differs(self) -> bool:
        return not self.same and _NOTHING not in {self.kept, self.other}


_NOTHING = "–"


@dataclass(frozen=True)
class Side:
    """What else is known of one of the two, in words, and not to be chosen from."""

    person: Person
    title: str
    account: str
    since: str


def order(one: Person, other: Person) -> tuple[Person, Person]:
    """Which of two records stays: the one that signs in, else the one registered first. Accounts are loaded."""
    first, second = sorted((one, other), key=lambda person: (_signed_in(person) is None, person.registered_at))
    return first, second


def _signed_in(person: Person) -> datetime | None:
    account: Account | None = getattr(person, "account", None)
    return account.first_signed_in_at if account else None


def sides(people: list[Person]) -> list[Side]:
    """``people`` with what helps to recognise them. Two queries."""
    attach_parents([person.region for person in people])
    titles = listing.titles_of(people)
    language = get_language() or "id"
    return [
        Side(person, titles.get(str(person.pk), ""), _account(person, language), _day(person.registered_at, language))
        for person in people
    ]


def _account(person: Person, language: str) -> str:
    moment = _signed_in(person)
    if moment:
        return _("Sudah masuk, pertama kali {day}").format(day=_day(moment, language))
    return _("Belum pernah masuk")


def _day(moment: datetime, language: str) -> str:
    return formats.day(timezone.localtime(moment).date(), language)


def rows(kept: Person, other: Person) -> list[Row]:
    """Every field of which one of the two says something, first those in which they differ."""
    found = [
        Row(field, str(label), _text(kept, field), _text(other, field), _same(field, kept, other))
        for field, label in editing.LABELS.items()
    ]
    said = [row for row in found if {row.kept, row.other} != {_NOTHING}]
    return sorted(said, key=lambda row: (not row.differs, row.same))


def _same(field: str, kept: Person, other: Person) -> bool:
    """Of a NIK only the beginning is shown, so its keyed hash is compared."""
    if field == "nik":
        return _nik(kept) == _nik(other)
    return bool(getattr(kept, field) == getattr(other, field))


def _nik(person: Person) -> str:
    key: NikKey | None = getattr(person, "nik_key", None)
    return key.digest if key else person.nik_sealed


def _text(person: Person, field: str) -> str:
    value: Any = getattr(person, field if field != "nik" else "nik_mask")
    if not value:
        return _NOTHING
    if field == "region":
        return str(value.full_name)
    if field == "sex":
        return str(person.get_sex_display())
    if field == "birth_date":
        return formats.day(value, get_language() or "id")
    return str(value) if field == "nik" else editing.readable(field, value)
