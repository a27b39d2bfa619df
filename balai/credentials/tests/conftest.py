"""A signer whose private half is at hand, a statement, and a course that somebody finishes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from balai.assessments import sitting
from balai.assessments.tests.conftest import publish_course, published, right
from balai.common import clock
from balai.courses import progress
from balai.courses.models import CourseVersion
from balai.credentials import keys, statement
from balai.credentials.keyring import KeyRing, PublicKey
from balai.credentials.models import Certificate
from balai.credentials.statement import Statement
from balai.people.models import Person

__all__ = ["publish_course"]


@dataclass(frozen=True)
class Signer:
    """An issuer's key, both halves."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    def write(self, said: Statement) -> str:
        return statement.write(said, self.public, self.sign)

    def ring(self, **fields: Any) -> KeyRing:
        return KeyRing("Balai Belajar", [PublicKey(self.public, date(2026, 1, 1), **fields)])


def signer(seed: int) -> Signer:
    """Always the same key for the same ``seed``."""
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


OURS, OTHERS = signer(1), signer(2)

SAID = Statement(
    number="0123/BALAI/XI/2026",
    name="Siti Aminah, S.Sos.",
    place="Sekretaris Desa Terbanggi Besar, Kabupaten Lampung Tengah",
    course="Kenal HP dan Internet",
    kind="pelatihan",
    hours=2,
    started=statement.to_day(date(2026, 11, 1)),
    finished=statement.to_day(date(2026, 11, 20)),
    issued=statement.to_day(date(2026, 11, 21)),
    score=865,
    demo=False,
)


def saying(**changes: Any) -> Statement:
    """``SAID`` with some fields changed."""
    return msgspec.structs.replace(SAID, **changes)


def learn(person: Person, version: CourseVersion) -> None:
    """``person`` completes every lesson."""
    for lesson in version.lessons:
        progress.complete(person, version, lesson)


def pass_test(person: Person, version: CourseVersion) -> None:
    """``person`` takes the certificate test and answers all of it right."""
    test = published(version, "akhir")
    moment = clock.wall()
    draft = sitting.start(person, test, moment)
    sitting.submit(person, draft.id, lambda draft: right(test, draft.id), moment)


@pytest.fixture
def issuer_key(db: None) -> str:
    """The short id of the hub's signing key."""
    return keys.ensure()


@pytest.fixture
def course(issuer_key: str, publish_course: Callable[..., CourseVersion]) -> CourseVersion:
    """One lesson and a test; the certificate asks for both."""
    return publish_course()


@pytest.fixture
def certify(course: CourseVersion) -> Callable[[Person], Certificate]:
    """``certify(secretary)``: she learns, passes, and has a certificate."""

    def certify(person: Person) -> Certificate:
        learn(person, course)
        pass_test(person, course)
        return Certificate.objects.get(person=person)

    return certify
