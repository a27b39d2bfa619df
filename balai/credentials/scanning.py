"""The office's own, electronically signed paper beside a certificate: a PDF that somebody uploads.

Nothing opens it here. It is only ever handed out as a download, to whoever sees the certificate.
"""

from balai.common import formats, plain_pdf
from balai.common.ids import derived
from balai.common.plain_pdf import Fault
from balai.common.problems import TOO_LARGE, Refusal
from balai.log import blobs
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import problems
from .entries import CertificateScanned
from .models import Certificate, CertificateScan

LARGEST = 5_000_000
_FAULTS = {Fault.BROKEN: problems.NOT_A_PDF, Fault.ACTIVE: problems.ACTIVE_PDF}


def attach(certificate: Certificate, content: bytes, actor: Person) -> None:
    """Keep ``content`` beside ``certificate``; the newest is shown. Raises ``Refusal`` for what is no plain PDF."""
    check(content)
    sha = blobs.put(content)
    id = derived(certificate.pk, "scan", sha)
    if CertificateScan.objects.filter(pk=id).exists():
        return
    record(
        "certificate.scanned",
        CertificateScanned(certificate=certificate.pk, sha256=sha, size=len(content)),
        id=id,
        actor=actor.id,
        subject=certificate.person_id,
        audience=certificate.person.region_id,
        proof=Entry.Proof.HUB,
    )


def check(content: bytes) -> None:
    """Raises ``Refusal`` unless ``content`` is a whole PDF of a fit size without programs in it."""
    if len(content) > LARGEST:
        raise Refusal(TOO_LARGE, size=formats.size(len(content)), limit=formats.limit(LARGEST))
    if fault := plain_pdf.fault(content):
        raise Refusal(_FAULTS[fault])
