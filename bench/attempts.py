"""How many attempts at a sealed test of 10 questions a machine takes, by HTTP, with 16 clients beside it.

    python -m bench.attempts [--seconds 20] [--clients 16] [--processes 2]

whole: start, paper, one submission with every answer, result (4 requests). stepwise: the same with each answer
saved as it is given (14 requests). Every submission is recorded, signed, marked and answered with its result.
``DATABASE_URL`` chooses PostgreSQL. Aims, on two cores with the clients on them: 150 and 40 a second. The last two
columns are processor time an attempt, which other work on the machine disturbs less than the rate.
"""

import argparse
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import brotli
import psutil

_PARTS = "Siti Budi Ketut Rahma Joko Wayan Dewi Agus Lestari Yohanes Fatimah Sumarno Guntur Melati Hasan".split()
AIMS = {"whole": 150, "stepwise": 40}
_INPUT = re.compile(rb'name="j\.([a-z0-9-]+)" value="([0-9a-f]+)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"location: (\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Sealed:
    """A sealed test: ``identity`` in its address, ``published`` in its form."""

    identity: str
    published: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--people", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="thread", DJANGO_SETTINGS_MODULE="balai.settings")
        port = _free_port()
        os.environ["BALAI_URL"] = f"http://127.0.0.1:{port}"
        test, sessions = _prepare(options.people)
        server = _serve(port, options.processes)
        try:
            _measure(port, test, sessions, options, psutil.Process(server.pid))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def _prepare(people: int) -> tuple[Sealed, Iterator[str]]:
    """An installation with the demo course and ``people`` who are signed in. Returns a test and their cookies."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from balai.assessments.models import Test
    from balai.courses.publishing import publish
    from balai.courses.source import Source
    from balai.log.record import Deed, record_many
    from balai.people.entries import PersonRegistered
    from balai.people.models import Account
    from balai.regions import shipping
    from balai.regions.models import Region

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    shipping.load(prefixes=("18",))
    package = Path(settings.PACKAGE)
    version, _new = publish(Source.from_folder(package / "demo/courses/kenal-hp-dan-internet"), None)
    villages = list(Region.objects.filter(level=4).order_by("code").values_list("pk", flat=True))
    deeds = [
        Deed("person.registered", PersonRegistered(name=_name(n), region=villages[n % len(villages)]), proof="hub")
        for n in range(people)
    ]
    accounts = [Account(person_id=e.id, username=f"p{n}", password="!") for n, e in enumerate(record_many(deeds))]
    Account.objects.bulk_create(accounts)
    cookies = []
    for account in accounts:
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    test = Test.objects.get(version=version, slug="sertifikat")
    turns = [cookie for _turn in range(test.rules["attempts"]) for cookie in cookies]
    return Sealed(str(test.identity), str(test.pk)), iter(turns)


def _name(number: int) -> str:
    """Names that are not alike: who is like whom is looked for beside the learners, as it would be anywhere."""
    return " ".join(f"{_PARTS[number // len(_PARTS) ** place % len(_PARTS)]}" for place in range(3))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(port: int, processes: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"]
    command += [
        "--workers",
        str(processes),
        "--blocking-threads",
        "1",
        "--backlog",
        "1024",
        "balai.web.machine.worker:application",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(100):
        try:
            Client(port, "").send("GET", "/")
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


class Client:
    """A browser reduced to its requests: one kept connection, one cookie. Light, because it shares the cores."""

    def __init__(self, port: int, cookie: str) -> None:
        self.host = f"127.0.0.1:{port}"
        self.cookie = cookie
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, method: str, path: str, body: str = "", accept: str = "text/html") -> tuple[bytes, bytes]:
        """Head and body of the answer. Raises ``OSError`` for one that is not 200 or a redirect."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {self.cookie}\r\n"
        head += f"Sec-Fetch-Site: same-origin\r\nAccept: {accept}\r\nAccept-Encoding: br\r\n"
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        self.socket.sendall((head + body).encode())
        return self._answer(f"{method} {path}")

    def _answer(self, asked: str) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            part = self.socket.recv(65536)
            if not part:
                raise OSError(f"{asked}: closed")
            received += part
        head, _gap, body = received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        while length and len(body) < int(length[1]):
            body += self.socket.recv(65536)
        if head[9:12] not in {b"200", b"302", b"303"}:
            raise OSError(f"{asked}: {head[:60]!r}")
        return head, brotli.decompress(body) if b"content-encoding: br" in head.lower() else body


def attempt(client: Client, test: Sealed, stepwise: bool) -> None:
    """One attempt from the button to the result."""
    head, _body = client.send("POST", f"/tes/{test.identity}/pengerjaan", f"terbitan={test.published}")
    found = _LOCATION.search(head)
    assert found, "the start leads to the paper"
    paper = found[1].decode()
    _head, page = client.send("GET", paper)
    answers = {slug.decode(): option.decode() for slug, option in _INPUT.findall(page)}
    assert len(answers) == 10, "ten questions on the paper"
    if stepwise:
        for slug, option in answers.items():
            _head, saved = client.send("POST", f"{paper}/jawaban", f"j.{slug}={option}", accept="application/json")
            assert b"saved_at" in saved, "the server has it"
    form = "&".join(f"j.{slug}={option}" for slug, option in answers.items())
    client.send("POST", f"{paper}/kiriman", form)
    _head, result = client.send("GET", paper)
    assert b"Nilai" in result, "the result is marked"


@dataclass
class Run:
    """Attempts of all clients within one measured time."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def _cpu(server: psutil.Process) -> tuple[float, float]:
    """Seconds of processor that the server's processes used so far, and the clients'."""
    spent = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(one.user + one.system for one in spent), time.process_time()


def _measure(
    port: int, test: Sealed, sessions: Iterator[str], options: argparse.Namespace, server: psutil.Process
) -> None:
    _load(port, test, islice(sessions, 60), options.clients, 5, stepwise=False)  # warm
    heading = f"attempts, {options.clients} clients"
    print(f"{heading:34}{'a second':>10}{'aim':>6}{'ratio':>7}{'median':>9}{'p95':>9}{'server':>10}{'client':>10}")
    for name, stepwise in (("whole", False), ("stepwise", True)):
        before, (server_before, client_before) = time.perf_counter(), _cpu(server)
        run = _load(port, test, sessions, options.clients, options.seconds, stepwise)
        rate = len(run.seconds) / (time.perf_counter() - before)
        server_after, client_after = _cpu(server)
        of_server = (server_after - server_before) / len(run.seconds) * 1000
        of_client = (client_after - client_before) / len(run.seconds) * 1000
        p95 = statistics.quantiles(run.seconds, n=20)[-1]
        median = statistics.median(run.seconds)
        print(
            f"{name:34}{rate:10.1f}{AIMS[name]:6}{rate / AIMS[name]:7.2f}{median:8.3f}s{p95:8.3f}s"
            f"{of_server:8.1f}ms{of_client:8.1f}ms"
        )
        if run.failures:
            print(f"  {len(run.failures)} failed, the first: {run.failures[0]}")


def _load(port: int, test: Sealed, sessions: Iterator[str], clients: int, seconds: float, stepwise: bool) -> Run:
    run, end, lock = Run(), time.perf_counter() + seconds, threading.Lock()

    def work() -> None:
        client = Client(port, "")
        while time.perf_counter() < end:
            with lock:
                client.cookie = next(sessions, "")
            if not client.cookie:
                return
            started = time.perf_counter()
            try:
                attempt(client, test, stepwise)
                run.seconds.append(time.perf_counter() - started)
            except (OSError, AssertionError) as error:
                run.failures.append(str(error))
                client = Client(port, "")

    threads = [threading.Thread(target=work) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return run


if __name__ == "__main__":
    main()
