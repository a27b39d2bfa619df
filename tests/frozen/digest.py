"""One figure for everything that a log adds up to, the same in every database."""

import hashlib
import json
from typing import Any

from balai.log.replay import synced_models


def tables() -> dict[str, str]:
    """A digest of each synced table, the region tree left out (it ships with the program and is renewed)."""
    return {
        model._meta.label: _digest(model._default_manager.order_by("pk").values())
        for model in synced_models()
        if model._meta.label != "regions.Region"
    }


def _digest(rows: Any) -> str:
    text = "\n".join(json.dumps(row, sort_keys=True, default=str) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()
