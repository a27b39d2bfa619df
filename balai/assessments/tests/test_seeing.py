"""Whoever helps by looking as a learner does sees scores, and no answers: that is what the page about privacy says."""

import pytest
from django.test import Client

from balai.assessments import sitting
from balai.assessments.contents import content
from balai.common import clock
from balai.people.privacy import purposes

from .conftest import right


@pytest.fixture
def helper(client_of, coordinator, secretary) -> Client:
    """The coordinator, who sees what the secretary sees."""
    browser = client_of(coordinator)
    browser.post(f"/orang/{secretary.id}/melihat")
    return browser


@pytest.fixture
def owner(client_of, secretary) -> Client:
    return client_of(secretary)


def taken(person, test):
    draft = sitting.start(person, test, clock.wall())
    sitting.submit(person, draft.pk, lambda draft: right(test, draft.pk), clock.wall())
    return draft.pk


def texts(test, attempt):
    """What is written on the options that were chosen, and on the questions."""
    known = content(test.id)
    options = {option.id: option.html for question in known.questions for option in question.options}
    return [options[id] for ids in right(test, attempt).values() for id in ids]


def test_a_result_shows_the_score_and_no_answer(helper, owner, secretary, sealed):
    attempt = taken(secretary, sealed)
    shown, own = (browser.get(f"/pengerjaan/{attempt}").content.decode() for browser in (helper, owner))
    answers = texts(sealed, attempt)
    assert [text for text in answers if text not in own] == []
    assert [text for text in answers if text in shown] == []
    assert ("Nilai 100 dari 100" in shown, "hanya untuk pemiliknya" in shown, "soal benar" in shown) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("end", ["", "/ringkasan"])
def test_a_paper_that_is_being_written_stays_closed(helper, owner, secretary, sealed, end):
    draft = sitting.start(secretary, sealed, clock.wall())
    sitting.save(draft, right(sealed, draft.pk), clock.wall())
    path = f"/pengerjaan/{draft.pk}{end}"
    page = helper.get(path)
    assert (page.status_code, "B2220" in page.content.decode(), owner.get(path).status_code) == (403, True, 200)
    assert [text for text in texts(sealed, draft.pk) if text in page.content.decode()] == []


def test_nothing_is_submitted_for_somebody_else(helper, secretary, sealed):
    draft = sitting.start(secretary, sealed, clock.wall())
    answers = [helper.post(f"/pengerjaan/{draft.pk}/{end}", {}).status_code for end in ("jawaban", "kiriman")]
    draft.refresh_from_db()
    assert (answers, draft.submitted_at) == ([403, 403], None)


def test_the_page_of_the_test_still_helps(helper, secretary, sealed):
    taken(secretary, sealed)
    page = helper.get(f"/tes/{sealed.identity}")
    assert (page.status_code, "Anda sudah lulus" in page.content.decode()) == (200, True)


def test_the_page_about_privacy_says_so(owner):
    promised = next(field.seen_by for field in purposes.FIELDS if "jawaban" in str(field.name))
    assert str(promised) in owner.get("/privasi").content.decode()
    assert "bukan jawaban" in str(promised)
