"""Loading the shipped tree. (First shape, so that the rooms above can start.)"""

from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5

from lokal import wilayah

from .models import Region


def load(prefixes: Sequence[str] = ()) -> None:
    """Load the shipped regions, or only those below ``prefixes``."""
    names = {**wilayah._base(), **wilayah._desa()}
    chosen = [c for c in sorted(names) if not prefixes or any(c == p or c.startswith(p + ".") for p in prefixes)]
    ids = {code: uuid5(NAMESPACE_OID, f"balai:region:{code}") for code in chosen}
    rows = [
        Region(id=ids[c], code=c, name=names[c], level=c.count(".") + 1, kind="", parent_id=ids.get(c.rpartition(".")[0]))
        for c in chosen
    ]
    Region.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
