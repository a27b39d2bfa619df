"""Certificates, what ended them, what was added to them: any order, number of times and pieces, the same tables."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.courses.tests.test_order import _version
from balai.credentials import multibase
from balai.credentials.entries import (
    ArchiveWithdrawn,
    CertificateArchived,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    CertificateScanned,
    KeyPublished,
)
from balai.credentials.models import (
    ArchivedCertificate,
    ArchiveWithdrawal,
    Certificate,
    CertificateReplacement,
    CertificateRevocation,
    CertificateScan,
    IssuerKey,
)
from balai.credentials.statement import key_id
from balai.log.entries import Ruled
from balai.log.models import Conflict, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.tests.test_receive import enveloped
from balai.people.entries import PersonRegistered

from .conftest import OURS

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = START.date()
KEY = key_id(OURS.public)
PERSON, COURSE = UUID(int=100), UUID(int=1)
TABLES = (
    IssuerKey, Certificate, CertificateRevocation, CertificateReplacement, CertificateScan, ArchivedCertificate,
    ArchiveWithdrawal,
)  # fmt: skip


def deed(kind: str, payload: object, number: int, id: UUID | None = None) -> Deed:
    moment = START + timedelta(minutes=number)
    return Deed(kind, payload, None, PERSON, id=id or UUID(int=number), proof="hub", made_at=moment)


VERSION = _version(COURSE, 1, ["satu"])
GROUND = [
    deed("person.registered", PersonRegistered("Siti", None), 100),
    VERSION,
    deed("issuer_key.published", KeyPublished(multibase.public_key(OURS.public)), 101, IssuerKey.row_id(KEY)),
]


def issued(number: int, replaces: UUID | None) -> Deed:
    payload = CertificateIssued(
        course=COURSE, version=VERSION.id, kind="pelatihan", number=f"{number}/2026", name="Siti", place="", title="K",
        hours=1, started_on=DAY, finished_on=DAY, issued_on=DAY, score=None, organisation="B", signer="",
        signer_title="", city="J", demo=False, key_id=KEY, signed="A", status=number, expires_on=date(2029, 1, 1),
        replaces=replaces, replaces_number="1/2026" if replaces else "",
    )  # fmt: skip
    return deed("certificate.issued", payload, 200 + number)


@st.composite
def histories(draw: st.DrawFn) -> list[Deed]:
    """Up to three certificates, each the next one's successor; what was done to them; one thing erased."""
    count = draw(st.integers(1, 3))
    rows = [issued(n, UUID(int=199 + n) if n > 1 else None) for n in range(1, count + 1)]
    deeds = GROUND + rows
    for number, row in enumerate(rows):
        by = draw(st.sampled_from(rows))
        some = [
            deed("certificate.revoked", CertificateRevoked(row.id, "Salah", DAY), 300 + number),
            deed("certificate.replaced", CertificateReplaced(row.id, by.id, "Salah", DAY), 400 + number),
            deed("certificate.scanned", CertificateScanned(row.id, "0" * 64, 9), 500 + number),
            deed("certificate.archived", CertificateArchived(f"{number}", "Aset", 8, DAY), 600 + number),
            deed("certificate.archive_withdrawn", ArchiveWithdrawn(UUID(int=600 + number)), 700 + number),
        ]
        deeds = deeds + draw(st.lists(st.sampled_from(some), unique_by=lambda one: one.id))
    if draw(st.booleans()):
        target = draw(st.sampled_from(deeds))
        deeds = [*deeds, Deed("entry.erased", Ruled((target.id,)), id=UUID(int=999), proof="hub", made_at=START)]
    return deeds


def after(batches: list[list[Deed]]) -> dict[str, list[tuple[object, ...]]]:
    """The tables after these batches arrived; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            receive([enveloped([_entry(one) for one in {one.id: one for one in batch}.values()])])
        found = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in TABLES}
        found["standings"] = list(Standing.objects.order_by("pk").values_list("entry_id", "state"))
        transaction.set_rollback(True)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data: st.DataObject) -> None:
    deeds = data.draw(histories())
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=4)) | {0, len(shuffled)})
    assert after([shuffled[a:b] for a, b in pairwise(cuts) if a < b]) == straight
    assert not Conflict.objects.exists()


def test_a_whole_history_fills_every_table() -> None:
    row = issued(1, None)
    found = after([[*GROUND, row, issued(2, row.id),
        deed("certificate.revoked", CertificateRevoked(row.id, "Salah", DAY), 300),
        deed("certificate.replaced", CertificateReplaced(row.id, UUID(int=202), "Salah", DAY), 400),
        deed("certificate.scanned", CertificateScanned(row.id, "0" * 64, 9), 500),
        deed("certificate.archived", CertificateArchived("1", "Aset", 8, DAY), 600),
        deed("certificate.archive_withdrawn", ArchiveWithdrawn(UUID(int=600)), 700)]])  # fmt: skip
    assert [len(found[model.__name__]) for model in TABLES] == [1, 2, 1, 1, 1, 1, 1]
