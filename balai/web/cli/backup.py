"""`balai backup` and `balai restore`."""

import os
from pathlib import Path

import click

from balai.common import formats

from . import passphrases
from .frame import common
from .output import Output, set_up
from .texts import LANGUAGE, _

_file = click.Path(dir_okay=False, path_type=Path)
_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Tulis cadangan terenkripsi (basis data, kunci, berkas) ke satu berkas."))
@click.argument("file", type=_file, metavar=_("BERKAS"))
@click.option("--passphrase-file", type=_existing, metavar=_("BERKAS"), help=_("Baca sandi dari berkas ini."))
@click.option("--recipient", multiple=True, metavar="age1…", help=_("Kunci age penerima, ganti sandi; boleh beberapa."))
@common
def backup(output: Output, *, file: Path, passphrase_file: Path | None, recipient: tuple[str, ...]) -> None:
    """The passphrase comes from a file, from BALAI_PASSPHRASE, or is asked for twice."""
    output.open()
    from balai.web.machine.backup import contents, sealing

    passphrase = "" if recipient else passphrases.read(passphrase_file, _("Sandi cadangan"), new=True)
    lock = sealing.Lock(passphrase, recipient)
    with output.progress(_("Mencadangkan")) as told:
        size = contents.make(file.resolve(), lock, told)
    output.answer({"file": str(file), "bytes": size})
    output.say(_("Cadangan {file}, {size}.").format(file=file, size=formats.size(size, LANGUAGE)))
    output.say(_("Simpan di tempat lain, dan simpan sandinya di tempat yang berbeda lagi."))


@click.command(help=_("Pulihkan cadangan ke folder data yang kosong."))
@click.argument("file", type=_existing, metavar=_("BERKAS"))
@click.option("--passphrase-file", type=_existing, metavar=_("BERKAS"), help=_("Baca sandi dari berkas ini."))
@click.option("--identity", type=_existing, metavar=_("BERKAS"), help=_("Berkas kunci age, ganti sandi."))
@common
def restore(output: Output, *, file: Path, passphrase_file: Path | None, identity: Path | None) -> None:
    """Never overwrites anything: the folder, and a PostgreSQL database, must be empty."""
    chosen = output.choose_folder()
    from balai.web.machine.backup import restoring, sealing

    passphrase = "" if identity else passphrases.read(passphrase_file, _("Sandi cadangan"), new=False)
    key = sealing.Key(passphrase, identity.read_text(encoding="utf-8") if identity else "")
    manifest = restoring.restore(file, key, chosen, os.environ.get("DATABASE_URL", ""), set_up)
    output.answer({"data": str(chosen), "made_at": manifest.made_at, "version": manifest.version})
    when = formats.moment(manifest.made_at.astimezone(), LANGUAGE)
    output.say(_("Cadangan dari {when} dipulihkan ke {folder}.").format(when=when, folder=chosen))
    output.say(_("Sekarang jalankan: balai up --data {folder}").format(folder=chosen))
