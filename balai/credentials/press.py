"""Certificates set by typst, many in a row, in a child process that gives its memory back when it ends.

Typst remembers what it has set for as long as its process lives. The child needs neither Django nor the database: it
gets the words of certificates (``paper.words``) as lines of JSON and answers each line with one PDF.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_STANDARDS = ["a-3a", "ua-1"]
_LENGTH = 8

Words = dict[str, Any]


def single(words: Words) -> bytes:
    """One certificate: PDF/A-3a for keeping, PDF/UA-1 for screen readers, with its credential attached."""
    said = {"certificates": json.dumps([words])}
    return _set(said, pdf_standards=_STANDARDS, timestamp=words["made"])


def bound(many: Sequence[Words], title: str) -> bytes:
    """All of ``many`` in one PDF for the printer, each on a sheet of its own, without what is only for keeping."""
    return _set({"certificates": json.dumps([*many]), "bound": title}, timestamp=max(one["made"] for one in many))


def _set(said: dict[str, str], **how: Any) -> bytes:
    return cast(bytes, _compiler().compile(format="pdf", sys_inputs=said, **how))


@lru_cache(maxsize=1)
def _compiler() -> Any:
    import typst  # 25 MB, only in a process that draws certificates

    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts)


class Press:
    """A child process for as long as the block lasts. Raises ``RuntimeError`` when it breaks."""

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(  # noqa: S603  (this very program)
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        self._child.stdout.close()  # type: ignore[union-attr]
        if error:
            self._child.kill()
        self._child.wait()

    def single(self, words: Words) -> bytes:
        """As ``single`` above."""
        return self._ask({"many": [words]})

    def bound(self, many: Sequence[Words], title: str) -> bytes:
        """As ``bound`` above."""
        return self._ask({"many": [*many], "title": title})

    def _ask(self, order: dict[str, Any]) -> bytes:
        into, out = self._child.stdin, self._child.stdout
        if into is None or out is None:
            raise RuntimeError("a press needs its pipes")
        try:
            into.write(json.dumps(order).encode() + b"\n")
            into.flush()
        except BrokenPipeError as error:
            raise RuntimeError("the press broke") from error
        size = int.from_bytes(out.read(_LENGTH) or b"", "big")
        drawn = out.read(size)
        if not size or len(drawn) != size:
            raise RuntimeError("the press broke")
        return drawn


def _work() -> None:
    """The child: one order a line, one answer each, until there are no more."""
    for line in sys.stdin.buffer:
        order = json.loads(line)
        drawn = bound(order["many"], order["title"]) if "title" in order else single(order["many"][0])
        sys.stdout.buffer.write(len(drawn).to_bytes(_LENGTH, "big") + drawn)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _work()
