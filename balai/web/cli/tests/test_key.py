"""The issuer's keys from the command line."""

import json
from pathlib import Path

import pytest

from .conftest import Shell

PHRASE = "enam kata yang diundi dengan dadu"


@pytest.fixture(autouse=True)
def _phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALAI_PASSPHRASE", PHRASE)


def _states(balai: Shell) -> list[tuple[str, str, bool]]:
    return [(key["id"], key["state"], key["here"]) for key in balai.json("key", "list")]


def test_created_once(balai: Shell) -> None:
    first = balai.json("key", "create")["id"]
    assert (balai.json("key", "create")["id"], _states(balai)) == (first, [(first, "active", True)])


def test_rotated_and_revoked(balai: Shell) -> None:
    first, second = balai.json("key", "create")["id"], balai.json("key", "rotate")["id"]
    balai.json("key", "revoke", second, "--since", "2026-11-01", "--reason", "laptop hilang")
    assert _states(balai) == [(second, "revoked", False), (first, "retired", False)]
    assert balai.refused("key", "revoke", second, "--since", "2026-11-01", "--reason", "lagi") == "B5004"


def test_backed_up_and_restored(balai: Shell, tmp_path: Path, settings: object) -> None:
    id = balai.json("key", "create")["id"]
    balai.json("key", "backup", str(tmp_path / "k.age"))
    Path(settings.BALAI_DATA, "keys", "issuer", f"{id}.pem").unlink()
    assert balai.json("key", "restore", str(tmp_path / "k.age")) == {"ids": [id]}
    assert _states(balai) == [(id, "active", True)]


def test_a_backup_is_not_overwritten(balai: Shell, tmp_path: Path) -> None:
    balai.json("key", "create")
    balai.json("key", "backup", str(tmp_path / "k.age"))
    assert balai.refused("key", "backup", str(tmp_path / "k.age")) == "B1166"


def test_the_public_file_names_every_key(balai: Shell, tmp_path: Path) -> None:
    ids = {balai.json("key", "create")["id"], balai.json("key", "rotate")["id"]}
    balai.json("key", "public", str(tmp_path / "k.json"))
    assert {key["id"] for key in json.loads((tmp_path / "k.json").read_bytes())["keys"]} == ids
