"""The catalogue of refusals as a page and as ``docs/problems.md``."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

import balai
from balai.common.problems import CATALOGUE, Problem

#: First digits of a code to what the codes are about; the longest match counts.
TOPICS: dict[str, str | Promise] = {
    "B10": _("Catatan dan pengirimannya"),
    "B11": _("Halaman, formulir dan perintah"),
    "B20": _("Wilayah dan lembaga"),
    "B21": _("Orang dan impor"),
    "B22": _("Akun dan hak akses"),
    "B30": _("Pelatihan"),
    "B31": _("Program dan kepesertaan"),
    "B40": _("Tes"),
    "B50": _("Sertifikat"),
    "B60": _("Pemantauan"),
}

#: Modules that read what people type and hold their own problems.
_READERS = ("balai.common.nik", "balai.common.phone", "balai.people.spreadsheets.cells")


@dataclass(frozen=True)
class Described:
    """A problem as the list shows it: its texts with … where a refusal fills in a fact."""

    code: str
    status: int
    title: str
    safe: str
    cure: str


def problem_groups() -> list[tuple[str, list[Described]]]:
    """Topics in order of their codes, each with its problems; topics without a problem are left out."""
    _load_all()
    groups = []
    for prefix, topic in TOPICS.items():
        found = [_described(CATALOGUE[code]) for code in sorted(CATALOGUE) if code.startswith(prefix)]
        if found:
            groups.append((str(topic), found))
    return groups


def as_markdown() -> str:
    """The whole of ``docs/problems.md``, in Indonesian as people see it."""
    with override("id"):
        parts = [_HEAD]
        for topic, found in problem_groups():
            parts.append(f"\n## {topic}\n\n| kode | HTTP | apa yang terjadi | yang aman | yang perlu dilakukan |\n")
            parts.append("|---|---|---|---|---|\n")
            parts += [f"| {p.code} | {p.status} | {p.title} | {p.safe} | {p.cure} |\n" for p in found]
    return "".join(parts)


_HEAD = """# Refusals and their codes

Whatever Balai refuses, it refuses with one of these codes, on pages, in JSON and on the command line. This
list is written from the code: change the `problems.py` of a room, then run `make messages`.
"""


@cache
def _load_all() -> None:
    """Imports what makes problems: every module called ``problems``, and the readers."""
    for module in walk_packages(balai.__path__, "balai."):
        if module.name.endswith(".problems"):
            import_module(module.name)
    for name in _READERS:
        import_module(name)


def _described(problem: Problem) -> Described:
    texts = [_with_gaps(str(text)) for text in (problem.title, problem.safe, problem.cure)]
    return Described(problem.code, problem.status, *texts)


def _with_gaps(text: str) -> str:
    """``Berkas {size} terlalu besar`` as ``Berkas … terlalu besar``."""
    pieces = [literal + ("…" if field is not None else "") for literal, field, _s, _c in Formatter().parse(text)]
    return "".join(pieces).replace("….", "…")
