"""Local tables that hold something about people, and never travel: what for, how long, and how to forget.

A room enters each of its own in ``AppConfig.ready()``; export, erasing and the daily clean-up go through all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .purposes import Text

Rows = list[dict[str, Any]]


def _nothing_expires(moment: datetime) -> int:
    return 0


@dataclass(frozen=True)
class Store:
    """One local table.

    ``export(ids)``: rows about people with these ids, in plain values. ``forget(ids)``: nothing about them is
    left; repeatable. ``expire(moment)``: drop what is older than ``kept`` says, return how many rows went.
    """

    name: Text
    purpose: Text
    kept: Text
    export: Callable[[list[UUID]], Rows]
    forget: Callable[[list[UUID]], None]
    expire: Callable[[datetime], int] = _nothing_expires


STORES: dict[str, Store] = {}


def register(key: str, store: Store) -> None:
    """Enter ``store``. Raises ``ValueError`` when its key is taken."""
    if key in STORES:
        raise ValueError(f"two stores are called {key}")
    STORES[key] = store
