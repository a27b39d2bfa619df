"""Tags and filters, as templates use them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils.translation import override

from balai.common import clock
from balai.web import icons

AT = datetime(2024, 10, 15, 7, 2, tzinfo=UTC)


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("{{ at|day }}", "15 Oktober 2024", "15 October 2024"),
        ("{{ at|weekday }}", "Selasa, 15 Oktober 2024", "Tuesday, 15 October 2024"),
        ("{{ at|clocktime }}", "14.02 WIB", "14:02 WIB"),
        ("{{ first|until:at }}", "1 s.d. 15 Oktober 2024", "1 to 15 October 2024"),
        ("{{ at|ago }}", "2 jam lalu", "2 hours ago"),
        ("{{ 1234|number }} {{ 1234.5|number:1 }}", "1.234 1.234,5", "1,234 1,234.5"),
        ("{{ 3|percent_of:4 }}", "75%", "75%"),
        ("{{ 8700|size }}", "9 KB", "9 KB"),
        (
            "{{ at|moment }}",
            '<time datetime="2024-10-15T07:02:00+00:00">15 Oktober 2024 14.02 WIB</time>',
            '<time datetime="2024-10-15T07:02:00+00:00">15 October 2024 14:02 WIB</time>',
        ),
    ],
)
def test_filters_speak_the_language_of_the_page(text: str, indonesian: str, english: str) -> None:
    with clock.frozen(AT + timedelta(hours=2)):
        written = [render(text, at=AT, first=date(2024, 10, 1))]
        with override("en"):
            written.append(render(text, at=AT, first=date(2024, 10, 1)))
    assert written == [indonesian, english]


def test_an_icon_is_silent_beside_a_word_and_speaks_alone() -> None:
    assert render("{% icon 'check' %}") == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.5 4.5 4.5L19 7"/></svg>'
    )
    assert render("{% icon 'check' label=name %}", name="Selesai <1>") == (
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="Selesai &lt;1&gt;">'
        '<path d="m5 12.5 4.5 4.5L19 7"/></svg>'
    )


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icons.svg("no such icon")


@pytest.mark.parametrize(("given", "shown"), [(-3, 0), (0, 0), (40, 40), (100, 100), (140, 100)])
def test_a_ring_stays_between_nothing_and_all(given: int, shown: int) -> None:
    ring = render("{% ring percent %}", percent=given)
    assert f'stroke-dasharray="{shown} 100"' in ring
    assert f'aria-label="{shown}%"' in ring
