"""A NIK at rest: sealed to the hub, matched by a keyed hash that exists on the hub alone."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from balai.common import sealing
from balai.common.nik import Nik
from balai.log import kinds
from balai.log.models import Entry
from balai.log.nodekeys import this_node
from balai.people.entries import SealedNik
from balai.people.models import Person

from .models import NikKey

_CONTEXT = b"balai nik 1"
_SEAL_END = 24


def seal(nik: Nik) -> SealedNik:
    """``nik`` as it may be stored and travel."""
    sealed = sealing.seal(this_node().sealing_public, nik.digits.encode(), _CONTEXT)
    return SealedNik(sealed=base64.b64encode(sealed).decode(), mask=nik.mask)


def unseal(sealed: str) -> Nik:
    """The NIK in a sealed text, on the hub that it was sealed to. Raises ``sealing.SealBroken``."""
    return Nik(this_node().unseal(base64.b64decode(sealed), _CONTEXT).decode())


def digest(nik: Nik) -> str:
    """The matching key: the same for the same NIK, useless without this hub's secret."""
    return hmac.new(_key(str(settings.BALAI_DATA)), nik.digits.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def _key(folder: str) -> bytes:
    return hmac.new(this_node().secret, _CONTEXT, hashlib.sha256).digest()


def key(person: UUID, nik: Nik, sealed: str) -> NikKey:
    """The unsaved key of ``person``, where both forms of the NIK are at hand."""
    return NikKey(person_id=person, digest=digest(nik), seal_end=sealed[-_SEAL_END:])


def save(keys: Iterable[NikKey]) -> None:
    """Save ``keys``, in place of older ones."""
    NikKey.objects.bulk_create(
        keys, 500, update_conflicts=True, unique_fields=["person"], update_fields=["digest", "seal_end"]
    )


def refresh(people: Iterable[UUID | None]) -> None:
    """Make the keys of ``people`` fit their sealed NIK: made, replaced, removed. Repeatable."""
    fresh, gone = [], []
    rows = Person.objects.filter(pk__in=list(people)).values_list("id", "nik_sealed", "nik_key__seal_end")
    for person, sealed, seal_end in rows:
        if sealed and sealed[-_SEAL_END:] != seal_end:
            fresh += [key(person, nik, sealed) for nik in _readable(sealed)]
        elif seal_end and not sealed:
            gone.append(person)
    save(fresh)
    NikKey.objects.filter(person__in=gone).delete()


def _readable(sealed: str) -> list[Nik]:
    """What was sealed to another node, or altered, simply does not match anybody."""
    try:
        return [unseal(sealed)]
    except (sealing.SealBroken, ValueError):
        return []


def refresh_registered(ids: list[UUID]) -> None:
    """After person.registered."""
    refresh(ids)


def refresh_changed(ids: list[UUID]) -> None:
    """After person.changed."""
    refresh(Entry.objects.filter(pk__in=ids).values_list("subject", flat=True))


kinds.follow("person.registered", refresh_registered)
kinds.follow("person.changed", refresh_changed)
