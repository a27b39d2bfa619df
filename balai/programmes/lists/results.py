"""A list with what became of each row, as a workbook."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from balai.programmes import workbooks
from balai.programmes.seats.standing import Standing

from .models import ListRow

CONTENT_TYPE = workbooks.CONTENT_TYPE


def workbook(lines: Iterable[tuple[ListRow, Standing | None]]) -> bytes:
    """The rows in their order."""
    columns = [(_("Baris"), 8), (_("Nama"), 34), (_("Wilayah"), 40), (_("Hasil"), 28), (_("Keterangan"), 70)]
    return workbooks.workbook(_("Hasil"), columns, (_cells(*line) for line in lines))


def _cells(row: ListRow, one: Standing | None) -> list[str]:
    refusal = row.refusal
    if refusal:
        said = [_("Ditolak"), f"{refusal.title} {refusal.cure} ({refusal.problem.code})"]
    elif one:
        said = [one.words, one.decline.words if one.decline else ""]
    else:
        said = [_("Belum dikirim"), ""]
    return [str(row.number), row.name, row.place, *said]
