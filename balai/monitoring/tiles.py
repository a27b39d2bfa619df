"""The tile-grid map: a square for each region right below one, shaded by the share of its people who have started.

The 38 provinces lie about where they lie in the country; the parts of a province stand in the order of their codes.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .picture import Picture, Row

#: Column and row of each province, by code.
PROVINCES = {
    "11": (0, 0), "12": (1, 0), "13": (0, 1), "14": (1, 1), "15": (1, 2), "16": (1, 3), "17": (0, 2), "18": (1, 4),
    "19": (2, 3), "21": (2, 1), "31": (3, 4), "32": (3, 5), "33": (4, 5), "34": (4, 6), "35": (5, 5), "36": (2, 5),
    "51": (6, 5), "52": (7, 5), "53": (8, 5), "61": (4, 1), "62": (5, 1), "63": (5, 2), "64": (6, 1), "65": (6, 0),
    "71": (9, 0), "72": (8, 1), "73": (8, 3), "74": (9, 3), "75": (8, 0), "76": (8, 2), "81": (10, 2), "82": (10, 1),
    "91": (13, 1), "92": (12, 1), "93": (13, 3), "94": (12, 2), "95": (13, 2), "96": (11, 1),
}  # fmt: skip
#: How people shorten the names of provinces, by code.
SHORT = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel", "17": "Bengkulu",
    "18": "Lampung", "19": "Babel", "21": "Kepri", "31": "DKJ", "32": "Jabar", "33": "Jateng", "34": "DIY",
    "35": "Jatim", "36": "Banten", "51": "Bali", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng",
    "63": "Kalsel", "64": "Kaltim", "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra",
    "75": "Goront.", "76": "Sulbar", "81": "Maluku", "82": "Malut", "91": "Papua", "92": "P. Barat", "93": "P. Selatan",
    "94": "P. Tengah", "95": "P. Peg.", "96": "PBD",
}  # fmt: skip
#: How high a square is with the gap to the next; how wide one of a province's parts is, how many stand in a row.
_SIDE, _WIDE, _ROW = 46, 86, 4
_GAP, _LONGEST = 2, 16
#: The least share (percent) of each shade, and what its square in the legend says.
SHADES: tuple[tuple[str, str | Promise], ...] = (
    ("none", _("belum ada peserta")),
    ("s0", _("belum ada yang mulai")),
    ("s1", _("di bawah 25%")),
    ("s2", _("25–49%")),
    ("s3", _("50–74%")),
    ("s4", _("75% atau lebih")),
)


@dataclass(frozen=True)
class Tile:
    """One square: where it is (its corner and width, in units of the drawing), what it says, its shade."""

    row: Row
    x: int
    y: int
    width: int
    label: str
    shade: str
    percent: int | None

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Map:
    """``nation``: where things lie; else only a table of squares."""

    tiles: list[Tile]
    width: int
    height: int
    nation: bool

    @property
    def legend(self) -> list[tuple[str, str | Promise]]:
        used = {tile.shade for tile in self.tiles}
        return [(shade, words) for shade, words in SHADES if shade in used]


def drawn(picture: Picture) -> Map | None:
    """The map of the provinces of the nation, or of the parts of a province; nothing further down."""
    if not picture.rows or (picture.region and picture.region.level > 1):
        return None
    nation = picture.region is None
    side = _SIDE if nation else _WIDE
    tiles = [_tile(row, *_place(row, number, nation), side) for number, row in enumerate(picture.rows)]
    return Map(tiles, max(tile.x for tile in tiles) + side, max(tile.y for tile in tiles) + _SIDE, nation)


def _place(row: Row, number: int, nation: bool) -> tuple[int, int]:
    """Column and row. A province that is newer than the map stands below it."""
    if nation and row.region.code in PROVINCES:
        return PROVINCES[row.region.code]
    return number % _ROW, number // _ROW + (8 if nation else 0)


def _tile(row: Row, column: int, line: int, side: int) -> Tile:
    percent = None if row.hidden else _percent(row)
    return Tile(row, column * side, line * _SIDE, side - _GAP, _label(row), _shade(row, percent), percent)


def _label(row: Row) -> str:
    name = SHORT.get(row.region.code) or row.region.name
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _percent(row: Row) -> int | None:
    counts = row.counts
    return counts.started * 100 // counts.people if counts.people else None


def _shade(row: Row, percent: int | None) -> str:
    if percent is None:
        return "none"
    if not row.counts.started:
        return "s0"
    return f"s{1 + min(percent // 25, 3)}"
