"""Serving with granian. This process imports no Django, so that it stays small beside its workers."""

import ipaddress
import multiprocessing
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from balai.common.problems import Refusal
from balai.web import problems

from . import memory
from .gate import SENDERS

TARGET = "balai.web.machine.worker:application"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Tls:
    """A certificate chain and its private key (PKCS#8), both PEM files: with them Balai speaks HTTPS and HTTP/2."""

    certificate: Path
    key: Path

    def require_fit(self) -> None:
        """Raises ``Refusal`` when they cannot be used together."""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.key)
        except (OSError, ssl.SSLError) as error:
            raise Refusal(problems.BAD_CERTIFICATE, name=self.certificate.name, error=error) from error
        if b"BEGIN PRIVATE KEY" not in self.key.read_bytes():
            raise Refusal(problems.BAD_CERTIFICATE, name=self.key.name, error="PKCS#8")


@dataclass(frozen=True)
class Address:
    """Where to listen, and how."""

    host: str
    port: int
    tls: Tls | None = None

    @property
    def url(self) -> str:
        """As one types it into a browser on this machine."""
        scheme = "https" if self.tls else "http"
        host = self.near_host
        return f"{scheme}://[{host}]:{self.port}" if ":" in host else f"{scheme}://{host}:{self.port}"

    @property
    def near_host(self) -> str:
        """The host under which this machine reaches itself."""
        return "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  (only compared)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def require_free(self) -> None:
        """Raises ``Refusal`` when nobody can listen here."""
        try:
            family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
            with socket.socket(family) as probe:
                if os.name == "posix":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((self.host, self.port))
        except OSError as error:
            why = error.strerror or str(error)
            raise Refusal(problems.PORT_TAKEN, host=self.host, port=self.port, error=why) from error


def serve(address: Address, processes: int, opened: Callable[[], None]) -> None:
    """Serve until the program is told to end; ``opened()`` is called when the first page was answered.

    One thread a process makes pages: more would only wait for each other, and for SQLite's one writer. The others
    receive what is sent (see ``gate``).
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    memory.one_arena()
    server = Granian(
        TARGET,
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=SENDERS,
        blocking_threads_idle_timeout=30,
        runtime_blocking_threads=1,
        http=HTTPModes.auto if address.tls else HTTPModes.http1,
        ssl_cert=address.tls.certificate if address.tls else None,
        ssl_key=address.tls.key if address.tls else None,
        websockets=False,
        backlog=1024,
        log_level=LogLevels.error,  # it warns of many threads, which here only wait
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    announce = threading.Thread(target=_announce, args=(address, opened), daemon=True)
    server.on_startup(announce.start)
    server.serve()


def usual_processes(database_url: str) -> int:
    """One where SQLite has one writer anyway; on a hub as many as there are cores."""
    return multiprocessing.cpu_count() if database_url.startswith("postgres") else 1


def _announce(address: Address, opened: Callable[[], None]) -> None:
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE:
        time.sleep(0.05)
        if _answers(address):
            opened()
            return


def _answers(address: Address) -> bool:
    connection = _connection(address)
    try:
        connection.request("HEAD", "/", headers={"Host": f"127.0.0.1:{address.port}"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _connection(address: Address) -> HTTPConnection:
    if not address.tls:
        return HTTPConnection(address.near_host, address.port, timeout=_PATIENCE)
    ourselves = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ourselves.check_hostname, ourselves.verify_mode = False, ssl.CERT_NONE  # only asked whether it answers
    return HTTPSConnection(address.near_host, address.port, timeout=_PATIENCE, context=ourselves)
