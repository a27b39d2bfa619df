"""Every kind of question from the author's file to the page of results."""

import html
import re
from datetime import UTC, datetime

import pytest

from balai.assessments import models
from balai.assessments.drafts import Draft
from balai.assessments.published import Key
from balai.assessments.publishing import keys_file, option_id
from balai.common import clock

from .conftest import KINDS, PRACTICE, SEALED, published, right
from .test_pages import begin, form, text

NOON = datetime(2026, 11, 3, 5, 2, tzinfo=UTC)
EIGHT, ONE, SIX = (option_id(words) for words in ("8 tahun", "1 tahun", "6 bulan"))
RPJM, RKP, APB = (option_id(words) for words in ("RPJM Desa", "RKP Desa", "APB Desa"))
PRESS, SWIPE, PIN = (option_id(words) for words in ("Tekan tombol daya", "Geser layar", "Masukkan *PIN*"))


@pytest.fixture
def browser(secretary, client_of):
    with clock.frozen(NOON):
        yield client_of(secretary)


def test_what_the_public_part_says(every_kind):
    found = {question.slug: question for question in every_kind.questions}
    shape = {
        slug: (found[slug].kind, {one.html for one in found[slug].options}, [one.html for one in found[slug].items])
        for slug in ("masa", "langkah", "biaya", "singkatan")
    }
    assert shape == {
        "masa": ("matching", {"8 tahun", "1 tahun", "6 bulan"}, ["RPJM Desa", "RKP Desa", "APB Desa"]),
        "langkah": ("ordering", {"Tekan tombol daya", "Geser layar", "Masukkan <em>PIN</em>"}, []),
        "biaya": ("number", set(), []),
        "singkatan": ("words", set(), []),
    }
    assert found["biaya"].unit == "rupiah"


def test_what_would_be_the_key_does_not_stand_in_the_authors_order(every_kind):
    for slug in ("masa", "langkah"):
        ids = [option.id for option in every_kind.by_slug[slug].options]
        assert ids == sorted(ids)


def test_the_keys(every_kind):
    keys = {slug: every_kind.keys[slug] for slug in ("masa", "langkah", "biaya", "singkatan", "sebab")}
    told = {slug: key.explanation for slug, key in keys.items()}
    assert keys == {
        "masa": Key("matching", (f"{RPJM}:{EIGHT}", f"{RKP}:{ONE}", f"{APB}:{ONE}"), explanation=told["masa"]),
        "langkah": Key("ordering", (f"{PRESS}:1", f"{SWIPE}:2", f"{PIN}:3"), explanation=told["langkah"]),
        "biaya": Key("number", ("1.730.000",), explanation=told["biaya"], tolerance="500", unit="rupiah"),
        "singkatan": Key("words", ("APB Desa",), explanation=told["singkatan"], also=("APBDes",)),
        "sebab": Key(
            "one",
            (option_id("Untuk menghemat baterai"),),
            tuple(sorted([option_id("Karena rusak"), option_id("Karena sinyal")])),
            told["sebab"],
            {option_id("Karena rusak"): "<p>Belum tepat: layar yang rusak tidak menyala lagi.</p>\n"},
        ),
    }


@pytest.mark.parametrize("secret", ["1.730.000", "APBDes", "tidak menyala lagi", f"{RPJM}:{EIGHT}"])
def test_sealed_keys_of_every_kind_are_in_no_page_and_no_payload(publish_course, browser, secret):
    head = SEALED.replace("jumlah: 3\n", "")
    version = publish_course(akhir=head + KINDS, latihan=PRACTICE + KINDS.replace("## ", "## lain-"))
    sealed = published(version, "akhir")
    row = models.Test.objects.get(pk=sealed.id)
    assert (row.keys, secret in f"{row.questions} {row.rules}") == (None, False)
    page = browser.get(begin(browser, sealed)).content.decode()
    assert secret not in page.replace(f'value="{RPJM}:{EIGHT}"', "")  # one of the twelve pairs that are offered
    assert secret in keys_file(sealed.keys).decode()


def test_the_paper_has_a_control_for_every_kind(browser, every_kind):
    page = browser.get(begin(browser, every_kind)).content.decode()
    selects = re.findall(r'<label for="([^"]+)">(.*?)</label><select id="([^"]+)" name="j\.(\w+)">', page)
    assert all(label == control for label, _text, control, _slug in selects)
    assert [(words, slug) for _label, words, _control, slug in selects][:3] == [
        ("RPJM Desa", "masa"),
        ("RKP Desa", "masa"),
        ("APB Desa", "masa"),
    ]
    assert len([slug for *_rest, slug in selects if slug == "langkah"]) == 3
    assert re.search(r'<input name="j\.biaya"[^>]* inputmode="decimal"> <span>rupiah</span>', page)
    assert re.search(r'<input name="j\.singkatan"[^>]*>', page)
    assert "css/questions" in page


