"""Every command explains itself, quickly and without touching anything."""

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from balai.web.cli.commands import root
from tests.program import Program


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _commands(child, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(_commands(root)), ids=lambda value: str(value)[:40])
def test_every_command_has_help(path: tuple[str, ...], command: click.Command) -> None:
    result = CliRunner().invoke(root, [*path, "--help"])
    assert (result.exit_code, bool(command.help)) == (0, True)


@pytest.mark.parametrize(("path", "command"), list(_commands(root)), ids=lambda value: str(value)[:40])
def test_every_option_has_help_and_every_command_speaks_json(path: tuple[str, ...], command: click.Command) -> None:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []
    assert isinstance(command, click.Group) or "json_wanted" in {option.name for option in options}


def test_help_loads_neither_settings_nor_the_database() -> None:
    code = (
        "import sys; from balai.web.cli.commands import root; root(['--help'], standalone_mode=False);"
        "sys.exit(len({'balai.settings', 'django.db', 'rich'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_help_makes_nothing(program: Program) -> None:
    program.run("up", "--help")
    assert not program.folder.exists()
