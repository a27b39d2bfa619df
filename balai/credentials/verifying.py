"""Checking what somebody typed or pasted, by this server's register: a number, too, not only what is signed."""

import re
from dataclasses import replace

import msgspec

from balai.common import clock

from . import register
from .checking import as_example, lasting
from .models import Certificate, Letterhead
from .verdict import State, Verdict


def verify(text: str) -> Verdict:
    """Check a number, the link or signs of a QR, or the JSON of a credential."""
    verdict = register.verifier().text(text)
    if verdict.state == State.UNREADABLE and looks_like_number(text):
        return verify_number(text)
    return verdict


def looks_like_number(text: str) -> bool:
    """Whether ``text`` may be a certificate's number, as somebody types it."""
    tidy = text.strip()
    return 3 <= len(tidy) <= 60 and any(sign.isdigit() for sign in tidy) and "\n" not in tidy


def verify_number(number: str) -> Verdict:
    """What the register says of a number. It proves no paper, and anybody can count: names are only hinted at."""
    typed = "".join(number.split())
    found = Certificate.objects.filter(number__in=[typed, typed.upper()]).first()
    if found is None:
        return Verdict(State.UNKNOWN)
    live = register.LiveRevocations(clock.wall())
    hint = msgspec.structs.replace(found.statement, name=hinted(found.name), place="", score=-1)
    verdict = lasting(Verdict(State.LISTED, hint, Letterhead.current().organisation), live)
    return replace(as_example(verdict), statement=None) if found.demo else verdict


def hinted(name: str) -> str:
    """``S••• A•••••, S.S••.``: enough to compare with a paper, too little to collect names."""
    return re.sub(r"(?<=\w)\w", "•", name)
