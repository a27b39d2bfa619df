"""An author's Markdown as safe HTML: figures, tables that fit a phone, and the three boxes of a lesson.

A block quote that starts with ``**Coba dulu.**`` is a question to try, with what follows a line ``Jawaban:``
hidden until asked for; ``**Ingat.**`` is a note, ``**Hati-hati.**`` a warning. HTML in the text is shown as text.
"""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from .faults import Faults

#: What a box is called, and its class in the style sheet.
BOXES = {"Coba dulu": "try", "Ingat": "note", "Hati-hati": "warning"}
ANSWER = "Jawaban:"
#: About how many characters stand side by side on a phone of 360 pixels, with the room between columns.
PHONE = 46
#: How wide a picture stands in a lesson.
SIZES = "(min-width: 42rem) 40rem, 100vw"
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAGS = {
    "a", "aside", "blockquote", "br", "code", "details", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "hr",
    "img", "li", "ol", "p", "pre", "s", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "aside": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "figure": {"class"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "ol": {"start"},
    "p": {"class"},
    "table": {"class"},
    "td": {"data-label", "class"},
    "th": {"scope", "class"},
}


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it; ``srcset``: its widths, when there are several."""

    url: str
    width: int
    height: int
    srcset: str = ""


class Library(Protocol):
    """What a text may point at, by path in the course folder; ``None`` when it is not there."""

    def picture(self, path: str) -> Shown | None: ...

    def page(self, path: str) -> str | None: ...


@dataclass(frozen=True)
class Text:
    """A piece of Markdown: ``line`` (from 1) is where ``body`` starts in the file ``path``."""

    path: str
    line: int
    body: str


def render(text: Text, library: Library, faults: Faults) -> str:
    """The safe HTML of ``text``; what points nowhere is noted in ``faults``."""
    tokens = _parser.parse(text.body)
    page = _Page(text, library, faults)
    page.look(tokens)
    html = _Renderer().render(_boxed(tokens), _parser.options, {})
    import nh3  # 1.5 MB that a process which only serves pages never needs

    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def plain(tokens: Sequence[Token] | None) -> str:
    """The words of inline tokens."""
    return "".join(token.content if token.type in {"text", "code_inline"} else " " * (token.type == "softbreak")
                   for token in tokens or ())  # fmt: skip


_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


class _Page:
    """Turns the links and pictures of one text into addresses."""

    def __init__(self, text: Text, library: Library, faults: Faults) -> None:
        self.text, self.library, self.faults = text, library, faults
        self.pictures = 0

    def look(self, tokens: list[Token]) -> None:
        for token in tokens:
            line = self.text.line + (token.map[0] if token.map else 0)
            for child in token.children or ():
                if child.type == "softbreak":
                    line += 1
                elif child.type == "image":
                    self.picture(child, line)
                elif child.type == "link_open":
                    self.link(child, line)

    def picture(self, token: Token, line: int) -> None:
        source = str(token.attrs.get("src", ""))
        shown = None if urlsplit(source).scheme else self.library.picture(self._path(source))
        if shown is None:
            text = _("Gambar {path} tidak ada di map ini, atau rusak.")
            self.faults.add(self.text.path, line, text.format(path=source))
            return
        if not plain(token.children).strip():
            text = _("Gambar {path} perlu keterangan untuk yang tidak melihatnya: ![keterangan](berkas).")
            self.faults.add(self.text.path, line, text.format(path=source))
        token.attrs |= {"src": shown.url, "width": shown.width, "height": shown.height, "decoding": "async"}
        if shown.srcset:
            token.attrs |= {"srcset": shown.srcset, "sizes": SIZES}
        if self.pictures:
            token.attrs["loading"] = "lazy"
        self.pictures += 1

    def link(self, token: Token, line: int) -> None:
        target = str(token.attrs.get("href", ""))
        parts = urlsplit(target)
        if parts.scheme in _SCHEMES:
            token.attrs["rel"] = "noopener noreferrer"
            return
        page = None if parts.scheme or parts.netloc else self.library.page(self._path(parts.path))
        if page is None:
            text = _("Tautan {target} tidak menuju materi di map ini.")
            self.faults.add(self.text.path, line, text.format(target=target))
            page = ""
        token.attrs["href"] = page

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.text.path), unquote(target)))


def _boxed(tokens: list[Token]) -> list[Token]:
    """The same tokens, block quotes that are boxes replaced by boxes."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].type == "blockquote_open":
            end = _end(tokens, place)
            out += _box(tokens[place : end + 1])
            place = end
        else:
            out.append(tokens[place])
        place += 1
    return out


def _end(tokens: Sequence[Token], start: int) -> int:
    closing = (tokens[start].type.replace("_open", "_close"), tokens[start].level)
    return next(n for n in range(start, len(tokens)) if (tokens[n].type, tokens[n].level) == closing)


def _box(quote: list[Token]) -> list[Token]:
    """A quote as a box, or as it was when it does not start with the name of one."""
    name = _take_name(quote)
    inner = quote[1:-1]
    if name is None:
        return [quote[0], *_boxed(inner), quote[-1]]
    opening = _html(f'<aside class="box box-{BOXES[name]}"><p class="box-title">{escape(name)}</p>')
    shown, hidden = _split_answer(inner)
    answer: list[Token] = []
    if hidden:
        answer = [_html(f"<details><summary>{escape(_('Lihat jawaban'))}</summary>"), *hidden, _html("</details>")]
    return [opening, *shown, *answer, _html("</aside>")]


def _take_name(quote: list[Token]) -> str | None:
    """The name that the quote starts with in bold, taken out of its first paragraph."""
    inline = quote[2] if len(quote) > 2 and quote[1].type == "paragraph_open" else None
    children = (inline.children or []) if inline else []
    # Bold text at the very start is an empty text token at most, then strong_open, text, strong_close.
    start = 1 if children and children[0].type == "text" and not children[0].content else 0
    head = children[start : start + 3]
    if [token.type for token in head] != ["strong_open", "text", "strong_close"]:
        return None
    name = head[1].content.strip().rstrip(".:!?")
    if inline is None or name not in BOXES:
        return None
    inline.children = children[start + 3 :]
    _strip_start(inline.children)
    return name


def _strip_start(children: list[Token]) -> None:
    while children and children[0].type in {"softbreak", "text"} and not children[0].content.strip():
        del children[0]
    if children and children[0].type == "text":
        children[0].content = children[0].content.lstrip()


def _split_answer(inner: list[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before and after the line ``Jawaban:``, which may share a paragraph with either."""
    for place, token in enumerate(inner):
        lines = _lines(token.children) if token.type == "inline" and token.level == 2 else []
        for number, line in enumerate(lines):
            if plain(line).strip() == ANSWER:
                before = _paragraph(lines[:number])
                after = _paragraph(lines[number + 1 :])
                return inner[: place - 1] + before, after + inner[place + 2 :]
    return [token for token in inner if not _empty(token)], []


def _empty(token: Token) -> bool:
    return token.type == "inline" and not token.children


def _lines(children: list[Token] | None) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for child in children or ():
        if child.type == "softbreak":
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def _paragraph(lines: list[list[Token]]) -> list[Token]:
    children: list[Token] = []
    for line in lines:
        children += [Token("softbreak", "br", 0), *line] if children else line
    if not children:
        return []
    inline = Token("inline", "", 0, children=children)
    return [Token("paragraph_open", "p", 1, block=True), inline, Token("paragraph_close", "p", -1, block=True)]


def _html(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


class _Renderer(RendererHTML):
    """HTML with figures, tables that become cards on a phone, and headings below the page's own."""

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        return super().render(_shaped(list(tokens)), options, env)


def _shaped(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    labels: list[str] = []
    tables = 0
    column = 0
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "paragraph_open" and _only_picture(tokens[place + 1]):
            out.append(_html(_figure(tokens[place + 1].children[0])))  # type: ignore[index]
            place += 3
            continue
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
        elif token.type == "table_open":
            labels = []
            tables += 1
            token.attrs = {"class": "table narrow" if _fits_a_phone(_columns(tokens, place)) else "table stack"}
            # Numbered, as regions of one page must not be called alike.
            out.append(_html(f'<div class="table-wrap" tabindex="0" role="region" aria-label="Tabel {tables}">'))
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            labels.append(plain(tokens[place + 1].children))
            token.attrs = {"scope": "col"} | _aligned(token)
        elif token.type == "td_open":
            token.attrs = {"data-label": labels[column] if column < len(labels) else ""} | _aligned(token)
            column += 1
        out.append(token)
        if token.type == "table_close":
            out.append(_html("</div>"))
        place += 1
    return out


def _columns(tokens: Sequence[Token], start: int) -> list[list[str]]:
    """The words of the table that opens at ``start``, column by column, its head first."""
    rows: list[list[str]] = []
    for place in range(start, _end(tokens, start)):
        if tokens[place].type == "tr_open":
            rows.append([])
        elif tokens[place].type in {"th_open", "td_open"}:
            rows[-1].append(plain(tokens[place + 1].children))
    return [list(column) for column in zip(*rows, strict=True)]


def _fits_a_phone(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the columns may stay side by side: of many the widest wraps, of two both may; the others stay whole."""
    whole = [max(map(len, column)) for column in columns]
    words = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    wrapping = 2 if len(columns) == 2 else 1
    widest = sorted(range(len(columns)), key=lambda place: whole[place])[-wrapping:]
    return sum((words if place in widest else whole)[place] + 2 for place in range(len(columns))) <= PHONE


def _aligned(token: Token) -> dict[str, Any]:
    """Numbers stand to the right: by a class, as no style attribute is allowed."""
    return {"class": "number"} if "right" in str(token.attrs.get("style", "")) else {}


def _only_picture(inline: Token) -> bool:
    return [child.type for child in inline.children or ()] == ["image"]


def _figure(token: Token) -> str:
    caption = str(token.attrs.pop("title", "") or "")
    attributes = "".join(
        f' {name}="{escape(str(value))}"' for name, value in {**token.attrs, "alt": plain(token.children)}.items()
    )
    text = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure class="figure"><img{attributes}>{text}</figure>\n'


_WORD = re.compile(r"\w+")


def words(html: str) -> int:
    """How many words a reader meets in ``html``."""
    import nh3  # see render()

    return len(_WORD.findall(nh3.clean(html, tags=set())))
