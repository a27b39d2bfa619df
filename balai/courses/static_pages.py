"""Open lessons as plain files: written at publishing, read without database, session or template.

A page lies under ``BALAI_DATA/public/<frame>/materi/…`` where ``<frame>`` is the hash of the frame (style sheet,
texts, templates) that is baked into it, so an upgrade never serves an old frame; pictures lie beside under
their own hash. What is not there (another theme, an upgrade a moment ago) is rendered once by the view and kept.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from balai.log import blobs

from .lesson_pages import THEMES
from .page_files import Variant, page_path, policy, public
from .pictures import MEDIA_TYPES

_LESSON = re.compile(r"/materi/([a-z0-9-]{1,60})/([0-9]{1,6})/([a-z0-9-]{1,60})")
_PICTURE = re.compile(r"/berkas/([0-9a-f]{64}\.(svg|png|jpg|webp))")
_SUFFIXES = {"br": ".br", "gzip": ".gz", "": ""}
PAGE_CACHE = "public, max-age=300, stale-while-revalidate=86400"
PICTURE_CACHE = "public, max-age=31536000, immutable"
#: A picture opened by itself may draw, and nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def variant_of(request: HttpRequest) -> Variant:
    """What this reader chose; asked of the cookies only, so that pages need no session."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    theme = THEMES.get(request.COOKIES.get("tema", ""), "")
    return Variant(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE, theme)


class StaticPages:
    """The middleware that answers for lessons and pictures that lie ready, before anything else is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.ready(request) or self.get_response(request)

    def ready(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if request.method not in {"GET", "HEAD"} or not path.startswith(("/materi/", "/berkas/")):
            return None
        if found := _LESSON.fullmatch(path):
            slug, number, lesson = found.groups()
            return serve_page(request, page_path(slug, number, lesson, variant_of(request)))
        if found := _PICTURE.fullmatch(path):
            return serve_picture(request, public() / "berkas" / found[1])
        return None


def serve_page(request: HttpRequest, file: Path) -> HttpResponse | None:
    """The page in ``file``, packed as the browser likes it, or nothing when it is not there."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": PAGE_CACHE,
        "Vary": "Accept-Encoding, Cookie",
        "Content-Security-Policy": policy(),
        "X-Frame-Options": "DENY",
    }
    return _serve(request, file, headers)


def serve_picture(request: HttpRequest, file: Path, cache: str = PICTURE_CACHE) -> HttpResponse | None:
    """The picture in ``file``, or nothing when it is not there."""
    return _serve(request, file, picture_headers(file.name, cache))


def picture_headers(name: str, cache: str) -> dict[str, str]:
    """For a picture by its name: nothing in it can run, whoever made it."""
    return {
        "Content-Type": MEDIA_TYPES[name.rpartition(".")[2]],
        "Cache-Control": cache,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": PICTURE_POLICY,
        "X-Content-Type-Options": "nosniff",
    }


def _serve(request: HttpRequest, file: Path, headers: dict[str, str]) -> HttpResponse | None:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    for encoding in ("br", "gzip", ""):
        if encoding in accepted:
            stored = _stored(f"{file}{_SUFFIXES[encoding]}")
            if stored:
                return _answer(request, stored, encoding, headers)
    return None


def _answer(request: HttpRequest, stored: tuple[str, bytes], encoding: str, headers: dict[str, str]) -> HttpResponse:
    tag, content = stored
    response: HttpResponse
    if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        # The rest the browser has from the first time.
        response = HttpResponseNotModified(headers={name: headers[name] for name in ("Cache-Control", "Vary")})
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else content, headers=headers)
        response["Content-Length"] = str(len(content))
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = tag
    return response


def _stored(path: str) -> tuple[str, bytes] | None:
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    # A power cut may leave a name without bytes: then it is as if it were not there.
    return _read(path, found.st_mtime_ns) if found.st_size else None


@lru_cache(maxsize=512)
def _read(path: str, stamp: int) -> tuple[str, bytes]:
    """The entity tag and bytes of a file as it was at ``stamp``; a few megabytes at most are kept."""
    content = Path(path).read_bytes()
    return f'"{blobs.name(content)[:20]}"', content
