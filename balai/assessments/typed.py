"""What is typed: a number with its tolerance and unit, or a few words in any of their spellings."""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import amounts
from .amounts import Amount
from .published import Key, Question
from .question_kinds import FULL, Line, Misread, QuestionKind, Sides, Written, claims_all, register

#: The longest answer that is kept, in characters.
LONGEST = 200
_UNIT_LENGTH = 30
_NUMBER = re.compile(
    r"Jawaban angka: *(?P<number>[-+−]?[\d.,]*) *(?:(?:±|\+/-) *(?P<tolerance>[\d.,]*))? *(?P<unit>.*?) *$"
)
_WORDS = re.compile(r"Jawaban: *(?P<variants>.*?) *$")


def _only_line(lines: Sequence[Line]) -> Line:
    for line in lines[1:]:
        if line.text.strip():
            raise Misread(line.number, _("Sesudah baris “Jawaban” hanya boleh ada penjelasan, diawali “> ”."))
    return lines[0]


def _read_number(lines: Sequence[Line]) -> Written:
    line = _only_line(lines)
    found = _NUMBER.match(line.text)
    number, tolerance = (found["number"], found["tolerance"]) if found else ("", None)
    if not amounts.exact(number) or (tolerance is not None and not amounts.exact(tolerance)):
        text = _("Angka ini tidak dapat dibaca. Tulis misalnya “Jawaban angka: 1.250,5 ± 0,5 rupiah”.")
        raise Misread(line.number, text)
    unit = found["unit"] if found else ""
    if len(unit) > _UNIT_LENGTH or re.search(r"\d", unit):
        raise Misread(line.number, _("Sesudah angka hanya boleh ada satuannya, paling panjang 30 huruf."))
    return Written(accepted=(number,), tolerance=tolerance or "", unit=unit)


def _read_words(lines: Sequence[Line]) -> Written:
    line = _only_line(lines)
    found = _WORDS.match(line.text)
    variants = [one.strip() for one in (found["variants"] if found else "").split("|")]
    if not all(map(plain, variants)) or any(len(one) > LONGEST for one in variants):
        text = _("Jawaban ini kosong. Tulis misalnya “Jawaban: APB Desa | APBDes”.")
        raise Misread(line.number, text)
    return Written(accepted=tuple(dict.fromkeys(variants)))


def _sides(written: Written, options: Sequence[str], items: Sequence[str]) -> Sides:
    return written.accepted[:1], ()


def _fits(chosen: AbstractSet[str], question: Question) -> bool:
    return len(chosen) < 2 and all(len(one) <= LONGEST and one.isprintable() for one in chosen)


def mark_number(chosen: AbstractSet[str], key: Key) -> int:
    """All or nothing: within the tolerance, both ends included."""
    right = amounts.typed(key.right[0])
    given = amounts.typed(next(iter(chosen)), key.unit) if len(chosen) == 1 else None
    tolerance = amounts.typed(key.tolerance) or Amount(0, 0)
    return FULL if right and given and amounts.near(given, right, tolerance) else 0


def mark_words(chosen: AbstractSet[str], key: Key) -> int:
    """All or nothing: one of the variants, whatever its case, blanks, accents and punctuation."""
    given = plain(next(iter(chosen))) if len(chosen) == 1 else ""
    return FULL if given and given in {plain(one) for one in (*key.right, *key.also)} else 0


def plain(text: str) -> str:
    """The letters and digits of ``text``, small and without accents."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in letters if unicodedata.category(one)[0] in "LN")


register(
    QuestionKind(
        name="number",
        starts=re.compile(r"Jawaban angka:"),
        claims=claims_all,
        read=_read_number,
        sides=_sides,
        fits=_fits,
        mark=mark_number,
        shuffle="never",
        instruction=gettext_lazy("Tulis dengan angka, misalnya 12,5 atau 1.250.000"),
        control="number",
    )
)
register(
    QuestionKind(
        name="words",
        starts=re.compile(r"Jawaban:"),
        claims=claims_all,
        read=_read_words,
        sides=_sides,
        fits=_fits,
        mark=mark_words,
        shuffle="never",
        instruction=gettext_lazy("Tulis jawaban singkat; huruf besar dan kecil sama saja"),
        control="text",
    )
)
