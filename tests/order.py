"""The tests in another order, to find those that stand on others: ``BALAI_TEST_ORDER=7 make fast``.

Any text gives an order, the same text the same one. Files are shuffled, and the tests of each file.
"""

import os
import random
from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)  # pytest-django sorts too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers of one run agree on the order: they shuffle alike."""
    seed = os.environ.get("BALAI_TEST_ORDER")
    if seed is None:
        return
    chance = random.Random(seed)
    files: dict[Path, list[pytest.Item]] = {}
    for item in sorted(items, key=lambda item: item.nodeid):
        files.setdefault(item.path, []).append(item)
    groups = list(files.values())
    chance.shuffle(groups)
    for group in groups:
        chance.shuffle(group)
    items[:] = [item for group in groups for item in group]
