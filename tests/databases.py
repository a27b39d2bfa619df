"""What differs between SQLite and PostgreSQL, and what a test leaves behind that really commits."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from balai.regions import shipping

#: The two whole provinces that stand in every test database: Lampung, Bali.
PROVINCES = ("18", "51")


def plant() -> None:
    """Load the regions that every test counts on."""
    shipping.load(prefixes=PROVINCES)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The regions stand before the first test."""
    with django_db_blocker.unblock():
        plant()


def commits(item: pytest.Item) -> bool:
    """Whether a test really commits. What it wrote is deleted afterwards, with all else in the database."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def _commit_now(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test inside a transaction that is never committed still sees what follows a commit."""
    if not commits(request.node):
        monkeypatch.setattr(transaction, "on_commit", lambda job, using=None, robust=False: job())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks how PostgreSQL's writers meet is not asked of SQLite, which has one at a time."""
    if connection.vendor == "postgresql":
        return
    others = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if not item.get_closest_marker("postgres")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """The tests after one that commits find the regions as those before it did; after the last the database is gone."""
    yield
    if commits(item) and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            plant()
