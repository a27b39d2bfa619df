"""The window of a test: nobody starts outside of it, and the time of an attempt ends with it."""

from datetime import UTC, datetime, timedelta

import pytest

from balai.assessments import sitting
from balai.assessments.models import Mark
from balai.common import clock
from balai.common.problems import Refusal

from .conftest import QUESTIONS, SEALED, published, right
from .test_pages import text

WINDOW = SEALED.replace("menit: 20\n", "menit: 20\nbuka: 2026-11-03 10.00\ntutup: 2026-11-03 12.00\n")
TEN, NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC), datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


@pytest.fixture
def windowed(publish_course):
    return published(publish_course(akhir=WINDOW + QUESTIONS), "akhir")


@pytest.mark.parametrize(("moment", "code"), [(TEN - timedelta(seconds=1), "B4006"), (NOON, "B4007")])
def test_nobody_starts_outside(secretary, windowed, moment, code):
    with pytest.raises(Refusal, match=code):
        sitting.start(secretary, windowed, moment)


def test_inside_it_is_as_ever(secretary, windowed):
    assert sitting.start(secretary, windowed, TEN).deadline == TEN + timedelta(minutes=20)


def test_the_time_of_an_attempt_ends_with_the_window(secretary, windowed):
    start = NOON - timedelta(minutes=5)
    draft = sitting.start(secretary, windowed, start)
    assert draft.deadline == NOON
    answers = right(windowed, draft.pk)
    sitting.submit(secretary, draft.pk, lambda _draft: answers, NOON + timedelta(minutes=1))
    mark = Mark.objects.get()
    assert (mark.seconds, mark.score) == (300, 0)


@pytest.mark.parametrize(
    ("moment", "words", "button"),
    [
        (TEN - timedelta(hours=1), "Tes ini belum dibuka. Dibuka 3 November 2026 10.00 WIB .", "Kembali ke pelatihan"),
        (TEN, "mulai 3 November 2026 10.00 WIB sampai 3 November 2026 12.00 WIB", "Mulai tes"),
        (NOON, "Waktu tes ini sudah lewat.", "Kembali ke pelatihan"),
    ],
)
def test_the_page_says_when(secretary, client_of, windowed, moment, words, button):
    with clock.frozen(moment):
        page = text(client_of(secretary).get(f"/tes/{windowed.identity}"))
    assert (words in page, button in page) == (True, True)
    assert ("Mulai tes" in page) == (button == "Mulai tes")
