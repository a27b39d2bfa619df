"""A new password for somebody who lost theirs: a short-lived code from whoever stands above them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from balai.common import clock
from balai.common.problems import Refusal
from balai.people import problems
from balai.people.delegation.rank import outranks
from balai.people.models import AccessCode, AccessEvent, Person

from . import codes, whatsapp
from .opening import open_accounts


@dataclass(frozen=True)
class Recovery:
    """The code for ``person`` (12 signs), until when, and a link that sends it."""

    person: Person
    code: str
    until: datetime

    @property
    def written(self) -> str:
        return codes.grouped(self.code)

    @property
    def message(self) -> str:
        text = whatsapp.recovery(self.person.name, settings.BALAI_URL, self.code, self.until)
        return whatsapp.address(self.person.phone, text)


@transaction.atomic
def recover(by: Person, person: Person, frees_second_factor: bool) -> Recovery:
    """A recovery code for ``person``; they are told at the next sign-in. Raises ``Refusal``."""
    if not outranks(by, person):
        raise Refusal(problems.OUTRANKED)
    open_accounts([person])
    purpose = AccessCode.Purpose.RECOVERY
    code = codes.make([person.id], purpose, by.id, frees_second_factor)[person.id]
    AccessEvent.objects.create(kind=AccessEvent.Kind.RECOVERY_MADE, person=person.id, actor=by.id)
    return Recovery(person, code, clock.wall() + codes.LIFETIMES[purpose])
