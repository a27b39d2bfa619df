"""What a learner's way costs on the wire, in a real Chromium with a phone's screen.

    python -m bench.weight [--plain] [--no-slow] [--pictures FOLDER]

Sign in, home, course, lesson, a sealed test of 10 questions, result: every byte both ways, counted by a proxy
between browser and `balai up` over HTTPS (handshake and headers included), on a cold and on a warm cache, and how
long one waits for it at 50 kbit/s down, 20 kbit/s up and 400 ms. A step is waited for until its page is loaded.
"""

import argparse
import asyncio
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import ground
from bench.slow_link import Link
from tests.browser_ready import find

FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--disable-quic --disable-features=Translate,OptimizationHints,MediaRouter"
).split()
PHONE = {"width": 360, "height": 740}
LIMITS = {"cold": (60, 16), "warm": (16, None)}
#: kbit/s down and up, milliseconds there and back.
SLOW = (50.0, 20.0, 400.0)
#: Milliseconds that a quick learner takes to read and answer one question.
READING = 5_000
PEERS = (
    "for comparison, measured the same way: Moodle 4.5: 4,320 KB, 91 requests, 320 KB warm, 611 s;\n"
    "Kolibri 0.19: 3,320 KB only to sign in and see its home page, 227 s"
)


@dataclass
class Step:
    """One step: bytes both ways, requests, seconds until loaded, seconds until something was painted."""

    name: str
    down: int
    up: int
    requests: int
    seconds: float
    painted: float

    @property
    def kilobytes(self) -> float:
        return (self.down + self.up) / 1000


