"""What earlier releases recorded still adds up to the same tables, taken in as entries of another node."""

import json
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
import zstandard
from django.db import connection

from balai.log import envelopes, kinds
from balai.log.envelopes import SentEnvelope, Signer
from balai.log.models import Entry
from balai.log.receive import receive
from balai.regions import shipping

from .digest import of_then, tables

LOGS = sorted(Path(__file__).parent.glob("*.jsonl.zst"))


@pytest.fixture
def _whole_tree(db: None) -> None:
    """The demonstration's people live in more regions than the tests' two provinces."""
    shipping.load()


def test_every_release_left_a_log():
    assert [path.name.removesuffix(".jsonl.zst") for path in LOGS] == ["0.1.0"]


@pytest.mark.slow
@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
@pytest.mark.usefixtures("_whole_tree")
def test_an_old_log_adds_up_to_the_same_tables(path, monkeypatch):
    head, *lines = zstandard.ZstdDecompressor().decompress(path.read_bytes(), 2**28).split(b"\n")
    known = json.loads(head)
    signer = Signer(bytes.fromhex(known["public"]), Entry.Proof.HUB)
    monkeypatch.setattr(envelopes, "_RESOLVERS", [lambda who: signer if who == UUID(known["signer"]) else None])
    monkeypatch.setattr(kinds, "FOLLOWERS", {})  # what the old hub decided is in its log
    sent = [msgspec.json.decode(line, type=SentEnvelope) for line in lines]
    for start in range(len(sent) - 1, -1, -50):  # and the last ones first
        receive(sent[max(0, start - 49) : start + 1])
    kinds_seen = set(Entry.objects.values_list("kind", flat=True))
    assert {"person.registered", "attempt.marked", "certificate.issued", "region.changed"} <= kinds_seen
    assert of_then(tables(), known["tables"]) == known["tables"], connection.vendor
