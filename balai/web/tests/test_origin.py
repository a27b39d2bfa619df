"""Who may send forms: our own pages, and programs that hold nobody's session."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from balai.web.origin import SameOriginMiddleware

SESSION = {"sessionid": "anything"}


def answer(method: str = "post", cookies: dict[str, str] | None = None, **headers: str) -> int:
    """Status that a request to http://testserver gets from a site that accepts everything else."""
    request = getattr(RequestFactory(), method)(
        "/tampilan", headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    request.COOKIES.update(cookies or {})
    return SameOriginMiddleware(lambda _request: HttpResponse())(request).status_code


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_is_accepted(site: str) -> None:
    assert answer(cookies=SESSION, Sec_Fetch_Site=site) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything else"])
def test_a_foreign_page_is_refused_whatever_else_it_says(site: str) -> None:
    assert answer(Sec_Fetch_Site=site, Origin="http://testserver", Referer="http://testserver/") == 403


def test_origin_decides_where_the_browser_sends_no_fetch_metadata() -> None:
    assert answer(cookies=SESSION, Origin="http://testserver") == 200
    assert answer(cookies=SESSION, Origin="http://jahat.example", Referer="http://testserver/") == 403
    assert answer(cookies=SESSION, Origin="null") == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://testserver",
        "http://testserver:81",
        "http://testserver.jahat.example",
        "http://jahat.example#testserver",
    ],
)
def test_an_origin_that_only_looks_like_ours_is_refused(origin: str) -> None:
    assert answer(Origin=origin) == 403


def test_referer_decides_in_the_oldest_browsers() -> None:
    assert answer(cookies=SESSION, Referer="http://testserver/pelatihan") == 200
    assert answer(cookies=SESSION, Referer="http://jahat.example/http://testserver/") == 403
    assert answer(cookies=SESSION, Referer="http://testserver@jahat.example/") == 403


def test_without_any_header_only_a_program_without_a_session_is_accepted() -> None:
    assert answer() == 200
    assert answer(cookies=SESSION) == 403


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_is_open_to_links_from_everywhere(method: str) -> None:
    assert answer(method, SESSION, Sec_Fetch_Site="cross-site") == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_every_method_that_changes_something_is_guarded(method: str) -> None:
    assert answer(method, SESSION, Origin="http://jahat.example") == 403


@override_settings(BALAI_URL="https://balai.example")
def test_the_public_address_is_ours_behind_a_proxy_that_hides_it() -> None:
    assert answer(cookies=SESSION, Origin="https://balai.example") == 200


def test_the_refusal_is_a_page_with_its_code_and_changes_nothing() -> None:
    response = Client(headers={"origin": "http://jahat.example"}).post("/tampilan", {"tema": "gelap"})
    assert response.status_code == 403
    assert response.cookies.output() == ""
    assert "B1103" in response.content.decode()


def test_a_view_is_never_reached_by_a_stranger() -> None:
    reached: list[HttpRequest] = []
    request = RequestFactory().post("/tampilan", headers={"sec-fetch-site": "cross-site"})
    SameOriginMiddleware(lambda arrived: reached.append(arrived) or HttpResponse())(request)
    assert reached == []
