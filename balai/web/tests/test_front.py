"""The front door: welcome for visitors, home for whoever is signed in."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from balai.people.models import Person
from balai.web import home


def at(hour: int) -> datetime:
    return datetime(2024, 10, 15, hour, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_a_visitor_is_told_one_next_step(db: None) -> None:
    page = Client().get("/").content.decode()
    assert page.count("button main") == 1
    assert '<a class="button main" href="/masuk">Masuk</a>' in page
    assert 'class="places"' not in page


def test_home_greets_by_name_and_shows_the_places(secretary: Person, client_of: Callable[[Person], Client]) -> None:
    page = client_of(secretary).get("/").content.decode()
    assert "Bu Siti Rahayu</h1>" in page
    assert page.count("button main") == 1
    bar = page.partition('class="places"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<>]+)</a>", bar) == ["Beranda", "Belajar", "Sertifikat", "Saya"]
    assert 'href="/" aria-current="page"' in bar


@pytest.mark.parametrize(
    ("hour", "part"),
    [(3, "malam"), (4, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "sore"), (19, "malam")],
)
def test_greetings_through_the_day(hour: int, part: str) -> None:
    assert home.greeting(Person(name="Bambang", sex="L"), at(hour)) == f"Selamat {part}, Pak Bambang"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Siti Rahayu, S.Pd.", "Siti Rahayu"),
        ("SITI RAHAYU", "Siti Rahayu"),
        ("Dr. Ratna Dewi, M.Si.", "Ratna Dewi"),
        ("I Wayan Sudarma", "I Wayan Sudarma"),
        ("Bambang", "Bambang"),
    ],
)
def test_a_name_as_one_says_it(written: str, spoken: str) -> None:
    assert home.called(written) == spoken


def test_nobody_is_addressed_by_a_guess() -> None:
    assert home.greeting(Person(name="Nur", sex=""), at(9)) == "Selamat pagi, Nur"
