"""Small course folders, and a data folder of its own for every test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from balai.courses import publishing
from balai.courses.models import CourseVersion
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, folder

DEMO = Path(__file__).parents[2] / "demo" / "courses" / "kenal-hp-dan-internet"


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path) -> None:
    settings.BALAI_DATA = tmp_path / "data"


@pytest.fixture
def demo() -> Source:
    """The course that ships with Balai."""
    return Source.from_folder(DEMO)


@pytest.fixture
def published(db: None) -> Callable[..., CourseVersion]:
    """``published(lessons=3, is_open=False)``: a course as it stands after publishing."""

    def publish(course: UUID = COURSE, **shape: Any) -> CourseVersion:
        return publishing.publish(Source.of(folder(course=course, **shape).items()), None)[0]

    return publish
