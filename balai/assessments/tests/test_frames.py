"""A page that is drawn once and filled in says what one that is drawn for its reader says."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from balai.assessments import frames, sitting
from balai.assessments.contents import content
from balai.assessments.drafts import Draft
from balai.common import clock

from .conftest import right, wrong


@pytest.fixture(autouse=True)
def _fresh():
    frames._frames.clear()
    yield
    frames._frames.clear()


@pytest.fixture
def readers(secretary, colleague, client_of):
    return [(person, client_of(person)) for person in (secretary, colleague)]


def begin(person, test) -> Draft:
    return sitting.start(person, content(test.id), clock.wall())


def settle(page: bytes) -> str:
    """Without the seconds that passed between two pages."""
    return re.sub(r'data-left="\d+"', "", page.decode())


def filled_and_drawn(client: Client, address: str, settings) -> tuple[str, str]:
    filled = client.get(address)
    settings.DEBUG = True  # everything is drawn anew
    drawn = client.get(address)
    settings.DEBUG = False
    assert (filled.status_code, drawn.status_code) == (200, 200)
    return settle(filled.content), settle(drawn.content)


def test_papers(readers, sealed, settings):
    pages = []
    for person, client in readers:
        draft = begin(person, sealed)
        filled, drawn = filled_and_drawn(client, f"/pengerjaan/{draft.id}", settings)
        assert filled == drawn
        answers = dict([next(iter(right(sealed, draft.id).items()))])
        sitting.save(draft, answers, clock.wall())
        filled, drawn = filled_and_drawn(client, f"/pengerjaan/{draft.id}", settings)
        assert filled == drawn
        pages.append((draft, filled))
    assert len(frames._frames) == 2  # before and after the first answer was saved, for everybody
    for (mine, page), (other, _page) in zip(pages, reversed(pages), strict=True):
        assert str(mine.id) in page
        assert str(other.id) not in page


def test_a_paper_whose_time_is_up(secretary, client_of, sealed, settings):
    draft = begin(secretary, sealed)
    with clock.frozen(clock.wall() + timedelta(days=1)):
        filled, drawn = filled_and_drawn(client_of(secretary), f"/pengerjaan/{draft.id}", settings)
    assert filled == drawn
    assert "Waktu sudah habis." in filled


@pytest.mark.parametrize("answers", [right, wrong])
def test_results(readers, sealed, settings, answers):
    for person, client in readers:
        for _attempt in range(2 if answers is wrong else 1):
            draft = begin(person, sealed)
            sitting.submit(person, draft.id, lambda one: answers(sealed, one.id), clock.wall())
            filled, drawn = filled_and_drawn(client, f"/pengerjaan/{draft.id}", settings)
            assert filled == drawn


def test_each_language_and_theme_has_its_own(secretary, client_of, sealed):
    draft = begin(secretary, sealed)
    client = client_of(secretary)
    seen = set()
    for language, theme in [("id", ""), ("en", ""), ("id", "gelap")]:
        client.cookies["bahasa"], client.cookies["tema"] = language, theme
        seen.add(settle(client.get(f"/pengerjaan/{draft.id}").content))
    assert len(seen) == 3


def test_a_notice_is_told_and_kept_in_no_frame(secretary, client_of, sealed):
    client = client_of(secretary)
    draft = begin(secretary, sealed)
    client.cookies["messages"] = "not signed by us"
    client.get(f"/pengerjaan/{draft.id}")
    assert frames._frames == {}


def test_a_page_of_one_reader_is_kept_in_no_frame(secretary, sealed, rf):
    request = rf.get("/")
    request.person, request.seeing = secretary, None
    context = {"held": None, "test": content(sealed.id)}
    answer = frames.page(request, "assessments/parts/overview.html", None, context, {"numbers": range(1, 4)})
    assert answer.content.decode().count("<li") == 3
    assert frames._frames == {}


def test_old_frames_make_room(secretary, client_of, sealed, monkeypatch):
    monkeypatch.setattr(frames, "_MOST", 1)
    client, draft = client_of(secretary), begin(secretary, sealed)
    for language in ("id", "en", "id"):
        client.cookies["bahasa"] = language
        assert str(draft.id) in client.get(f"/pengerjaan/{draft.id}").content.decode()
        assert len(frames._frames) == 1


def test_a_template_that_asks_what_is_not_known_yet_fails():
    with pytest.raises(TypeError, match="number"):
        bool(frames.gap("number"))
