"""Giving more time or another attempt after an outage, and telling it to those who got it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from balai.log.record import record
from balai.people.models import Person
from balai.regions.models import Region

from .entries import AttemptExtended, TestExtended
from .models import Extension

_DAY = 24 * 60


def to_person(actor: Person, person: Person, test: UUID, said: dict[str, Any]) -> None:
    """Give ``person`` what ``said`` (minutes, attempts, reason) says at ``test``. Raises ``Refusal``."""
    payload = AttemptExtended(test=test, **said)
    record("attempt.extended", payload, actor=actor.id, subject=person.id, audience=person.region_id)


def to_region(actor: Person, region: Region | None, test: UUID, said: dict[str, Any]) -> None:
    """The same for everybody of ``region``, or of the nation (``None``). Raises ``Refusal``."""
    home = region.id if region else None
    record("test.extended", TestExtended(test=test, region=home, **said), actor=actor.id, audience=home)


@dataclass(frozen=True)
class Given:
    """What was given, as its receiver reads it."""

    minutes: int
    attempts: int
    reason: str
    giver: str
    given_at: datetime
    whom: str

    @property
    def longer(self) -> str:
        return _("Waktu ditambah {amount}.").format(amount=span(self.minutes))


def told(extensions: Sequence[Extension]) -> list[Given]:
    """The newest first. One query, none when there is nothing."""
    givers = {one.given_by for one in extensions if one.given_by}
    names = dict(Person.objects.filter(pk__in=givers).values_list("pk", "name")) if givers else {}
    return [
        Given(
            minutes=one.minutes,
            attempts=one.attempts,
            reason=one.reason,
            giver=names.get(one.given_by, _("pengelola")) if one.given_by else _("pusat"),
            given_at=one.given_at,
            whom=_whom(one),
        )
        for one in reversed(extensions)
    ]


def _whom(one: Extension) -> str:
    if one.person_id:
        return _("perorangan")
    return one.region.title if one.region else _("semua wilayah")


def span(minutes: int) -> str:
    """``30 menit``, ``2 jam``, ``1 hari``."""
    if minutes % _DAY == 0:
        return ngettext("{count} hari", "{count} hari", minutes // _DAY).format(count=minutes // _DAY)
    if minutes % 60 == 0:
        return ngettext("{count} jam", "{count} jam", minutes // 60).format(count=minutes // 60)
    return ngettext("{count} menit", "{count} menit", minutes).format(count=minutes)
