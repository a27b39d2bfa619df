"""What values a "changed" entry may give: those of its document's fields, each in its shape."""

from collections.abc import Mapping
from typing import Any

import msgspec

from .handlers import Change


def insist_fitting(changes: Mapping[str, Change], shape: type[msgspec.Struct]) -> None:
    """Raises ``ValueError`` for a field that ``shape`` lacks, and for a value that does not fit its field."""
    plain: dict[str, Any] = msgspec.to_builtins(changes)
    msgspec.convert({field: change["value"] for field, change in plain.items()}, shape)
