"""What an inspection learns of one sheet without opening it: how far its cells reach, where formulas stand."""

from dataclasses import dataclass, field

from balai.common.problems import Refusal

from . import limits, problems

_WIDEST = 1 << 14
Range = tuple[int, int, int, int]


@dataclass
class Extent:
    """The outermost filled cell of a sheet (counted from 1) and the places of its formulas.

    ``merged``: ranges of merged cells by their first row and column; first row, first column, last row, last column,
    from 0.
    """

    rows: int = 0
    columns: int = 0
    merged: dict[tuple[int, int], Range] = field(default_factory=dict)
    _formulas: set[int] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """There is a filled cell at ``row``, ``column`` (from 1). Raises ``Refusal`` when that is too far out."""
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            if self.rows > limits.ROWS or self.columns > limits.COLUMNS or self.rows * self.columns > limits.CELLS:
                raise Refusal(problems.TOO_MANY_CELLS, rows=self.rows, columns=self.columns)

    def add_formula(self, row: int, column: int) -> None:
        """The cell at ``row``, ``column`` (from 1) is computed."""
        self.reach(row, column)
        self._formulas.add(row * _WIDEST + column)

    def add_merged(self, range: Range) -> None:
        """These cells are one. Raises ``Refusal`` when there are more of them than rows."""
        self.merged[range[:2]] = range
        if len(self.merged) > limits.ROWS:
            raise Refusal(problems.TOO_MANY_CELLS, rows=self.rows, columns=self.columns)

    def is_formula(self, row: int, column: int) -> bool:
        return row * _WIDEST + column in self._formulas
