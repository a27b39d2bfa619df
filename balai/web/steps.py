"""The two shapes in which a page says what is to be done."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now. ``done`` of ``whole`` draws the progress; a ``whole`` of 0 draws none."""

    kind: Text
    title: Text
    detail: Text
    url: str
    action: Text
    done: int = 0
    whole: int = 0


@dataclass(frozen=True)
class Attention:
    """A line under "Perlu perhatian Anda"; ``tone`` of its word is "", "wait", "bad" or "none"."""

    title: Text
    detail: Text
    url: str
    word: Text
    tone: str = ""
