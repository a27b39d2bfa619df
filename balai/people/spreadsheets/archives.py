"""Looking into packed tables (.xlsx, .ods are ZIP files) before a reader opens them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from balai.common import formats
from balai.common.problems import Refusal

from . import limits, problems

_CHUNK = 512 * 1024
_TAIL = 1024
_SMALL = 4 * 1024 * 1024
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


class Archive:
    """A ZIP file whose directory was found sane. Raises ``Refusal`` when it is not."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Refusal(problems.DAMAGED) from error
        self.names = [part.filename for part in self._zip.infolist()]
        self._check_directory(path.stat().st_size)

    def close(self) -> None:
        self._zip.close()

    def _check_directory(self, size: int) -> None:
        """Nothing is unpacked here: what the directory states must be possible and bearable."""
        parts = sorted(self._zip.infolist(), key=lambda part: part.header_offset)
        if len(parts) > limits.PARTS or len({part.filename for part in parts}) < len(parts):
            raise Refusal(problems.DAMAGED)
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refusal(problems.PASSWORD)
        ends = [part.header_offset + part.compress_size for part in parts]
        starts = [part.header_offset for part in parts[1:]] + [size]
        if any(end > start for end, start in zip(ends, starts, strict=True)):
            raise Refusal(problems.DAMAGED)
        swollen = [p for p in parts if p.file_size > max(limits.RATIO_FROM, p.compress_size * limits.RATIO)]
        total = sum(part.file_size for part in parts)
        if swollen or total > limits.UNPACKED:
            raise Refusal(problems.UNPACKS_TOO_LARGE, size=formats.size(total))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked part, chunk by chunk. Raises ``Refusal``.

        ``zipfile`` unpacks no more than the directory stated, and compares the checksum at the end.
        """
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Refusal(problems.DAMAGED) from error

    def windows(self, name: str) -> Iterator[bytes]:
        """The same, each chunk beginning with the end of the one before, so that nothing short is cut in two."""
        tail = b""
        for chunk in self.chunks(name):
            yield tail + chunk
            tail = chunk[-_TAIL:]

    def text(self, name: str) -> str:
        """A small part as text; "" when there is none. Raises ``Refusal`` above 4 MB."""
        if name not in self.names:
            return ""
        size = self._zip.getinfo(name).file_size
        if size > _SMALL:
            raise Refusal(problems.UNPACKS_TOO_LARGE, size=formats.size(size))
        return b"".join(self.chunks(name)).decode("utf-8", "replace")

    def refuse_declarations(self) -> None:
        """No part may declare entities: no spreadsheet does, and they unfold without end."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".vml")):
                self._refuse_declarations(name)

    def _refuse_declarations(self, name: str) -> None:
        for place, chunk in enumerate(self.windows(name)):
            if _DECLARATION.search(chunk) or (place == 0 and chunk.startswith(_WIDE)):
                raise Refusal(problems.ENTITIES)
