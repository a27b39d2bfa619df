"""Figures for everything that a log adds up to, the same in every database."""

import hashlib
import json
from typing import Any

from balai.log.replay import synced_models

Figures = dict[str, dict[str, str]]


def tables() -> Figures:
    """``{table: {column: digest}}`` of the synced tables, the region tree left out (it ships and is renewed)."""
    return {
        model._meta.label: _columns(list(model._default_manager.order_by("pk").values()), model)
        for model in synced_models()
        if model._meta.label != "regions.Region"
    }


def of_then(now: Figures, then: Figures) -> Figures:
    """Of ``now`` what an earlier release knew: later ones may add tables and columns."""
    return {
        table: {column: now.get(table, {}).get(column, "") for column in columns} for table, columns in then.items()
    }


def _columns(rows: list[dict[str, Any]], model: Any) -> dict[str, str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return {name: _digest([row[name] for row in rows]) for name in names}


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]
