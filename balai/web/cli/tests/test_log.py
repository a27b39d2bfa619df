"""`balai log verify` and `balai docs problems`."""

from pathlib import Path
from typing import Any

import pytest

from balai.log import replay

from .conftest import Shell


@pytest.mark.parametrize(("differences", "sound"), [([], True), (["people.Person 1: name"], False)])
def test_a_difference_ends_with_1(balai: Shell, monkeypatch: Any, differences: list[str], sound: bool) -> None:
    report = replay.Report(entries=3, tables={"people.Person": 1}, differences=differences)
    monkeypatch.setattr(replay, "verify", lambda told: report)
    if sound:
        expected = {"entries": 3, "tables": {"people.Person": 1}, "differences": [], "sound": True}
        assert balai.json("log", "verify") == expected
    else:
        assert balai.refused("log", "verify") == "B1157"


def test_the_list_of_problems_in_the_docs_is_current(balai: Shell, tmp_path: Path) -> None:
    balai.json("docs", "problems", str(tmp_path / "problems.md"))
    written = Path(__file__).parents[4] / "docs" / "problems.md"
    assert (tmp_path / "problems.md").read_text() == written.read_text()
