"""Rows as models, with what ``select_related`` named."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init


class Shape:
    """How a row becomes an object of ``model``, from the compiler's description ``info``.

    The object's fields are set at once, as ``from_db`` would one by one: a model with an ``__init__`` or a
    ``from_db`` of its own, or one that somebody listens to, is made by Django.
    """

    def __init__(self, info: dict[str, Any], select: Sequence[Any], alias: str) -> None:
        self.model: type[Model] = info["model"]
        self.alias = alias
        self.names = {select[place][0].target.attname: place for place in info["select_fields"]}
        self.key = self.names[str(self.model._meta.pk.attname)]
        self.related = [
            (Shape(one, select, alias), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", ())
        ]
        own = self.model.__init__ is not Model.__init__ or self.model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
        self.plain = not (own or pre_init.has_listeners(self.model) or post_init.has_listeners(self.model))

    def made(self, row: Sequence[Any]) -> Any:
        """The object in ``row``; ``None`` where an outer join found nothing."""
        if row[self.key] is None:
            return None
        made = self._plain(row) if self.plain else self._from_db(row)
        for shape, of_here, of_there in self.related:
            other = shape.made(row)
            of_here(made, other)
            if other is not None:
                of_there(other, made)
        return made

    def _plain(self, row: Sequence[Any]) -> Model:
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, self.alias
        values = made.__dict__
        values["_state"] = state
        for name, place in self.names.items():
            values[name] = row[place]
        return made

    def _from_db(self, row: Sequence[Any]) -> Model:
        order = [field.attname for field in self.model._meta.concrete_fields if field.attname in self.names]
        return self.model.from_db(self.alias, order, [row[self.names[name]] for name in order])
