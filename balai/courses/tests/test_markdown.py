"""Markdown to safe HTML: boxes, figures, tables, links."""

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.courses import markdown
from balai.courses.faults import Fault, Faults
from balai.courses.markdown import Shown, Text


class Shelf:
    """A folder with one picture and one lesson."""

    def picture(self, path: str) -> Shown | None:
        return Shown("/berkas/x.svg", 40, 20) if path == "gambar/x.svg" else None

    def page(self, path: str) -> str | None:
        return "lain" if path == "materi/02-lain.md" else None


def render(body: str, line: int = 1) -> tuple[str, list[Fault]]:
    faults = Faults()
    html = markdown.render(Text("materi/01-ini.md", line, body), Shelf(), faults)
    return html, faults.sorted()


def test_a_box_to_try_hides_its_answer() -> None:
    html, faults = render("> **Coba dulu.** Berapa 2 + 2?\n>\n> Jawaban:\n>\n> Empat.\n>\n> - ya\n")
    assert (html, faults) == (
        '<aside class="box box-try"><p class="box-title">Coba dulu</p><p>Berapa 2 + 2?</p>\n'
        "<details><summary>Lihat jawaban</summary><p>Empat.</p>\n<ul>\n<li>ya</li>\n</ul>\n</details></aside>",
        [],
    )


def test_the_answer_may_follow_without_empty_lines() -> None:
    html, _faults = render("> **Coba dulu.**\n> Berapa *2* + 2?\n> Jawaban:\n> Empat.\n")
    assert html == (
        '<aside class="box box-try"><p class="box-title">Coba dulu</p><p>Berapa <em>2</em> + 2?</p>\n'
        "<details><summary>Lihat jawaban</summary><p>Empat.</p>\n</details></aside>"
    )


@pytest.mark.parametrize(("name", "kind"), [("Ingat", "note"), ("Hati-hati", "warning")])
def test_notes_and_warnings(name: str, kind: str) -> None:
    html, _faults = render(f"> **{name}.** Kunci layar.\n")
    assert html == f'<aside class="box box-{kind}"><p class="box-title">{name}</p><p>Kunci layar.</p>\n</aside>'


def test_other_quotes_stay_quotes() -> None:
    assert render("> Kata orang.\n")[0] == "<blockquote>\n<p>Kata orang.</p>\n</blockquote>\n"
    assert render("> **Penting.** Ya.\n")[0] == "<blockquote>\n<p><strong>Penting.</strong> Ya.</p>\n</blockquote>\n"


def test_a_picture_alone_is_a_figure_and_only_the_first_is_loaded_at_once() -> None:
    html, faults = render('![Satu](../gambar/x.svg "Ket <b>")\n\n![Dua](../gambar/x.svg)\n')
    assert (html, faults) == (
        '<figure class="figure"><img src="/berkas/x.svg" alt="Satu" width="40" height="20" decoding="async">'
        "<figcaption>Ket &lt;b&gt;</figcaption></figure>\n"
        '<figure class="figure"><img src="/berkas/x.svg" alt="Dua" width="40" height="20" decoding="async" '
        'loading="lazy"></figure>\n',
        [],
    )


def test_a_table_names_each_cell_for_phones() -> None:
    html, _faults = render("| Nama | Jumlah |\n|---|--:|\n| Desa | 12 |\n")
    assert html.replace("\n", "") == (
        '<div class="table-wrap" tabindex="0" role="region" aria-label="Tabel 1"><table class="table narrow">'
        '<thead><tr><th scope="col">Nama</th><th scope="col" class="number">Jumlah</th></tr></thead>'
        '<tbody><tr><td data-label="Nama">Desa</td><td data-label="Jumlah" class="number">12</td></tr></tbody>'
        "</table></div>"
    )


