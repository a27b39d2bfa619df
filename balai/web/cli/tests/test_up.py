"""`balai up` as a real process."""

import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.program import Program


def _status(connection: HTTPConnection) -> int:
    connection.request("GET", "/")
    return connection.getresponse().status


def test_up_serves_and_refuses_a_taken_port(prepared: Program) -> None:
    with prepared.up() as told:
        port = urlsplit(told["url"]).port
        assert (told["url"], told["data"]) == (f"http://127.0.0.1:{port}", str(prepared.folder))
        assert _status(HTTPConnection("127.0.0.1", port, timeout=30)) == 200
        assert prepared.refused("up", "--port", str(port)) == "B1154"
        jobs = {f["subject"]: f["level"] for f in prepared.json("check")["findings"]}["Tugas latar"]
        assert jobs == "well"


def test_a_second_preparation_finds_nothing_to_do(prepared: Program) -> None:
    assert prepared.json("prepare") == {
        "data": str(prepared.folder),
        "migrations": 0,
        "regions_loaded": False,
        "static_made": False,
        "lessons_written": 0,
    }


@pytest.mark.parametrize("host", ["192.168.1.7", "::"])
def test_a_demonstration_is_not_shown_to_a_network(program: Program, host: str) -> None:
    assert program.refused("up", "--demo", "--host", host) == "B1153"
    assert not program.folder.exists()


def _certificate(folder: Path) -> tuple[str, str]:
    """A certificate for this machine and its key, as PEM files."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    public, number, until = key.public_key(), x509.random_serial_number(), now + timedelta(days=1)
    certificate = x509.CertificateBuilder(name, name, public, number, now, until).sign(key, hashes.SHA256())
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(files[0]), str(files[1])


def test_up_serves_https(prepared: Program, tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    with prepared.up("--tls", certificate, key) as told:
        port = urlsplit(told["url"]).port
        trust = ssl.create_default_context(cafile=certificate)
        trust.check_hostname = False  # the certificate names no host
        assert told["url"] == f"https://127.0.0.1:{port}"
        assert _status(HTTPSConnection("127.0.0.1", port, timeout=30, context=trust)) == 200


def test_a_key_that_does_not_fit_is_refused(prepared: Program, tmp_path: Path) -> None:
    certificate, _key = _certificate(tmp_path)
    (tmp_path / "other").mkdir()
    _certificate_of_others, key = _certificate(tmp_path / "other")
    assert prepared.refused("up", "--tls", certificate, key) == "B1170"
