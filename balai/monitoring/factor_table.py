"""The three factors of the regions right below one: lines of a page, rows of a workbook."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from balai.regions.models import Region

from . import sheets
from .factor_words import CHECKS, NAMES, Told, told
from .factors import Factors, Ground, checks


@dataclass(frozen=True)
class Line:
    """A region right below, its factors, and what they say; ``None`` where it is hidden from who asks."""

    region: Region
    factors: Factors
    told: Told | None


def lines(ground: Ground) -> list[Line]:
    """In the order of the regions' codes."""
    return [
        Line(row.region, factors, None if row.hidden else told(factors))
        for row, factors in zip(ground.picture.rows, ground.below, strict=True)
    ]


def workbook(ground: Ground) -> bytes:
    """One sheet: each region below with its verdicts and what they rest on."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, sheets.OPTIONS) as book:
        _fill(book.add_worksheet(_("Tiga faktor")), sheets.Styles(book), ground)
    return buffer.getvalue()


def _fill(sheet: Any, styles: sheets.Styles, ground: Ground) -> None:
    region = ground.picture.region
    texts = [(_("Kode wilayah"), 15), (_("Wilayah"), 28), (_("Keseluruhan"), 18)]
    texts += [(str(name), 18) for name in NAMES.values()] + [(str(name), 14) for name in CHECKS.values()]
    figures = [_("Desa"), _("Desa terlihat"), _("Desa 3G atau lebih"), _("Desa berpeserta"), _("Terdaftar")]
    figures += [_("Mulai belajar"), _("Selesai")]
    columns = [*texts, *((name, 12) for name in figures)]
    title = _("Tiga faktor: {region}").format(region=region.full_name if region else _("Indonesia"))
    first = sheets.head(sheet, styles, title, _note(ground), columns)
    for row, line in enumerate(lines(ground), first):
        _row(sheet, row, line)
    sheet.autofilter(first - 1, 0, max(first, first + len(ground.picture.rows) - 1), len(columns) - 1)


def _note(ground: Ground) -> str:
    as_of = ground.picture.as_of
    return _("Keadaan {when}. Satu faktor yang belum ada membuat keseluruhannya belum terpenuhi.").format(
        when=sheets.moment(as_of) if as_of else "–"
    )


def _row(sheet: Any, row: int, line: Line) -> None:
    sheet.write_string(row, 0, line.region.code)
    sheet.write_string(row, 1, line.region.title)
    if line.told is None:
        sheet.write_string(row, 2, _("tidak ditampilkan: kelompok kecil"))
        return
    factors = line.factors
    words = [line.told.word, *(card.word for card in line.told.cards)]
    words += [_("ada") if there else _("belum") for _key, there in checks(factors.support.standing)]
    for column, word in enumerate(words, 2):
        sheet.write_string(row, column, word)
    network, counts = factors.network, factors.participation.counts
    figures = (network.villages, network.seen, network.connected, counts.villages)
    for column, figure in enumerate((*figures, counts.people, counts.started, counts.finished), 2 + len(words)):
        sheet.write_number(row, column, figure)
