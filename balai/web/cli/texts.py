"""Texts of the command line, without Django: `balai --help` is quick and touches no data folder.

Indonesian, or English when ``BALAI_LANGUAGE`` is ``en``.
"""

import gettext
import os
from pathlib import Path

import balai

LOCALE = Path(balai.__file__).parent / "locale"
LANGUAGE = "en" if os.environ.get("BALAI_LANGUAGE", "id").lower().startswith("en") else "id"
_ = gettext.translation("django", LOCALE, [LANGUAGE], fallback=True).gettext


def speak() -> None:
    """Let click's own words ("Usage", "Missing argument") be in the same language."""
    os.environ["LANGUAGE"] = LANGUAGE
    gettext.bindtextdomain("click", LOCALE)
    gettext.textdomain("click")
