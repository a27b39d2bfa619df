"""The rules by which a course gives certificates, as its author wrote them under ``sertifikat``."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .frontmatter import Head

_KEY = "sertifikat"
TRAINING, COMPETENCY = KINDS = ("pelatihan", "kompetensi")
#: Longer than this is for good.
MAXIMUM_MONTHS = 120


@dataclass(frozen=True)
class CertificateRule:
    """``kind``: "pelatihan" (took part) or "kompetensi" (proved it); ``lessons`` in percent; ``test``: its path.

    ``months``: how long it is valid; 0 for good.
    """

    kind: str
    lessons: int
    test: str | None
    months: int = 0


def read(head: Head, tests: Collection[str]) -> tuple[CertificateRule, ...]:
    """One rule (a mapping) or a list of them, a kind at most once; ``tests``: paths in the order of study."""
    written = head.values.get(_KEY)
    if written is None:
        return ()
    if isinstance(written, dict):
        return (_rule(head.inside(_KEY, written), tests),)
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        head.fault(_KEY, _("“sertifikat” harus berisi jenis, materi, dan tes."))
        return ()
    rules = tuple(_listed(head, written, tests))
    if len({rule.kind for rule in rules}) < len(rules):
        head.fault(_KEY, _("Satu jenis sertifikat hanya boleh punya satu aturan."))
    return rules


def _listed(head: Head, written: list[dict[str, Any]], tests: Collection[str]) -> Iterator[CertificateRule]:
    for number, one in enumerate(written):
        yield _rule(head.inside(f"{_KEY}[{number}]", one), tests)


def _rule(inner: Head, tests: Collection[str]) -> CertificateRule:
    """Whoever passes the test has proved it, so a *sertifikat kompetensi* asks for no lessons unless it says so."""
    inner.known("jenis", "materi", "tes", "berlaku")
    kind = inner.choice("jenis", KINDS)
    test = inner.text("tes", required=kind == COMPETENCY) or None
    if test and test not in tests:
        inner.fault("tes", _("Tes {path} tidak tercantum di “modul”.").format(path=test))
    lessons = inner.number("materi", 0, 100, 0 if kind == COMPETENCY else 100)
    months = inner.number("berlaku", 1, MAXIMUM_MONTHS) if "berlaku" in inner.values else 0
    if not lessons and not test:
        inner.fault("materi", _("Sertifikat ini belum meminta apa-apa: isi “materi” atau “tes”."))
    return CertificateRule(kind, lessons, test, months)
