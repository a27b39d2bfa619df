"""How well a name fits the words that were typed, best first. Each rank gives the lines of a span that fit so."""

from collections.abc import Callable, Iterator

from .gazetteer import Gazetteer, Span

#: Letters.
_SHORTEST_PART = 4
Rank = Callable[[Gazetteer, tuple[str, ...], Span], Iterator[int]]


def present(names: Gazetteer, words: tuple[str, ...], span: Span) -> bool:
    """Whether any rank but the last can give something."""
    return any(True for _line in names.lines(_joined(words), span))


def same(names: Gazetteer, words: tuple[str, ...], span: Span) -> Iterator[int]:
    """The name is just that."""
    return names.lines(b"\n%b\n" % _joined(words), span)


def begins(names: Gazetteer, words: tuple[str, ...], span: Span) -> Iterator[int]:
    """The name begins so."""
    return names.lines(b"\n%b" % _joined(words), span)


def word_begins(names: Gazetteer, words: tuple[str, ...], span: Span) -> Iterator[int]:
    """A later word of the name begins so."""
    return names.lines(b" %b" % _joined(words), span)


def holds(names: Gazetteer, words: tuple[str, ...], span: Span) -> Iterator[int]:
    """It is somewhere in the name; shorter parts would be in too many."""
    part = _joined(words)
    return names.lines(part, span) if len(part) >= _SHORTEST_PART else iter(())


def all_words(names: Gazetteer, words: tuple[str, ...], span: Span) -> Iterator[int]:
    """Every word begins a word of the name, in any order."""
    if len(words) < 2:
        return
    beginnings = [b" %b" % word.encode() for word in words]
    for line in names.lines(max(words, key=len).encode(), span):
        name = b" " + names.name(line)
        if all(beginning in name for beginning in beginnings):
            yield line


RANKS: tuple[Rank, ...] = (same, begins, word_begins, holds, all_words)


def _joined(words: tuple[str, ...]) -> bytes:
    return " ".join(words).encode()
