"""The sealed file: a stream of bytes in, a ZIP with two age files out, and back. Nothing plain touches the disk."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import pyrage
import zstandard

from balai.common.passphrases import unsealed
from balai.common.problems import Refusal
from balai.web import problems

KEY, CONTENT, NOTE = "kunci.age", "isi.tar.zst.age", "BACA-SAYA.txt"
#: A passphrase shorter than this is refused: whoever has the file may guess for years.
SHORTEST = 12
_LEVEL = 6
_NOTE = """Cadangan Balai Belajar. Pulihkan dengan: balai restore BERKAS --data FOLDER
Restore with: balai restore FILE --data FOLDER

Without Balai: age --decrypt kunci.age > identity.txt; age --decrypt -i identity.txt isi.tar.zst.age | zstd -d | tar x
"""


@dataclass(frozen=True)
class Lock:
    """What opens a backup: a passphrase, or whoever has the identities of ``recipients`` (age1…)."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()

    def require_strength(self) -> None:
        """Raises ``Refusal`` for a passphrase that is too short, or a recipient that is none."""
        if self.recipients:
            _recipients(self.recipients)
        elif len(self.passphrase) < SHORTEST:
            raise Refusal(problems.WEAK_PASSPHRASE, least=SHORTEST)

    def close(self, plain: bytes) -> bytes:
        """``plain``, sealed."""
        if self.recipients:
            return bytes(pyrage.encrypt(plain, _recipients(self.recipients)))
        return bytes(pyrage.passphrase.encrypt(plain, self.passphrase))


@dataclass(frozen=True)
class Key:
    """What a backup is opened with: the passphrase, or the text of an age identity file."""

    passphrase: str = ""
    identities: str = ""

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes. Raises ``Refusal``."""
        try:
            if self.identities:
                return bytes(pyrage.decrypt(sealed, _identities(self.identities)))
            return unsealed(sealed, self.passphrase)
        except pyrage.DecryptError as error:
            raise Refusal(problems.WRONG_PASSPHRASE) from error


def _recipients(texts: tuple[str, ...]) -> list[Any]:
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError as error:
        raise Refusal(problems.BAD_RECIPIENT, error=error) from error


def _identities(text: str) -> list[Any]:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError as error:
        raise Refusal(problems.BAD_RECIPIENT, error=error) from error


def write(target: Path, lock: Lock, fill: Callable[[IO[bytes]], None]) -> None:
    """Make the file ``target``; ``fill`` writes what it is to hold. Half a file never gets the name."""
    lock.require_strength()
    identity = pyrage.x25519.Identity.generate()
    part = target.with_name(f".{target.name}.part")
    try:
        with ZipFile(part, "w", ZIP_STORED) as archive:
            archive.writestr(NOTE, _NOTE)
            archive.writestr(KEY, lock.close(f"{identity}\n".encode()))
            with archive.open(CONTENT, "w", force_zip64=True) as sealed, _pumped(fill) as plain:
                pyrage.encrypt_io(plain, sealed, [identity.to_public()])
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(source: Path, key: Key) -> Iterator[IO[bytes]]:
    """What a backup holds, as a stream. Raises ``Refusal`` for a wrong key or a file that is no backup."""
    try:
        archive = ZipFile(source)
        sealed_identity = archive.read(KEY)
    except (BadZipFile, KeyError) as error:
        raise Refusal(problems.NOT_A_BACKUP, name=source.name, error=error) from error
    with archive:
        identity = _identities(key.open(sealed_identity).decode())

        def fill(pipe: IO[bytes]) -> None:
            with archive.open(CONTENT) as sealed:
                pyrage.decrypt_io(sealed, pipe, identity)

        with _pump(fill) as packed, zstandard.ZstdDecompressor().stream_reader(packed) as plain:
            yield plain
            while plain.read(1 << 16):
                pass  # what comes after the end of the archive; the age file is only proven whole at its end


@contextmanager
def _pumped(fill: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """What ``fill`` writes, compressed, to read."""

    def compressed(pipe: IO[bytes]) -> None:
        with zstandard.ZstdCompressor(_LEVEL).stream_writer(pipe, closefd=False) as packed:
            fill(packed)

    with _pump(compressed) as plain:
        yield plain


@contextmanager
def _pump(fill: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """What ``fill`` writes in a thread, to read here; its error is raised here."""
    reading, writing = os.pipe()
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:
                fill(pipe)
        except BaseException as error:  # handed to the reader
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield pipe
    finally:
        thread.join()
    if errors:
        raise errors[0]
