"""`balai log verify` ends with 1 when a row differs."""

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
