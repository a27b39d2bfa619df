"""Is this paper real? With the register, and with public keys alone."""

from pathlib import Path
from typing import Any

import pytest

from balai.credentials.models import Certificate
from balai.demo import story
from balai.demo.cast import JAKARTA, KECAMATAN
from balai.regions import shipping

from .conftest import Shell


@pytest.fixture
def certificate(balai: Shell) -> Certificate:
    """One of the demonstration's, issued as if it were real."""
    shipping.load(prefixes=("18", "51", JAKARTA))
    story.tell(within=KECAMATAN)
    return Certificate.objects.order_by("number").first()


def test_told_apart_with_the_register_and_with_public_keys_alone(
    balai: Shell, certificate: Certificate, tmp_path: Path
) -> None:
    keys = str(tmp_path / "keys.json")
    balai.json("key", "public", keys)
    revocations = str(tmp_path / "revocations.json")
    balai.json("key", "revocations", revocations)
    for known in ((), ("--keys", keys), ("--keys", keys, "--revocations", revocations)):
        told = balai.json("certificate", "verify", certificate.signed, *known)
        assert (told["state"], told["statement"]["number"]) == ("valid", certificate.number)
        changed = certificate.signed[:40] + ("A" if certificate.signed[40] != "A" else "B") + certificate.signed[41:]
        assert balai.refused("certificate", "verify", changed, *known) == "B1159"
    (tmp_path / "qr.txt").write_text(certificate.signed)
    assert balai.json("certificate", "verify", str(tmp_path / "qr.txt"))["state"] == "valid"
    assert balai.json("certificate", "verify", "-", given=certificate.signed.encode())["state"] == "valid"


def test_what_is_no_certificate_is_refused(balai: Shell) -> None:
    assert balai.refused("certificate", "verify", "halo") == "B1159"


def test_what_is_no_key_file_is_refused(balai: Shell, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    assert balai.refused("certificate", "verify", "halo", "--keys", str(tmp_path / "keys.json")) == "B1169"


def test_the_register_is_not_needed_with_public_keys(tmp_path: Path, monkeypatch: Any) -> None:
    """On a machine that never had a data folder, none is made."""
    from tests.program import Program

    alone = Program(tmp_path / "none")
    (tmp_path / "keys.json").write_text("{}")
    assert alone.refused("certificate", "verify", "halo", "--keys", str(tmp_path / "keys.json")) == "B1169"
    assert not alone.folder.exists()
