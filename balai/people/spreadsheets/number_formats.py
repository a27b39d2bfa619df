"""Which numbers of an .xlsx workbook are dates: Excel stores days and says by the cell's style how to show them."""

import re
from datetime import date, datetime, time, timedelta

from . import markup
from .archives import Archive

#: Formats of dates that every workbook has without naming them (ECMA-376 part 1, 18.8.30), East Asian ones included.
_BUILT_IN = {**dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "d"), 46: "[h]"}
#: What is no sign of a date in a format: words in quotes, a sign after a backslash, colours and languages.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_SIGN = re.compile(r"[dmyhs]", re.IGNORECASE)
_LASTING = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  (a sheet knows no zone)
#: 31 December 9999.
_LAST_DAY = 2_958_465
_FIRST_LEAP = 60

Value = float | date | datetime | time | timedelta


class NumberFormats:
    """What a number in a cell of a style means."""

    def __init__(self, archive: Archive, part: str, *, from_1904: bool) -> None:
        styles = _Styles()
        if part:
            markup.read(archive, part, styles)
        self._codes = [styles.codes.get(id) or _BUILT_IN.get(id, "") for id in styles.ids]
        self._is_date = [_shows_date(code) for code in self._codes]
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH

    def read(self, number: float, style: int) -> Value:
        """``number`` as it is shown in a cell of ``style`` (its place among the workbook's cell formats)."""
        if not (0 <= style < len(self._is_date) and self._is_date[style] and 0 <= number <= _LAST_DAY):
            return number
        if _LASTING.search(self._codes[style]):
            return timedelta(days=number)
        if self._epoch is _EPOCH and 1 <= number < _FIRST_LEAP:
            number += 1  # Excel believes in 29 February 1900
        moment = self._epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return moment.time()
        return moment.date() if moment.time() == time() else moment


def _shows_date(code: str) -> bool:
    return bool(_DATE_SIGN.search(_LITERAL.sub("", code.partition(";")[0])))


class _Styles:
    """Takes the formats that the workbook names, and which one each cell format uses."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.ids: list[int] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.codes[markup.number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.ids.append(markup.number(attributes.get("numFmtId")))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False

    def said(self, text: str) -> None:
        """Styles say nothing."""
