"""Giving more time or another attempt: how much, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.people.models import Person
from balai.people.reach import HELP_LEARNERS
from balai.regions.fields import RegionField
from balai.regions.models import Region

from .extending import span

_MINUTES = (15, 30, 60, 120, 24 * 60, 3 * 24 * 60, 7 * 24 * 60)


class ExtensionForm(forms.Form):
    """For one person."""

    minutes = forms.TypedChoiceField(label=_("Tambahan waktu"), coerce=int)
    attempts = forms.BooleanField(
        label=_("Beri satu kesempatan lagi"),
        required=False,
        help_text=_("Untuk yang sudah telanjur mengirim, atau yang kesempatannya habis karena gangguan."),
    )
    reason = forms.CharField(
        label=_("Sebabnya"),
        max_length=300,
        min_length=3,
        help_text=_("Dibaca oleh peserta. Misalnya: listrik padam di balai desa sejak pukul 10."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["minutes"]
        field.choices = [(0, _("Tidak perlu"))] + [(minutes, span(minutes)) for minutes in _MINUTES]  # type: ignore[attr-defined]
        field.help_text = _("Bagi yang sedang mengerjakan. Tes yang sudah ditutup terbuka lagi selama itu.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data["minutes"] or data["attempts"]):
            self.add_error("minutes", _("Pilih tambahan waktu, tambahan kesempatan, atau keduanya."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        """Minutes, attempts and reason, as an entry says them."""
        data = self.cleaned_data
        reason = " ".join(data["reason"].split())
        return {"minutes": data["minutes"], "attempts": int(data["attempts"]), "reason": reason}


class RegionExtensionForm(ExtensionForm):
    """For everybody of a region within reach of ``viewer``."""

    region = RegionField(label=_("Untuk siapa"), help_text=_("Semua orang di wilayah ini: desa, kecamatan, kabupaten."))
    field_order = ("region", "minutes", "attempts", "reason")

    def __init__(self, viewer: Person, data: Any = None, region: Region | None = None) -> None:
        super().__init__(data)
        self.viewer, self.initial = viewer, {"region": region}
        prefixes = viewer.reach.prefixes(*HELP_LEARNERS)
        field: Any = self.fields["region"]
        if "" in prefixes:
            field.required = False
            field.help_text = _("Kosongkan bila untuk seluruh Indonesia.")
        elif len(prefixes) == 1:
            field.narrow(prefixes[0])

    def clean_region(self) -> Region | None:
        """Within reach."""
        region: Region | None = self.cleaned_data["region"]
        if not self.viewer.reach.covers(region.code if region else "", *HELP_LEARNERS):
            raise forms.ValidationError(_("Wilayah ini di luar wilayah tugas Anda."))
        return region
