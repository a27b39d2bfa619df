"""A line of a few numbers, small enough for a cell of a table."""

from collections.abc import Sequence

#: The drawing, in its own units.
WIDTH, HEIGHT = 72, 20


def points(values: Sequence[int]) -> str:
    """The points of an SVG polyline, each against the greatest of ``values``; "" when all are nothing."""
    top = max(values, default=0)
    if not top or len(values) < 2:
        return ""
    step = WIDTH / (len(values) - 1)
    return " ".join(f"{n * step:.0f},{HEIGHT - 2 - value * (HEIGHT - 4) / top:.0f}" for n, value in enumerate(values))
