"""How fast the log takes entries in, and how fast `balai log verify` replays them.

    python -m bench.log_verify [--entries 1000000]

Limit: 1,000,000 entries verified within 10 minutes (1,667 entries a second).
"""

import argparse
import os
import resource
import tempfile
import time

LIMIT = 1_667


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        os.environ.pop("DATABASE_URL", None)
        _run(entries)


def _run(entries: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from balai.log import replay
    from balai.regions import shipping

    call_command("migrate", verbosity=0)
    shipping.load()
    recorded = _record(entries)
    started = time.perf_counter()
    report = replay.verify()
    verified = report.entries / (time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'':34}{'reached':>12}{'limit':>10}{'ratio':>8}")
    print(f"{'recorded, signed, applied / s':34}{recorded:12,.0f}")
    print(f"{'verified / s':34}{verified:12,.0f}{LIMIT:10,}{verified / LIMIT:8.1f}")
    print(f"{'1,000,000 entries verified, min':34}{1e6 / verified / 60:12.1f}{10:10}")
    print(f"{'peak memory, MB':34}{memory:12.0f}")
    print(f"sound: {report.sound}; rows compared: {sum(report.tables.values()):,}")


def _record(entries: int) -> float:
    """People, each with a position, an edit and a role, as a region of officials would make them."""
    from balai.log.record import Deed, record_many
    from balai.people.entries import PersonChanged, PersonRegistered, PositionHeld, RoleGranted
    from balai.regions.models import Region

    villages = list(Region.objects.filter(level=4, code__startswith="18.").values_list("id", flat=True))
    started, done = time.perf_counter(), 0
    while done < entries:
        place = villages[done % len(villages)]
        people = [Deed("person.registered", PersonRegistered(f"Orang {done + n}", place), proof="hub", audience=place)
                  for n in range(250)]  # fmt: skip
        ids = [entry.id for entry in record_many(people)]
        edits = {id: PersonChanged(changes={"sex": {"value": "P", "bases": [id]}}) for id in ids}
        deeds = [Deed("position.held", PositionHeld("kaur keuangan"), subject=id, proof="hub") for id in ids]
        deeds += [Deed("person.changed", edits[id], subject=id, proof="hub") for id in ids]
        deeds += [Deed("role.granted", RoleGranted("learner", (place,)), subject=id, proof="hub") for id in ids]
        record_many(deeds)
        done += 1000
    return done / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
