"""Paper: whatever people type, it is set."""

import pytest

from balai.common import typesetting

TEMPLATE = """
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set text(font: "Libertinus Serif", lang: "id")
= #said.title
#for (name, count) in said.rows { par(name + str(count)) }
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


@pytest.mark.parametrize("sign", ["😀", "\x01", "\U000f0000", "漢", "\ud800", "\t", "\n", "\u200b", "a\u0323"])
def test_no_sign_breaks_a_paper_that_keeps_a_standard(sign, template):
    said = {"title": f"Catatan {sign}", "rows": [[f"Baris {sign}", 1], ("Baris", 2)]}
    assert typesetting.pdf(template, said, standards=("ua-1",)).startswith(b"%PDF-")


def test_every_sign_that_is_let_through_keeps_the_standard(template):
    signs = "".join(f"{sign} " for sign in map(chr, range(0x20, 0x3000)) if typesetting.drawable(sign) == sign)
    assert typesetting.pdf(template, {"title": "Semua", "rows": [[signs, 1]]}, standards=("ua-1",))


def test_what_cannot_be_drawn_becomes_a_question_mark():
    assert typesetting.drawable("Bu Sri 😀 \u202eé–“”\x01") == "Bu Sri ? ?é–“”?"
