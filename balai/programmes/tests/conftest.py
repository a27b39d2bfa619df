"""Courses to take part in, from the tests of the room below."""

from balai.courses.tests.conftest import _data, published

__all__ = ["_data", "published"]
