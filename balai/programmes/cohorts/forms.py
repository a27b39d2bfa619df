"""Setting up cohorts, batches, sessions and quotas."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.courses.models import Course
from balai.programmes.course_list import courses_of
from balai.programmes.programme_forms import day_input, insist_order
from balai.programmes.wording import level_word, weekdays
from balai.regions.fields import RegionField

from .models import Batch, Cohort, Session
from .quotas import rules_of

#: Rows for quotas that are offered beyond those that there are.
_MORE = 2
_LEVELS = (4, 3, 2, 1, 0)
_EACH = ""


def _instant(day: Any, *, end: bool) -> datetime | None:
    """The first or the last moment of a day of the office."""
    return timezone.make_aware(datetime.combine(day, time.max if end else time.min)) if day else None


def _day_of(moment: datetime | None) -> Any:
    return timezone.localtime(moment).date() if moment else None


class QuotaForm(forms.Form):
    """One rule; without a number it is left out."""

    number = forms.IntegerField(label=_("Paling banyak"), min_value=0, max_value=1_000_000, required=False)
    level = forms.TypedChoiceField(label=_("Tiap"), coerce=int, choices=[])
    course = forms.ChoiceField(label=_("Untuk"), required=False, choices=[])

    def __init__(self, courses: list[Course], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level, level_word(level)) for level in _LEVELS]  # type: ignore[attr-defined]
        each = [(_EACH, _("setiap tema"))]
        titles = [(str(course.pk), course.newest.title) for course in courses]
        self.fields["course"].choices = [*each, *titles]  # type: ignore[attr-defined]

    @property
    def value(self) -> dict[str, Any] | None:
        """As an entry writes it."""
        number = self.cleaned_data.get("number")
        if number is None:
            return None
        course = self.cleaned_data["course"]
        return {"level": self.cleaned_data["level"], "number": number} | ({"course": course} if course else {})


class CohortForm(forms.Form):
    """A cohort of a programme. ``quotas``: the rows for its rules."""

    name = forms.CharField(label=_("Nama angkatan"), max_length=120, help_text=_("Misalnya Angkatan 2026."))
    courses = forms.MultipleChoiceField(
        label=_("Tema"), widget=forms.CheckboxSelectMultiple, help_text=_("Pelatihan yang dapat dipilih utusan.")
    )
    opens_on = forms.DateField(label=_("Pendaftaran dibuka"), required=False, widget=day_input())
    closes_on = forms.DateField(label=_("Pendaftaran ditutup"), required=False, widget=day_input())
    asking = forms.ChoiceField(
        label=_("Cara mendaftar"), widget=forms.RadioSelect, choices=Cohort.Asking.choices, initial="approval"
    )

    def __init__(self, offered: list[str], cohort: Cohort | None = None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(cohort) if cohort else {"courses": offered})
        self.cohort = cohort
        known = courses_of(dict.fromkeys([*offered, *(cohort.courses if cohort else [])]))
        choices = [(str(course.pk), course.newest.title) for course in known]
        self.fields["courses"].choices = choices  # type: ignore[attr-defined]
        rules = rules_of(cohort) if cohort else []
        self.quotas = [
            QuotaForm(known, data, prefix=f"kuota{place}", initial=_quota(rules[place]) if place < len(rules) else None)
            for place in range(len(rules) + _MORE)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.quotas)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        insist_order(self, data.get("opens_on"), data.get("closes_on"), "closes_on")
        return data

    def values(self) -> dict[str, Any]:
        """The fields as entries write them."""
        cleaned = self.cleaned_data
        opens, closes = _instant(cleaned["opens_on"], end=False), _instant(cleaned["closes_on"], end=True)
        chosen = set(cleaned["courses"])
        return {
            "name": cleaned["name"],
            "courses": [id for id, _title in self.fields["courses"].choices if id in chosen],  # type: ignore[attr-defined]
            "asking": cleaned["asking"],
            "opens_at": opens.isoformat() if opens else None,
            "closes_at": closes.isoformat() if closes else None,
            "quotas": [form.value for form in self.quotas if form.value],
        }

    def edited(self) -> dict[str, Any]:
        """Those that differ from what is recorded."""
        known = {field: getattr(self.cohort, field) for field in ("name", "courses", "asking", "quotas")}
        days = {"opens_at": "opens_on", "closes_at": "closes_on"}
        same = {field for field, day in days.items() if self.cleaned_data[day] == self.initial[day]}
        return {f: new for f, new in self.values().items() if f not in same and (f in days or new != known[f])}


def _initial(cohort: Cohort) -> dict[str, Any]:
    days = {"opens_on": _day_of(cohort.opens_at), "closes_on": _day_of(cohort.closes_at)}
    return {"name": cohort.name, "courses": cohort.courses, "asking": cohort.asking, **days}


def _quota(rule: Any) -> dict[str, Any]:
    return {"number": rule.number, "level": rule.level, "course": str(rule.course) if rule.course else _EACH}


class BatchForm(forms.Form):
    """A batch of a cohort."""

    name = forms.CharField(label=_("Nama tahap"), max_length=120, help_text=_("Misalnya Tahap 1."))
    starts_on = forms.DateField(label=_("Hari pertama belajar"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Hari terakhir belajar"), required=False, widget=day_input())

    def __init__(self, batch: Batch | None = None, data: Any = None) -> None:
        fields = ("name", "starts_on", "ends_on")
        super().__init__(data, initial={field: getattr(batch, field) for field in fields} if batch else None)
        self.batch = batch

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        insist_order(self, data.get("starts_on"), data.get("ends_on"))
        return data

    def values(self) -> dict[str, Any]:
        """The fields as entries write them."""
        days = {field: self.cleaned_data[field] for field in ("starts_on", "ends_on")}
        return {"name": self.cleaned_data["name"]} | {f: day.isoformat() if day else None for f, day in days.items()}

    def edited(self) -> dict[str, Any]:
        """Those that differ from what is recorded."""
        return {field: new for field, new in self.values().items() if self.cleaned_data[field] != self.initial[field]}


class SessionForm(forms.Form):
    """A session of a batch. ``held``: how many seats of it are taken: it cannot become smaller than that."""

    part = forms.ChoiceField(label=_("Sesi"), widget=forms.RadioSelect, choices=Session.Part.choices)
    days = forms.TypedMultipleChoiceField(
        label=_("Hari"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    starts = forms.TimeField(label=_("Mulai"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Selesai"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("Waktu"), choices=Session.Zone.choices)
    capacity = forms.IntegerField(
        label=_("Tempat"), min_value=1, max_value=1_000_000, help_text=_("Berapa orang dapat ikut sesi ini.")
    )

    def __init__(self, session: Session | None = None, data: Any = None, *, held: int = 0) -> None:
        fields = ("part", "days", "starts", "ends", "zone", "capacity")
        super().__init__(data, initial={field: getattr(session, field) for field in fields} if session else None)
        self.fields["days"].choices = list(enumerate(weekdays(), 1))  # type: ignore[attr-defined]
        self.session = session
        self.held = held

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity < self.held:
            said = _("Sudah {count} orang mendapat tempat di sesi ini.")
            raise forms.ValidationError(said.format(count=self.held))
        return capacity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("Jam selesai harus sesudah jam mulai."))
        return data

    def values(self) -> dict[str, Any]:
        """The fields as entries write them."""
        cleaned = self.cleaned_data
        hours = {field: f"{cleaned[field]:%H:%M}" for field in ("starts", "ends")}
        plain = {field: cleaned[field] for field in ("part", "zone", "capacity")}
        return {**plain, **hours, "days": sorted(cleaned["days"])}

    def edited(self) -> dict[str, Any]:
        """Those that differ from what is recorded."""
        return {field: new for field, new in self.values().items() if new != self.initial[field]}


class DeviationForm(forms.Form):
    """A region with a quota of its own."""

    region = RegionField(label=_("Wilayah"), help_text=_("Desa, kecamatan, kabupaten, atau provinsi."))
    course = forms.ChoiceField(label=_("Tema"), required=False, choices=[])
    number = forms.IntegerField(label=_("Paling banyak"), min_value=0, max_value=1_000_000)
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, cohort: Cohort, data: Any = None) -> None:
        super().__init__(data)
        titles = [(str(course.pk), course.newest.title) for course in courses_of(cohort.courses)]
        self.fields["course"].choices = [(_EACH, _("setiap tema")), *titles]  # type: ignore[attr-defined]
        code = cohort.programme.code
        if code:
            self.fields["region"].narrow(code)  # type: ignore[attr-defined]

    @property
    def theme(self) -> UUID | None:
        """None for each theme."""
        return UUID(self.cleaned_data["course"]) if self.cleaned_data["course"] else None
