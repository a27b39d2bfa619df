"""Passphrases for backups: from a file, from BALAI_PASSPHRASE, or asked for; never on the command line."""

import os
from pathlib import Path

import click


def read(file: Path | None, question: str, new: bool) -> str:
    """The passphrase. It is asked for twice when it is ``new``."""
    if file:
        return file.read_text(encoding="utf-8").strip()
    if os.environ.get("BALAI_PASSPHRASE"):
        return os.environ["BALAI_PASSPHRASE"]
    return str(click.prompt(question, hide_input=True, confirmation_prompt=new, err=True))
