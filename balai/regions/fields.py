"""A form field that takes a region: typed and chosen from a list, or typed alone where there is no JavaScript."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .folding import words
from .models import Region, attach_parents
from .search import LONGEST, search

_OFFERED = 8


class Typed(NamedTuple):
    """What the three inputs of the widget say: a text, the code that goes with it, a choice among several."""

    text: str
    code: str
    choice: str


class RegionPicker(forms.Widget):
    """A text box with a list of regions below it. ``within`` and ``level`` narrow the list.

    ``asks``: the name of the address that answers as one types; the usual one answers whoever is signed in.
    """

    template_name = "regions/picker.html"

    def __init__(
        self,
        within: str = "",
        level: int | None = None,
        attrs: dict[str, Any] | None = None,
        asks: str = "regions:found",
    ) -> None:
        super().__init__(attrs)
        self.asks = asks
        self.within = within
        self.level = level
        self.offered: list[Region] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else _typed(value)
        context["widget"] |= {
            "typed": typed,
            "offered": self.offered,
            "within": self.within,
            "level": self.level,
            "asks": self.asks,
            "longest": LONGEST,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(*(str(data.get(name + part, "")).strip() for part in ("", "_kode", "_pilihan")))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str) -> str:
        return id_


class RegionField(forms.Field):
    """Cleans to a current ``Region`` with its parents, or ``None`` where nothing is required and typed."""

    widget: type[RegionPicker] = RegionPicker
    default_error_messages = {
        "unknown": _("Wilayah ini tidak ditemukan. Periksa ejaannya, atau tulis nama kabupatennya juga."),
        "several": _("Ada beberapa wilayah dengan nama ini. Pilih satu, atau tambahkan nama kabupatennya."),
    }

    def __init__(self, *, within: str = "", level: int | None = None, asks: str = "regions:found", **rest: Any) -> None:
        super().__init__(widget=RegionPicker(within, level, asks=asks), **rest)
        self.within = within
        self.level = level

    def narrow(self, within: str) -> None:
        """Take only regions of the subtree with this code."""
        self.within = self.widget.within = within

    def clean(self, value: Typed) -> Region | None:
        """The region that was chosen, or the only one that the text can mean. Raises ``ValidationError``."""
        super().validate(value.text)
        if not value.text:
            return None
        region = self._chosen(value) or self._meant(value.text)
        attach_parents([region])
        return region

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(_typed(initial) != data)

    def _chosen(self, value: Typed) -> Region | None:
        """By the choice, or by the code as long as the text is still the one that came with it."""
        choice = self._fitting(value.choice)
        if choice:
            return choice
        kept = self._fitting(value.code)
        return kept if kept and kept.full_name == value.text else None

    def _fitting(self, code: str) -> Region | None:
        region = Region.objects.coded(code) if code else None
        fits = region and f"{region.code}.".startswith(f"{self.within}." if self.within else "")
        return region if fits and region and self.level in {None, region.level} else None

    def _meant(self, text: str) -> Region:
        if len(text) > LONGEST:
            raise ValidationError(self.error_messages["unknown"])
        exact = self._fitting(text)
        found = [exact] if exact else search(text, within=self.within, level=self.level, limit=_OFFERED)
        if not found:
            raise ValidationError(self.error_messages["unknown"])
        if len(found) > 1 or not (exact or set(words(found[0].name)) <= set(words(text))):
            self.widget.offered = found
            raise ValidationError(self.error_messages["several"])
        return found[0]


def _typed(value: Any) -> Typed:
    """A region as it stands in the box."""
    return Typed(value.full_name, value.code, "") if isinstance(value, Region) else Typed("", "", "")
