"""Numbers as people type them: ``1.250.000``, ``12,5``, ``Rp 1.250.000,-``; exact, without fractions of a computer.

In JavaScript: ``web/static/js/marking.mjs``, held to the same vectors.
"""

import re
import unicodedata
from dataclasses import dataclass

#: Longer is nobody's number.
LONGEST = 40
#: Thousands parted by points, decimals behind a comma. A number that starts with 0 has no thousands.
_INDONESIAN = re.compile(r"(?P<sign>[-+]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?")
#: What keyboards of phones set to English offer: 12.5.
_ENGLISH = re.compile(r"(?P<sign>[-+]?)(?P<whole>[0-9]+)\.(?P<part>[0-9]+)")
_RUPIAH = re.compile(r"^rp\.?")
_DASH = re.compile(r",-+$")


@dataclass(frozen=True)
class Amount:
    """``digits`` × 10 to the power of minus ``places``."""

    digits: int
    places: int

    def scaled(self, places: int) -> int:
        return self.digits * int(10 ** (places - self.places))


def exact(text: str) -> Amount | None:
    """The number that an author wrote, in the Indonesian way alone; ``None`` when it is none."""
    return _amount(_INDONESIAN.fullmatch(text.replace("−", "-")))


def typed(text: str, unit: str = "") -> Amount | None:
    """The number that somebody typed, with or without its ``unit``; ``None`` when it is none."""
    bare = _bare(text)
    if len(bare) > LONGEST:
        return None
    bare = _RUPIAH.sub("", bare)
    if unit:
        bare = bare.removesuffix(_bare(unit))
    bare = _DASH.sub("", bare)
    return _amount(_INDONESIAN.fullmatch(bare) or _ENGLISH.fullmatch(bare))


def near(one: Amount, other: Amount, tolerance: Amount) -> bool:
    """Whether they differ by no more than ``tolerance``."""
    places = max(one.places, other.places, tolerance.places)
    return abs(one.scaled(places) - other.scaled(places)) <= abs(tolerance.scaled(places))


def _bare(text: str) -> str:
    """In one spelling: no blanks, small letters, the plain minus sign."""
    return "".join(unicodedata.normalize("NFKC", text).replace("−", "-").lower().split())


def _amount(found: re.Match[str] | None) -> Amount | None:
    if not found:
        return None
    part = found["part"] or ""
    digits = int(found["whole"].replace(".", "") + part)
    return Amount(-digits if found["sign"] == "-" else digits, len(part))
