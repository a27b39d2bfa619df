"""One-time codes: twelve signs in three groups, ``7K3M-P9QX-2RTV``, 60 random bits.

The signs are Crockford's base32: no I, L, O, U, so that a code survives handwriting, a bad photocopy and being
read out on the phone; what people confuse is read as what was meant. Guessing one of 20,000 open codes takes
some 10^13 tries, so trying codes needs no limit of its own.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balai.common import clock
from balai.log.nodekeys import this_node

from .models import AccessCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 12
_GROUP = 4
_CONFUSED = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-–—._]")

#: How long a code lets somebody in, from its making.
LIFETIMES = {
    AccessCode.Purpose.FIRST: timedelta(days=90),
    AccessCode.Purpose.RECOVERY: timedelta(minutes=30),
}
_BATCH = 500


def fresh() -> str:
    """A new code: 12 signs."""
    number = secrets.randbits(5 * SIGNS)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS)))


def grouped(code: str) -> str:
    """``code`` as it is written and read out: ``7K3M-P9QX-2RTV``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read(text: str) -> str:
    """The code in what somebody typed or scanned; "" when it cannot be one."""
    signs = _BETWEEN.sub("", text).upper().translate(_CONFUSED)
    return signs if len(signs) == SIGNS and all(sign in ALPHABET for sign in signs) else ""


def digest(code: str) -> str:
    """What is kept of a code: its HMAC by this node's secret, 64 hexadecimal digits."""
    return hmac.new(this_node().secret, b"balai access code 1\0" + code.encode(), hashlib.sha256).hexdigest()


def find(text: str) -> AccessCode | None:
    """The open code that somebody typed or scanned."""
    code = read(text)
    found = AccessCode.objects.open(clock.wall()).usable().select_related("person__region", "person__account")
    return found.filter(digest=digest(code)).first() if code else None


def make(
    people: Iterable[UUID], purpose: AccessCode.Purpose, by: UUID | None, frees_second_factor: bool = False
) -> dict[UUID, str]:
    """A new code for each of ``people`` (ids), in plain; the only time that anybody sees it.

    Older codes of the same people stop working.
    """
    ids = list(dict.fromkeys(people))
    plain = {id: fresh() for id in ids}
    now = clock.wall()
    rows = [
        AccessCode(
            person_id=id,
            digest=digest(code),
            purpose=purpose,
            made_by=by,
            made_at=now,
            expires_at=now + LIFETIMES[purpose],
            frees_second_factor=frees_second_factor,
        )
        for id, code in plain.items()
    ]
    with transaction.atomic():
        withdraw(ids)
        AccessCode.objects.bulk_create(rows, batch_size=_BATCH)
    return plain


def withdraw(people: list[UUID]) -> None:
    """The unused codes of ``people`` stop working."""
    for start in range(0, len(people), _BATCH):
        unused = AccessCode.objects.unsettled().filter(person__in=people[start : start + _BATCH])
        unused.update(withdrawn_at=clock.wall())


def move(gone: UUID, kept: UUID) -> None:
    """The codes of ``gone`` are those of ``kept``, whose account goes by the same password from now on."""
    with transaction.atomic():
        if AccessCode.objects.unsettled().filter(person=kept).exists():
            withdraw([gone])
        AccessCode.objects.filter(person=gone).update(person=kept)
