"""Pages are packed as the browser can unpack them, and say the same in every packing."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from balai.web.packing import PackingMiddleware

TEXT = "Bapak dan Ibu di desa. " * 40


def packed(response: HttpResponse | FileResponse, accepts: str = "gzip, deflate, br") -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return PackingMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_each_browser_gets_what_it_can_unpack(
    accepts: str, encoding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    response = packed(HttpResponse(TEXT, headers={"Content-Length": str(len(TEXT))}), accepts)
    assert response.get("Content-Encoding") == encoding
    assert response["Vary"] == "Accept-Encoding"
    assert int(response["Content-Length"]) == len(response.content)
    assert unpack(response.content) == TEXT.encode()


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("Ya."),
        HttpResponse(TEXT, content_type="application/pdf"),
        HttpResponse(TEXT, headers={"Content-Encoding": "gzip"}),
    ],
    ids=["short", "a file", "packed before"],
)
def test_some_answers_stay_as_they_are(response: HttpResponse) -> None:
    before = response.content
    assert packed(response).content == before


def test_a_page_of_the_site_is_packed(client: Client) -> None:
    response = client.get("/bantuan", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"Balai" in gzip.decompress(response.content)
