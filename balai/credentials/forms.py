"""What people fill in: a check, a revocation, the letterhead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.common import clock, formats
from balai.common.problems import Refusal

from . import day, numbering
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


class ArchiveForm(forms.Form):
    """A certificate of earlier years, as the archive has it."""

    title = forms.CharField(label=_("Judul pelatihan"), max_length=120)
    number = forms.CharField(label=_("Nomor sertifikat"), max_length=60)
    hours = forms.IntegerField(label=_("Lama (JP)"), min_value=0, max_value=2000)
    issued_on = forms.DateField(label=_("Tanggal sertifikat"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_issued_on(self) -> Any:
        found = self.cleaned_data["issued_on"]
        if found > day.today():
            raise forms.ValidationError(_("Tanggal ini belum lewat."))
        return found


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
