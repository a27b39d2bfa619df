"""Two contents under one id: both are kept, as long as a signer does not make a habit of it."""

from datetime import datetime
from uuid import UUID

from .models import Conflict, Entry

#: How many conflicts of one signer are kept; further ones are left with their sender.
QUOTA = 1_000


def keep(stored: Entry, other: Entry, signer: UUID, received_at: datetime) -> bool:
    """Keep the other version of ``stored``, once. False: it is not kept, its ``signer`` has too many.

    Of what was erased only the hash is kept, so that nothing comes back under its id.
    """
    if Conflict.objects.filter(entry=stored, other_hash=other.payload_hash).exists():
        return True
    if Conflict.objects.filter(signer=signer)[:QUOTA].count() >= QUOTA:
        return False
    Conflict.objects.get_or_create(
        entry=stored,
        other_hash=other.payload_hash,
        defaults={"other": "" if stored.erased else other.payload, "signer": signer, "received_at": received_at},
    )
    return True
