"""The kind of this room: how somebody's phone reached the hub on one day."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.people.rules import only_oneself

from .models import NetworkSighting

Requests = Annotated[int, Meta(ge=0, le=9_999)]


class NetworkSeen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``NetworkSighting`` says; the region is the entry's audience, where the person belongs."""

    day: date
    network: Annotated[str, Meta(pattern="^(none|[234]g)$")]
    within: Annotated[int, Meta(ge=0, le=9_999)]
    asked: Requests
    failed: Requests


def _sighting(taken: kinds.Taken) -> handlers.Columns:
    payload: NetworkSeen = taken.payload
    seen = {name: getattr(payload, name) for name in payload.__struct_fields__}
    return {"region_id": taken.entry.audience, **seen}


kinds.register(
    kinds.Kind(
        name="network.seen",
        payloads=(NetworkSeen,),
        apply=handlers.fact(NetworkSighting, _sighting),
        may=only_oneself,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("person.registered", taken.subject), ("region.changed", taken.entry.audience)],
        withdraw=handlers.withdraw_rows(NetworkSighting),
    )
)
