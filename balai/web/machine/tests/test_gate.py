"""Slow senders wait alone; one thread makes the answers."""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from balai.web.machine import gate
from balai.web.machine.gate import Gate

WAIT = 10


class Slow(BytesIO):
    """A body that arrives only when it is let through."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.asked, self.let = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.asked.set()
        self.let.wait(WAIT)
        return super().read(size)


class Site:
    """Answers with the body that it got; notes in which thread."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> "Site":
        self.threads.add(threading.get_ident())
        start_response("200 OK", [])
        self.content = environ["wsgi.input"].read()
        return self

    def __iter__(self) -> Any:
        return iter([self.content])

    def close(self) -> None:
        self.closed += 1


def asked(content: BytesIO, length: object = None) -> dict[str, Any]:
    announced = len(content.getvalue()) if length is None else length
    return {"CONTENT_LENGTH": str(announced), "wsgi.input": content}


def answered(door: Gate, environ: dict[str, Any]) -> bytes:
    return b"".join(door(environ, lambda status, headers: None))


def test_who_sends_slowly_holds_nobody_up():
    site = Site()
    door = Gate(site)
    slow = [Slow(f"lambat {n}".encode()) for n in range(20)]
    found: list[bytes] = []
    senders = [threading.Thread(target=lambda one=one: found.append(answered(door, asked(one)))) for one in slow]
    for sender in senders:
        sender.start()
    assert all(one.asked.wait(WAIT) for one in slow)
    assert (answered(door, asked(BytesIO())), answered(door, asked(BytesIO(b"cepat")))) == (b"", b"cepat")
    for one in slow:
        one.let.set()
    for sender in senders:
        sender.join(WAIT)
    assert (sorted(found), site.closed) == (sorted(one.getvalue() for one in slow), 22)
    assert len(site.threads) == 1
    assert threading.get_ident() not in site.threads


@pytest.mark.parametrize("size", [0, 1, 70_000, gate.LARGE, gate.LARGE + 1])
def test_a_body_arrives_whole(size):
    content = bytes(n % 251 for n in range(1000)) * (size // 1000) + b"x" * (size % 1000)
    assert answered(Gate(Site()), asked(BytesIO(content + b"dan lagi"), size)) == content


def test_a_sender_who_breaks_off_sends_less():
    assert answered(Gate(Site()), asked(BytesIO(b"abc"), 50)) == b"abc"


@pytest.mark.parametrize("length", ["", "-5", "banyak", gate.LARGEST + 1])
def test_what_is_not_announced_or_too_large_is_not_read(length):
    assert answered(Gate(Site()), asked(BytesIO(b"abc"), length)) == b""


def test_what_breaks_is_told_to_the_server():
    def site(environ: Any, start_response: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(Gate(site), asked(BytesIO()))
