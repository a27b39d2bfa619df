"""The head of a test file: what kind of test it is, and the rules that a version freezes.

::

    jenis: akhir
    lulus: 70
    acak: true
    kesempatan: 3
    menit: 30
    buka: 2026-11-01
    tutup: 2026-11-30 16.00
    kelompok:
      - {ambil: 3, soal: [masa-berlaku, jabatan, rkp, musdes]}
      - {ambil: 2, soal: [belanja, pendapatan, silpa]}
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from balai.common import formats
from balai.courses.frontmatter import Head

from .entries import TestKind
from .published import Pool, Rules

_KEYS = ("id", "judul", "jenis", "lulus", "jumlah", "acak", "kesempatan", "menit", "buka", "tutup", "kelompok")
_KINDS: dict[str, TestKind] = {
    "awal": "pretest",
    "latihan": "practice",
    "akhir": "posttest",
    "sertifikat": "certificate",
}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d{1,2})[.:](\d\d)(?::\d\d)?)?")
#: Written without an hour, a test closes with the last minute of its day.
_LAST_MINUTE = time(23, 59)


def kind(head: Head) -> TestKind:
    """The kind of test; keys that mean nothing here are noted."""
    head.known(*_KEYS)
    return _KINDS[head.choice("jenis", tuple(_KINDS))]


def rules(head: Head, kind: TestKind, slugs: Sequence[str]) -> Rules:
    """The rules of a test with the questions ``slugs``; what is wrong is noted."""
    measures = kind == "pretest"
    opens, closes = _moment(head, "buka", time(0)), _moment(head, "tutup", _LAST_MINUTE)
    if opens and closes and closes <= opens:
        head.fault("tutup", _("“tutup” harus sesudah “buka”."))
    found = Rules(
        passing=head.number("lulus", 0 if measures else 1, 100, 0 if measures else None),
        draw=_optional(head, "jumlah", 500),
        shuffle=head.choice("acak", (True, False), False),
        attempts=_optional(head, "kesempatan", 100) or (1 if measures else None),
        minutes=_optional(head, "menit", 600),
        pools=tuple(_pools(head, slugs)),
        opens=opens,
        closes=closes,
    )
    _check_amount(head, found, len(slugs))
    return found


def _optional(head: Head, key: str, limit: int) -> int | None:
    return head.number(key, 1, limit) if head.values.get(key) is not None else None


def _check_amount(head: Head, found: Rules, count: int) -> None:
    if found.draw and found.pools:
        head.fault("jumlah", _("Pakai “jumlah” atau “kelompok”, tidak keduanya."))
    elif count and found.draw and found.draw > count:
        text = _("“jumlah” meminta {draw} soal, tetapi baru ada {count}.")
        head.fault("jumlah", text.format(draw=found.draw, count=count))


def _moment(head: Head, key: str, default: time) -> datetime | None:
    """A day, or a day and an hour, in western Indonesian time."""
    value = head.values.get(key)
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        hour = time(int(found[2]), int(found[3])) if found[2] else default
        return datetime.combine(date.fromisoformat(found[1]), hour, formats.zone_of(""))
    except ValueError:
        text = _("“{key}” harus tanggal, dengan atau tanpa jam: 2026-11-30 atau 2026-11-30 16.00 (WIB).")
        head.fault(key, text.format(key=key))
        return None


def _pools(head: Head, slugs: Sequence[str]) -> Iterator[Pool]:
    """The groups of questions: every question stands in one."""
    groups = head.values.get("kelompok")
    if groups is None:
        return
    if not isinstance(groups, list) or not groups:
        head.fault("kelompok", _("“kelompok” harus daftar, masing-masing dengan “ambil” dan “soal”."))
        return
    used: set[str] = set()
    for number, group in enumerate(groups):
        place = f"kelompok[{number}]"
        members = group.get("soal") if isinstance(group, dict) else None
        draw = group.get("ambil") if isinstance(group, dict) else None
        if not isinstance(members, list) or not members or isinstance(draw, bool) or not isinstance(draw, int):
            head.fault(place, _("Kelompok ini perlu “ambil” (bilangan) dan “soal” (daftar nama soal)."))
            continue
        names = [str(name) for name in members]
        _check_members(head, place, names, slugs, used)
        used.update(names)
        if not 1 <= draw <= len(names):
            text = _("Kelompok ini mengambil {draw} soal, tetapi berisi {count}.")
            head.fault(place, text.format(draw=draw, count=len(names)))
        yield Pool(draw, tuple(names))
    left = [slug for slug in slugs if slug not in used]
    if left:
        head.fault("kelompok", _("Soal ini belum masuk kelompok mana pun: {names}.").format(names=", ".join(left)))


def _check_members(head: Head, place: str, names: Sequence[str], slugs: Sequence[str], used: set[str]) -> None:
    for name in names:
        if name not in slugs:
            head.fault(place, _("Soal “{name}” dalam kelompok ini tidak ada.").format(name=name))
        elif name in used or names.count(name) > 1:
            head.fault(place, _("Soal “{name}” sudah ada di kelompok lain.").format(name=name))
