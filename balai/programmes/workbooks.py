"""Tables of this room as Excel workbooks."""

from collections.abc import Iterable, Sequence
from io import BytesIO

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet called ``name``: ``columns`` are titles and widths. Texts stay texts, never formulas."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC"})
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        last = 1
        for last, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                sheet.write_string(last, column, text)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    return buffer.getvalue()
