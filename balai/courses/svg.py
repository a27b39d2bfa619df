"""Drawings (SVG) from authors, written anew with nothing in them that runs, loads or leads elsewhere.

Only elements and attributes that draw are kept, so an unknown trick is left out without having to be known.
"""

import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath marker "
    "linearGradient radialGradient stop clipPath mask pattern filter feGaussianBlur feOffset feMerge feMergeNode "
    "feBlend feFlood feComposite feColorMatrix feDropShadow switch style".split()
)
_ATTRIBUTES = frozenset(
    "id class viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr d points dx dy rotate lengthAdjust "
    "textLength transform gradientTransform gradientUnits patternUnits patternTransform patternContentUnits "
    "clipPathUnits maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY orient spreadMethod "
    "offset preserveAspectRatio pathLength startOffset method spacing fill fill-opacity fill-rule stroke stroke-width "
    "stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color "
    "clip-path clip-rule mask filter marker-start marker-mid marker-end stop-color stop-opacity display visibility "
    "overflow font-family font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor "
    "text-decoration dominant-baseline alignment-baseline baseline-shift paint-order vector-effect shape-rendering "
    "text-rendering mix-blend-mode isolation role aria-label aria-labelledby aria-describedby aria-hidden lang "
    "filterUnits primitiveUnits in in2 result stdDeviation mode operator k1 k2 k3 k4 values flood-color flood-opacity "
    "type style href".split()
)
_REFERENCE = re.compile(r"url\s*\(", re.IGNORECASE)
_INNER_REFERENCE = re.compile(r"""url\(\s*["']?#[\w.:-]+["']?\s*\)""")
_UNSAFE_STYLE = re.compile(r"@import|expression|javascript:|\\|/\*|image-set|behavior|src", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px)?\s*")
_LONGEST_LENGTH = 20
MAXIMUM_DEPTH = 60
MAXIMUM_ELEMENTS = 20_000
MAXIMUM_SIDE = 100_000


class BadDrawing(ValueError):
    """Not a drawing that can be shown. ``line`` (from 1) says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def clean(content: bytes) -> tuple[bytes, int, int]:
    """The drawing written anew, with its width and height in pixels. Raises ``BadDrawing``."""
    return _Writer().run(content)


class _Writer:
    """Copies what may stay, event by event; whatever stands inside a left-out element is left out too."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.names: list[str] = []
        self.skipping = 0
        self.count = 0
        self.size = (0, 0)
        self.sheet: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def run(self, content: bytes) -> tuple[bytes, int, int]:
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # LookupError: an encoding that nobody knows
            raise BadDrawing(getattr(error, "lineno", self.parser.CurrentLineNumber)) from error
        if not self.parts:
            raise BadDrawing(1)
        return "".join(self.parts).encode(), *self.size

    def doctype(self, *args: object) -> None:
        """A document type can declare entities that grow without end: no drawing needs one."""
        raise BadDrawing(self.parser.CurrentLineNumber)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _space, local = name.rpartition(" ")
        self.count += 1
        if self.count > MAXIMUM_ELEMENTS or len(self.names) > MAXIMUM_DEPTH:
            raise BadDrawing(self.parser.CurrentLineNumber)
        if not self.names and not self.skipping:
            self._root(namespace, local, attributes)
        if self.skipping or namespace not in (NAMESPACE, "") or local not in _ELEMENTS:
            self.skipping += 1
            return
        opening = f' xmlns="{NAMESPACE}"' if not self.names else ""
        self.names.append(local)
        kept = dict(filter(None, map(_attribute, attributes.items())))
        written = "".join(f" {name}={quoteattr(value)}" for name, value in kept.items())
        self.parts.append(f"<{local}{opening}{written}>")

    def _root(self, namespace: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg" or namespace not in (NAMESPACE, ""):
            raise BadDrawing(self.parser.CurrentLineNumber)
        self.size = _size(attributes)
        if not all(0 < side <= MAXIMUM_SIDE for side in self.size):
            raise BadDrawing(self.parser.CurrentLineNumber)

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        else:
            if self.names[-1] == "style":
                self.parts.append(escape(_safe_style("".join(self.sheet))))
                self.sheet.clear()
            self.parts.append(f"</{self.names.pop()}>")

    def characters(self, text: str) -> None:
        if self.skipping or not self.names:
            return
        if self.names[-1] == "style":
            self.sheet.append(text)
        else:
            self.parts.append(escape(text))


def _attribute(item: tuple[str, str]) -> tuple[str, str] | None:
    """The attribute without its namespace, if it may stay."""
    name, value = item[0].rpartition(" ")[2], item[1]
    return (name, value) if name in _ATTRIBUTES and _harmless(name, value) else None


def _harmless(name: str, value: str) -> bool:
    if name == "href":
        return bool(re.fullmatch(r"#[\w.:-]+", value))
    if name == "style":
        return bool(_safe_style(value)) or not value
    return not _REFERENCE.search(_INNER_REFERENCE.sub("", value))


def _safe_style(sheet: str) -> str:
    """A style sheet or attribute that only draws; nothing at all when it could load something."""
    inner = _INNER_REFERENCE.sub("", sheet)
    return "" if _UNSAFE_STYLE.search(inner) or _REFERENCE.search(inner) else sheet


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """From the view box, else from width and height in pixels; zeros when neither says."""
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        if len(box) == 4:
            return round(float(box[2])), round(float(box[3]))
    except (ValueError, OverflowError):
        return 0, 0
    found = [_LENGTH.fullmatch(attributes.get(name, "")[:_LONGEST_LENGTH]) for name in ("width", "height")]
    width, height = (round(float(match[1])) if match else 0 for match in found)
    return width, height
