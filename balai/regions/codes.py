"""Codes of the Kemendagri tree, ``PP.KK.CC.DDDD``: the code of a region begins with that of its parent."""

import re
from itertools import pairwise

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

#: How many digits a code of each level has.
ENDS = (2, 4, 6, 10)
LENGTH = 13
PATTERN = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
#: The second part of a kota's code is 71 or more, of a kabupaten's less.
FIRST_CITY = 71


def dotted(text: str) -> str:
    """``18.02`` from ``1802`` or ``18.02``; "" when ``text`` is not the code of any level."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit() and len(digits) in ENDS:
        cuts = (0, *ENDS[: ENDS.index(len(digits)) + 1])
        digits = ".".join(digits[start:end] for start, end in pairwise(cuts))
    return digits if PATTERN.fullmatch(digits) else ""


def level_of(code: str) -> int:
    """1 for a province to 4 for a village."""
    return code.count(".") + 1


def parent_of(code: str) -> str:
    """The code above; "" for a province."""
    return code.rpartition(".")[0]


def ancestors_of(code: str) -> list[str]:
    """The codes above, nearest first."""
    found = []
    while code := parent_of(code):
        found.append(code)
    return found


def below(prefix: str, field: str = "code") -> Q:
    """The region with the code ``prefix`` and all below it; "" is the nation.

    One range of the index: "/" is the character after ".", and no digit sorts before it.
    """
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{prefix}/"}) if prefix else Q()


def below_any(prefixes: list[str], field: str = "code") -> Q:
    """All regions of several subtrees; of none when ``prefixes`` is empty."""
    if "" in prefixes:
        return Q()
    wanted = Q(pk__in=())
    for prefix in prefixes:
        wanted |= below(prefix, field)
    return wanted


class CodeField(models.CharField[str, str]):
    """A code, ordered byte by byte in every database, so that a range of codes is a subtree."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters: dict[str, str | None] = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
