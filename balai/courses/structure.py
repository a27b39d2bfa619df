"""The order of study as an author changes it by buttons: only the ``modul`` of ``pelatihan.md`` is written anew."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from . import frontmatter
from .faults import Faults
from .source import COURSE_FILE, Source

_PLAIN = re.compile(r"[^\W\d_][\w ,()/.–-]*", re.UNICODE)
#: What YAML takes for something else than text.
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}


@dataclass(frozen=True)
class UnitPlan:
    """A unit as it is written: its title and the paths of its files, whether or not they are there."""

    title: str
    paths: tuple[str, ...]


Plan = tuple[UnitPlan, ...]


def read(source: Source) -> Plan:
    """What stands under ``modul``, as far as it can be understood."""
    found = frontmatter.read(COURSE_FILE, source.text(COURSE_FILE), Faults()).values.get("modul")
    units = found if isinstance(found, list) else []
    return tuple(_unit(unit) for unit in units if isinstance(unit, dict))


def _unit(unit: dict[Any, Any]) -> UnitPlan:
    paths = unit.get("isi")
    listed = paths if isinstance(paths, list) else []
    return UnitPlan(str(unit.get("judul") or ""), tuple(path for path in listed if isinstance(path, str)))


def written(text: str, units: Plan) -> str:
    """``text`` of ``pelatihan.md`` with ``units`` as its order of study; every other line stays as it is."""
    lines = [f"  - judul: {quoted(unit.title)}\n    isi: {_paths(unit.paths)}" for unit in units]
    return with_value(text, "modul", "\n" + "\n".join(lines) if lines else " []")


def _paths(paths: tuple[str, ...]) -> str:
    return "".join(f"\n      - {quoted(path)}" for path in paths) or "[]"


def quoted(text: str) -> str:
    """``text`` as YAML that means just this text."""
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.casefold() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def with_value(text: str, key: str, value: str) -> str:
    """``text`` with ``key: value`` in its head, in place of what stood under ``key``; else as the last line."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        return text
    start = next((n for n in range(1, end) if lines[n].startswith(f"{key}:")), end)
    stop = start
    if start < end:
        stop = start + 1
        while stop < end and (not lines[stop].strip() or lines[stop][0] in " \t-]}"):
            stop += 1
    return "\n".join([*lines[:start], *f"{key}:{_spaced(value)}".split("\n"), *lines[stop:]])


def _spaced(value: str) -> str:
    return value if value.startswith(("\n", " ")) else f" {value}"


def moved(units: Plan, path: str, step: int) -> Plan:
    """``path`` one place up (-1) or down (1), over the edge of its unit into the next one."""
    place = next((n for n, unit in enumerate(units) if path in unit.paths), None)
    if place is None:
        return units
    paths = list(units[place].paths)
    here = paths.index(path)
    paths.pop(here)
    if 0 <= here + step <= len(paths):
        paths.insert(here + step, path)
        return _with(units, place, tuple(paths))
    target = place + step
    if not 0 <= target < len(units):
        return units
    other = units[target].paths
    entered = (*other, path) if step < 0 else (path, *other)
    return _with(_with(units, place, tuple(paths)), target, entered)


def unit_moved(units: Plan, place: int, step: int) -> Plan:
    """The unit at ``place`` one place up or down."""
    order = list(units)
    if 0 <= place < len(order) and 0 <= place + step < len(order):
        order.insert(place + step, order.pop(place))
    return tuple(order)


def without(units: Plan, path: str) -> Plan:
    """``path`` taken out of the order of study."""
    return tuple(replace(unit, paths=tuple(one for one in unit.paths if one != path)) for unit in units)


def added(units: Plan, place: int, path: str) -> Plan:
    """``path`` at the end of the unit at ``place``."""
    return _with(units, place, (*units[place].paths, path))


def _with(units: Plan, place: int, paths: tuple[str, ...]) -> Plan:
    return (*units[:place], replace(units[place], paths=paths), *units[place + 1 :])