def test_boxes_alone_need_no_more_style(browser, practice):
    assert "css/questions" not in browser.get(begin(browser, practice)).content.decode()


def test_answers_of_every_kind_are_kept_shown_again_and_marked(browser, every_kind):
    paper = begin(browser, every_kind)
    draft = Draft.objects.get()
    answers = right(every_kind, draft.pk) | {"biaya": ["Rp 1.730.400"], "singkatan": ["apbdes"]}
    browser.post(f"{paper}/jawaban", form(answers))
    assert {one.question: sorted(one.chosen) for one in draft.saved} == {
        slug: sorted(ids) for slug, ids in answers.items()
    }
    again = browser.get(paper).content.decode()
    assert again.count(" selected>") == 6
    assert 'value="Rp 1.730.400"' in again
    result = browser.post(f"{paper}/kiriman", form(answers, **answers), follow=True)
    assert "Nilai 100 dari 100." in text(result)


def test_a_list_left_open_is_no_answer(browser, every_kind):
    paper = begin(browser, every_kind)
    browser.post(f"{paper}/jawaban", form({"masa": ["", "", ""], "biaya": ["  "], "singkatan": [""]}))
    assert Draft.objects.get().saved == []


def test_a_list_put_back_is_taken_back(browser, every_kind):
    paper = begin(browser, every_kind)
    browser.post(f"{paper}/jawaban", form({"masa": [f"{RPJM}:{EIGHT}", "", ""]}))
    browser.post(f"{paper}/jawaban", form({"masa": ["", "", ""]}, masa=[f"{RPJM}:{EIGHT}"]))
    assert [one.chosen for one in Draft.objects.get().saved] == [[]]


@pytest.mark.parametrize(
    "answer",
    [
        {"masa": [f"{RPJM}:{RKP}"]},
        {"masa": [f"{EIGHT}:{EIGHT}"]},
        {"masa": [f"{RPJM}:{EIGHT}", f"{RPJM}:{ONE}"]},
        {"masa": [EIGHT]},
        {"langkah": [f"{PRESS}:4"]},
        {"langkah": [f"{PRESS}:0"]},
        {"langkah": [f"{EIGHT}:1"]},
        {"biaya": ["1", "2"]},
        {"singkatan": ["x" * 201]},
    ],
)
def test_what_is_not_offered_is_refused(browser, every_kind, answer):
    paper = begin(browser, every_kind)
    refused = browser.post(f"{paper}/jawaban", form(answer), headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["code"], Draft.objects.get().saved) == (422, "B4003", [])


def test_the_result_says_what_was_given_what_is_right_and_why(browser, every_kind):
    paper = begin(browser, every_kind)
    answers = {
        "masa": [f"{RPJM}:{EIGHT}", f"{RKP}:{SIX}"],
        "langkah": [f"{PRESS}:1", f"{PIN}:2", f"{SWIPE}:3"],
        "biaya": ["1730501"],
        "singkatan": ["RPJM & <b>lain</b>"],
        "sebab": [option_id("Karena rusak")],
    }
    page = browser.post(f"{paper}/kiriman", form(answers), follow=True)
    cards = [text_of(card) for card in re.findall(r'(?s)<section class="card".*?</section>', page.content.decode())][4:]
    assert cards == [
        "Soal 5: Sebagian benar Pasangkan dokumen dengan masa berlakunya. Jawaban Anda"
        " RPJM Desa → 8 tahun RKP Desa → 6 bulan"
        " Jawaban benar RPJM Desa → 8 tahun RKP Desa → 1 tahun APB Desa → 1 tahun Lihat Layar HP .",
        "Soal 6: Sebagian benar Urutkan langkah membuka HP: Jawaban Anda"
        " 1. Tekan tombol daya 2. Masukkan PIN 3. Geser layar"
        " Jawaban benar 1. Tekan tombol daya 2. Geser layar 3. Masukkan PIN Dari tombol ke PIN.",
        "Soal 7: Belum tepat Berapa belanja seluruhnya? Jawaban Anda 1730501 rupiah"
        " Jawaban benar 1.730.000 rupiah Boleh berselisih 500 rupiah. Jumlahkan tiap baris.",
        "Soal 8: Belum tepat Apa singkatan Anggaran Pendapatan dan Belanja Desa? Jawaban Anda RPJM & <b>lain</b>"
        " Jawaban benar APB Desa Juga diterima: APBDes. Permendagri 20/2018.",
        "Soal 9: Belum tepat Mengapa layar padam sendiri? Jawaban Anda Karena rusak"
        " Belum tepat: layar yang rusak tidak menyala lagi."
        " Jawaban benar Untuk menghemat baterai Layar padam menghemat baterai.",
    ]


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
