"""How many lesson pages a second the program serves, with 16 clients on the same two cores.

``python bench/lesson_pages.py [--seconds 10] [--clients 16] [--workers 2]``

Publishes the demo course into a fresh data folder, starts granian as ``balai up`` does, and lets the clients
(in this process, one connection each, kept open) ask for its lessons in turn, as a phone asks: Brotli, one
cookie, nothing cached. The clients' own work is part of the load. The aim is 600 pages a second.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

AIM = 600
REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass
class Tally:
    """What the clients saw: one moment an answer, one duration (seconds) an answer, bytes of bodies."""

    started: float = 0.0
    moments: list[float] = field(default_factory=list)
    durations: list[float] = field(default_factory=list)
    bytes: int = 0

    def per_second(self) -> list[int]:
        """Answers in each whole second, without the first, in which the server warms up."""
        whole = int(self.moments[-1] - self.started)
        counts = [0] * (whole + 1)
        for moment in self.moments:
            counts[int(moment - self.started)] += 1
        return counts[1:whole]


class Client(asyncio.Protocol):
    """One phone: asks, waits for the whole answer, asks for the next lesson."""

    def __init__(self, requests: list[bytes], offset: int, tally: Tally) -> None:
        self.requests, self.place, self.tally = requests, offset, tally
        self.buffer = b""
        self.stopped = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.buffer, self.asked = b"", time.perf_counter()
        self.transport.write(self.requests[self.place % len(self.requests)])  # type: ignore[attr-defined]
        self.place += 1

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(head.decode(errors="replace"))
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            now = time.perf_counter()
            self.tally.moments.append(now)
            self.tally.durations.append(now - self.asked)
            self.tally.bytes += length
            if not self.stopped:
                self.ask()


async def load(port: int, paths: list[str], clients: int, seconds: float) -> Tally:
    """Let ``clients`` read for ``seconds``."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br\r\nCookie: bahasa=id\r\n\r\n".encode()
        for path in paths
    ]
    tally = Tally(time.perf_counter())
    loop = asyncio.get_running_loop()
    readers = [
        (await loop.create_connection(lambda n=n: Client(requests, n, tally), "127.0.0.1", port))[1]
        for n in range(clients)
    ]
    await asyncio.sleep(seconds)
    for reader in readers:
        reader.stopped = True
    await asyncio.sleep(0.2)
    return tally


def prepare(data: Path) -> list[str]:
    """A data folder with the demo course; the addresses of its lessons."""
    code = (
        "import django; django.setup()\n"
        "from pathlib import Path\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "call_command('collectstatic', interactive=False, verbosity=0)\n"
        "from balai.courses import publishing\n"
        "from balai.courses.source import Source\n"
        "source = Source.from_folder(Path('balai/demo/courses/kenal-hp-dan-internet'))\n"
        "version, _new = publishing.publish(source, None)\n"
        "print(*(f'/materi/{version.slug}/{version.number}/{lesson.slug}' for lesson in version.lessons))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment(data), check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "BALAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "balai.settings", "DATABASE_URL": ""}


def serve(data: Path, port: int, workers: int) -> subprocess.Popen[bytes]:
    """The server, once it answers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "error"]
    server = subprocess.Popen([*command, "balai.wsgi:application"], cwd=REPOSITORY, env=environment(data))
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.kill()
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(seconds: float = 10, clients: int = 16, workers: int = 2) -> dict[str, float]:
    """Pages a second (median and peak second), milliseconds a page (median, 95th percentile), bytes a page."""
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        data, port = Path(folder), free_port()
        paths = prepare(data)
        server = serve(data, port, workers)
        try:
            tally = asyncio.run(load(port, paths, clients, seconds))
        finally:
            server.terminate()
            server.wait(10)
    rates = tally.per_second()
    return {
        "median": statistics.median(rates),
        "peak": max(rates),
        "ms_median": statistics.median(tally.durations) * 1000,
        "ms_p95": statistics.quantiles(tally.durations, n=20)[-1] * 1000,
        "bytes": tally.bytes / len(tally.moments),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    found = measure(options.seconds, options.clients, options.workers)
    print(f"lesson pages a second, {options.clients} clients, {options.workers} processes (aim {AIM})")
    print(f"  median second {found['median']:8.0f}")
    print(f"  peak second   {found['peak']:8.0f}")
    print(f"  a page takes  {found['ms_median']:8.1f} ms (95%: {found['ms_p95']:.1f} ms), {found['bytes']:.0f} bytes")


if __name__ == "__main__":
    main()
