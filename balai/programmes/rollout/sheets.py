"""The sustainability sheet of one roll-out: what stands in it, who wrote it and when, what two people wrote at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.log import handlers
from balai.log.handlers import Change
from balai.log.models import Entry, Revision
from balai.people.models import Person

#: Each field: what it is called, and what belongs in it.
FIELDS: dict[str, tuple[Promise, Promise]] = {
    "team": (_("Tim pengelola"), _("Siapa saja, dari kantor mana, siapa ketuanya, dan dasar penunjukannya.")),
    "budget": (_("Anggaran"), _("Berapa, dari sumber mana (APBD, APB Desa, lainnya), untuk tahun berapa.")),
    "operator": (_("Operator"), _("Siapa yang sehari-hari mendampingi peserta dan mengurus data, dan penggantinya.")),
    "schedule": (_("Jadwal"), _("Kapan belajar, kapan tim bertemu, kapan dievaluasi; berulang setiap berapa lama.")),
}


@dataclass(frozen=True)
class Version:
    """What somebody wrote into a field. ``entry`` names it in a decision and in the next edit."""

    entry: UUID
    field: str
    text: str
    author: str
    made_at: datetime

    @property
    def label(self) -> str:
        return str(FIELDS[self.field][0])


@dataclass(frozen=True)
class Part:
    """A field as it stands: ``text`` is shown, ``versions`` are those that nobody replaced, the shown one first.

    ``bases``: what an edit that begins here replaces; the roll-out itself where nobody wrote anything.
    """

    field: str
    text: str
    versions: list[Version]
    bases: list[UUID]

    @property
    def label(self) -> str:
        return str(FIELDS[self.field][0])

    @property
    def latest(self) -> Version | None:
        return self.versions[0] if self.versions else None

    @property
    def is_disputed(self) -> bool:
        """Whether several people changed it without seeing each other's change."""
        return len(self.versions) > 1


class Sheet:
    """The sheet of the roll-out ``id``, ``None`` where there is none yet. At most three queries."""

    def __init__(self, id: UUID | None) -> None:
        self.id = id
        self._found = handlers.versions([id]) if id else {}
        self._authors = _authors(one for found in self._found.values() for one in found)
        self.parts = [self._part(field) for field in FIELDS]

    def _of(self, field: str) -> list[Revision]:
        return self._found.get((self.id, field), []) if self.id else []

    def _part(self, field: str) -> Part:
        found = self._of(field)
        bases = handlers.heads(self.id, found) if self.id else []
        current = [self._version(one) for one in found if one.entry in bases]
        winner = handlers.winning(found)
        current.sort(key=lambda one: winner is not None and one.entry != winner.entry)
        return Part(field, str(winner.value) if winner else "", current, bases)

    def _version(self, one: Revision) -> Version:
        return Version(one.entry, one.field, str(one.value), self._authors.get(one.entry, ""), one.made_at)

    @property
    def disputed(self) -> list[Part]:
        return [part for part in self.parts if part.is_disputed]

    @property
    def history(self) -> list[Version]:
        """All that was ever written, the latest first."""
        found = [self._version(one) for field in FIELDS for one in self._of(field)]
        return sorted(found, key=lambda one: (one.made_at, one.entry), reverse=True)

    def seen(self, field: str, ids: Sequence[str] | None) -> list[UUID]:
        """The versions of ``field`` that an editor says they saw; all current ones if they name none that exist.

        An empty name is what the page says where there is no roll-out yet: they saw the empty sheet that it begins
        with, and nothing that somebody wrote since. ``None``: they did not say.
        """
        if ids is None:
            return self._current(field)
        if self.id and not any(ids):
            return [self.id]
        known = {str(one.entry): one.entry for one in self._of(field)} | ({str(self.id): self.id} if self.id else {})
        named = [known[id] for id in dict.fromkeys(ids) if id in known]
        return named or self._current(field)

    def _current(self, field: str) -> list[UUID]:
        return self._part_of(field).bases

    def _part_of(self, field: str) -> Part:
        return next(part for part in self.parts if part.field == field)

    def text_seen(self, field: str, bases: list[UUID]) -> str:
        """What an editor who saw the versions ``bases`` had before them."""
        winner = handlers.winning([one for one in self._of(field) if one.entry in bases])
        return str(winner.value) if winner else ""

    def changes(self, texts: Mapping[str, str], saw: Mapping[str, Sequence[str]]) -> dict[str, Change]:
        """What ``texts`` change for an editor who ``saw`` these versions, by field.

        What says the same as all that stands there by now changes nothing: the form was sent twice.
        """
        found = {}
        for field, text in texts.items():
            bases = self.seen(field, saw.get(field))
            stands = {one.text for one in self._part_of(field).versions}
            if text != self.text_seen(field, bases) and stands != {text}:
                found[field] = Change(text, tuple(bases))
        return found

    def shows(self, entry: UUID, fields: Iterable[str]) -> bool:
        """Whether what ``entry`` says of ``fields`` still stands."""
        return all(entry in self._current(field) for field in fields)

    def settled(self, field: str, entry: UUID) -> Change | None:
        """The decision for what ``entry`` says, in place of all current versions of ``field``."""
        part = next((part for part in self.disputed if part.field == field), None)
        chosen = next((one for one in part.versions if one.entry == entry), None) if part else None
        return Change(chosen.text, tuple(part.bases)) if part and chosen else None


def _authors(revisions: Iterable[Revision]) -> dict[UUID, str]:
    """The name of who made each change, by entry."""
    actors = dict(Entry.objects.filter(pk__in={one.entry for one in revisions}).values_list("pk", "actor"))
    names = names_of(actors.values())
    return {entry: names.get(actor, "") for entry, actor in actors.items() if actor}


def names_of(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of people. One query, none for nobody."""
    wanted = {id for id in ids if id}
    rows = Person.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return {id: name for id, name in rows}  # noqa: C416  (a key may be asked for that is nobody)