class Way:
    """One learner's way through one browser context, measured step by step."""

    def __init__(self, page: Page, link: Link, pictures: Path | None) -> None:
        self.page, self.link, self.pictures = page, link, pictures
        self.steps: list[Step] = []
        self.answered: list[str] = []
        self.cached: set[str] = set()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._redirected)
        wire.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
        wire.on("Network.responseReceived", self._answered)

    def _redirected(self, event: dict[str, Any]) -> None:
        if "redirectResponse" in event:
            self.answered.append("redirect")

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith("data:"):
            return  # it stood in the page
        self.answered.append(event["requestId"])
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    @property
    def requests(self) -> int:
        """How many were answered over the wire: what the caches answered was not."""
        return sum(request not in self.cached for request in self.answered)

    def step(self, name: str, act: Callable[[], object]) -> None:
        """Do it, wait until its page is loaded and nothing moves any more."""
        before = (self.link.down.bytes, self.link.up.bytes, self.requests)
        started = time.monotonic()
        act()
        self.page.wait_for_load_state("load")
        seconds = time.monotonic() - started
        self._rest()
        down, up = self.link.down.bytes - before[0], self.link.up.bytes - before[1]
        paint = self.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
        self.steps.append(Step(name, down, up, self.requests - before[2], seconds, paint / 1000))
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{len(self.steps)}.png")

    def _rest(self) -> None:
        """What a page does after it is loaded counts too."""
        self.page.wait_for_load_state("networkidle")
        quiet, last = time.monotonic(), -1
        while time.monotonic() - quiet < 1.2:
            now = self.link.down.bytes + self.link.up.bytes
            if now != last:
                quiet, last = time.monotonic(), now
            self.page.wait_for_timeout(100)

    def walk(self, username: str) -> None:
        page = self.page
        self.step("sign-in page", lambda: page.goto("/masuk"))
        page.fill("[name=username]", username)
        page.fill("[name=password]", ground.PASSWORD)
        self.step("sign in, home", self._press("main button.main"))
        self.step("course", self._press("main a[href^='/pelatihan/']"))
        self.step("lesson", self._press("main a[href^='/materi/']"))
        self.step("back to the course", page.go_back)
        self.step("test", self._press("main a[href^='/tes/'] >> nth=-1"))
        self.step("start, paper", self._press("main button.main"))
        self._answer()
        self.step("submit, result", self._press("[data-next]"))

    def _press(self, what: str) -> Callable[[], object]:
        def act() -> None:
            with self.page.expect_navigation(wait_until="load"):
                self.page.click(what)

        return act

    def _answer(self) -> None:
        """Each answer goes out while the learner reads on: it weighs, and nobody waits for it."""
        self.step("10 answers", lambda: None)
        before = (self.link.down.bytes, self.link.up.bytes, self.requests)
        for _question in range(10):
            self.page.wait_for_timeout(READING)
            self.page.locator("main label:visible").first.click()
            self.page.click("[data-next]")
        self._rest()
        done = self.steps[-1]
        done.down, done.up = self.link.down.bytes - before[0], self.link.up.bytes - before[1]
        done.requests, done.seconds, done.painted = self.requests - before[2], 0.0, 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", action="store_true", help="HTTP instead of HTTPS")
    parser.add_argument("--no-slow", action="store_true", help="only count bytes")
    parser.add_argument("--pictures", type=Path, help="a folder for a screenshot of each step")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="balai-bench-"))
    try:
        ground.furnish(folder, ["satu", "dua", "tiga", "empat"])
        port, words = _free_port(), [] if options.plain else ground.tls(folder)
        with ground.serving(folder, port, *words), _browser(folder) as browser:
            scheme = "http" if options.plain else "https"
            print(f"over {scheme.upper()}")
            _measure(browser, scheme, port, ["satu", "dua"], None, options.pictures)
            if not options.no_slow:
                _measure(browser, scheme, port, ["tiga", "empat"], SLOW, None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(PEERS)


@contextmanager
def _browser(folder: Path) -> Iterator[Browser]:
    """Trusts the bench's own certificate: behind a certificate that it doubts a browser caches nothing."""
    trust = f"--ignore-certificate-errors-spki-list={ground.fingerprint(folder)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=[*FLAGS, trust])
        yield browser
        browser.close()


@contextmanager
def _link(target: int, speed: tuple[float, float, float] | None) -> Iterator[tuple[Link, int]]:
    """A link to ``target`` in a thread of its own, and the port of its near end."""
    loop = asyncio.new_event_loop()
    link = Link(target)
    if speed:
        link.slow(*speed)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield link, asyncio.run_coroutine_threadsafe(link.open(), loop).result()
    finally:
        loop.call_soon_threadsafe(_end, loop)
        thread.join()


def _end(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(0.5, loop.stop)


def _measure(
    browser: Browser,
    scheme: str,
    target: int,
    usernames: list[str],
    speed: tuple[float, float, float] | None,
    pictures: Path | None,
) -> None:
    """Once on a cold cache, and as another learner on the cache that this left."""
    with _link(target, speed) as (link, port):
        context = browser.new_context(
            viewport=PHONE,
            base_url=f"{scheme}://127.0.0.1:{port}",
            locale="id-ID",
            has_touch=True,
            is_mobile=True,
        )
        context.set_default_timeout(120_000)
        for cache, username in zip(("cold", "warm"), usernames, strict=True):
            _print(cache, _walk(context, link, username, pictures if cache == "cold" else None), speed is not None)
            context.clear_cookies()
        context.close()


def _walk(context: BrowserContext, link: Link, username: str, pictures: Path | None) -> list[Step]:
    page = context.new_page()
    way = Way(page, link, pictures)
    way.walk(username)
    page.close()
    return way.steps


def _print(cache: str, steps: list[Step], slow: bool) -> None:
    where = "50/20 kbit/s, 400 ms" if slow else "unthrottled"
    print(f"{cache + ' cache, ' + where:34}{'KB':>8}{'down':>8}{'up':>8}{'requests':>10}{'seconds':>9}{'painted':>9}")
    for step in steps:
        print(f"{step.name:34}{step.kilobytes:8.1f}{step.down / 1000:8.1f}{step.up / 1000:8.1f}{step.requests:10}"
              f"{step.seconds:9.1f}{step.painted:9.1f}")  # fmt: skip
    total = sum(step.kilobytes for step in steps)
    requests, seconds = sum(step.requests for step in steps), sum(step.seconds for step in steps)
    down, up = sum(step.down for step in steps) / 1000, sum(step.up for step in steps) / 1000
    print(f"{'in all':34}{total:8.1f}{down:8.1f}{up:8.1f}{requests:10}{seconds:9.1f}")
    most, count = LIMITS[cache]
    limit = f"{'limit':34}{most:8}{'':16}{count or '':>10}"
    print(f"{limit}{20:9}{6:9}\n" if slow and cache == "cold" else f"{limit}\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
