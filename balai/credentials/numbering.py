"""Numbers of certificates: without gaps, each once, whatever the number of workers; and which two are the same."""

import re
import unicodedata
from datetime import date

from django.db import models

from balai.common.problems import Refusal

from . import problems

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: The series that counts certificates through all years: their places in the lists of revocations.
ALL = "all"
_DIGITS = 4
_PATTERN = re.compile(r"(?:[^{}]|\{(?:seq|roman|month|year)\})+")


class Numbering(models.Model):
    """The last number taken of a series: a year, or ``ALL``. Local to the hub, which alone numbers."""

    series = models.CharField(max_length=8, primary_key=True)
    last = models.PositiveIntegerField(default=0)


def take(series: str) -> int:
    """The next number of ``series``, from 1; others wait until the caller's transaction ends.

    Rolled back with that transaction, so that no number is lost.
    """
    Numbering.objects.get_or_create(pk=series)
    row = Numbering.objects.select_for_update().get(pk=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def write(pattern: str, sequence: int, day: date) -> str:
    """``0123/BALAI/XI/2026`` for the pattern ``{seq}/BALAI/{roman}/{year}``. Raises ``Refusal``.

    The series begins anew each year, so the year must be in it.
    """
    facts = {
        "seq": f"{sequence:0{_DIGITS}}",
        "roman": ROMAN[day.month - 1],
        "month": f"{day.month:02}",
        "year": str(day.year),
    }
    if not _PATTERN.fullmatch(pattern) or pattern.count("{seq}") != 1 or "{year}" not in pattern:
        raise Refusal(problems.BAD_PATTERN, **{name: f"{{{name}}}" for name in facts})
    return pattern.format(**facts)


def visible(number: str) -> str:
    """``number`` without the signs that nobody sees (category Cf), which come with what is copied from a page."""
    return "".join(letter for letter in number if unicodedata.category(letter) != "Cf").strip()


def key(number: str) -> str:
    """What two ways of writing the same number share: neither case, blanks nor invisible signs tell them apart."""
    plain = unicodedata.normalize("NFKC", visible(number)).casefold()
    return "".join(plain.split())


def spellings(number: str) -> set[str]:
    """The few ways in which the same number was probably written down, to be looked up."""
    bare = "".join(visible(number).split())
    return {written for text in (number, visible(number), bare) for written in (text, text.upper(), text.lower())}
