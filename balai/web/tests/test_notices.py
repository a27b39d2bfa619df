"""A notice is told once, on the next page, and only when this site said it."""

from django.contrib.messages import get_messages, success
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory


def told(request: HttpRequest) -> list[str]:
    found: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        found.extend(str(message) for message in get_messages(request))
        return HttpResponse()

    MessageMiddleware(page)(request)
    return found


def test_a_notice_is_told_on_the_next_page(rf: RequestFactory) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        success(request, "Tersimpan")
        return HttpResponse()

    answer = MessageMiddleware(page)(rf.get("/"))
    following = rf.get("/")
    following.COOKIES["messages"] = answer.cookies["messages"].value
    assert told(following) == ["Tersimpan"]


def test_what_others_wrote_into_the_cookie_is_not_told(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["messages"] = "W1siX19qc29uX21lc3NhZ2UiLDAsMjAsIkhhbG8iXV0:1abcde:nobody"
    assert told(request) == []


def test_a_page_that_says_nothing_sets_no_cookie(rf: RequestFactory) -> None:
    answer = MessageMiddleware(lambda request: HttpResponse())(rf.get("/"))
    assert answer.cookies == {}
