"""`balai certificate verify`: is this paper real?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balai.common.problems import Refusal

from .frame import common
from .output import Output, set_up_apart
from .texts import _

if TYPE_CHECKING:
    from balai.credentials.checking import Verifier

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("Sertifikat: periksa keasliannya."))
def certificate() -> None:
    """The group itself does nothing."""


@certificate.command(help=_("Periksa berkas (PDF, JSON) atau teks kode QR; - membaca dari masukan."))
@click.argument("what", metavar=_("BERKAS|TEKS"))
@click.option("--keys", type=_existing, metavar=_("BERKAS"), help=_("Berkas kunci publik; tidak perlu folder data."))
@click.option("--revocations", type=_existing, metavar=_("BERKAS"), help=_("Daftar pencabutan yang ikut diperiksa."))
@common
def verify(output: Output, *, what: str, keys: Path | None, revocations: Path | None) -> None:
    """Exit code 0 for a valid certificate only, else 1 (B1159)."""
    if keys:
        set_up_apart()
    else:
        output.open()
    from balai.web import problems

    verifier = _offline(keys, revocations) if keys else _register()
    verdict = verifier.content(_content(what))
    output.answer(verdict.as_dict())
    if not verdict.good:
        facts = {"title": verdict.title, "happened": verdict.happened, "advice": verdict.advice}
        raise Refusal(problems.NOT_GOOD, **facts)
    output.say(f"{verdict.title}. {verdict.happened}")
    output.table([_("Keterangan"), _("Isi")], list((verdict.as_dict()["statement"] or {}).items()))
    output.say(verdict.advice)
    output.say(verdict.freshness)


def _content(what: str) -> bytes:
    if what == "-":
        return sys.stdin.buffer.read()
    path = Path(what)
    try:
        return path.read_bytes() if path.is_file() else what.encode()
    except OSError:  # a long text is no name of a file
        return what.encode()


def _register() -> "Verifier":
    from balai.credentials import register

    return register.verifier()


def _offline(keys: Path, revocations: Path | None) -> "Verifier":
    from balai.credentials.checking import Verifier
    from balai.credentials.keyring import BadKeyFile, KeyRing
    from balai.credentials.revocations import BadRevocationFile, RevocationList
    from balai.web import problems

    try:
        ring = KeyRing.read(keys.read_bytes())
        revoked = RevocationList.read(revocations.read_bytes(), ring) if revocations else None
    except BadKeyFile as error:
        raise Refusal(problems.UNREADABLE_FILE, name=keys.name, kind=_("berkas kunci publik")) from error
    except BadRevocationFile as error:
        name = revocations.name if revocations else ""
        raise Refusal(problems.UNREADABLE_FILE, name=name, kind=_("daftar pencabutan")) from error
    return Verifier(ring, revoked)
