"""Typing a person's data: each field is read as people write it, and refused in words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.common import names
from balai.common import nik as niks
from balai.common import phone as phones
from balai.common.problems import Refusal
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.regions.fields import RegionField
from balai.regions.models import Region


def _read(reader: Callable[[Any], Any], value: str) -> Any:
    """What ``reader`` makes of ``value``; its refusal becomes the field's error."""
    if not value:
        return None
    try:
        return reader(value)
    except Refusal as refusal:
        raise forms.ValidationError(f"{refusal.title} {refusal.cure}") from refusal


class PersonForm(forms.Form):
    """A person as a coordinator (``viewer``) types it. ``cleaned_data`` holds values as entries want them."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120, help_text=_("Dengan gelar, seperti di sertifikat."))
    region = RegionField(
        label=_("Desa atau wilayah"), help_text=_("Nama atau kode, misalnya Terbanggi Besar atau 18.02.07.2009.")
    )
    title = forms.CharField(label=_("Jabatan"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    nik = forms.CharField(
        label=_("NIK"),
        max_length=30,
        required=False,
        help_text=_("16 angka. Disimpan tersegel; hanya sebagian yang ditampilkan."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=[("", _("Tidak diisi")), *Person.Sex.choices], required=False
    )
    birth_date = forms.DateField(
        label=_("Tanggal lahir"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    nip = forms.CharField(label=_("NIP"), max_length=30, required=False)
    email = forms.EmailField(label=_("Email"), required=False)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        prefixes = viewer.reach.prefixes(*CHANGE_PERSONS)
        if len(prefixes) == 1:
            self.fields["region"].narrow(prefixes[0])  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = names.tidy(self.cleaned_data["name"])
        if not names.key(name):
            raise forms.ValidationError(_("Nama belum berisi huruf."))
        return name

    def clean_phone(self) -> str:
        return _read(phones.read, self.cleaned_data["phone"]) or ""

    def clean_nik(self) -> niks.Nik | None:
        nik: niks.Nik | None = _read(niks.read, self.cleaned_data["nik"])
        return nik

    def clean_nip(self) -> str:
        digits = "".join(self.cleaned_data["nip"].split())
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 18):
            raise forms.ValidationError(_("NIP terdiri dari 18 angka."))
        return digits

    def clean_region(self) -> Region:
        """Within the viewer's reach."""
        region: Region = self.cleaned_data["region"]
        if not self.viewer.reach.covers(region.code, *CHANGE_PERSONS):
            raise forms.ValidationError(_("Wilayah ini di luar wilayah tugas Anda."))
        return region
