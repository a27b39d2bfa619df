"""Who keeps an answer: nobody, when it was made for somebody; everybody, when it is a file for all."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from balai.courses.page_files import pictures_of
from balai.courses.publishing import publish
from balai.courses.source import Source
from balai.web.keeping import KeepingMiddleware

COURSE = Path(__file__).resolve().parents[2] / "demo" / "courses" / "kenal-hp-dan-internet"


def kept(said: str = "", cookie: bool = False, person: object = None) -> str | None:
    """What is said of an answer in the end."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.person = person  # type: ignore[attr-defined]
        response = HttpResponse(headers={"Cache-Control": said} if said else {})
        if cookie:
            response.set_cookie("a", "b")
        return response

    return KeepingMiddleware(answer)(HttpRequest()).get("Cache-Control")


@pytest.mark.parametrize(
    ("given", "end"),
    [
        ({}, None),
        ({"person": "somebody"}, "no-store, private"),
        ({"cookie": True}, "no-store, private"),
        ({"said": "public, max-age=300"}, "public, max-age=300"),
        ({"said": "public, max-age=300", "person": "somebody"}, "public, max-age=300"),
        ({"said": "public, max-age=300", "cookie": True}, "no-store, private"),
        ({"said": "max-age=0, no-store", "person": "somebody", "cookie": True}, "max-age=0, no-store"),
    ],
)
def test_whoever_may_keep_it(given, end):
    assert kept(**given) == end


def test_a_page_that_was_refused_is_kept_by_nobody(client_of, secretary):
    own = client_of(secretary)
    answers = [own.get("/tidak-ada"), own.post("/saya/profil", headers={"sec-fetch-site": "cross-site"}), own.put("/")]
    assert [answer.status_code for answer in answers] == [404, 403, 405]
    assert ["no-store" in answer.get("Cache-Control", "") for answer in answers] == [True] * 3


def test_public_files_set_no_cookie_whoever_asks(client_of, secretary, author):
    version, _is_new = publish(Source.from_folder(COURSE), author.pk)
    lesson = f"/materi/{version.slug}/{version.number}/{version.lessons[0].slug}"
    paths = [lesson, f"/berkas/{pictures_of(version)[0]}", "/verifikasi/kunci.json"]
    for browser in (client_of(None), client_of(secretary)):
        answers = [browser.get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [200] * 3
        assert [dict(answer.cookies) for answer in answers] == [{}] * 3
        assert ["public" in answer["Cache-Control"] for answer in answers] == [True] * 3
    assert Session.objects.count() == 1
