"""Lists of revocations as other systems read them: W3C Bitstring Status List v1.0.

Each certificate has a place (``Certificate.status``); list ``n`` holds the places from ``n * SIZE``. A reader
downloads a whole list, so nobody learns which certificate is being checked.
"""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from . import dataintegrity

#: Bits of a list: the least that the specification allows (§ 6.1), 16 KB before packing.
SIZE = 131_072


def address(site: str, status: int) -> str:
    """Where the list that holds the place ``status`` is found."""
    return f"{site}/verifikasi/status/{status // SIZE}.json"


def index(status: int) -> int:
    """The place in its list."""
    return status % SIZE


def build(site: str, did: str, number: int, revoked: Iterable[int], moment: datetime) -> dict[str, Any]:
    """The unsigned credential of list ``number``, where the places ``revoked`` are marked."""
    own = address(site, number * SIZE)
    return {
        "@context": [dataintegrity.CREDENTIALS],
        "id": own,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": dataintegrity.timestamp(moment),
        "credentialSubject": {
            "id": f"{own}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(index(status) for status in revoked),
        },
    }


def encoded(places: Iterable[int]) -> str:
    """The bitstring (place 0 is the leftmost bit), gzipped, as multibase base64url."""
    bits = bytearray(SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
