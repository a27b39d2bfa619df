"""`balai up` and `balai prepare`: from an empty folder to a page that opens."""

import os
import subprocess
import sys
import time
from pathlib import Path

import click

from balai.common.problems import Refusal
from balai.web.machine import folder

from .frame import common
from .output import Output, set_up
from .texts import _


@click.command(help=_("Siapkan folder data: basis data, wilayah, kunci, berkas statis."))
@common
def prepare(output: Output) -> None:
    """What `balai up` does before it serves; by itself for a hub whose processes start separately."""
    chosen = output.choose_folder()
    folder.make(chosen)
    set_up()
    done = _prepare(output)
    output.answer({"data": str(chosen), **done}, _("Folder data siap: {folder}").format(folder=chosen))


def _prepare(output: Output) -> dict[str, object]:
    """What there was to do. A demonstration also gets its story."""
    from django.conf import settings

    from balai.web import problems
    from balai.web.machine import ready, stamp, tables

    migrated = ready.migrate()
    if folder.is_demo() and tables.lacking():
        raise Refusal(problems.DEMO_OF_ANOTHER_VERSION, folder=settings.BALAI_DATA)
    with output.progress(_("Memuat wilayah")) as told:
        regions = ready.load_regions(told)
    ready.make_keys()
    static = ready.collect_static()
    lessons = ready.write_lessons()
    done: dict[str, object] = {"migrations": migrated, "regions_loaded": regions, "static_made": static}
    done["lessons_written"] = lessons
    if folder.is_demo():
        done["story_told"] = _tell_story(output)
    stamp.write(Path(settings.BALAI_DATA))
    return done


def _tell_story(output: Output) -> bool:
    from balai.demo import story

    with output.progress(_("Membuat data peragaan")) as told:
        return story.tell(told)


@click.command(help=_("Buat atau segarkan data peragaan (orang dan hasil belajar yang tidak nyata)."))
@common
def demo(output: Output) -> None:
    """The same that `balai up --demo` does before it serves."""
    output.demo = True
    chosen = output.choose_folder()
    folder.make(chosen)
    set_up()
    done = _prepare(output)
    output.answer({"data": str(chosen), **done})
    output.say(_("Data peragaan siap: {folder}").format(folder=chosen))
    output.say(_("Buka dengan: balai up --demo"))


@click.command(help=_("Jalankan Balai: siapkan folder data, lalu layani halaman sampai dihentikan."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Alamat tempat menunggu."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port."))
@click.option("--url", default="", help=_("Alamat yang dilihat orang (BALAI_URL), misalnya https://balai.desa.id."))
@click.option(
    "--processes", type=click.IntRange(1, 64), help=_("Banyaknya proses. Tanpa ini: 1, di PostgreSQL tiap inti 1.")
)
@click.option(
    "--tls",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("SERTIFIKAT KUNCI"),
    help=_("Layani HTTPS dengan dua berkas PEM ini."),
)
@click.option("--expose-demo", is_flag=True, help=_("Izinkan peragaan dilihat dari komputer lain."))
@common
def up(
    output: Output,
    *,
    host: str,
    port: int,
    url: str,
    processes: int | None,
    tls: tuple[Path, Path] | None,
    expose_demo: bool,
) -> None:
    """Prepares in a process of its own: what that loads is gone again when serving starts."""
    from balai.web import problems
    from balai.web.machine import serving, stamp

    started = time.monotonic()
    chosen = output.choose_folder()
    address = serving.Address(host, port, serving.Tls(*tls) if tls else None)
    if folder.is_demo() and not address.loopback and not expose_demo:
        raise Refusal(problems.DEMO_EXPOSED, host=host)
    if address.tls:
        address.tls.require_fit()
    address.require_free()
    os.environ["BALAI_URL"] = url or os.environ.get("BALAI_URL") or address.url
    if not stamp.fits(chosen):
        _prepare_apart(output)

    def opened() -> None:
        _tell(output, chosen, time.monotonic() - started)

    serving.serve(address, processes or serving.usual_processes(os.environ.get("DATABASE_URL", "")), opened)


def _prepare_apart(output: Output) -> None:
    """Its progress goes to the same terminal; its result is not told."""
    quiet = ["--json"] if output.json else []
    done = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "balai", "prepare", *quiet], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def _tell(output: Output, chosen: Path, seconds: float) -> None:
    url = os.environ["BALAI_URL"]
    output.answer({"url": url, "data": str(chosen), "pid": os.getpid(), "seconds": round(seconds, 2)})
    output.say(_("Balai terbuka di {url} (data: {folder})").format(url=url, folder=chosen))
    output.say(_("Tekan Ctrl+C untuk berhenti."))
    sys.stdout.flush()
