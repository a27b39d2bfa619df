from collections.abc import Callable

import pytest

from balai.common import nik
from balai.common.nik import Nik


@pytest.fixture
def nik_of() -> Callable[[str], Nik]:
    """``nik_of("1802075510800001")``"""
    return nik.read
