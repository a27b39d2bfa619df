"""Checking a paper or a file, with this server's register or with the files that it exports."""

import re
from pathlib import Path

import msgspec

from balai.common import clock

from . import checking, register
from .checking import Verifier
from .keyring import KeyRing
from .models import Certificate, Letterhead
from .revocations import RevocationList
from .verdict import State, Verdict


def verify_text(text: str, verifier: Verifier | None = None) -> Verdict:
    """Check a number, the link or signs of a QR, or the JSON of a credential.

    Without a ``verifier`` (see ``offline_verifier``) this server's register is asked.
    """
    verdict = (verifier or register.verifier()).text(text)
    if verdict.state == State.UNREADABLE and verifier is None and looks_like_number(text):
        return verify_number(text)
    return verdict


def verify_file(path: Path, verifier: Verifier | None = None) -> Verdict:
    """Check a certificate's PDF, its credential (JSON), or a text file. Raises ``OSError``."""
    with path.open("rb") as file:
        content = file.read(checking.LARGEST + 1)
    return verify_content(content, verifier)


def verify_content(content: bytes, verifier: Verifier | None = None) -> Verdict:
    """Check the bytes of such a file; what is larger than ``checking.LARGEST`` is not looked at."""
    if len(content) > checking.LARGEST:
        return Verdict(State.UNREADABLE)
    return (verifier or register.verifier()).content(content)


def offline_verifier(keys: Path, revocations: Path | None = None) -> Verifier:
    """A verifier that relies on exported files alone: ``kunci.json``, ``pencabutan.json``.

    Raises ``keyring.BadKeyFile``, ``revocations.BadRevocationFile``, ``OSError``.
    """
    ring = KeyRing.read(keys.read_bytes())
    return Verifier(ring, RevocationList.read(revocations.read_bytes(), ring) if revocations else None)


def looks_like_number(text: str) -> bool:
    """Whether ``text`` may be a certificate's number, as somebody types it."""
    tidy = text.strip()
    return 3 <= len(tidy) <= 60 and any(sign.isdigit() for sign in tidy) and "\n" not in tidy


def verify_number(number: str) -> Verdict:
    """What the register says of a number. It proves no paper, and anybody can count: names are only hinted at."""
    typed = "".join(number.split())
    found = Certificate.objects.filter(number__in=[typed, typed.upper()]).first()
    if found is None or found.demo:
        return Verdict(State.DEMO if found else State.UNKNOWN)
    live = register.LiveRevocations(clock.wall())
    revoked = live.revoked_on(found.number)
    state = State.REVOKED if revoked else State.LISTED
    hint = msgspec.structs.replace(found.statement, name=hinted(found.name), place="", score=-1)
    return Verdict(state, hint, Letterhead.current().organisation, revoked, live.as_of)


def hinted(name: str) -> str:
    """``S••• A•••••, S.S••.``: enough to compare with a paper, too little to collect names."""
    return re.sub(r"(?<=\w)\w", "•", name)
