"""Writing down certificates of earlier years, each once, as an archive tells of them; and taking one back."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from balai.common.ids import derived
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.models import Person

from . import numbering
from .entries import ArchiveWithdrawn, CertificateArchived
from .models import ArchivedCertificate, ArchiveWithdrawal, Certificate


def archive(person: Person, number: str, title: str, hours: int, issued_on: date, actor: Person | None) -> None:
    """Record it for ``person``; the same number of the same person again changes nothing. Raises ``Refusal``."""
    said = CertificateArchived(number=number, title=title, hours=hours, issued_on=issued_on)
    id = place(person.id, number, withdrawn([person.id]))
    if not Entry.objects.filter(pk=id).exists():
        record_many([deed(person, said, id, actor)])


def withdraw(certificate: ArchivedCertificate, actor: Person | None) -> None:
    """It was a mistake; doing it twice changes nothing (its person and their region loaded). Raises ``Refusal``."""
    if not certificate.withdrawals.exists():
        record_many([withdrawal(certificate, actor)])


def is_ours(person: Person, number: str) -> bool:
    """Whether Balai itself issued ``number`` to ``person``: it counts without being written down."""
    issued = Certificate.objects.of(person).values_list("number", flat=True)
    return numbering.key(number) in map(numbering.key, issued)


def deed(person: Person, said: CertificateArchived, id: UUID, actor: Person | None) -> Deed:
    """Recording ``said`` of ``person`` as ``id``."""
    return _deed("certificate.archived", said, person, id, actor)


def withdrawal(certificate: ArchivedCertificate, actor: Person | None) -> Deed:
    """Taking ``certificate`` back."""
    said = ArchiveWithdrawn(certificate.pk)
    return _deed("certificate.archive_withdrawn", said, certificate.person, derived(certificate.pk, "withdrawn"), actor)


def _deed(kind: str, said: object, person: Person, id: UUID, actor: Person | None) -> Deed:
    by = actor.id if actor else None
    return Deed(kind, said, by, person.id, person.region_id, proof=Entry.Proof.HUB, id=id)


def withdrawn(people: Collection[UUID]) -> set[UUID]:
    """The ids of what was taken back of ``people``. One query."""
    rows = ArchiveWithdrawal.objects.filter(certificate__person__in=people)
    return set(rows.values_list("certificate", flat=True))


def place(person: UUID, number: str, gone: Collection[UUID]) -> UUID:
    """The id that the certificate ``number`` of ``person`` has, or will have; ``gone``: what was taken back."""
    id = derived(person, "archived", numbering.key(number))
    while id in gone:
        id = derived(id, "again")
    return id
