"""What a command says: tables and progress for people, one JSON document for programs."""

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from balai.common.problems import Refusal
from balai.web.machine import folder

from .texts import LANGUAGE, _

Progress = Callable[[int, int], None]


class Output:
    """The voice of one command, and the folder that it works on.

    Results go to standard output, progress and refusals to standard error. With ``--json`` there is exactly
    one JSON document on standard output and no colour anywhere.
    """

    def __init__(self, json_wanted: bool, data: Path | None, demo: bool) -> None:
        self.json = json_wanted
        self._data = data
        self.demo = demo

    def choose_folder(self) -> Path:
        """The data folder; see ``folder.choose``."""
        return folder.choose(self._data, self.demo)

    def open(self) -> Path:
        """Set Django up on a data folder that is in use. Raises ``Refusal`` when it is not."""
        from balai.web import problems

        chosen = self.choose_folder()
        if not (chosen / "keys").exists():
            raise Refusal(problems.NO_DATA, folder=chosen)
        set_up()
        return chosen

    def answer(self, result: Any, text: str = "") -> None:
        """The result: ``result`` as JSON for a program, ``text`` for a person."""
        if self.json:
            click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))
        elif text:
            self.say(text)

    def say(self, text: str) -> None:
        """A line for a person; a program is not told."""
        if not self.json:
            click.echo(text)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table for a person."""
        if self.json:
            return
        from rich.console import Console
        from rich.table import Table

        table = Table(*headings, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*(str(cell) for cell in row))
        Console(soft_wrap=not sys.stdout.isatty(), markup=False, highlight=False).print(table)

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """``told(done, total)`` draws how many of how many, and how long it still takes."""
        if self.json or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Bar(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def set_up() -> None:
    """Load Django and the rooms, unless that is done; speak the language of the command line."""
    import django
    from django.apps import apps
    from django.utils import translation

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings")
        django.setup()
    translation.activate(LANGUAGE)


def set_up_apart() -> None:
    """Load Django without a data folder: for commands that read only the files they are given."""
    os.environ.setdefault("BALAI_SECRET", secrets.token_urlsafe())  # else one would be made and kept
    set_up()


class Refused(click.ClickException):
    """A ``Refusal`` on its way to standard error; the program ends with 1."""

    exit_code = 1

    def __init__(self, refusal: Refusal, json_wanted: bool) -> None:
        super().__init__(refusal.problem.code)
        self.refusal = refusal
        self.json = json_wanted

    def show(self, file: Any = None) -> None:
        """The code, what happened, what is safe, what to do."""
        _texts_without_settings()
        told = self.refusal.as_dict()
        if self.json:
            click.echo(json.dumps({"problem": told}, ensure_ascii=False, indent=2), err=True)
            return
        click.echo(click.style(f"{told['code']}  {told['title']}", fg="red", bold=True), err=True)
        click.echo(f"       {told['safe']}", err=True)
        click.echo(f"       {_('Yang perlu dilakukan')}: {told['cure']}", err=True)


def _texts_without_settings() -> None:
    """A refusal from before the set-up still has to be told, without making anything in a data folder."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.utils import translation

    from .texts import LOCALE

    if not apps.ready:
        if not settings.configured:
            settings.configure(LOCALE_PATHS=[LOCALE], LANGUAGE_CODE="id", USE_I18N=True)
        django.setup()
    translation.activate(LANGUAGE)
