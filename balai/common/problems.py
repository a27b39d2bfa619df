"""The numbered catalogue of refusals, one for pages, programs and the command line.

Every refusal says what happened, what is safe and what to do. A room keeps its own problems in its
``problems.py``; making a ``Problem`` enters it in the catalogue.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

CATALOGUE: dict[str, "Problem"] = {}


@dataclass(frozen=True)
class Problem:
    """One kind of refusal.

    ``code`` is "B" and four digits and never changes its meaning; ``status`` is the HTTP status; the texts
    may hold ``{named}`` places that a ``Refusal`` fills.
    """

    code: str
    status: int
    title: Text
    safe: Text
    cure: Text

    def __post_init__(self) -> None:
        if self.code in CATALOGUE:
            raise ValueError(f"{self.code} stands twice in the catalogue of problems")
        CATALOGUE[self.code] = self


class Refusal(Exception):
    """What is asked for is refused, for a catalogued reason."""

    def __init__(self, problem: Problem, **facts: Any) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.facts = facts

    @property
    def title(self) -> str:
        """What happened, one sentence."""
        return self._fill(self.problem.title)

    @property
    def safe(self) -> str:
        """What was kept or left untouched, one sentence."""
        return self._fill(self.problem.safe)

    @property
    def cure(self) -> str:
        """What to do, one or two sentences."""
        return self._fill(self.problem.cure)

    def __str__(self) -> str:
        return f"{self.problem.code}: {self.title} {self.safe} {self.cure}"

    def as_dict(self) -> dict[str, str]:
        """``{code, title, safe, cure}`` for JSON answers."""
        return {"code": self.problem.code, "title": self.title, "safe": self.safe, "cure": self.cure}

    def _fill(self, text: Text) -> str:
        return str(text).format(**self.facts)


NOT_FOUND = Problem(
    "B1101",
    404,
    _("Halaman ini tidak ada, atau bukan untuk akun Anda."),
    _("Tidak ada yang berubah."),
    _("Periksa alamatnya, atau kembali ke beranda."),
)
NOT_ALLOWED = Problem(
    "B1102",
    403,
    _("Akun Anda tidak punya hak untuk ini."),
    _("Tidak ada yang berubah."),
    _("Minta koordinator wilayah Anda memberi hak akses, atau masuk dengan akun lain."),
)
FOREIGN_ORIGIN = Problem(
    "B1103",
    403,
    _("Formulir ini dikirim dari situs lain."),
    _("Tidak ada yang disimpan."),
    _("Buka halaman Balai lalu isi formulirnya di sana."),
)
TOO_LARGE = Problem(
    "B1104",
    413,
    _("Berkas {size} terlalu besar; batasnya {limit}."),
    _("Tidak ada yang disimpan."),
    _("Bagi berkas menjadi beberapa bagian, lalu kirim satu per satu."),
)
BROKEN = Problem(
    "B1105",
    500,
    _("Ada kesalahan di server Balai."),
    _("Yang sudah tersimpan tetap aman."),
    _("Coba lagi sebentar lagi. Bila berulang, sampaikan kode {reference} kepada pengelola."),
)