def test_no_two_tables_of_a_text_are_called_alike() -> None:
    html, _faults = render("| A |\n|---|\n| 1 |\n\nLalu\n\n| A |\n|---|\n| 2 |\n")
    assert re.findall('aria-label="([^"]*)"', html) == ["Tabel 1", "Tabel 2"]


@pytest.mark.parametrize(
    ("head", "row", "shape"),
    [
        ("Aturan | Tentang", "UU 6/2014 dan perubahannya | pokok-pokok aturan tentang desa, satu kalimat", "narrow"),
        ("Tgl | Uraian | Masuk | Keluar | Saldo", "17 | Pembelian printer kantor | 4.000 | 0 | 107.560", "narrow"),
        ("Apa | Mengapa | Lalu", "Kuitansi kosong | Membuka jalan belanja rekaan | Tolak, tanpa kecuali", "stack"),
        ("Semula | Menjadi | Selisih | Alasan", "1.400.000.000 | 1.392.000.000 | 8.000.000 | turun", "stack"),
        ("Satu | Dua", f"{'m' * 30} | {'m' * 30}", "stack"),
    ],
)
def test_a_table_stays_a_table_where_a_phone_has_room_for_it(head: str, row: str, shape: str) -> None:
    html, _faults = render(f"| {head} |\n|{'---|' * head.count('|')}---|\n| {row} |\n")
    assert f'<table class="table {shape}">' in html


def test_headings_stay_below_the_title_of_the_page() -> None:
    assert render("# Satu\n\n###### Enam\n")[0] == "<h2>Satu</h2>\n<h4>Enam</h4>\n"


def test_links_to_lessons_and_to_the_world() -> None:
    html, faults = render("[lain](02-lain.md), [situs](https://contoh.id/a?b=1&c)")
    assert (html, faults) == (
        '<p><a href="lain">lain</a>, <a href="https://contoh.id/a?b=1&amp;c" rel="noopener noreferrer">situs</a></p>\n',
        [],
    )


def test_what_points_nowhere_is_noted_with_its_line() -> None:
    body = "Satu.\n\nDua\n[a](hilang.md)\n![b](../gambar/hilang.svg)\n\n> [c](//jahat.id/x)\n\n![](../gambar/x.svg)\n"
    _html, faults = render(body, line=6)
    assert [(fault.path, fault.line) for fault in faults] == [
        ("materi/01-ini.md", 9),
        ("materi/01-ini.md", 10),
        ("materi/01-ini.md", 12),
        ("materi/01-ini.md", 14),
    ]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&#58;alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "![a](javascript:alert(1))",
        '![a](../gambar/x.svg "x\\" onload=\\"alert(1)")',
        "<iframe src=//jahat.id></iframe>",
        "> **Coba dulu.** <b onclick=x>\n",
        "| <svg onload=alert(1)> |\n|---|\n| x |\n",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_in_a_text_can_run(attack: str) -> None:
    html, _faults = render(attack)
    tags = _tags(html)
    assert {tag for tag, _attributes in tags} <= markdown._TAGS
    assert {(tag, name) for tag, attributes in tags for name in attributes} <= {
        (tag, name) for tag, names in markdown._ATTRIBUTES.items() for name in names
    }
    addresses = [value for _tag, attributes in tags for name, value in attributes.items() if name in {"href", "src"}]
    assert [address for address in addresses if ":" in address] == []


def _tags(html: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

    Parser().feed(html)
    return found


@given(st.text(alphabet="*_#>-|![]()`\n\t <&;:/abJawaban.Coba dulu\"'\\0123456789", max_size=200))
def test_any_text_renders_to_clean_html(body: str) -> None:
    html, _faults = render(body)
    again = nh3.clean(
        html, tags=markdown._TAGS, attributes=markdown._ATTRIBUTES, url_schemes=markdown._SCHEMES, link_rel=None
    )
    assert again == html


def test_words_are_counted_without_the_markup() -> None:
    assert markdown.words("<p>Satu <b>dua</b> tiga</p>") == 3
