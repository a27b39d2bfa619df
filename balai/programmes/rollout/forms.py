"""Forms of a roll-out: a step that was reached, the sheet, a leader's signed paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.log.handlers import Change
from balai.programmes.programme_forms import day_input
from balai.programmes.seats.desk import hub_day

from .entries import CommitmentSigned, StatusReported
from .models import StatusReport
from .papers import LARGEST_PDF, LARGEST_PHOTO, PaperField
from .sheets import FIELDS, Sheet

_PAPER_HELP = _("PDF sampai {pdf} MB, atau foto (JPEG, PNG) sampai {photo} MB.")
#: Nothing of a programme is older.
_EARLIEST = date(2000, 1, 1)


def _paper_help() -> Any:
    return str(_PAPER_HELP).format(pdf=LARGEST_PDF // 1_000_000, photo=LARGEST_PHOTO // 1_000_000)


class PastDayField(forms.DateField):
    """A day that has begun."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(widget=day_input(), **rest)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"max": hub_day().isoformat()}

    def validate(self, value: Any) -> None:
        """Raises ``ValidationError``."""
        super().validate(value)
        if value and value > hub_day():
            raise forms.ValidationError(_("Tanggal itu belum tiba."))
        if value and value < _EARLIEST:
            raise forms.ValidationError(_("Periksa tahunnya."))


class StepForm(forms.Form):
    """A step that the region reached, by which decree, proven by which file."""

    status = forms.ChoiceField(label=_("Langkah"), widget=forms.RadioSelect, choices=StatusReport.Status.choices)
    on = PastDayField(label=_("Sejak tanggal"))
    decree = forms.CharField(
        label=_("Nomor surat keputusan (SK)"),
        max_length=120,
        required=False,
        help_text=_("Misalnya 800/112/DPMD/2026."),
    )
    decree_on = PastDayField(label=_("Tanggal SK"), required=False)
    note = forms.CharField(
        label=_("Keterangan"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = PaperField(label=_("Bukti: naskah SK, daftar hadir, atau foto"), required=False)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["on"].initial = hub_day()
        self.fields["file"].help_text = _paper_help()

    def clean_note(self) -> str:
        return _unix(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decree_on") and not data.get("decree") and "decree" not in self.errors:
            self.add_error("decree", _("Tulis nomornya, atau kosongkan tanggalnya."))
        if data.get("status") == StatusReport.Status.TEAM_NAMED and not data.get("decree"):
            self._insist_decree()
        return data

    def _insist_decree(self) -> None:
        if "decree" not in self.errors:
            self.add_error("decree", _("Tim ditetapkan dengan SK: tulis nomornya."))

    @property
    def payload(self) -> StatusReported:
        """What is recorded; its file is kept."""
        paper = self.cleaned_data["file"]
        return StatusReported(**self.cleaned_data | {"file": paper.kept() if paper else None})


class CommitmentForm(forms.Form):
    """What a leader of the region signed."""

    leader = forms.CharField(label=_("Nama pimpinan"), max_length=120)
    title = forms.CharField(label=_("Jabatan"), max_length=120, help_text=_("Misalnya Bupati, Camat, Kepala Kampung."))
    signed_on = PastDayField(label=_("Tanggal ditandatangani"))
    file = PaperField(label=_("Surat yang ditandatangani"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["file"].help_text = _paper_help()

    @property
    def payload(self) -> CommitmentSigned:
        """What is recorded; its file is kept."""
        return CommitmentSigned(**self.cleaned_data | {"file": self.cleaned_data["file"].kept()})


class SheetField(forms.CharField):
    """A text of the sheet, with the line ends that entries are written with."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_unix(value) if isinstance(value, str) else value)


def _unix(text: str) -> str:
    """Browsers send two signs for the end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class SheetForm(forms.Form):
    """The sheet as it stands. Beside each text stands which versions of it the editor saw."""

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        super().__init__(data)
        self.sheet = sheet
        for part in sheet.parts:
            text = SheetField(
                label=part.label,
                help_text=str(FIELDS[part.field][1]),
                initial=part.text,
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            seen = forms.CharField(required=False, widget=forms.HiddenInput, initial=_joined(part.bases))
            self.fields[part.field], self.fields[f"dasar-{part.field}"] = text, seen

    @property
    def changes(self) -> dict[str, Change]:
        """What is to be recorded, by field. A field that was not sent at all stays as it is."""
        texts = {field: self.cleaned_data[field] for field in FIELDS if field in self.data}
        saw = {
            field: self.cleaned_data[f"dasar-{field}"].split(",") for field in FIELDS if f"dasar-{field}" in self.data
        }
        return self.sheet.changes(texts, saw)


def _joined(ids: list[UUID]) -> str:
    return ",".join(str(id) for id in ids)
