"""The head of a text file: YAML between two lines of three dashes, every value with the line it stands on."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .faults import Faults

_FENCE = "---"
_LIMIT = 64 * 1024


@dataclass
class Head:
    """``values`` by key; ``lines`` says where each stands; ``body`` is the text after, from ``body_line``."""

    path: str
    values: dict[str, Any]
    lines: dict[str, int]
    body: str
    body_line: int
    faults: Faults = field(repr=False)

    def line(self, key: str) -> int:
        return self.lines.get(key, 1)

    def inside(self, key: str, values: dict[str, Any]) -> "Head":
        """The mapping that stands under ``key``, with its own lines."""
        lines = {name.removeprefix(f"{key}."): line for name, line in self.lines.items() if name.startswith(f"{key}.")}
        return Head(self.path, values, lines, "", self.line(key), self.faults)

    def fault(self, key: str, text: object) -> None:
        """Note a fault at the line of ``key``."""
        self.faults.add(self.path, self.line(key), text)

    def text(self, key: str, limit: int = 200, required: bool = True) -> str:
        """A line of text; "" when it is missing or not text, which is noted."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            if required or value is not None:
                self.fault(key, _("“{key}” belum diisi dengan tulisan.").format(key=key))
            return ""
        clean = " ".join(str(value).split())
        if len(clean) > limit:
            text = _("“{key}” terlalu panjang: {length} huruf, batasnya {limit}.")
            self.fault(key, text.format(key=key, length=len(clean), limit=limit))
        return clean[:limit]

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``; noted and ``low`` when it is not."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            text = _("“{key}” harus bilangan bulat dari {low} sampai {high}.")
            self.fault(key, text.format(key=key, low=low, high=high))
            return low
        return value

    def choice(self, key: str, options: tuple[Any, ...], default: Any = None) -> Any:
        """One of ``options``; noted and the first when it is not."""
        value = self.values.get(key, default)
        if value not in options:
            names = ", ".join(_shown(option) for option in options)
            self.fault(key, _("“{key}” harus salah satu dari: {names}.").format(key=key, names=names))
            return options[0]
        return value

    def known(self, *keys: str) -> None:
        """Note every key that has no meaning here: most are typing errors."""
        for key in self.values:
            if key not in keys:
                self.fault(key, _("“{key}” tidak dikenal di sini.").format(key=key))


def _shown(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def read(path: str, text: str, faults: Faults) -> Head:
    """Split ``text`` into head and body. What is wrong is noted in ``faults``; the rest is still read."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        faults.add(path, 1, _("Berkas harus dimulai dengan baris --- lalu keterangannya."))
        return Head(path, {}, {}, text, 1, faults)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        faults.add(path, 1, _("Baris --- penutup keterangan tidak ditemukan."))
        return Head(path, {}, {}, "", len(lines), faults)
    values, places = _parse(path, "\n".join(lines[1:end]), faults)
    return Head(path, values, places, "\n".join(lines[end + 1 :]), end + 2, faults)


def _parse(path: str, text: str, faults: Faults) -> tuple[dict[str, Any], dict[str, int]]:
    from . import plain_yaml  # a process that only serves pages never loads it

    try:
        if len(text) > _LIMIT:
            raise plain_yaml.Unreadable(None)
        values, places = plain_yaml.read(text)
    except plain_yaml.Unreadable as error:
        line = 2 if error.line is None else error.line + 2
        faults.add(path, line, _("Keterangan tidak dapat dibaca; periksa titik dua, tanda hubung, dan lekukannya."))
        return {}, {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        faults.add(path, 2, _("Keterangan harus berupa baris “nama: nilai”."))
        return {}, {}
    return values, {name: line + 2 for name, line in places.items()}
