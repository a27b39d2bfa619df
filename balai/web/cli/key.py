"""`balai key`: the keys that sign certificates. The ceremony around them is in docs/key-ceremony.md."""

from datetime import datetime
from pathlib import Path

import click

from balai.common.problems import Refusal

from . import passphrases
from .frame import common
from .output import Output
from .texts import _

_file = click.Path(dir_okay=False, path_type=Path)
_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("Kunci penerbit sertifikat: buat, ganti, cabut, cadangkan."))
def key() -> None:
    """The group itself does nothing."""


@key.command("list", help=_("Daftar kunci, yang terbaru lebih dulu."))
@common
def list_(output: Output) -> None:
    """``here``: whether the private half is on this machine."""
    output.open()
    from balai.common import formats
    from balai.credentials import keys

    states = keys.listing()
    output.answer([
        {"id": s.id, "public": s.public, "state": s.state, "here": s.here,
         "published_at": s.published_at, "revoked_from": s.revoked_from} for s in states
    ])  # fmt: skip
    labels = {"active": _("dipakai"), "retired": _("diganti"), "revoked": _("dicabut")}
    output.table(
        [_("Kunci"), _("Keadaan"), _("Sejak"), _("Rahasianya di sini")],
        [(s.id, labels[s.state], formats.day(s.published_at), _("ya") if s.here else _("tidak")) for s in states],
    )


@key.command(help=_("Buat kunci pertama. Bila sudah ada, tidak mengubah apa pun."))
@common
def create(output: Output) -> None:
    """The key that signs, old or new."""
    output.open()
    from balai.credentials import keys

    _told(output, keys.ensure())


@key.command(help=_("Buat kunci baru dan pakai mulai sekarang; sertifikat lama tetap berlaku."))
@common
def rotate(output: Output) -> None:
    """The private half of the old key is deleted."""
    output.open()
    from balai.credentials import keys

    _told(output, keys.rotate())


def _told(output: Output, id: str) -> None:
    output.answer({"id": id})
    output.say(_("Kunci {id} menandatangani sertifikat mulai sekarang.").format(id=id))
    output.say(_("Cadangkan sekarang: balai key backup BERKAS"))


@key.command(help=_("Cabut kunci yang mungkin jatuh ke tangan orang lain."))
@click.argument("id", metavar=_("KUNCI"))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help=_("Tidak dipercaya sejak tanggal ini."))
@click.option("--reason", required=True, help=_("Alasannya, untuk catatan."))
@common
def revoke(output: Output, *, id: str, since: datetime, reason: str) -> None:
    """What the register confirms stays valid."""
    output.open()
    from balai.credentials import keys

    keys.revoke(id, since.date(), reason)
    output.answer({"id": id, "revoked_from": since.date()})
    output.say(_("Kunci {id} dicabut. Buat kunci baru: balai key rotate").format(id=id))


@key.command(help=_("Tulis cadangan terenkripsi kunci rahasia."))
@click.argument("file", type=_file, metavar=_("BERKAS"))
@click.option("--passphrase-file", type=_existing, metavar=_("BERKAS"), help=_("Baca frasa sandi dari berkas ini."))
@common
def backup(output: Output, *, file: Path, passphrase_file: Path | None) -> None:
    """Only the issuer's keys; `balai backup` takes everything."""
    output.open()
    from balai.credentials import keys

    _write_new(file, keys.backup(passphrases.read(passphrase_file, _("Frasa sandi"), new=True)))
    output.answer({"file": str(file)})
    output.say(_("Cadangan kunci: {file}").format(file=file))


@key.command(help=_("Kembalikan kunci rahasia dari cadangannya."))
@click.argument("file", type=_existing, metavar=_("BERKAS"))
@click.option("--passphrase-file", type=_existing, metavar=_("BERKAS"), help=_("Baca frasa sandi dari berkas ini."))
@common
def restore(output: Output, *, file: Path, passphrase_file: Path | None) -> None:
    """What is here already stays."""
    output.open()
    from balai.credentials import keys

    ids = keys.restore(file.read_bytes(), passphrases.read(passphrase_file, _("Frasa sandi"), new=False))
    output.answer({"ids": ids})
    output.say(_("Kunci yang kembali: {ids}").format(ids=", ".join(ids)))


@key.command(help=_("Tulis kunci publik, untuk memeriksa sertifikat tanpa jaringan."))
@click.argument("file", type=_file, metavar=_("BERKAS"))
@common
def public(output: Output, *, file: Path) -> None:
    """For `balai certificate verify --keys`."""
    output.open()
    from balai.common import clock
    from balai.credentials import register

    _write_new(file, register.keyring().write(clock.wall()))
    output.answer({"file": str(file)})
    output.say(_("Kunci publik: {file}").format(file=file))


@key.command(help=_("Tulis daftar sertifikat yang dicabut, ditandatangani."))
@click.argument("file", type=_file, metavar=_("BERKAS"))
@common
def revocations(output: Output, *, file: Path) -> None:
    """For `balai certificate verify --revocations`."""
    output.open()
    from balai.credentials import keys, register

    signing = keys.current()
    _write_new(file, register.revocation_list().write(signing.id, signing.sign))
    output.answer({"file": str(file)})
    output.say(_("Daftar pencabutan: {file}").format(file=file))


def _write_new(file: Path, content: bytes) -> None:
    from balai.common import secretfile
    from balai.web import problems

    if file.exists():
        raise Refusal(problems.FILE_EXISTS, name=file.name)
    secretfile.write_new(file, content)
