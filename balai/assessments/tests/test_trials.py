"""An author tries a test before it is published: the learners' paper, marked and explained, and nothing recorded."""

import re
from typing import Any

import pytest

from balai.assessments import trials
from balai.assessments.drafts import Draft as Begun
from balai.assessments.marking import fits
from balai.assessments.trial_views import FIRST
from balai.assessments.trials import Trial
from balai.common.ids import uuid7
from balai.courses.drafts import import_draft
from balai.courses.models import Course, Draft
from balai.log.models import Entry
from balai.people.models import Person

from .conftest import KINDS, PRACTICE, QUESTIONS, SEALED, published, right, source, wrong
from .test_pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(author: Person) -> Draft:
    practice = PRACTICE.replace("acak: true\n", "") + QUESTIONS + KINDS
    return import_draft(source(uuid7(), latihan=practice), author.id)


def address(draft: Draft, path: str = "tes/latihan.md") -> str:
    return f"/pelatihan/naskah/tulis/{draft.course}/pratinjau/{path}"


def trial(draft: Draft, path: str = "tes/latihan.md") -> Trial:
    found = trials.of(draft, path)
    assert found is not None
    return found


def check(browser: Any, draft: Draft, answers: dict[str, list[str]], path: str = "tes/latihan.md", **more: str) -> Any:
    fields = {f"j.{slug}": ids for slug, ids in answers.items()}
    return browser.get(address(draft, path), {"lembar": FIRST, "periksa": "1", **fields, **more})


def test_right_answers_of_every_kind_earn_everything_and_nothing_is_recorded(
    client_of: Any, author: Person, draft: Draft
) -> None:
    browser, entries = client_of(author), Entry.objects.count()
    paper = browser.get(address(draft))
    assert paper.content.decode().count('<section class="question"') == 9
    assert (paper["X-Frame-Options"], "frame-ancestors 'self'" in paper["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        True,
    )
    told = text(check(browser, draft, right(trial(draft), FIRST)))
    assert "Nilai 100 dari 100." in told
    assert "Peserta dengan jawaban ini lulus." in told
    assert (Entry.objects.count(), Begun.objects.exists(), Course.objects.exists()) == (entries, False, False)


def test_wrong_answers_are_explained_and_lead_to_the_drafts_lesson(
    client_of: Any, author: Person, draft: Draft
) -> None:
    page = check(client_of(author), draft, wrong(trial(draft), FIRST))
    assert "Peserta dengan jawaban ini belum lulus." in text(page)
    assert f'href="/pelatihan/naskah/{draft.pk}/materi/layar"' in page.content.decode()
    assert "layar yang rusak tidak menyala lagi" not in text(page)
    told = text(check(client_of(author), draft, {"sebab": [option(draft, "sebab", "Karena rusak")]}))
    assert "layar yang rusak tidak menyala lagi" in told


def option(draft: Draft, slug: str, words: str) -> str:
    return next(one.id for one in trial(draft).by_slug[slug].options if one.html == words)


def test_what_the_author_tries_is_what_learners_get(
    client_of: Any, author: Person, draft: Draft, publish_course: Any
) -> None:
    tried = trial(draft, "tes/akhir.md")
    version = publish_course(id=draft.course)
    learners = published(version, "akhir")
    seed = uuid7()
    assert (tried.rules, tried.questions, tried.keys) == (learners.rules, learners.questions, learners.keys)
    assert tried.paper(seed) == learners.paper(seed)


def test_a_paper_of_some_questions_another_one_and_all_of_them(client_of: Any, author: Person, draft: Draft) -> None:
    browser, path = client_of(author), "tes/akhir.md"
    some, every = browser.get(address(draft, path)), browser.get(address(draft, path), {"semua": "1"})
    counts = [page.content.decode().count('<section class="question"') for page in (some, every)]
    assert (counts, "Setiap peserta mendapat 3 dari 4 soal." in text(some)) == ([3, 4], True)
    seeds = re.findall(r'name="lembar" value="([0-9a-f-]+)"', some.content.decode())
    assert (seeds[0], len(set(seeds))) == (str(FIRST), 2)


def test_a_question_that_cannot_be_read_yet_is_left_out_and_said(client_of: Any, author: Person, draft: Draft) -> None:
    broken = SEALED + QUESTIONS + "\n## separuh\nBelum ada pilihannya.\n"
    files = import_draft(source(draft.course, akhir=broken.replace("jumlah: 3", "jumlah: 9")), author.id)
    page = client_of(author).get(address(files, "tes/akhir.md"))
    assert page.content.decode().count('<section class="question"') == 4
    assert "soal yang belum dapat dibaca tidak tampak di sini" in text(page)


def test_answers_to_what_was_changed_meanwhile_are_none(client_of: Any, author: Person, draft: Draft) -> None:
    assert not fits(["abc"], trial(draft).by_slug["kunci"])
    told = text(check(client_of(author), draft, {"kunci": ["abc"], "masa": ["x:y"], "tak-ada": ["z"]}))
    assert "Nilai 0 dari 100." in told


def test_a_file_that_no_unit_lists_is_no_test_yet(client_of: Any, author: Person) -> None:
    folder = source(uuid7())
    files = {**folder.files, "tes/lain.md": folder.files["tes/latihan.md"]}
    draft = import_draft(type(folder).of(files.items()), author.id)
    browser = client_of(author)
    assert browser.get(address(draft, "tes/lain.md")).status_code == 404
    assert "pratinjau" not in browser.get(address(draft, "tes/lain.md").replace("pratinjau", "berkas")).content.decode()


def test_the_draft_leads_to_its_tests_and_only_its_author_tries_them(
    client_of: Any, author: Person, make_person: Any, draft: Draft, secretary: Person
) -> None:
    assert f'href="{address(draft)}"' in client_of(author).get(f"/pelatihan/naskah/{draft.pk}").content.decode()
    regional = make_person("Nyoman Sari", "51", role="author", over=("51",))
    assert [client_of(person).get(address(draft)).status_code for person in (secretary, regional)] == [404, 404]
    assert client_of(None).get(address(draft)).status_code == 302


def test_a_trial_keeps_nothing_in_memory(client_of: Any, author: Person, draft: Draft) -> None:
    from balai.assessments import contents, controls, fragments

    kept = (fragments._frame, fragments._answer, controls._box, contents._drawn)
    before = [one.cache_info().currsize for one in kept]
    check(client_of(author), draft, right(trial(draft), FIRST))
    client_of(author).get(address(draft))
    assert [one.cache_info().currsize for one in kept] == before
