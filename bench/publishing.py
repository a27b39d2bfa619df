"""Publishing a course with 300 photos: how long, how much memory, and what a second version costs.

    python -m bench.publishing [--pictures 300]

The photos are as a phone takes them, 1,600 pixels wide, ten to a lesson; each is drawn in two widths as WebP, by a job
that runs beside the pages. Every step is a process of its own, as after a restart. "looked at": the page on which an
author sees what publishing would change. The second version has one sentence more: no photo should be drawn again,
and little should move.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

COURSE = UUID("01928d79-7400-73c1-b00c-0000000000bb")
A_LESSON = 10
STEPS = ("imported", "drawn by a job", "looked at", "published", "looked at again", "published again")
#: Megabytes: what one process of a small machine may take.
MEMORY = 160


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(_write(given.pictures) if given.step == "write" else _step(given.step)))
        return
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        os.environ.pop("DATABASE_URL", None)
        _report(given.pictures)


def _told(step: str, pictures: int) -> dict[str, Any]:
    """What a step says that a process of its own takes. Its peak of memory would else be that of whoever starts it."""
    command = [sys.executable, "-m", "bench.publishing", "--step", step, "--pictures", str(pictures)]
    return dict(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout))


def _report(pictures: int) -> None:
    size = _told("write", pictures)["size"]
    print(f"{pictures} photos of 1,600 x 1,200 pixels, {size / 1e6:.0f} MB as a ZIP\n")
    print(f"{'':18}{'seconds':>9}{'photos/s':>10}{'drawn':>8}{'peak MB':>9}{'limit':>7}")
    told: dict[str, Any] = {}
    for step in STEPS:
        told |= _told(step, pictures)
        rate = pictures / told["seconds"]
        print(f"{step:18}{told['seconds']:9.1f}{rate:10.0f}{told['drawn']:8}{told['memory']:9.0f}{MEMORY:7}")
    print(f"\nthe package: {told['bytes'] / 1e6:.1f} MB; moved for the second version: {told['moved'] / 1e3:.1f} KB")


def _write(pictures: int) -> dict[str, int]:
    """A folder with that many photos, as a ZIP. Its bytes."""
    from balai.courses.source import Source
    from balai.courses.tests.folders import folder

    lessons = -(-pictures // A_LESSON)
    numbers = [range(first, min(first + A_LESSON, pictures)) for first in range(0, pictures, A_LESSON)]
    bodies = {f"materi-{place}": _body(some) for place, some in enumerate(numbers, 1)}
    files = folder(course=COURSE, slug="banyak-foto", title="Banyak foto", lessons=lessons, bodies=bodies)
    files |= {f"gambar/{n}.jpg": _photo(n) for n in range(pictures)}
    content = Source.of(files.items()).to_zip()
    (Path(os.environ["BALAI_DATA"]) / "course.zip").write_bytes(content)
    return {"size": len(content)}


def _body(numbers: range) -> str:
    return "Satu kalimat.\n\n" + "\n\n".join(f"![Foto nomor {n}](../gambar/{n}.jpg)" for n in numbers)


def _photo(number: int) -> bytes:
    """Blurred patches and a little grain: it packs about as a photo does, and each is another one."""
    from PIL import Image

    chance = random.Random(number)
    patches = [
        Image.frombytes("L", (64, 48), chance.randbytes(64 * 48)).resize((1600, 1200), Image.Resampling.BICUBIC)
        for _band in range(3)
    ]
    grain = Image.frombytes("L", (400, 300), chance.randbytes(400 * 300)).resize((1600, 1200))
    bands = [Image.blend(patch, grain, 0.06) for patch in patches]
    buffer = BytesIO()
    Image.merge("RGB", bands).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _step(name: str) -> dict[str, float]:
    import django
    from django.conf import settings

    django.setup()
    steps = {"imported": _import, "drawn by a job": _draw, "published": _publish, "published again": _publish}
    act = steps.get(name, _look)
    if name == "imported":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    if name == "looked at again":
        _one_sentence_more()
    made = Path(settings.BALAI_DATA) / "modern"
    before, started = _count(made), time.perf_counter()
    told = act()
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"seconds": seconds, "drawn": _count(made) - before, "memory": memory, **told}


def _count(folder: Path) -> int:
    return len(list(folder.glob("*.webp")))


def _import() -> dict[str, float]:
    from django.conf import settings

    from balai.courses.drafts import import_draft
    from balai.courses.source import Source

    with (Path(settings.BALAI_DATA) / "course.zip").open("rb") as file:
        import_draft(Source.from_zip(file), None)
    return {}


def _draw() -> dict[str, float]:
    from balai.courses import drawing

    drawing.draw.func(str(_draft().pk), "")
    return {}


def _draft() -> Any:
    from balai.courses.models import Draft

    return Draft.objects.filter(course=COURSE).latest("pk")


def _one_sentence_more() -> None:
    from balai.courses.drafts import import_draft
    from balai.courses.source import Source

    source = _draft().source()
    path = "materi/materi-1.md"
    text = source.files[path].replace(b"Satu kalimat.", b"Satu kalimat. Dua kalimat.")
    import_draft(Source.of({**source.files, path: text}.items()), None)


def _look() -> dict[str, float]:
    from balai.courses import publishing

    planned = publishing.plan(_draft().opened())
    assert planned.build.found == [], planned.build.found[0]
    return {"moved": planned.moved_bytes}


def _publish() -> dict[str, float]:
    from balai.courses import publishing

    draft = _draft()
    version, is_new = publishing.publish(draft.opened(), None, draft)
    assert is_new
    return {"bytes": version.bytes}


if __name__ == "__main__":
    main()
