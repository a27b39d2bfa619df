"""What people fill in: a check, a revocation, the letterhead."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from balai.common import clock, formats
from balai.common.problems import Refusal
from balai.people.models import Person

from . import archiving, day, numbering, problems
from .models import Letterhead


class RevocationForm(forms.Form):
    """Why a certificate ends."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tersimpan dalam catatan. Orang yang memeriksa sertifikat hanya melihat tanggal pencabutan."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """What the new certificate says, and why the old one was wrong."""

    name = forms.CharField(label=_("Nama dengan gelar"), max_length=120)
    place = forms.CharField(label=_("Baris di bawah nama"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tersimpan dalam catatan, misalnya: gelar belum tertulis."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PastDayField(forms.DateField):
    """The day of a certificate of earlier years: neither still to come, nor before ``day.EARLIEST``."""

    widget = forms.DateInput(attrs={"type": "date"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > day.today():
            raise forms.ValidationError(gettext("Tanggal ini belum lewat."))
        if value and value < day.EARLIEST:
            said = gettext("Tanggal ini sebelum {day}.") + " " + gettext("Periksa tahunnya.")
            earliest = formats.day(day.EARLIEST, get_language() or "id")
            raise forms.ValidationError(said.format(day=earliest))


class ArchiveForm(forms.Form):
    """A certificate of earlier years, as the archive has it."""

    title = forms.CharField(label=_("Judul pelatihan"), max_length=120)
    number = forms.CharField(label=_("Nomor sertifikat"), max_length=60)
    hours = forms.IntegerField(label=_("Lama (JP)"), min_value=0, max_value=2000)
    issued_on = PastDayField(label=_("Tanggal sertifikat"))

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self._person = person

    def clean_number(self) -> str:
        number = numbering.visible(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(str(problems.NO_NUMBER.title))
        if archiving.is_ours(self._person, number):
            raise forms.ValidationError(str(problems.ISSUED_HERE.title))
        return number


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is printed on certificates from now on."""

    class Meta:
        model = Letterhead
        fields = (
            "organisation", "wording", "signer_title", "signer", "second_signer_title", "second_signer", "city",
            "pattern",
        )  # fmt: skip
        help_texts = {
            "wording": _("Tercetak di bawah nama pelatihan, misalnya nama program atau dasar hukumnya. Boleh kosong."),
            "signer": _("Boleh kosong bila ditandatangani dengan tangan."),
            "second_signer_title": _("Berdiri di kiri. Kosongkan bila hanya satu yang menandatangani."),
            "pattern": _("{seq} nomor urut, {roman} bulan Romawi, {month} bulan, {year} tahun."),
        }

    def clean_pattern(self) -> Any:
        pattern = self.cleaned_data["pattern"]
        try:
            numbering.write(pattern, 1, clock.wall().astimezone(formats.zone_of("")).date())
        except Refusal as refusal:
            raise forms.ValidationError(f"{refusal.title} {refusal.cure}") from refusal
        return pattern
