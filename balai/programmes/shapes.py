"""What payloads of this room are made of."""

from typing import Annotated

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(min_length=1, max_length=120)]
#: A few words why.
Reason = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=400)]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A payload: nothing but what is named; what is empty is not written."""
