"""`balai work`: the jobs in a process of their own, for a hub."""

import signal

import click

from .frame import common
from .output import Output
from .texts import _


@click.command(help=_("Kerjakan tugas latar (impor, penerbitan, tindak lanjut) sampai dihentikan."))
@click.option("--once", is_flag=True, help=_("Kerjakan yang sudah menunggu, lalu berhenti."))
@common
def work(output: Output, *, once: bool) -> None:
    """The first Ctrl+C lets the job that is running finish."""
    output.open()
    from balai.web.machine.jobs import Jobs

    jobs = Jobs()
    if once:
        jobs.turn()
        output.answer({"done": True}, _("Tidak ada lagi yang menunggu."))
        return
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_args: jobs.stop.set())
    output.say(_("Menunggu tugas. Tekan Ctrl+C untuk berhenti."))
    jobs.run()
