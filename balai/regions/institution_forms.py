"""The form of an institution."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .fields import RegionField
from .institutions import KINDS, Institution
from .models import Region


class InstitutionForm(forms.Form):
    """Registers or edits an institution of the regions that ``person`` keeps."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=list(KINDS.items()))
    name = forms.CharField(label=_("Nama lembaga"), max_length=160)
    region = RegionField(label=_("Wilayah"), help_text=_("Ketik nama desa, kecamatan, atau kabupaten, atau kodenya."))
    serves = forms.MultipleChoiceField(
        label=_("Provinsi yang dilayani"),
        help_text=_("Hanya untuk lembaga yang melayani beberapa provinsi, misalnya UPT."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    closed_on = forms.DateField(
        label=_("Tutup sejak"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, person: rules.Somebody, institution: Institution | None = None, data: Any = None) -> None:
        self.person = person
        self.institution = institution
        super().__init__(data, initial=self._initial())
        provinces = [region for region in Region.objects.current().children_of(None) if self._keeps(region)]
        served = list(institution.serves.order_by("code")) if institution else []
        choices = {str(region.id): region.name for region in [*provinces, *served]}
        self.fields["serves"].choices = list(choices.items())  # type: ignore[attr-defined]
        if not choices:
            del self.fields["serves"]
        if not institution:
            del self.fields["closed_on"]

    def _initial(self) -> dict[str, Any]:
        if not self.institution:
            return {}
        kept = self.institution
        served = [str(id) for id in kept.serves.values_list("id", flat=True)]
        return {
            "kind": kept.kind,
            "name": kept.name,
            "region": kept.region,
            "serves": served,
            "closed_on": kept.closed_on,
        }

    def _keeps(self, region: Region) -> bool:
        return self.person.reach.covers(region.code, *rules.KEEPERS)

    def clean_region(self) -> Region:
        region: Region = self.cleaned_data["region"]
        if not self._keeps(region):
            raise forms.ValidationError(_("Wilayah ini di luar wilayah tugas Anda."))
        return region

    def values(self) -> dict[str, Any]:
        """The fields as entries write them."""
        cleaned = self.cleaned_data
        closed: date | None = cleaned.get("closed_on")
        values = {
            "kind": cleaned["kind"],
            "name": cleaned["name"],
            "region": str(cleaned["region"].id),
            "serves": sorted(cleaned.get("serves", ())),
            "closed_on": closed.isoformat() if closed else None,
        }
        return {field: value for field, value in values.items() if field in self.fields}

    def edited(self) -> dict[str, Any]:
        """Those that differ from what is recorded."""
        before = {**self._initial(), "region": str(self.institution.region_id) if self.institution else ""}
        before["serves"] = sorted(before.get("serves", ()))
        closed = before.get("closed_on")
        before["closed_on"] = closed.isoformat() if closed else None
        return {field: value for field, value in self.values().items() if value != before[field]}
