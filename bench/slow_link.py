"""A slow link for the bench: a TCP proxy with the rates and the delay of a village's 2G, shared by all connections.

    python -m bench.slow_link 9000 8000 [--down 50] [--up 20] [--delay 400]

listens on port 9000 of this machine and passes on to port 8000, at so many kbit/s and with so many milliseconds there
and back; a new connection waits once more, as the handshake of TCP does. Headers of TCP and IP, loss, TLS are left out.
"""

import argparse
import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

#: Bytes that travel in one piece, so that connections take turns.
PIECE = 1400


@dataclass
class Direction:
    """One way of the link. ``rate``: bytes a second, 0 for no limit; ``delay``: seconds; ``bytes``: passed so far."""

    rate: float = 0
    delay: float = 0
    bytes: int = 0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def carry(self, data: bytes) -> None:
        """Returns when the last byte has left this end."""
        self.bytes += len(data)
        if self.rate:
            async with self._turn:
                await asyncio.sleep(len(data) / self.rate)


@dataclass
class Link:
    """A proxy from a port of its own to ``target`` (a port of this machine)."""

    target: int
    down: Direction = field(default_factory=Direction)
    up: Direction = field(default_factory=Direction)
    _carrying: set[asyncio.Task[None]] = field(default_factory=set)

    def slow(self, down: float, up: float, delay: float) -> None:
        """From now on: kbit/s and milliseconds there and back; 0 for as fast as it goes."""
        self.down.rate, self.up.rate = down * 125, up * 125
        self.down.delay = self.up.delay = delay / 2000

    async def open(self, port: int = 0) -> int:
        """Listen; returns the port."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", port)
        return int(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Drop all connections."""
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        await asyncio.sleep(self.up.delay + self.down.delay)
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        with suppress(asyncio.CancelledError):
            await asyncio.gather(_pass(reader, back, self.up), _pass(there, writer, self.down))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Direction) -> None:
    loop = asyncio.get_running_loop()
    try:
        while data := await reader.read(PIECE):
            await way.carry(data)
            loop.call_later(way.delay, _write, writer, data)
    except ConnectionError:
        pass  # the browser closed it
    loop.call_later(way.delay, writer.close)


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)


async def _run(options: argparse.Namespace) -> None:
    link = Link(options.target)
    link.slow(options.down, options.up, options.delay)
    await link.open(options.port)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("target", type=int)
    parser.add_argument("--down", type=float, default=50)
    parser.add_argument("--up", type=float, default=20)
    parser.add_argument("--delay", type=float, default=400)
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
