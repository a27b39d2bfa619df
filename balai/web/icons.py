"""The icons and the woven band, drawn for Balai on a grid of 24: lines only, in the colour of the text.

They stand in the page itself, so they cost no request, print, and appear with the first paint.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_CIRCLE = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18"
PATHS = {
    "back": "m14.5 5-7 7 7 7",
    "bin": "M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6",
    "book": "M12 6v14M12 6C10 4.6 7 4 3 4v14c4 0 7 .6 9 2 2-1.4 5-2 9-2V4c-4 0-7 .6-9 2",
    "building": "M4 21V9l8-5 8 5v12M2.5 21h19M9.5 21v-6h5v6M9 11h.1M15 11h.1",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5",
    "certificate": "M12 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M8.5 13 7 21l5-2.5 5 2.5-1.5-8",
    "chat": "m4 20 1.3-4A8 8 0 1 1 8.4 19z",
    "check": "m5 12.5 4.5 4.5L19 7",
    "clock": f"{_CIRCLE}M12 7v5.5l3.5 2",
    "close": "m6 6 12 12M18 6 6 18",
    "done": f"{_CIRCLE}M8 12.5l3 3 5-6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "edit": "m4 20 1-4.5 11-11L19.5 8l-11 11zM13.5 7l3.5 3.5",
    "enter": "M13 4h7v16h-7M3 12h11M10 7.5l4.5 4.5-4.5 4.5",
    "eye": "M2.5 12C5 7.5 8 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.5 6.5-9.5 6.5S5 16.5 2.5 12"
    "M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6",
    "globe": f"{_CIRCLE}M3 12h18M12 3c-5.3 5.5-5.3 12.5 0 18 5.3-5.5 5.3-12.5 0-18",
    "hall": "M2 11h20l-4.5-6h-11zM5 11v9M19 11v9M9.7 11v9M14.3 11v9M2 20h20",
    "help": f"{_CIRCLE}M9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 2M12 16.9v.1",
    "home": "m3.5 11.5 8.5-7.5 8.5 7.5M6 9.5V20h12V9.5M10 20v-6h4v6",
    "info": f"{_CIRCLE}M12 11v6M12 7.5v.1",
    "key": "M15.5 13a4.5 4.5 0 1 0-4.3-3.2L3 18v3h4v-2.5h2.5V16l2-2M16 8.4v.1",
    "leave": "M11 4H4v16h7M9 12h12M16.5 7.5 21 12l-4.5 4.5",
    "list": "M4 6h16M4 12h10M4 18h16",
    "lock": "M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11",
    "map": "m3 6.5 6-2.5 6 2.5L21 4v13.5L15 20l-6-2.5L3 20zM9 4v13.5M15 6.5V20",
    "next": "m9.5 5 7 7-7 7",
    "offline": "m4 4 16 16M5 12.7c1-.9 2-1.6 3.3-2.1M2 9.2c1-.9 2-1.7 3.2-2.4M10.5 6.1C15 5.7 19 7 22 9.5"
    "M8.5 16c2-1.7 5-1.7 7 0M12 19.9v.1",
    "out": "M13 4h7v7M20 4l-9 9M18 14v6H4V6h6",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-4 2.5-6 6.5-6s6.5 2 6.5 6"
    "M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2.3.8 3.5 2.6 3.5 5.5",
    "person": "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c0-4 3-6 7.5-6s7.5 2 7.5 6",
    "phone": "M7 2.5h10v19H7zM11 18.5h2",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8V3h10v5M7 17H3.5V8h17v9H17M7 13.5h10V21H7z",
    "qr": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v.1M14 20v-.1M17.5 20H20v-2.5",
    "refused": f"{_CIRCLE}M12 7v6M12 16.4v.1",
    "reload": "M20 5v5h-5M19.5 10a8 8 0 1 0 .5 4",
    "scan": "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 21 21",
    "share": "M12 15V4M8 7.5l4-4 4 4M5 11.5V20h14v-8.5",
    "sheet": "M5 3h9l5 5v13H5zM14 3v5h5M8.5 12.5h7v4h-7zM12 12.5v4",
    "shield": "M12 3 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6zM8.5 12l2.5 2.5 4.5-5",
    "undo": "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
    "upload": "M12 16V5M7 9.5l5-5 5 5M4 20h16",
    "warning": "M12 4 2.5 20.5h19zM12 10v5M12 17.6v.1",
}

#: A plain weave: strands over and under by turns, laid at 45 degrees.
_WOVEN = mark_safe(
    '<svg class="woven" width="100%" height="12" aria-hidden="true"><pattern id="woven" width="8" height="8" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 .6h4v2.8H0zM4 4.6h4v2.8H4z"/>'
    '<path d="M4.6 0h2.8v4H4.6zM.6 4h2.8v4H.6z"/></pattern><rect width="100%" height="12" '
    'fill="url(#woven)"/></svg>'
)


def svg(name: str, label: str = "") -> SafeString:
    """The icon ``name``; silent beside a text, spoken as ``label`` where it stands alone. KeyError if unknown."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" {}><path d="{}"/></svg>',
        spoken,
        mark_safe(PATHS[name]),  # noqa: S308
    )


def woven_band() -> SafeString:
    """The woven band, as wide as what holds it."""
    return _WOVEN
