"""Sessions, quotas and stages in plain words."""

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from balai.common import formats

from .cohorts.models import Session
from .cohorts.quotas import Rule

_RANGE_FROM = 3


def _language() -> str:
    return get_language() or "id"


def session_words(session: Session) -> str:
    """``Sesi pagi, Senin s.d. Kamis 08.00–10.00 WIB``."""
    return f"{session.get_part_display()}, {session_time(session)}"


def session_time(session: Session) -> str:
    """``Senin s.d. Kamis 08.00–10.00 WIB``."""
    hours = f"{_clock(session.starts)}–{_clock(session.ends)} {session.zone}"
    return f"{days(session.days)} {hours}" if session.days else hours


def _clock(written: str) -> str:
    return written.replace(":", ".") if _language() == "id" else written


def days(numbers: Iterable[int]) -> str:
    """``Senin s.d. Kamis`` for three and more in a row, else ``Senin, Rabu``."""
    wanted = sorted(set(numbers))
    names = [weekdays()[number - 1] for number in wanted]
    in_a_row = all(after - before == 1 for before, after in pairwise(wanted))
    if len(names) >= _RANGE_FROM and in_a_row:
        return _("{first} s.d. {last}").format(first=names[0], last=names[-1])
    return ", ".join(names)


def weekdays() -> list[str]:
    """``Senin`` to ``Minggu``."""
    return formats.WEEKDAYS[_language()]


def level_word(level: int) -> str:
    """What the regions of a level are called."""
    return (_("program"), _("provinsi"), _("kabupaten/kota"), _("kecamatan"), _("desa"))[level]


def rule_words(rule: Rule, titles: dict[UUID, str]) -> str:
    """One quota as a sentence; ``titles``: of courses, by id."""
    facts = {"people": delegates(rule.number), "level": level_word(rule.level)}
    if rule.course is not None:
        facts["course"] = titles.get(rule.course, "–")
    if rule.level == 0:
        one, each = _("{people} seluruhnya untuk tema {course}."), _("{people} seluruhnya untuk setiap tema.")
    else:
        one, each = _("{people} tiap {level} untuk tema {course}."), _("{people} tiap {level} untuk setiap tema.")
    sentence = (one if rule.course is not None else each).format(**facts)
    return sentence[0].upper() + sentence[1:]


def delegates(number: int) -> str:
    """``dua utusan``: numbers to ten in words."""
    small = _("tanpa satu dua tiga empat lima enam tujuh delapan sembilan sepuluh").split()
    said = small[number] if number < len(small) else formats.number(number, _language())
    return ngettext("{number} utusan", "{number} utusan", number).format(number=said)
