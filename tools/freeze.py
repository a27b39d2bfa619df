"""Freeze the log of a release: everything a small hub recorded, with every kind of entry, and what it added up to.

    python tools/freeze.py 0.1.0

Run once a release; the file is committed and replayed by every later one (tests/frozen/test_frozen.py).
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    release = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", BALAI_DEMO="1", DJANGO_SETTINGS_MODULE="balai.settings")
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, str(ROOT))
        import django
        from django.core.management import call_command

        django.setup()
        from balai.regions import shipping
        from balai.web.machine import ready

        call_command("migrate", verbosity=0)
        shipping.load()
        ready.make_keys()
        _history()
        _write(ROOT / "tests" / "frozen" / f"{release}.jsonl.zst")


def _history() -> None:
    """The demonstration's people and studies, then one of every kind that it does not need."""
    from balai.demo import story
    from balai.demo.cast import KECAMATAN, played
    from balai.log.models import Entry
    from balai.log.record import record
    from balai.people.models import Person

    story.tell(within=KECAMATAN)
    people = list(Person.objects.order_by("registered_at", "pk").values_list("pk", flat=True))
    certificate = Entry.objects.filter(kind="certificate.issued").order_by("made_at").values_list("pk", flat=True)[0]

    def deed(kind: str, payload: Any, subject: UUID | None = None) -> UUID:
        return record(kind, payload, subject=subject, proof="hub").id

    _people(deed, people)
    _places(deed)
    from balai.credentials.entries import CertificateRevoked
    from balai.log.entries import Ruled
    from balai.programmes.entries import ProgrammeChanged, ProgrammeRegistered

    programme = deed("programme.registered", ProgrammeRegistered("LMS Pamong Desa"))
    change = {"summary": {"value": "Untuk seluruh pamong desa", "bases": [programme]}}
    deed("programme.changed", ProgrammeChanged(changes=change), programme)
    deed("certificate.revoked", CertificateRevoked(certificate, "Nama keliru", date(2026, 11, 21)))
    # Whom the hub registered itself: what a coordinator said of somebody erased cannot be judged any more.
    deed("entry.erased", Ruled((played("demo-asing").id,), "permintaan sendiri"))


def _people(deed: Any, people: list[UUID]) -> None:
    """Edits that did not see one another, a merge taken back, a withdrawal, ends of positions and roles."""
    from balai.people.entries import PersonChanged, PositionEnded, RoleRevoked
    from balai.people.identities.entries import PersonMerged, PersonParted, PersonToldApart, PersonWithdrawn
    from balai.people.models import Position, Role

    for name in ("Nama Lain", "Nama Ketiga"):
        deed("person.changed", PersonChanged(changes={"name": {"value": name, "bases": [people[5]]}}), people[5])
    merge = deed("person.merged", PersonMerged(into=people[6]), people[7])
    deed("person.parted", PersonParted(merge=merge), people[7])
    deed("person.merged", PersonMerged(into=people[8]), people[9])
    deed("person.told_apart", PersonToldApart(other=people[6]), people[7])
    deed("person.withdrawn", PersonWithdrawn("impor dibatalkan"), people[10])
    position = Position.objects.order_by("pk").first()
    deed("position.ended", PositionEnded(position.id, date(2026, 11, 21)), position.person_id)
    # Of somebody who did nothing by it: what arrives after its end waits for a decision.
    role = Role.objects.filter(name=Role.Name.PARTNER).first()
    deed("role.revoked", RoleRevoked(role.id), role.person_id)


def _places(deed: Any) -> None:
    """A renamed village, a new office that moves."""
    from balai.common.ids import uuid7
    from balai.log.handlers import Change
    from balai.regions.entries import InstitutionChanged, InstitutionRegistered
    from balai.regions.models import Region
    from balai.regions.payloads import RegionChanged

    village = Region.objects.coded("18.02.07.2009")
    change = {"name": Change("Terbanggi Besar Baru", (village.id,))}
    deed("region.changed", RegionChanged(uuid7(), "changed", date(2026, 11, 21), change, "Perda"), village.id)
    office = deed("institution.registered", InstitutionRegistered("kantor_desa", "Kantor Kampung", village.id))
    change = {"name": Change("Kantor Kampung Terbanggi", (office,))}
    deed("institution.changed", InstitutionChanged(changes=change), office)


def _write(path: Path) -> None:
    import msgspec
    import zstandard

    from balai.log.envelopes import sent
    from balai.log.models import Envelope
    from balai.log.nodekeys import this_node
    from tests.frozen.digest import tables

    head = {"public": this_node().public.hex(), "signer": str(this_node().id), "tables": tables()}
    lines = [msgspec.json.encode(head)]
    lines += [msgspec.json.encode(sent(envelope)) for envelope in Envelope.objects.order_by("pk")]
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(b"\n".join(lines)))
    sys.stdout.write(f"{path.name}: {len(lines) - 1} envelopes, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
