"""When something was saved, as short as it can be said without misleading."""

from datetime import UTC, datetime

import pytest

from balai.common import clock
from balai.web.templatetags.balai import today


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 6, 15, 8, tzinfo=UTC), "09.00 WIB"),
        (datetime(2026, 6, 15, 18, tzinfo=UTC), "15 Juni 2026 09.00 WIB"),
        (datetime(2026, 6, 20, 2, tzinfo=UTC), "15 Juni 2026 09.00 WIB"),
    ],
)
def test_another_day_is_named(monkeypatch, now, said):
    monkeypatch.setattr(clock, "wall", lambda: now)
    assert today(datetime(2026, 6, 15, 2, tzinfo=UTC)) == said
