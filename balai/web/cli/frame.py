"""The frame of every command: its common options, and what becomes of a refusal.

Commands import rooms inside their functions: Django must be set up on the chosen data folder first, and
`--help` must be quick and touch nothing.
"""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from balai.common.problems import Refusal

from .output import Output, Refused
from .texts import _


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--json``, ``--data`` and ``--demo``; it is called with an ``Output`` first."""

    @click.option("--json", "json_wanted", is_flag=True, help=_("Jawab dengan JSON, untuk program lain."))
    @click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help=_("Folder data. Tanpa ini: BALAI_DATA, atau ./data."),
    )
    @click.option("--demo", is_flag=True, help=_("Pakai folder data peragaan."))
    @functools.wraps(function)
    def command(json_wanted: bool, data: Path | None, demo: bool, **options: Any) -> Any:
        output = Output(json_wanted, data, demo)
        try:
            return function(output, **options)
        except Refusal as refusal:
            raise Refused(refusal, json_wanted) from refusal

    return command
