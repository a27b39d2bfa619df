"""How fast regions are found as one types, at full size, and what that keeps in memory.

    python -m bench.regions_search [--rounds 20]

Limit: 50 ms an answer on one process. Every query is typed letter by letter, as the region picker asks.
``DATABASE_URL`` chooses the database, as everywhere.
"""

import argparse
import os
import statistics
import tempfile
import time

LIMIT = 50.0
QUERIES = {
    "a name": ["terbanggi besar", "gunung sugih", "sukamaju", "kota gajah", "bandung", "sidomulyo", "makassar"],
    "part of a name": ["banggi", "mulyo", "besar", "rejo", "pupuan"],
    "a code": ["18.02", "1802072009", "51.02.10", "3273", "18"],
    "a name and its place": [
        "kampung terbanggi besar lampung tengah",
        "kec. terbanggi besar, kab. lampung tengah",
        "terbanggi besar lamteng",
        "desa sukamaju kec sukaraja",
        "Kampung Terbanggi Besar, Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung",
    ],
    "a slip": ["trbanggi besar", "yogyakrta", "jayapra", "lampun tengha", "terbangi besr", "keluraan yosorejo metro"],
    "a short form": ["kab lamteng", "jaksel", "ntb", "oku timur"],
    "nothing": ["xqzw", "sukamaju 99", "rumah sakit umum daerah", "qwertyuiop asdfghjkl"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, DJANGO_SETTINGS_MODULE="balai.settings")
        _run(rounds)


def _run(rounds: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from balai.regions import gazetteer, shipping
    from balai.regions.models import Region

    call_command("migrate", verbosity=0)
    loading = _seconds(shipping.load)
    making = _seconds(gazetteer.current)
    gazetteer.forget()
    reading = _seconds(gazetteer.current)
    names = gazetteer.current()
    size = len(names.text) + len(names.vocabulary) + 4 * len(names.starts) + 8 * len(names.numbers)
    print(f"{Region.objects.count():,} regions; loaded in {loading:.1f} s, names made in {making:.2f} s, ", end="")
    print(f"read in {reading * 1000:.0f} ms, {size / 1e6:.1f} MB a process\n")
    print(f"{'ms an answer':24}{'answers':>8}{'p50':>8}{'p95':>8}{'max':>8}{'limit':>8}")
    every: list[float] = []
    for kind, texts in QUERIES.items():
        taken = [ms for _round in range(rounds) for text in texts for ms in _typed(text)]
        every += taken
        _line(kind, taken)
    _line("all", every)


def _seconds(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _typed(text: str) -> list[float]:
    """Milliseconds of each answer while ``text`` is typed, from its second letter."""
    from balai.regions.search import search

    return [_seconds(lambda end=end: search(text[:end])) * 1000 for end in range(2, len(text) + 1)]


def _line(kind: str, taken: list[float]) -> None:
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{kind:24}{len(taken):8,}{statistics.median(taken):8.1f}{p95:8.1f}{max(taken):8.1f}{LIMIT:8.0f}")


if __name__ == "__main__":
    main()
