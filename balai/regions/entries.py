"""The kinds of this room."""

from collections.abc import Iterable
from uuid import UUID

from balai.log import kinds, replay
from balai.log.models import Entry

from . import changed_institutions, changed_regions, gazetteer, rules, shipping
from .models import Region
from .payloads import InstitutionChanged, InstitutionRegistered, RegionChanged


def _regions(*ids: UUID | None) -> list[kinds.Need]:
    return [("region.changed", id) for id in ids]


def _needs_of_region(taken: kinds.Taken) -> list[kinds.Need]:
    successors = taken.payload.changes.get("successors")
    named = _regions(*map(UUID, successors.value if successors else ()))
    return named if changed_regions.creates(taken) else [*_regions(taken.subject), *named]


def existing(ids: set[UUID]) -> Iterable[UUID]:
    """Which of ``ids`` are regions: a shipped one is there without an entry."""
    return Region.objects.filter(pk__in=ids).values_list("pk", flat=True)


def renew_search(ids: list[UUID]) -> None:
    """The follow-up of ``region.changed``: searching learns the new names."""
    gazetteer.renew()


kinds.register(
    kinds.Kind(
        "region.changed",
        (RegionChanged,),
        changed_regions.apply,
        rules.may_change_region,
        Entry.Proof.PERSON,
        changed_regions.withdraw,
        needs=_needs_of_region,
    )
)
kinds.register(
    kinds.Kind(
        "institution.registered",
        (InstitutionRegistered,),
        changed_institutions.register,
        rules.may_register_institution,
        Entry.Proof.PERSON,
        changed_institutions.withdraw_registered,
        needs=lambda taken: _regions(taken.payload.region, *taken.payload.serves),
    )
)
kinds.register(
    kinds.Kind(
        "institution.changed",
        (InstitutionChanged,),
        changed_institutions.change,
        rules.may_change_institution,
        Entry.Proof.PERSON,
        changed_institutions.withdraw_changed,
        needs=lambda taken: [
            ("institution.registered", taken.subject),
            *_regions(*rules.regions_named(taken.payload.changes)),
        ],
    )
)
kinds.follow("region.changed", renew_search)
kinds.ground("region.changed", existing)
replay.base(shipping.load_again)
