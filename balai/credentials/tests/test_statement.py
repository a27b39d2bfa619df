"""The compact signed statement: nothing in it can be changed unseen, and it fits a small QR."""

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from balai.credentials import qr, statement
from balai.credentials.statement import Statement, Unreadable

from .conftest import OTHERS, OURS, SAID, saying

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
days = st.integers(0, 65_535)
statements = st.builds(
    Statement,
    number=texts,
    name=texts,
    place=texts,
    course=texts,
    kind=texts,
    hours=st.integers(0, 10_000),
    started=days,
    finished=days,
    issued=days,
    score=st.integers(-1, 1000),
    demo=st.booleans(),
    expires=st.one_of(st.just(0), days),
)


@given(statements)
def test_what_was_written_is_read(said):
    signed = statement.read(OURS.write(said))
    assert (signed.statement, signed.key_id) == (said, statement.key_id(OURS.public))
    assert (signed.fits(OURS.public), signed.fits(OTHERS.public)) == (True, False)


def fits(text: str) -> bool:
    try:
        signed = statement.read(text)
    except Unreadable:
        return False
    return signed.fits(OURS.public) and signed.key_id == statement.key_id(OURS.public)


@given(st.data())
def test_no_flipped_bit_passes(data):
    raw = bytearray(statement._bytes(OURS.write(SAID)))
    place = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[place // 8] ^= 1 << place % 8
    assert not fits(statement._text(bytes(raw)))


@given(st.data())
def test_no_other_sign_passes(data):
    text = OURS.write(SAID)
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    other = text[:place] + sign + text[place + 1 :]
    assert fits(other) == (other == text)


@given(st.data())
def test_no_cut_text_passes(data):
    text = OURS.write(SAID)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fits(text[start:end]) == (text[start:end] == text)


@pytest.mark.parametrize(
    "pasted",
    [
        "{text}",
        "HTTPS://BALAI.EXAMPLE/V/{text}",
        "https://balai.example/v/{lower}",
        "  Periksa di sini: https://balai.example/v/{text}\n",
        "https://balai.example/v/{text}?utm=x",
    ],
)
def test_a_statement_is_found_however_it_was_pasted(pasted):
    text = OURS.write(SAID)
    assert statement.find(pasted.format(text=text, lower=text.lower())) == text


def test_line_breaks_of_a_chat_do_not_matter():
    text = OURS.write(SAID)
    broken = "\n".join(text[start : start + 40] for start in range(0, len(text), 40))
    assert statement.find(f"https://balai.example/v/{broken}") == text


@pytest.mark.parametrize("text", ["", "0123/BALAI/XI/2026", "/v/", "A" * 99, "https://balai.example/v/0189"])
def test_what_is_no_statement_is_not_found(text):
    assert statement.find(text) is None or not fits(statement.find(text))


def test_the_usual_qr_is_read_from_30_mm():
    """65 modules of 0.46 mm: what a cheap phone reads from a photocopy."""
    link = qr.link("https://belajar.kemendagri.go.id", OURS.write(SAID))
    code = segno.make_qr(link, error="m", boost_error=False)
    assert (code.mode, code.symbol_size(border=0)[0] <= 65) == ("alphanumeric", True)
    drawing, width = qr.draw(link)
    assert (drawing.startswith("<svg"), round(width, 2)) == (True, 31.74)


def test_the_longest_words_still_fit_a_qr_that_is_printed_larger():
    longest = saying(name="N" * 120, place="P" * 200, course="C" * 120)
    drawing, width = qr.draw(qr.link("https://belajar.kemendagri.go.id", OURS.write(longest)))
    assert (drawing.startswith("<svg"), 40 < width < 50) == (True, True)
