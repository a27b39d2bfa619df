"""A list with what became of each row, as a workbook."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import formats
from balai.programmes import workbooks
from balai.programmes.seats.queueing import Queue
from balai.programmes.seats.standing import Standing

from .models import ListRow

CONTENT_TYPE = workbooks.CONTENT_TYPE


class Line(NamedTuple):
    """A row, how its request stands, and the line in which it waits."""

    row: ListRow
    one: Standing | None
    queue: Queue | None

    @property
    def why(self) -> str:
        """What to know beside the state: which turn, and what is full; why it was declined."""
        if self.queue:
            turn = _("Urutan ke-{number}.").format(number=formats.number(self.queue.number, get_language() or "id"))
            return " ".join([turn, *self.queue.reasons])
        return str(self.one.decline.words) if self.one and self.one.decline else ""


def workbook(lines: Iterable[Line]) -> bytes:
    """The rows in their order."""
    columns = [(_("Baris"), 8), (_("Nama"), 34), (_("Wilayah"), 40), (_("Hasil"), 28), (_("Keterangan"), 70)]
    return workbooks.workbook(_("Hasil"), columns, (_cells(line) for line in lines))


def _cells(line: Line) -> list[str]:
    row, refusal = line.row, line.row.refusal
    if refusal:
        said = [_("Ditolak"), f"{refusal.title} {refusal.cure} ({refusal.problem.code})"]
    elif line.one:
        said = [line.one.words, line.why]
    else:
        said = [_("Belum dikirim"), ""]
    return [str(row.number), row.name, row.place, *said]
