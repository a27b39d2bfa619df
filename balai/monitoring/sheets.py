"""What every sheet of this room has in common: title, age, heading, and how it prints."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from balai.common import formats

#: Texts stay texts: a name that begins with "=" is not run as a formula by whoever opens the file.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC", "text_wrap": True})


def moment(when: datetime) -> str:
    """``22 November 2026 14.02 WIB``."""
    return formats.moment(timezone.localtime(when), get_language() or "id")


def head(sheet: Any, styles: Styles, title: str, note: str, columns: list[tuple[str, int]]) -> int:
    """Title, what the sheet is about, and the row of column names. Returns the first row of data."""
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, note)
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, styles.head)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    return 4
