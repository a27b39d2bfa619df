"""Home goes on where somebody stopped."""

from pathlib import Path

import pytest

from balai.assessments import models, sitting
from balai.assessments.contents import content
from balai.common import clock
from balai.courses import drafts, progress
from balai.courses.publishing import publish
from balai.courses.source import Source
from balai.web import continuing

pytestmark = pytest.mark.django_db
COURSE = Path(__file__).resolve().parents[2] / "demo" / "courses" / "kenal-hp-dan-internet"


@pytest.fixture
def version(author):
    return publish(Source.from_folder(COURSE), author.id)[0]


def test_who_has_not_begun_is_shown_the_first_course(version, secretary):
    step = continuing.first_step(secretary, [], "id")
    assert (step.title, step.url) == ("Kenal HP dan Internet", "/pelatihan/kenal-hp-dan-internet")
    assert continuing.next_step(secretary, progress.started(secretary), "id") is None


def test_after_a_lesson_comes_the_next_then_the_test(version, secretary, client_of):
    browser = client_of(secretary)
    for lesson in version.lessons[:2]:
        progress.complete(secretary, version, lesson)
    step = continuing.next_step(secretary, progress.started(secretary), "id")
    assert (step.title, step.done, step.whole) == (version.lessons[2].title, 2, 6)
    progress.complete(secretary, version, version.lessons[2])
    step = continuing.next_step(secretary, progress.started(secretary), "id")
    assert step.url.startswith("/tes/")
    assert "Kerjakan tes" in browser.get("/").content.decode()


def test_who_has_gone_through_a_course_is_not_sent_there_again(version, secretary):
    for lesson in version.lessons:
        progress.complete(secretary, version, lesson)
    assert continuing.first_step(secretary, progress.started(secretary), "id").url == "/pelatihan"


def test_an_attempt_left_open_waits_on_the_home_page(version, secretary, stranger, client_of):
    test = content(models.Test.objects.get(kind="practice").pk)
    draft = sitting.start(secretary, test, clock.wall())
    assert f"/pengerjaan/{draft.pk}" in client_of(secretary).get("/").content.decode()
    assert f"/pengerjaan/{draft.pk}" not in client_of(stranger).get("/").content.decode()


def test_a_coordinator_begins_with_the_region(version, coordinator, secretary, client_of):
    secretary.account.delete()
    page = client_of(coordinator).get("/").content.decode()
    assert "1 orang belum diundang" in page
    assert "/orang/kode?wilayah=18.02" in page


def test_home_takes_as_many_queries_for_one_lesson_as_for_all(version, secretary, client_of, queries):
    browser = client_of(secretary)
    progress.complete(secretary, version, version.lessons[0])
    browser.get("/")  # published tests are remembered from here on
    few = queries(lambda: browser.get("/"))
    progress.complete(secretary, version, version.lessons[1])
    assert queries(lambda: browser.get("/")) == few


def test_who_only_looks_begins_with_the_picture(version, partner, admin, secretary, client_of):
    for person in (partner, admin):
        step = continuing.watching(person)
        assert step is not None
        assert step.url == "/wilayah"
        page = client_of(person).get("/").content.decode()
        assert "Lihat gambaran" in page
        assert step.title in page
    assert continuing.watching(secretary) is None
    assert "Lihat gambaran" not in client_of(secretary).get("/").content.decode()


def test_an_author_begins_with_their_texts(version, author, secretary, client_of):
    assert continuing.writing(secretary) is None
    step = continuing.writing(author)
    assert step is not None
    assert (step.url, step.action) == ("/pelatihan/naskah", "Mulai menulis")
    drafts.import_draft(Source.from_folder(COURSE), author.id)
    step = continuing.writing(author)
    assert step is not None
    assert (step.title, step.action) == ("Kenal HP dan Internet", "Buka naskah")
    assert "Buka naskah" in client_of(author).get("/").content.decode()
