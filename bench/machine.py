"""What one village machine needs: time to start, memory, room on the disk.

    python -m bench.machine [--pages 400]

The demonstration, as `make run` starts it, without the downloads. Memory is of all processes together: resident
(RSS, counts shared pages in each), and proportional (PSS, counts them once). The load is every kind of page in
turn, a sealed test, a certificate's PDF and a table for Excel.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from importlib import metadata
from pathlib import Path
from urllib.parse import urlencode

import psutil

from bench import ground

LIMITS = {"first start": 90, "later start": 3, "memory": 160}
_MODULES = """
import os, sys, django, psutil
from collections import defaultdict
def resident(): return psutil.Process().memory_info().rss
marks = [("Python", resident())]
import granian; marks.append(("granian", resident()))
django.setup(); marks.append(("Django and the rooms", resident()))
from balai.web.machine import worker; marks.append(("the site, jobs", resident()))
from django.urls import get_resolver; get_resolver().url_patterns; marks.append(("every address", resident()))
before = 0
for name, now in marks:
    print(f"  {name:32}{(now - before) / 1e6:8.1f} MB"); before = now
"""


class Visitor:
    """A browser reduced to its requests, with its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, the address that it leads to, and the body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _is, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, answer.headers.get("Location", ""), body

    def become(self, name: str) -> None:
        """Sign in as one of the demonstration's people."""
        _status, _to, page = self.ask("GET", "/masuk")
        found = re.search(
            rf'name="orang" value="([0-9a-f-]+)"[^>]*>(?:(?!name="orang").)*?sebagai {name}', page, re.DOTALL
        )
        assert found, name
        self.ask("POST", "/masuk/contoh", {"orang": found[1], "lanjut": "/"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        data, port = Path(folder) / "demo", _free_port()
        print(f"{'':34}{'reached':>10}{'limit':>8}")
        with ground.serving(data, port, "--demo") as (_process, told):
            print(f"{'first start with demo data, s':34}{told['seconds']:10.1f}{LIMITS['first start']:8}")
        with ground.serving(data, port, "--demo") as (process, told):
            print(f"{'later start to the first page, s':34}{told['seconds']:10.1f}{LIMITS['later start']:8}")
            _memory("memory after the first page, MB", process)
            _load(port, pages)
            _memory(f"memory right after {pages} pages, MB", process)
            time.sleep(35)  # in which the jobs hand back what is free
            _memory("memory at rest after that, MB", process, limit=True)
        print(f"{'data folder, MB':34}{_size(data) / 1e6:10.1f}")
        print(f"{'installed (all packages), MB':34}{_installed() / 1e6:10.1f}")
        print("\nwhere a process's memory goes (RSS)")
        subprocess.run([sys.executable, "-c", _MODULES], env=ground.environment(data), check=True)


def _memory(name: str, process: psutil.Process, limit: bool = False) -> None:
    """RSS and PSS of the process with all its children."""
    everyone = [process, *process.children(recursive=True)]
    facts = [one.memory_full_info() for one in everyone]
    resident = sum(fact.rss for fact in facts) / 1e6
    shared = sum(getattr(fact, "pss", fact.rss) for fact in facts) / 1e6
    end = f"{LIMITS['memory']:8}" if limit else f"{'':8}"
    each = " + ".join(f"{fact.rss / 1e6:.0f}" for fact in facts)
    print(f"{name:34}{resident:10.0f}{end}   RSS of each {each}; PSS of all {shared:.0f}")


def _load(port: int, pages: int) -> None:
    learner, coordinator = Visitor(port), Visitor(port)
    learner.become("Bambang Irawan")
    coordinator.become("Drs. Hendra Wijaya")
    course = "/pelatihan/kenal-hp-dan-internet"
    _status, _to, page = learner.ask("GET", course)
    test = re.findall(r'href="(/tes/[0-9a-f-]+)"', page)[-1]
    lesson = re.findall(r'href="(/materi/[^"]+)"', page)[0]
    _status, _to, page = learner.ask("GET", "/sertifikat")
    certificate = re.findall(r'href="(/sertifikat/[0-9a-f-]{36})', page)[0]
    ways = [(learner, path) for path in ("/", "/pelatihan", course, lesson, "/saya", "/saya.json", test, "/sertifikat")]
    ways += [(learner, certificate), (learner, f"{certificate}.json"), (learner, f"{certificate}.pdf")]
    ways += [(coordinator, path) for path in ("/", "/wilayah/18.02", "/orang", "/wilayah/cari.json?q=terbanggi")]
    ways += [(coordinator, "/wilayah/18.02.xlsx"), (Visitor(port), "/"), (Visitor(port), "/masuk")]
    started = time.monotonic()
    for number in range(pages):
        visitor, path = ways[number % len(ways)]
        status, _to, _body = visitor.ask("GET", path)
        assert status == 200, (path, status)
    print(f"{'pages a second, one after another':34}{pages / (time.monotonic() - started):10.0f}")


def _installed() -> int:
    """Bytes of Balai and of everything that it needs, as installed."""
    seen: set[str] = set()
    waiting = ["balai"]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        for wanted in metadata.requires(name) or []:
            requirement, _sign, marker = wanted.partition(";")
            if "extra" not in marker or "mfa" in marker or "brotli" in marker or "binary" in marker:
                waiting.append(re.split(r"[ \[<>=!~(]", requirement.strip())[0])
        waiting = [one for one in waiting if _has(one)]
    files = [path for name in seen for path in metadata.files(name) or [] if path.suffix != ".pyc"]
    package = Path(__file__).resolve().parents[1] / "balai"
    return sum(os.stat(path.locate()).st_size for path in files if Path(path.locate()).exists()) + _size(package)


def _has(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
