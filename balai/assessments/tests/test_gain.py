"""Pre-test and post-test: what is measured, what stays hidden, and the gain in plain words."""

from datetime import UTC, datetime, timedelta

import pytest

from balai.assessments import sitting
from balai.assessments.gain import Gain
from balai.assessments.models import Mark
from balai.common import clock
from balai.courses import panels

from .conftest import POSTTEST, PRETEST, QUESTIONS, published, right, wrong
from .test_pages import text

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def take(person, test, count, moment=NOON):
    """An attempt with ``count`` right answers, the others wrong."""
    with clock.frozen(moment):
        draft = sitting.start(person, test, moment)
        good, bad = right(test, draft.pk), wrong(test, draft.pk)
        answers = {slug: good[slug] if place < count else bad[slug] for place, slug in enumerate(good)}
        sitting.submit(person, draft.pk, lambda _draft: answers, moment)
    return f"/pengerjaan/{draft.pk}"


@pytest.mark.parametrize(
    ("before", "after", "points", "room", "normalised"),
    [
        (40, 80, 40, 60, 66),
        (0, 100, 100, 100, 100),
        (50, 50, 0, 50, 0),
        (100, 100, 0, 0, None),
        (60, 50, -10, 40, None),
    ],
)
def test_plain_and_normalised(before, after, points, room, normalised):
    gain = Gain(before, after)
    assert (gain.points, gain.room, gain.normalised) == (points, room, normalised)


def test_a_pretest_is_done_and_not_failed(secretary, measured, client_of):
    first, _last = measured
    page = client_of(secretary).get(take(secretary, first, 0)).content.decode()
    assert Mark.objects.get().outcome == "passed"
    assert ("Tes awal selesai" in page, "lulus" in page.lower()) == (True, False)
    rows = panels.of(secretary, first.test.version).rows
    assert rows[first.identity].state == "Selesai, nilai 0"


def test_a_pretest_opens_no_answers_though_it_is_over(secretary, measured, client_of):
    """The post-test may ask the same."""
    first, _last = measured
    page = client_of(secretary).get(take(secretary, first, 1)).content.decode()
    assert "Jawaban benar</dt>" not in page
    assert sum(key.explanation in page for key in first.keys.values()) == 1
    assert "Ini tes awal" in page


def test_the_post_test_tells_the_gain(secretary, measured, client_of):
    first, last = measured
    take(secretary, first, 1)
    page = text(client_of(secretary).get(take(secretary, last, 3, NOON + timedelta(days=9))))
    assert "Naik 50 angka sejak tes awal Tes awal 25 Sekarang 75 Kemajuan 66%" in page
    assert "75 dari 100 angka belum Anda kuasai. Sekarang 50 di antaranya Anda kuasai." in page


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (4, 4, "Sejak awal Anda menguasai semua"),
        (3, 1, "Turun 50 angka sejak tes awal"),
        (2, 2, "Sama dengan tes awal"),
    ],
)
def test_no_gain_is_told_as_it_is(secretary, measured, client_of, before, after, words):
    first, last = measured
    take(secretary, first, before)
    assert words in text(client_of(secretary).get(take(secretary, last, after, NOON + timedelta(days=9))))


def test_without_a_pretest_there_is_nothing_to_compare(secretary, colleague, measured, client_of):
    first, last = measured
    take(colleague, first, 4)
    page = text(client_of(secretary).get(take(secretary, last, 2)))
    assert "sejak tes awal" not in page


def test_the_gain_goes_back_to_the_first_attempt_at_the_pretest(secretary, publish_course, client_of):
    twice = PRETEST.replace("acak: true", "kesempatan: 2\nlulus: 100")
    version = publish_course(awal=twice + QUESTIONS, akhir=POSTTEST + QUESTIONS)
    first, last = published(version, "awal"), published(version, "akhir")
    take(secretary, first, 1)
    take(secretary, first, 3, NOON + timedelta(days=1))
    page = text(client_of(secretary).get(take(secretary, last, 4, NOON + timedelta(days=9))))
    assert "Naik 75 angka" in page


def test_a_certificate_test_has_no_pretest(sealed, measured):
    assert (sealed.pretest, measured[1].pretest) == (None, measured[0].identity)
