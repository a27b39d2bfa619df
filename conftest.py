"""Named people for every test, and the small things that tests share.

The secretary and her colleague work in Terbanggi Besar (Lampung Tengah); the stranger in another kabupaten.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from balai.log.record import record
from balai.people.entries import PersonRegistered, RoleGranted
from balai.people.models import Account, Person
from balai.regions.models import Region

pytest_plugins = ["tests.browser", "tests.databases", "tests.order"]

# How long an example takes says how busy the machine is, and fixtures of a test hold for all of its examples.
hypothesis.register_profile(
    "balai", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
hypothesis.load_profile("balai")

TERBANGGI_BESAR = "18.02.07.2009"
PASSWORD = "padi menguning"  # noqa: S105


@pytest.fixture(autouse=True)
def _fast(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def region(db: None) -> Callable[[str], Region]:
    """``region("18.02")``"""
    return lambda code: Region.objects.get(code=code)


def new_person(name: str, code: str, role: str = "", over: tuple[str | None, ...] = (), **fields: Any) -> Person:
    """A person of the region ``code`` with an account, who holds ``role`` over regions (``None`` is the nation)."""
    home = Region.objects.get(code=code)
    payload = PersonRegistered(name=name, region=home.id, **fields)
    entry = record("person.registered", payload, audience=home.id, proof="hub")
    if role:
        grant(entry.id, role, [Region.objects.get(code=item).id if item else None for item in over])
    person = Person.objects.select_related("region").get(pk=entry.id)
    account = Account(person=person, username=f"u{person.id.hex[-12:]}", phone=person.phone or None)
    account.set_password(PASSWORD)
    account.save()
    return person


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """``make_person("Siti Rahayu", "18.02.07.2009", role="coordinator", over=("18.02",))``."""
    return new_person


def grant(person: UUID, role: str, regions: list[UUID | None]) -> None:
    """Give a role with the hub's own authority."""
    record("role.granted", RoleGranted(role=role, regions=tuple(regions)), subject=person, proof="hub")


@pytest.fixture
def secretary(make_person: Callable[..., Person]) -> Person:
    return make_person("Siti Rahayu, S.Pd.", TERBANGGI_BESAR, sex="P", phone="+6281234567801")


@pytest.fixture
def colleague(make_person: Callable[..., Person]) -> Person:
    return make_person("Bambang", TERBANGGI_BESAR, sex="L", phone="+6281234567802")


@pytest.fixture
def stranger(make_person: Callable[..., Person]) -> Person:
    """A learner of another kabupaten."""
    return make_person("I Wayan Sudarma", "51.02.10.2007", phone="+6281234567803")


@pytest.fixture
def coordinator(make_person: Callable[..., Person]) -> Person:
    """Coordinator of Kabupaten Lampung Tengah."""
    return make_person("Drs. Hendra Wijaya", "18.02", role="coordinator", over=("18.02",))


@pytest.fixture
def other_coordinator(make_person: Callable[..., Person]) -> Person:
    """Coordinator of another kabupaten: the stranger among coordinators."""
    return make_person("Ni Made Ayu Lestari", "51.02", role="coordinator", over=("51.02",))


@pytest.fixture
def facilitator(make_person: Callable[..., Person]) -> Person:
    return make_person("Yusuf", "18.02", role="facilitator", over=("18.02",))


@pytest.fixture
def author(make_person: Callable[..., Person]) -> Person:
    return make_person("Dr. Ratna Dewi, M.Si.", "18", role="author", over=(None,))


@pytest.fixture
def admin(make_person: Callable[..., Person]) -> Person:
    return make_person("Agus Santoso", "18", role="admin", over=(None,))


@pytest.fixture
def auditor(make_person: Callable[..., Person]) -> Person:
    return make_person("Maria Goreti", "18", role="auditor", over=("18",))


@pytest.fixture
def partner(make_person: Callable[..., Person]) -> Person:
    return make_person("Lukas Tarigan", "18", role="partner", over=("18",))


@pytest.fixture
def client_of() -> Callable[[Person | None], Client]:
    """A browser in which this person is signed in; ``None`` is an anonymous visitor."""

    def client(person: Person | None) -> Client:
        browser = Client(headers={"sec-fetch-site": "same-origin"})
        if person:
            browser.force_login(person.account, backend="balai.people.backends.UsernameOrPhoneBackend")
        return browser

    return client


@pytest.fixture
def queries() -> Iterator[Callable[[Callable[[], object]], int]]:
    """``queries(lambda: client.get("/orang"))``: how many queries that takes."""

    def count(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count
