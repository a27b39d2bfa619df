"""`balai docs`: pages that are written by the program itself."""

from pathlib import Path

import click

from .frame import common
from .output import Output, set_up_apart
from .texts import _


@click.group(help=_("Dokumen yang ditulis oleh program."))
def docs() -> None:
    """The group itself does nothing."""


@docs.command(help=_("Tulis daftar semua penolakan dan kodenya (docs/problems.md)."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar=_("BERKAS"))
@common
def problems(output: Output, *, file: Path) -> None:
    """Overwrites the file."""
    set_up_apart()
    from balai.web import problem_list

    file.write_text(problem_list.as_markdown(), encoding="utf-8")
    output.answer({"file": str(file)}, str(file))
