"""`balai log`: what the log says against what the tables say."""

import click

from balai.common.problems import Refusal

from .frame import common
from .output import Output
from .texts import _

SHOWN = 20


@click.group(help=_("Memeriksa catatan (log) tempat semua isi tabel berasal."))
def log() -> None:
    """The group itself does nothing."""


@log.command(help=_("Bangun ulang isi tabel dari catatan, lalu bandingkan baris demi baris."))
@common
def verify(output: Output) -> None:
    """Exit code 1 (B1157) when a row differs."""
    output.open()
    from balai.log import replay
    from balai.web import problems

    with output.progress(_("Memutar ulang catatan")) as told:
        report = replay.verify(told)
    found = {"entries": report.entries, "tables": report.tables, "differences": report.differences}
    output.answer(found | {"sound": report.sound})
    output.say(_("{count} catatan diputar ulang.").format(count=report.entries))
    output.table([_("Tabel"), _("Baris")], list(report.tables.items()))
    for difference in report.differences[:SHOWN]:
        output.say(difference)
    if not report.sound:
        raise Refusal(problems.LOG_UNSOUND, count=len(report.differences))
    output.say(_("Semua isi tabel sama dengan catatannya."))
