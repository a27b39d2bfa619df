"""The catalogue of refusals as a page and as ``docs/problems.md``."""

from dataclasses import dataclass
from importlib import import_module
from string import Formatter

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

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
    _load_every_room()
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
list is written by `balai docs problems` from the code: change the `problems.py` of a room, then run it again.
"""


def _load_every_room() -> None:
    for app in apps.get_app_configs():
        if app.module is not None and app.name.startswith("balai.") and module_has_submodule(app.module, "problems"):
            import_module(f"{app.name}.problems")


def _described(problem: Problem) -> Described:
    texts = [_with_gaps(str(text)) for text in (problem.title, problem.safe, problem.cure)]
    return Described(problem.code, problem.status, *texts)


def _with_gaps(text: str) -> str:
    """``Berkas {size} terlalu besar`` as ``Berkas … terlalu besar``."""
    pieces = [literal + ("…" if field is not None else "") for literal, field, _s, _c in Formatter().parse(text)]
    return "".join(pieces)
