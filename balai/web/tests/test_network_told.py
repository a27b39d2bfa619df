"""What a lesson's page tells of the network: once a day, with the request that it makes anyway."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).resolve().parents[1] / "static" / "js" / "balai.mjs"
PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><link rel="icon" href="data:,">
<span id="keadaan"></span><progress id="maju"></progress>
<form id="selesai" data-course="c" data-lesson="m" data-lessons="m" data-next="/"><p id="simpan"></p>
<template id="kata" data-as="Belajar sebagai" data-saved="Tersimpan" data-offline="Tanpa sinyal"></template></form>
<script type="module" src="/balai.mjs"></script></html>"""


class Site:
    """A page with a lesson's form, its script, and ``/saya.json``; ``told`` are the headers that came with it."""

    def __init__(self) -> None:
        self.told: list[str | None] = []
        self.person: dict[str, Any] = {"person": {"name": "Siti"}, "progress": {}}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, content = "text/html", PAGE.encode()
                if self.path == "/balai.mjs":
                    kind, content = "text/javascript", SCRIPT.read_bytes()
                elif self.path == "/saya.json":
                    site.told.append(self.headers.get("Network-Seen"))
                    kind, content = "application/json", json.dumps(site.person).encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *some: object) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def look(page: Any, site: Site) -> None:
    page.goto(site.address, wait_until="networkidle")


def test_once_a_day(page: Any, site: Site) -> None:
    for _turn in range(3):
        look(page, site)
    first, *others = site.told
    assert re.fullmatch(r"(-|slow-2g|2g|3g|4g) \d+ 1 0", first or "")
    assert others == [None, None]


def test_what_failed_is_told_with_the_next(page: Any, site: Site) -> None:
    page.route("**/saya.json", lambda route: route.abort())
    look(page, site)
    page.unroute("**/saya.json")
    look(page, site)
    assert [(said or "").split()[2:] for said in site.told] == [["2", "1"]]


def test_of_a_visitor_nothing_is_taken_as_told(page: Any, site: Site) -> None:
    site.person = {}
    look(page, site)
    site.person = {"person": {"name": "Siti"}, "progress": {}}
    look(page, site)
    assert [(said or "").split()[2:] for said in site.told] == [["1", "0"], ["2", "0"]]
