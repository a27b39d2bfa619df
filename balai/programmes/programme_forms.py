"""Setting up a programme: its name, for whom, its stages, its courses in their order."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.courses.models import Course
from balai.people.models import Person
from balai.regions.fields import RegionField
from balai.regions.models import Region

from .models import Programme
from .rules import STEERERS

#: How many rows for stages are offered beyond those that there are.
_MORE = 2
_MOST = 20


def day_input() -> forms.DateInput:
    """A date as browsers pick it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StageForm(forms.Form):
    """One stage; without a name it is left out."""

    name = forms.CharField(label=_("Nama langkah"), max_length=80, required=False)
    starts_on = forms.DateField(label=_("Mulai"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Selesai"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if (first or last) and not data.get("name"):
            self.add_error("name", _("Beri nama, atau kosongkan tanggalnya."))
        insist_order(self, first, last)
        return data

    @property
    def value(self) -> dict[str, Any]:
        """As an entry writes it: what is empty is not written."""
        named = {"name": self.cleaned_data["name"]}
        days = {field: self.cleaned_data.get(field) for field in ("starts_on", "ends_on")}
        return named | {field: day.isoformat() for field, day in days.items() if day}


def insist_order(form: forms.Form, first: date | None, last: date | None, field: str = "ends_on") -> None:
    """Notes at ``field`` that the last day comes before the first."""
    if first and last and last < first:
        form.add_error(field, _("Hari terakhir tidak boleh sebelum hari pertama."))


class ProgrammeForm(forms.Form):
    """A programme as ``person`` sets it up. ``stages``: the rows for stages; each course has a field for its place."""

    name = forms.CharField(label=_("Nama program"), max_length=120)
    summary = forms.CharField(
        label=_("Ringkasan"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Untuk siapa dan untuk apa, dalam satu atau dua kalimat."),
    )
    region = RegionField(
        label=_("Untuk wilayah"), required=False, help_text=_("Kosongkan bila untuk seluruh Indonesia.")
    )

    def __init__(self, person: Person, programme: Programme | None = None, data: Any = None) -> None:
        known = {"name": programme.name, "summary": programme.summary} if programme else {}
        super().__init__(data, initial=known)
        self.person, self.programme = person, programme
        if programme:
            del self.fields["region"]
        else:
            self._narrow()
        stages = programme.stages if programme else []
        self.stages = [
            StageForm(data, prefix=f"alur{place}", initial=stages[place] if place < len(stages) else None)
            for place in range(min(_MOST, len(stages) + _MORE + (not stages)))
        ]
        self._offer_courses(programme.courses if programme else [])

    def _narrow(self) -> None:
        prefixes = self.person.reach.prefixes(*STEERERS)
        if len(prefixes) == 1 and prefixes[0]:
            self.fields["region"].narrow(prefixes[0])  # type: ignore[attr-defined]
            self.fields["region"].required = True
            self.fields["region"].help_text = _("Wilayah tugas Anda, atau bagiannya.")
            self.fields["region"].initial = Region.objects.coded(prefixes[0])

    def _offer_courses(self, chosen: list[str]) -> None:
        self.courses = list(Course.objects.catalogue())
        self.courses.sort(key=lambda one: chosen.index(str(one.pk)) if str(one.pk) in chosen else len(chosen))
        for course in self.courses:
            place = chosen.index(str(course.pk)) + 1 if str(course.pk) in chosen else None
            self.fields[f"urutan-{course.pk}"] = forms.IntegerField(
                label=course.newest.title, required=False, min_value=1, max_value=100, initial=place
            )

    @property
    def places(self) -> list[Any]:
        """The fields for the courses' places."""
        return [self[f"urutan-{course.pk}"] for course in self.courses]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.stages)])

    def clean_region(self) -> Region | None:
        region: Region | None = self.cleaned_data["region"]
        if not self.person.reach.covers(region.code if region else "", *STEERERS):
            said = _("Wilayah ini di luar wilayah tugas Anda.") if region else _("Pilih wilayah tugas Anda.")
            raise forms.ValidationError(said)
        return region

    def values(self) -> dict[str, Any]:
        """The fields as entries write them, without the region."""
        placed = [(self.cleaned_data.get(f"urutan-{course.pk}"), course) for course in self.courses]
        chosen = sorted(((place, course) for place, course in placed if place), key=lambda pair: pair[0])
        return {
            "name": self.cleaned_data["name"],
            "summary": self.cleaned_data["summary"],
            "courses": [str(course.pk) for _place, course in chosen],
            "stages": [form.value for form in self.stages if form.cleaned_data.get("name")],
        }

    def edited(self) -> dict[str, Any]:
        """Those that differ from what is recorded."""
        return {field: new for field, new in self.values().items() if new != getattr(self.programme, field)}
