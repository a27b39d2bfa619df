"""The list of refusals, as a page and as a document."""

import re
from pathlib import Path

from django.test import Client

from balai.common.problems import CATALOGUE
from balai.web.problem_list import as_markdown, problem_groups

PACKAGE = Path(__file__).parents[2]
DOCUMENT = PACKAGE.parent / "docs" / "problems.md"


def test_every_problem_is_listed_once_under_its_topic() -> None:
    listed = [problem.code for _topic, problems in problem_groups() for problem in problems]
    assert listed == sorted(CATALOGUE)


def test_no_problem_of_the_code_is_missing() -> None:
    code = (path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    written = {found for path in code for found in re.findall(r'Problem\(\s*"(B\d{4})"', path.read_text())}
    listed = {problem.code for _topic, problems in problem_groups() for problem in problems}
    assert listed == written


def test_places_for_facts_are_shown_as_gaps() -> None:
    listed = {problem.code: problem for _topic, problems in problem_groups() for problem in problems}
    assert listed["B1104"].title == "Berkas … terlalu besar; batasnya …"


def test_the_page_shows_every_code(db: None) -> None:
    page = Client().get("/bantuan/kode").content.decode()
    assert [code for code in CATALOGUE if f'id="{code}"' not in page] == []


def test_the_document_is_what_the_code_says() -> None:
    """If not: ``make messages``."""
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown()
