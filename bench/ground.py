"""What several benches stand on: a machine with the demo course and learners who can sign in, and its server."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

COURSE = Path(__file__).resolve().parents[1] / "balai/demo/courses/kenal-hp-dan-internet"
PASSWORD = "padi menguning"
_LEARNERS = """
import django
django.setup()
from balai.common import clock
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.models import Account
from balai.regions.models import region_id
home = region_id("18.02.07.2009")
for username in {usernames!r}:
    entry = record("person.registered", PersonRegistered(name="Siti Rahayu, S.Pd.", region=home), proof="hub")
    account = Account(person_id=entry.id, username=username, notice_read_at=clock.wall())
    account.set_password({password!r})
    account.save()
"""


def environment(folder: Path) -> dict[str, str]:
    """Only what a fresh machine has, this data folder, and how large the demonstration is."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BALAI_", "DATABASE_URL"))}
    if "BALAI_DEMO_REGION" in os.environ:
        plain["BALAI_DEMO_REGION"] = os.environ["BALAI_DEMO_REGION"]
    return plain | {"BALAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "balai.settings"}


def balai(folder: Path, *words: str) -> Any:
    """What a command answers."""
    command = [sys.executable, "-m", "balai", *words, "--json"]
    done = subprocess.run(command, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def furnish(folder: Path, usernames: list[str]) -> None:
    """Database, regions, keys, the course published, and learners with ``PASSWORD``."""
    balai(folder, "prepare")
    balai(folder, "key", "create")
    balai(folder, "course", "import", str(COURSE), "--publish")
    code = _LEARNERS.format(usernames=usernames, password=PASSWORD)
    subprocess.run([sys.executable, "-c", code], env=environment(folder), check=True)


def tls(folder: Path) -> list[str]:
    """The words that let `balai up` speak HTTPS, with a certificate made for this bench."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(9)
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    chain, private = folder / "bench-certificate.pem", folder / "bench-key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return ["--tls", str(chain), str(private)]


def fingerprint(folder: Path) -> str:
    """What names the key of that certificate: SHA-256, base64; "" without one."""
    file = folder / "bench-certificate.pem"
    if not file.exists():
        return ""
    public = x509.load_pem_x509_certificate(file.read_bytes()).public_key()
    return b64encode(sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()).decode()


@contextmanager
def serving(folder: Path, port: int, *words: str) -> Iterator[tuple[psutil.Process, dict[str, Any]]]:
    """`balai up` until its first page was answered; ended by its own process id. What it said, and the process."""
    command = [sys.executable, "-m", "balai", "up", "--json", "--port", str(port), *words]
    process = subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = []
        while not lines or lines[-1] != "}\n":
            lines.append(process.stdout.readline())
            assert lines[-1], "the program ended before a page answered"
        yield psutil.Process(process.pid), json.loads("".join(lines))
    finally:
        process.terminate()
        process.wait(30)
