"""Who sends slowly waits alone: bodies are read by many threads, and one thread runs everything else.

Over a village's network a spreadsheet takes minutes. Read where the pages are made, it would hold up everybody.
"""

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from threading import Semaphore
from typing import IO, Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
#: How many may be sending at a time; a thread that only reads costs some 50 KB.
SENDERS = 256
#: Of a request, in bytes: a file of 100 MB and the form around it. What is larger is not read.
LARGEST = 101 * 1024 * 1024
#: A body above so many bytes is kept on disk, and only a few of those are taken at a time.
LARGE, LARGE_AT_A_TIME = 1024 * 1024, 8
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Gate:
    """A WSGI application in front of ``application``, for a server with many threads."""

    application: Application
    _one: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="balai"))
    _large: Semaphore = field(default_factory=lambda: Semaphore(LARGE_AT_A_TIME))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = _length(environ)
        with self._turn(length), _body(length) as body:
            _receive(environ["wsgi.input"], body, length if length <= LARGEST else 0)
            environ["wsgi.input"] = body
            return self._one.submit(self._answer, environ, start_response).result()

    def _turn(self, length: int) -> AbstractContextManager[Any]:
        return self._large if LARGE < length <= LARGEST else nullcontext()

    def _answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """The whole answer, made in the one thread that has the database open."""
        response = self.application(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            close = getattr(response, "close", None)
            if close:
                close()


def _body(length: int) -> IO[bytes]:
    return tempfile.TemporaryFile() if LARGE < length <= LARGEST else BytesIO()


def _length(environ: Environ) -> int:
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def _receive(source: IO[bytes], target: IO[bytes], length: int) -> None:
    """As many bytes as were announced, or fewer when the sender breaks off."""
    while length and (chunk := source.read(min(length, _CHUNK))):
        target.write(chunk)
        length -= len(chunk)
    target.seek(0)
