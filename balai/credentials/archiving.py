"""Writing down a certificate of earlier years, once, as an archive tells of it."""

from datetime import date

from balai.common.ids import derived
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from .entries import CertificateArchived


def archive(person: Person, number: str, title: str, hours: int, issued_on: date, actor: Person | None) -> None:
    """Record it for ``person``; the same number of the same person again changes nothing. Raises ``Refusal``."""
    payload = CertificateArchived(number=number, title=title, hours=hours, issued_on=issued_on)
    id = derived(person.id, "archived", number.casefold())
    if Entry.objects.filter(pk=id).exists():
        return
    record(
        "certificate.archived",
        payload,
        id=id,
        actor=actor.id if actor else None,
        subject=person.id,
        audience=person.region_id,
        proof=Entry.Proof.HUB,
    )
