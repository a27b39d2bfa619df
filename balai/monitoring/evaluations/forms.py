"""Which period is evaluated, and what the assessor writes beside it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.common import clock

from .periods import Period

OWN = "sendiri"
#: A period of one's own is no longer than this, in days.
LONGEST = 5 * 366
#: Nothing that is counted here was done before.
EARLIEST = date(2000, 1, 1)


class EvaluationForm(forms.Form):
    """``periods`` are offered; days of one's own only to those who see persons: the difference of two evaluations
    that lie a day apart would tell a partner of a single person.
    """

    period = forms.ChoiceField(label=_("Masa"))
    first = forms.DateField(
        label=_("Dari tanggal"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Hanya bila memilih tanggal sendiri."),
    )
    last = forms.DateField(label=_("Sampai tanggal"), required=False, widget=forms.DateInput({"type": "date"}))
    note = forms.CharField(
        label=_("Catatan penilai"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Tercetak di evaluasi; jangan menulis data pribadi orang."),
    )

    def __init__(self, periods: list[Period], own_days: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.key: period for period in periods}
        choices: list[tuple[str, Any]] = [(period.key, period.name) for period in periods]
        if own_days:
            choices.append((OWN, _("Tanggal sendiri, isi di bawah")))
        else:
            del self.fields["first"], self.fields["last"]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") == OWN:
            self._insist_days(cleaned.get("first"), cleaned.get("last"))
        return cleaned

    def _insist_days(self, first: date | None, last: date | None) -> None:
        """Both days, in their order, and none on which nothing can have been done."""
        if first is None or last is None:
            if not self.errors:
                raise ValidationError(_("Isi kedua tanggal."))
            return
        if first < EARLIEST:
            self.add_error("first", _("Tanggal awal tidak boleh sebelum 1 Januari 2000."))
        if last > timezone.localdate(clock.wall()):
            self.add_error("last", _("Tanggal akhir paling lambat hari ini."))
        if not self.errors and not 0 <= (last - first).days <= LONGEST:
            self.add_error("last", _("Tanggal akhir harus sesudah tanggal awal, paling lama lima tahun."))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that were chosen."""
        chosen = self.cleaned_data["period"]
        if chosen == OWN:
            return self.cleaned_data["first"], self.cleaned_data["last"]
        return self.periods[chosen].first, self.periods[chosen].last
