"""`balai up` as a real process."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from tests.program import Program


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(program: Program, port: int) -> Iterator[dict[str, object]]:
    """Until the page answers; ended by asking that process to end."""
    command = [sys.executable, "-m", "balai", "up", "--json", "--port", str(port)]
    process = subprocess.Popen(command, env=program.environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = []
        while not lines or lines[-1] != "}\n":
            lines.append(process.stdout.readline())
            assert lines[-1], "the program ended before a page answered"
        yield json.loads("".join(lines))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _status(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    return connection.getresponse().status


def test_up_serves_and_refuses_a_taken_port(prepared: Program) -> None:
    port = _free_port()
    with _running(prepared, port) as told:
        assert (told["url"], told["data"]) == (f"http://127.0.0.1:{port}", str(prepared.folder))
        assert _status(port) == 200
        assert prepared.refused("up", "--port", str(port)) == "B1154"
        jobs = {f["subject"]: f["level"] for f in prepared.json("check")["findings"]}["Tugas latar"]
        assert jobs == "well"


def test_a_second_preparation_finds_nothing_to_do(prepared: Program) -> None:
    assert prepared.json("prepare") == {
        "data": str(prepared.folder),
        "migrations": 0,
        "regions_loaded": False,
        "static_made": False,
        "lessons_written": 0,
    }


@pytest.mark.parametrize("host", ["192.168.1.7", "::"])
def test_a_demonstration_is_not_shown_to_a_network(program: Program, host: str) -> None:
    assert program.refused("up", "--demo", "--host", host) == "B1153"
    assert not program.folder.exists()
