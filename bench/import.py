"""How long a dirty table of officials takes from upload to saved entries, and how much memory.

    python -m bench.import [--rows 20000] [--shuffled]

The table has a kabupaten's real villages and made-up people, with everything that goes wrong in such tables:
titles, old spellings, lost digits, three ways to write a phone number, misspelt villages, doubled rows. Then the
same file again (nothing may change), and the way back. ``DATABASE_URL`` chooses PostgreSQL.
Limits, at 20,000 rows: preview 10 s, saving 30 s, memory that does not grow with the rows.
"""

import argparse
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

LIMITS = {"preview": 10, "save": 30}
REGENCY = "18.02"
FIRST = """
    Siti Sri Nur Dewi Rina Ani Budi Agus Joko Bambang Ahmad Muhammad Yusuf Slamet Wayan Made Ketut Eko Dwi Tri
""".split()
SECOND = """
    Aminah Wahyuni Lestari Hidayat Santoso Prasetyo Susanto Rahman Handayani Setiawan Utami Kurniawan Saputra Hartono
""".split()
THIRD = """
    Sudarma Nugroho Permana Maulana Fauzi Rohman Sulistyo Anggraini Puspita Ramadhan Syahputra Hakim Basri Jaya
""".split()
BEFORE = ["", "", "", "", "H. ", "Hj. ", "Drs. ", "Ir. "]
AFTER = ["", "", "", "", ", S.Pd.", ", S.E.", ", S.Sos", " SE", ", A.Md."]
POSITIONS = [
    "Kepala Kampung",
    "Sekretaris",
    "Kaur Keuangan",
    "Kaur Umum",
    "Kasi Pemerintahan",
    "Kepala Dusun",
    "Anggota BPD",
]
COLUMNS = ["No", "Nama Lengkap", "NIK", "L/P", "Tgl Lahir", "No. HP", "Jabatan", "Kampung", "Kecamatan", "Email"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--shuffled", action="store_true", help="villages in no order at all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        owner = _prepare()
        path = make_table(Path(folder) / "perangkat.xlsx", options.rows, options.shuffled)
        _run(owner, path, options.rows)


def _prepare() -> Any:
    """An installation with one province and a coordinator of a kabupaten."""
    import django

    django.setup()
    from django.core.management import call_command

    from balai.log.record import record
    from balai.people.entries import PersonRegistered, RoleGranted
    from balai.people.models import Person
    from balai.regions import shipping
    from balai.regions.models import Region

    call_command("migrate", verbosity=0)
    shipping.load(prefixes=("18",))
    home = Region.objects.get(code=REGENCY)
    entry = record("person.registered", PersonRegistered(name="Hendra Wijaya", region=home.id), proof="hub")
    record("role.granted", RoleGranted(role="coordinator", regions=(home.id,)), subject=entry.id, proof="hub")
    return Person.objects.get(pk=entry.id)


def make_table(path: Path, rows: int, shuffled: bool = False, seed: int = 7) -> Path:
    """A dirty .xlsx of ``rows`` officials in the villages of one kabupaten."""
    import xlsxwriter

    from balai.regions.models import Region

    chance = random.Random(seed)
    districts = dict(Region.objects.filter(level=3).values_list("code", "name"))
    villages = list(
        Region.objects.filter(level=4, code__startswith=f"{REGENCY}.").values_list("code", "name").order_by("code")
    )
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Data")
    sheet.write(0, 0, "DAFTAR PERANGKAT KAMPUNG")
    sheet.write(1, 0, "KABUPATEN LAMPUNG TENGAH TAHUN 2026")
    sheet.write_row(3, 0, COLUMNS)
    people: list[list[Any]] = []
    for place in range(rows):
        code, village = villages[place * len(villages) // rows]
        person = _official(chance, code, village, districts[code[:8]])
        if people and chance.random() < 0.02:
            person = list(chance.choice(people[-30:]))
        people.append(person)
    if shuffled:
        chance.shuffle(people)
    for place, person in enumerate(people):
        sheet.write_row(4 + place, 0, [place + 1, *person])
    book.close()
    return path


def _official(chance: random.Random, code: str, village: str, district: str) -> list[Any]:
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(15_000))
    sex = chance.choice("LP")
    name = " ".join(chance.choice(part) for part in (FIRST, SECOND, THIRD)[: chance.choice([1, 2, 2, 3, 3])])
    digits = (
        f"{code[:8].replace('.', '')}{born.day + (40 if sex == 'P' else 0):02}{born:%m%y}{chance.randrange(1, 400):04}"
    )
    phone = f"8{chance.randrange(10**9, 10**10)}"
    return [
        f"{chance.choice(BEFORE)}{name}{chance.choice(AFTER)}" if chance.random() > 0.005 else "",
        chance.choices([digits, float(digits), f"{float(digits):.5E}", digits[:15], ""], [85, 2, 3, 1, 9])[0],
        chance.choices([sex, {"L": "Laki-laki", "P": "perempuan"}[sex], "-", "X"], [80, 15, 4, 1])[0],
        chance.choices(
            [f"{born:%d/%m/%Y}", born.isoformat(), f"{born:%d-%m-%y}", "31/02/1980", ""], [70, 10, 10, 1, 9]
        )[0],
        chance.choices(
            [f"0{phone}", f"+62{phone}", f"0{phone[:3]}-{phone[3:7]}-{phone[7:]}", float(phone), "-"],
            [40, 15, 20, 15, 10],
        )[0],
        chance.choice(POSITIONS),
        chance.choices([village, village.upper(), f"Kp. {village}", village[:-2] + village[-1:]], [60, 25, 10, 5])[0],
        chance.choices([district, district.upper(), f"Kec. {district}"], [60, 30, 10])[0],
        "",
    ]


def _run(owner: Any, path: Path, rows: int) -> None:
    from balai.people.imports.models import Run

    size = path.stat().st_size
    print(f"{rows} rows, {size / 1e6:.1f} MB; resident before: {_resident() >> 20} MB\n")
    print(f"{'':28}{'seconds':>9}{'limit':>8}{'of CPU':>9}{'peak MB':>9}   rows")
    batch = _upload(owner, path)
    _stage("preview", batch, Run.Work.CHECK)
    _stage("save", batch, Run.Work.APPLY)
    again = _upload(owner, path)
    _stage("preview of the same again", again, Run.Work.CHECK)
    _stage("take back", batch, Run.Work.UNDO)


def _upload(owner: Any, path: Path) -> Any:
    from balai.people.imports import checking, vault
    from balai.people.imports.models import Import

    batch = Import.objects.create(owner=owner, file_name=path.name, size=path.stat().st_size)
    with path.open("rb") as file:
        vault.keep(batch.id, file)
    checking.describe(batch)
    return batch


def _stage(name: str, batch: Any, work: str) -> None:
    from balai.people.imports import jobs

    seconds, worked, peak = _measured(lambda: jobs.start(batch, work))
    run = batch.last_run
    counts = {key: count for key, count in batch.counts().items() if count}
    outcome = run.problem or f"{run.done} done, {counts}"
    print(f"{name:28}{seconds:9.1f}{LIMITS.get(name, ''):>8}{worked:9.1f}{peak >> 20:9}   {outcome}")


def _measured(act: Callable[[], object]) -> tuple[float, float, int]:
    """Seconds, seconds of CPU, and the highest resident memory in between."""
    peak, done = [_resident()], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], _resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start, work = time.perf_counter(), time.process_time()
    act()
    seconds, worked = time.perf_counter() - start, time.process_time() - work
    done.set()
    watcher.join()
    return seconds, worked, peak[0]


def _resident() -> int:
    import psutil

    return psutil.Process().memory_info().rss


if __name__ == "__main__":
    main()
