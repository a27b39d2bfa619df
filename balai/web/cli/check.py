"""`balai check`: the self-diagnosis."""

import click

from balai.common.problems import Refusal

from .frame import common
from .output import Output
from .texts import _


@click.command(help=_("Periksa apakah mesin ini sehat, dengan kata-kata biasa."))
@common
def check(output: Output) -> None:
    """Exit code 1 (B1156) when something is broken."""
    output.open()
    from balai.web import problems
    from balai.web.machine.checkup import Level, look

    findings = look()
    output.answer({"findings": [finding.as_dict() for finding in findings]})
    output.table(
        [_("Apa"), _("Keadaan"), _("Keterangan")],
        [(f.subject, f.level.label, " ".join(filter(None, (f.found, f.cure)))) for f in findings],
    )
    bad = [finding for finding in findings if finding.level == Level.BAD]
    if bad:
        raise Refusal(problems.CHECK_FAILED, count=len(bad))
