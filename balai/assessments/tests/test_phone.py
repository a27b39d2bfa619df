"""The same vectors in a real browser: papers and marks are the same on the phone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

VECTORS = Path(__file__).parent.parent / "vectors"
SCRIPTS = Path(__file__).parent.parent.parent / "web" / "static" / "js"
SITE = "http://balai.test"

pytestmark = pytest.mark.browser


def vectors(name: str):
    return json.loads((VECTORS / f"{name}.json").read_text())


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page that may load our modules, and nothing else."""
    page = chromium.new_page()
    page.route(f"{SITE}/**", _answer)
    page.goto(f"{SITE}/")
    yield page
    page.close()


def _answer(route: Route) -> None:
    name = route.request.url.removeprefix(f"{SITE}/")
    if name:
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Balai</title>", content_type="text/html")


def test_marks(phone):
    found = phone.evaluate(
        """async (vectors) => {
          const { mark } = await import("/marking.mjs");
          return vectors.map(({ answers, keys }) => mark(answers, keys));
        }""",
        vectors("marking")["marking"],
    )
    expected = [{"score": one["score"], "questions": one["questions"]} for one in vectors("marking")["marking"]]
    assert found == expected


def test_words_for_marks(phone):
    found = phone.evaluate('async () => [1000, 999, 1, 0].map((await import("/marking.mjs")).result)')
    assert found == ["right", "partial", "partial", "wrong"]


def test_numbers(phone):
    found = phone.evaluate(
        """async (vectors) => {
          const { numbers } = await import("/paper.mjs");
          return vectors.map(({ seed, numbers: { length } }) => Array.from({ length }, numbers(seed)));
        }""",
        vectors("paper")["numbers"],
    )
    assert found == [one["numbers"] for one in vectors("paper")["numbers"]]


@pytest.mark.parametrize("part", [vectors("paper"), vectors("paper")["kinds and pools"]], ids=["choices", "pools"])
def test_papers(phone, part):
    found = phone.evaluate(
        """async ({ questions, papers }) => {
          const { draw } = await import("/paper.mjs");
          return papers.map(({ rules, attempt }) => draw(rules, questions, attempt));
        }""",
        part,
    )
    assert found == [one["paper"] for one in part["papers"]]
