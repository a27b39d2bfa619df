"""The pages of a test: who sees them, what they say, and that nothing gets lost on the way."""

import html
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from balai.assessments import models, sitting
from balai.assessments.drafts import Draft
from balai.common import clock
from balai.common.ids import uuid7

from .conftest import right, wrong

NOON = datetime(2026, 11, 3, 5, 2, tzinfo=UTC)


@pytest.fixture
def browser(secretary, client_of) -> Client:
    with clock.frozen(NOON):
        yield client_of(secretary)


def begin(browser, test) -> str:
    """Press the button on the test's page; the address of the paper."""
    page = browser.get(f"/tes/{test.identity}")
    published = re.search(r'name="terbitan" value="([^"]+)"', page.content.decode())[1]
    return browser.post(f"/tes/{test.identity}/pengerjaan", {"terbitan": published})["Location"]


def text(response) -> str:
    """What a reader sees, in one line."""
    body = re.sub(r"(?s)<(script|template|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(body).split())


def form(answers: dict[str, list[str]], **saved: list[str]) -> dict[str, object]:
    """The fields of the paper: ``saved`` is what the page showed as chosen when it was made."""
    shown = {f"d.{slug}": ",".join(sorted(ids)) for slug, ids in saved.items()}
    return {f"j.{slug}": ids for slug, ids in answers.items()} | shown


def send(browser: Client, paper: str, answers: dict[str, list[str]]):
    """What the script on the paper sends."""
    return browser.post(f"{paper}/jawaban", form(answers), headers={"accept": "application/json"})


def paper_of(test, address: str, answers):
    return answers(test, Draft.objects.get(pk=address.rpartition("/")[2]).pk)


def test_what_the_test_is_before_it_starts(browser, sealed):
    page = text(browser.get(f"/tes/{sealed.identity}"))
    for words in ("Tes sertifikat", "Tes akhir layar", "3 soal", "20 menit", "Nilai 70", "2 dari 2", "Mulai tes"):
        assert words in page


def test_from_start_to_result_without_javascript(browser, sealed):
    paper = begin(browser, sealed)
    page = browser.get(paper)
    assert "no-store" in page["Cache-Control"]
    assert page.content.decode().count("<fieldset") == 3
    answers = paper_of(sealed, paper, right)
    first = next(iter(answers))
    overview = browser.post(f"{paper}/jawaban", form({first: answers[first]}), follow=True)
    assert "Belum dijawab: soal 2 , soal 3 ." in text(overview)
    assert "Jawaban tersimpan 12.02 WIB" in text(overview)
    whole = browser.post(f"{paper}/jawaban", form(answers, **{first: answers[first]}), follow=True)
    assert "Semua soal sudah dijawab." in text(whole)
    result = browser.post(f"{paper}/kiriman", follow=True)
    assert result.redirect_chain == [(paper, 302)]
    assert "Anda lulus" in text(result)
    assert "Nilai 100 dari 100." in text(result)


def test_each_answer_is_saved_as_it_is_given(browser, sealed):
    paper = begin(browser, sealed)
    answers = paper_of(sealed, paper, right)
    for slug, ids in answers.items():
        saved = send(browser, paper, {slug: ids})
        assert (saved.status_code, saved.json()) == (200, {"saved_at": "2026-11-03T05:02:00+00:00", "left": 1200})
    again = browser.get(paper).content.decode()
    assert again.count(" checked") == sum(map(len, answers.values()))
    result = browser.post(f"{paper}/kiriman", form(answers), follow=True)
    assert "Nilai 100 dari 100." in text(result)


def test_a_phone_sends_the_answers_that_it_kept_together(browser, sealed):
    paper = begin(browser, sealed)
    first, second, _third = paper_of(sealed, paper, right).items()
    sent = form(dict([first, second])) | {f"d.{first[0]}": "", f"d.{second[0]}": ""}
    saved = browser.post(f"{paper}/jawaban", sent, headers={"Accept": "application/json"})
    assert (saved.status_code, saved.json()) == (200, {"saved_at": "2026-11-03T05:02:00+00:00", "left": 1200})
    kept = {answer.question: list(answer.chosen) for answer in Draft.objects.get().saved}
    assert kept == {slug: sorted(ids) for slug, ids in (first, second)}


def test_the_paper_is_taken_up_on_another_device(secretary, client_of, browser, sealed):
    paper = begin(browser, sealed)
    assert begin_again(client_of(secretary), sealed) == paper


def begin_again(other: Client, test) -> str:
    page = other.get(f"/tes/{test.identity}").content.decode()
    assert "Lanjutkan mengerjakan" in page
    return re.search(r'class="button main" href="([^"]+)"', page)[1]


def test_a_page_left_open_does_not_take_back_what_another_device_saved(secretary, client_of, browser, sealed):
    paper = begin(browser, sealed)
    answers = paper_of(sealed, paper, right)
    first = next(iter(answers))
    send(client_of(secretary), paper, {first: answers[first]})
    rest = {slug: ids for slug, ids in answers.items() if slug != first}
    assert "Nilai 100 dari 100." in text(browser.post(f"{paper}/kiriman", form(rest), follow=True))


def test_an_unticked_box_is_taken_back(browser, practice):
    paper = begin(browser, practice)
    browser.put(
        f"{paper}/jawaban/terang", {"chosen": right(practice, uuid7())["terang"]}, content_type="application/json"
    )
    browser.post(f"{paper}/jawaban", form({}, terang=right(practice, uuid7())["terang"]))
    assert [list(answer.chosen) for answer in Draft.objects.get().saved] == [[]]


def test_submitting_twice_leads_to_the_same_result(browser, sealed):
    paper = begin(browser, sealed)
    for answers in (wrong, right):
        result = browser.post(f"{paper}/kiriman", form(paper_of(sealed, paper, answers)), follow=True)
        assert "Nilai 0 dari 100." in text(result)
    assert models.Attempt.objects.count() == 1


def test_saving_after_submitting_is_refused_in_words(browser, sealed):
    paper = begin(browser, sealed)
    browser.post(f"{paper}/kiriman")
    slug = sealed.paper(Draft.objects.get().pk)[0].question
    refused = send(browser, paper, {slug: [sealed.paper(Draft.objects.get().pk)[0].options[0]]})
    assert (refused.status_code, refused.json()["code"]) == (409, "B4002")


@pytest.mark.parametrize("fields", [{"j.kunci": "zz"}, {"j.kunci": ["zz", "yy"]}, {"j.kunci": "zz:1"}])
def test_what_is_no_answer_of_the_paper_is_refused(browser, practice, fields):
    paper = begin(browser, practice)
    refused = browser.post(f"{paper}/jawaban", fields, headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["code"], Draft.objects.get().saved) == (422, "B4003", [])


def test_after_the_time_what_was_saved_is_sent_with_one_button(secretary, client_of, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    sitting.save(draft, right(sealed, draft.pk), NOON)
    with clock.frozen(NOON + timedelta(minutes=30)):
        late = client_of(secretary)
        assert "Kirim jawaban yang tersimpan" in text(late.get(f"/tes/{sealed.identity}"))
        assert "Waktu sudah habis." in text(late.get(f"/pengerjaan/{draft.pk}"))
        result = late.post(f"/pengerjaan/{draft.pk}/kiriman", follow=True)
    assert "Nilai 100 dari 100." in text(result)


def test_a_sealed_result_names_what_is_right_and_hides_the_rest_while_it_may_be_repeated(browser, sealed):
    paper = begin(browser, sealed)
    answers = paper_of(sealed, paper, right)
    known = next(iter(answers))
    result = browser.post(f"{paper}/kiriman", form({known: answers[known]}), follow=True).content.decode()
    for slug in answers:
        assert (sealed.keys[slug].explanation in result) == (slug == known)
    assert "Jawaban benar</dt>" not in result
    assert "Jawaban benar untuk soal yang belum tepat baru dibuka" in result
    undrawn = set(sealed.by_slug) - set(answers)
    assert all(sealed.keys[slug].explanation not in result for slug in undrawn)


def test_after_the_last_attempt_everything_that_was_drawn_is_explained(browser, sealed):
    for _turn in range(2):
        paper = begin(browser, sealed)
        result = browser.post(f"{paper}/kiriman", form(paper_of(sealed, paper, wrong)), follow=True)
    page = result.content.decode()
    drawn = [place.question for place in sealed.paper(UUID(paper.rpartition("/")[2]))]
    for slug in sealed.by_slug:
        assert (sealed.keys[slug].explanation in page) == (slug in drawn)
    assert page.count("Jawaban benar</dt>") == 3
    assert "Kesempatan Anda sudah habis." in text(browser.get(f"/tes/{sealed.identity}"))


def test_no_page_before_submitting_holds_a_sealed_explanation(browser, sealed):
    paper = begin(browser, sealed)
    for address in (f"/tes/{sealed.identity}", paper, f"{paper}/ringkasan"):
        page = browser.get(address).content.decode()
        assert not any(key.explanation in page for key in sealed.keys.values())


def test_practice_explains_everything_and_its_keys_travel(browser, practice):
    paper = begin(browser, practice)
    page = browser.get(paper).content.decode()
    address = re.search(r'data-keys="([^"]+)"', page)[1]
    keys = browser.get(address)
    assert keys.json()["kunci"]["right"] == list(practice.keys["kunci"].right)
    assert keys["Cache-Control"] == "private, max-age=31536000, immutable"
    result = browser.post(f"{paper}/kiriman", follow=True).content.decode()
    assert all(key.explanation in result for key in practice.keys.values())


def test_sealed_keys_have_no_address(browser, sealed):
    assert browser.get(f"/tes/{sealed.id}/kunci.json").status_code == 404


def test_answers_that_came_late_are_named(secretary, client_of, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    answers = right(sealed, draft.pk)
    sitting.submit(secretary, draft.pk, lambda _draft: answers, NOON + timedelta(minutes=60))
    page = text(client_of(secretary).get(f"/pengerjaan/{draft.pk}"))
    assert "3 jawaban tiba setelah waktu habis: disimpan, tetapi tidak dihitung." in page


def test_an_attempt_without_a_mark_is_waiting(secretary, client_of, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    sitting.submit(secretary, draft.pk, lambda _draft: {}, NOON)
    models.Mark.objects.all().delete()
    page = text(client_of(secretary).get(f"/pengerjaan/{draft.pk}"))
    assert "Menunggu penilaian" in page
    assert "Lanjutkan belajar" in page


ADDRESSES = ["", "/ringkasan"]
CHANGES = ["/jawaban", "/kiriman"]


def test_another_persons_attempt_does_not_exist(secretary, stranger, colleague, client_of, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    for person in (stranger, colleague):
        other = client_of(person)
        found = [other.get(f"/pengerjaan/{draft.pk}{rest}").status_code for rest in ADDRESSES]
        found += [other.post(f"/pengerjaan/{draft.pk}{rest}").status_code for rest in CHANGES]
        assert found == [404] * 4
    sitting.submit(secretary, draft.pk, lambda _draft: {}, NOON)
    assert client_of(colleague).get(f"/pengerjaan/{draft.pk}").status_code == 404


def test_visitors_sign_in_first(client_of, sealed, secretary):
    draft = sitting.start(secretary, sealed, NOON)
    visitor = client_of(None)
    pages = [f"/tes/{sealed.identity}", f"/pengerjaan/{draft.pk}", f"/pengerjaan/{draft.pk}/ringkasan"]
    asked = [visitor.get(page) for page in pages]
    assert [(page.status_code, page["Location"]) for page in asked] == [
        (302, f"/masuk?lanjut={page}") for page in pages
    ]
    changes = [f"/tes/{sealed.identity}/pengerjaan", *(f"/pengerjaan/{draft.pk}{rest}" for rest in CHANGES)]
    assert [visitor.post(change).status_code for change in changes] == [401] * 3


def test_keys_of_an_open_practice_test_are_for_anyone(client_of, practice):
    assert client_of(None).get(f"/tes/{practice.id}/kunci.json").status_code == 200


def test_a_restricted_course_keeps_its_tests_from_strangers(publish_course, stranger, client_of):
    from .conftest import published

    test = published(publish_course(open="false"), "latihan")
    other = client_of(stranger)
    assert other.get(f"/tes/{test.identity}").status_code == 404
    assert other.post(f"/tes/{test.identity}/pengerjaan", {"terbitan": test.id}).status_code == 404
    assert other.get(f"/tes/{test.id}/kunci.json").status_code == 404


def test_an_author_reads_a_restricted_course_without_being_led_to_its_tests(publish_course, author, client_of):
    from .conftest import published

    version = publish_course(open="false")
    page = client_of(author).get(f"/pelatihan/{version.slug}").content.decode()
    assert f"/materi/{version.slug}/{version.number}/" in page
    assert f"/tes/{published(version, 'latihan').identity}" not in page


def test_a_test_that_nobody_published_does_not_exist(browser):
    assert browser.get(f"/tes/{uuid7()}").status_code == 404
    assert browser.post(f"/tes/{uuid7()}/pengerjaan", {"terbitan": "x"}).status_code == 404


def test_a_new_attempt_is_at_the_newest_version(browser, course, publish_course, sealed):
    from .conftest import PRACTICE, QUESTIONS, published

    newer = publish_course(course.course_id, latihan=PRACTICE + QUESTIONS.replace("Kamera", "Kamera depan"))
    old, new = sealed, published(newer, "akhir")
    paper = browser.post(f"/tes/{old.identity}/pengerjaan", {"terbitan": old.id})["Location"]
    assert Draft.objects.get(pk=paper.rpartition("/")[2]).test == new.id


def test_every_step_takes_few_queries(browser, sealed, queries):
    browser.get("/bantuan")
    page = f"/tes/{sealed.identity}"
    counts = {"start": queries(lambda: browser.post(f"{page}/pengerjaan", {"terbitan": sealed.id}))}
    draft = Draft.objects.get()
    paper = f"/pengerjaan/{draft.pk}"
    slug, ids = next(iter(right(sealed, draft.pk).items()))
    counts["paper"] = queries(lambda: browser.get(paper))
    counts["save"] = queries(lambda: send(browser, paper, {slug: ids}))
    counts["submit"] = queries(lambda: browser.post(f"{paper}/kiriman", form(wrong(sealed, draft.pk))))
    counts["result"] = queries(lambda: browser.get(paper))
    locks = int(connection.features.has_select_for_update)
    assert counts == {"start": 8, "paper": 4, "save": 4, "submit": 21 + locks, "result": 4}


def test_the_history_takes_as_many_queries_with_one_attempt_as_with_thirty(secretary, practice, browser, queries):
    def take() -> None:
        draft = sitting.start(secretary, practice, NOON)
        sitting.submit(secretary, draft.pk, lambda draft: right(practice, draft.pk), NOON)

    take()
    browser.get(f"/tes/{practice.identity}")
    with_one = queries(lambda: browser.get(f"/tes/{practice.identity}"))
    for _turn in range(29):
        take()
    assert queries(lambda: browser.get(f"/tes/{practice.identity}")) == with_one
    assert browser.get(f"/tes/{practice.identity}").content.decode().count('class="row"') == 30
