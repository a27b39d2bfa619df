"""Safe YAML without anchors, so that a small head cannot grow into a huge value; with the line of every key.

Imported where a head is read: the library takes 3 MB, and a process that only serves pages reads none.
"""

from typing import Any

import yaml


class Unreadable(ValueError):
    """Not YAML as we take it. ``line`` is the one where reading stopped, from 0, or ``None``."""

    def __init__(self, line: int | None) -> None:
        super().__init__("not plain YAML")
        self.line = line


class _PlainLoader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


def read(text: str) -> tuple[Any, dict[str, int]]:
    """The value of ``text``, and the line (from 0) of every key. Raises ``Unreadable``."""
    try:
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        return (loader.construct_document(node), _places(node)) if node else ({}, {})
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(mark.line if mark else None) from error


def _places(node: Any, prefix: str = "") -> dict[str, int]:
    """The line of every key; of lists, "modul[0]"; nested keys are joined by a dot."""
    places: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}.{key.value}" if prefix else str(key.value)
            places[name] = key.start_mark.line
            places |= _places(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            name = f"{prefix}[{number}]"
            places[name] = value.start_mark.line
            places |= _places(value, name)
    return places
