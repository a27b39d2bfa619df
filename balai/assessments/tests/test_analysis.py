"""Item analysis: the indices, what was chosen, who sees it, and that looking again costs little."""

import re
import statistics
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st
from python_calamine import load_workbook

from balai.assessments import recounting, sitting
from balai.assessments.analysis import Count, Figures
from balai.assessments.models import Analysis
from balai.assessments.publishing import option_id
from balai.assessments.remarks import remarks
from balai.common import clock
from balai.common.ids import uuid7
from balai.courses.drafts import import_draft
from balai.courses.publishing import publish
from balai.log.record import record
from balai.people.identities.entries import PersonMerged
from conftest import new_person

from .conftest import KINDS, SEALED, published, right, source, wrong
from .test_gain import take
from .test_pages import text

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
SLUGS = ["a", "b", "c", "d"]


def counted(papers):
    count = Count(SLUGS)
    for marks in papers:
        count.add(marks, {})
    return {one.slug: one for one in count.figures}


PAPERS = st.lists(st.fixed_dictionaries({slug: st.sampled_from([0, 333, 500, 1000]) for slug in SLUGS}), max_size=30)


@given(PAPERS)
def test_the_indices_are_those_of_the_textbook(papers):
    assume(len(papers) > 1)
    found = counted(papers)
    for slug in SLUGS:
        marks = [paper[slug] for paper in papers]
        rest = [(sum(paper.values()) - paper[slug]) * 1000 // 3 for paper in papers]
        assert found[slug].facility == sum(marks) // len(marks)
        if found[slug].discrimination is None:
            assert len(set(marks)) == 1 or len(set(rest)) == 1
        else:
            assert abs(found[slug].discrimination - 1000 * statistics.correlation(marks, rest)) <= 1


@given(PAPERS, st.randoms())
def test_they_do_not_depend_on_the_order_of_attempts(papers, chance):
    shuffled = chance.sample(papers, len(papers))
    assert counted(shuffled) == counted(papers)


def test_nobody_gives_no_figures():
    assert counted([])["a"] == Figures("a", 0, None, None, 0, {})


def test_a_question_on_some_papers_counts_those_who_had_it():
    found = counted([{"a": 1000, "b": 0}, {"a": 0, "c": 1000}])
    assert [(found[slug].people, found[slug].facility) for slug in SLUGS] == [(2, 500), (1, 0), (1, 1000), (0, None)]


@pytest.mark.parametrize(
    ("facility", "discrimination", "words"),
    [
        (500, 300, []),
        (500, -1, []),
        (500, -49, []),
        (500, -50, ["Terbalik"]),
        (199, None, ["Terlalu sukar"]),
        (951, 0, ["Terlalu mudah"]),
    ],
)
def test_what_is_remarked(facility, discrimination, words):
    found = remarks(Figures("a", 40, facility, discrimination, 0, {}))
    assert [str(one.word) for one in found] == words


@pytest.fixture
def sitters(db):
    """Twelve people."""
    return [new_person(f"Peserta {number}", "18.02.07.2009") for number in range(12)]


def test_a_reversed_question_stands_out(sitters, author, client_of, publish_course):
    """Who knows the others misses it: its key is wrong."""
    test = published(publish_course(akhir=SEALED.replace("jumlah: 3\n", "") + ALIKE), "akhir")
    for number, person in enumerate(sitters):
        draft = sitting.start(person, test, NOON)
        good, bad = right(test, draft.pk), wrong(test, draft.pk)
        able = number % 2
        answers = {slug: good[slug] if able ^ (slug == "terbalik") else bad[slug] for slug in good}
        sitting.submit(person, draft.pk, lambda _draft, answers=answers: answers, NOON)
    figures = {one.slug: one for one in recounting.of(test).figures}
    told = {slug: one.discrimination for slug, one in figures.items()}
    assert told == dict.fromkeys(good, 1000) | {"terbalik": -1000}
    assert figures["terbalik"].chosen == {option_id("U"): 6, option_id("V"): 6}
    page = client_of(author).get(f"/tes/{test.id}/analisis").content.decode()
    assert page.count('<tr class="refused">') == 1
    assert "Baru sedikit orang." in page


ALIKE = "".join(f"\n## {slug}\nTanya {slug}?\n\n- (x) U\n- ( ) V\n" for slug in ("satu", "dua", "tiga", "terbalik"))


def test_everybody_counts_once_with_their_first_attempt(secretary, colleague, sealed):
    take(secretary, sealed, 0)
    take(secretary, sealed, 3, NOON + timedelta(minutes=1))
    take(colleague, sealed, 3, NOON + timedelta(minutes=2))
    counts = recounting.of(sealed)
    assert counts.people == 2
    assert sum(one.people for one in counts.figures) == 6


def test_two_records_of_one_person_count_once(secretary, colleague, sealed):
    take(secretary, sealed, 0)
    take(colleague, sealed, 3)
    record("person.merged", PersonMerged(into=secretary.pk), subject=colleague.pk, proof="hub")
    assert recounting.of(sealed).people == 1


def test_it_is_counted_again_only_when_something_was_marked(secretary, colleague, sealed, queries):
    take(secretary, sealed, 1)
    first = recounting.of(sealed)
    assert queries(lambda: recounting.of(sealed)) == 2
    take(colleague, sealed, 2, NOON + timedelta(minutes=1))
    again = recounting.of(sealed)
    assert (first.people, again.people, Analysis.objects.count()) == (1, 2, 1)


def test_many_attempts_take_as_many_queries_as_one(sitters, sealed, queries):
    take(sitters[0], sealed, 1)
    with_one = queries(lambda: recounting.of(sealed))
    for person in sitters[1:]:
        take(person, sealed, 2)
    assert queries(lambda: recounting.of(sealed)) == with_one


def test_what_few_typed_is_not_shown(sitters, author, client_of, publish_course):
    practice = SEALED.replace("jenis: sertifikat", "jenis: latihan").replace("jumlah: 3\n", "")
    test = published(publish_course(latihan=practice.replace("id: akhir", "id: latihan") + KINDS), "latihan")
    typed = ["RAPBDes", "rapbdes ", "RAPBDES", "Siti Rahayu, 0812", "APBDes"]
    for person, words in zip(sitters, typed, strict=False):
        draft = sitting.start(person, test, NOON)
        sitting.submit(person, draft.pk, lambda _draft, words=words: {"singkatan": [words.strip()]}, NOON)
    figures = {one.slug: one for one in recounting.of(test).figures}
    assert (figures["singkatan"].chosen, figures["singkatan"].blank, figures["masa"].blank) == ({"rapbdes": 3}, 0, 5)
    page = text(client_of(author).get(f"/tes/{test.id}/analisis"))
    assert ("rapbdes 60% 3" in page, "Siti Rahayu" in page) == (True, False)


def test_the_page_and_the_workbook_say_what_was_chosen(secretary, author, client_of, every_kind):
    with clock.frozen(NOON):
        draft = sitting.start(secretary, every_kind, NOON)
        sitting.submit(secretary, draft.pk, lambda _draft: right(every_kind, draft.pk), NOON)
    browser = client_of(author)
    page = text(browser.get(f"/tes/{every_kind.id}/analisis"))
    for words in ("1 orang, pengerjaan pertama", "RPJM Desa → 8 tahun 100% 1", "1. Tekan tombol daya 100% 1", "–"):
        assert words in page
    book = load_workbook(BytesIO(browser.get(f"/tes/{every_kind.id}/analisis.xlsx").content))
    rows = book.get_sheet_by_name("Soal").to_python()[4:]
    assert [row[0] for row in rows] == list(every_kind.by_slug)
    assert rows[0][2:6] == [1, 1, "", 0]
    answers = [row for row in book.get_sheet_by_name("Jawaban").to_python()[4:] if row[0] == "masa"]
    assert sorted(answers) == [
        ["masa", "APB Desa → 1 tahun", "ya", 1, 100],
        ["masa", "RKP Desa → 1 tahun", "ya", 1, 100],
        ["masa", "RPJM Desa → 8 tahun", "ya", 1, 100],
    ]


def test_the_authors_pages_of_the_course_lead_there(author, client_of, secretary):
    draft = import_draft(source(uuid7()), author.pk)
    version, _new = publish(draft.source(), author.pk, draft)
    test = published(version, "akhir")
    take(secretary, test, 1)
    for address in (f"/pelatihan/naskah/{draft.pk}", reverse("courses:write", args=[draft.course])):
        page = client_of(author).get(address)
        assert f"/tes/{test.id}/analisis" in page.content.decode()
        assert "Tes akhir layar 1 pengerjaan" in text(page)


def test_from_its_figures_to_the_line_that_is_to_be_mended(author, client_of, secretary):
    draft = import_draft(source(uuid7()), author.pk)
    version, _new = publish(draft.source(), author.pk, draft)
    test = published(version, "akhir")
    take(secretary, test, 1)
    page = client_of(author).get(f"/tes/{test.id}/analisis").content.decode()
    lines = source(uuid7()).text("tes/akhir.md").split("\n")
    expected = [lines.index(f"## {slug}") + 1 for slug in test.by_slug]
    assert re.findall(rf'href="/pelatihan/naskah/tulis/{draft.course}/berkas/tes/akhir.md#baris-(\d+)"', page) == [
        str(line) for line in expected
    ]


def test_without_a_draft_there_is_nothing_to_mend(author, client_of, secretary, sealed):
    take(secretary, sealed, 1)
    assert "Ubah soal ini" not in client_of(author).get(f"/tes/{sealed.id}/analisis").content.decode()


def test_who_does_not_write_the_course_does_not_see_it(
    secretary, stranger, coordinator, facilitator, make_person, client_of, sealed
):
    local = make_person("Wulandari", "18", role="author", over=("18",))
    for other in (secretary, stranger, coordinator, facilitator, local):
        browser = client_of(other)
        pages = (f"/tes/{sealed.id}/analisis", f"/tes/{sealed.id}/analisis.xlsx")
        assert [browser.get(page).status_code for page in pages] == [404, 404]


def test_who_writes_for_one_region_sees_their_own(make_person, client_of):
    local = make_person("Wulandari", "18", role="author", over=("18",))
    draft = import_draft(source(uuid7()), local.pk)
    version, _new = publish(draft.source(), local.pk, draft)
    assert client_of(local).get(f"/tes/{published(version, 'akhir').id}/analisis").status_code == 200
