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
from balai.regions import codes
from balai.regions.models import Region
from balai.regions.search import search


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
    region = forms.CharField(
        label=_("Desa atau wilayah"),
        max_length=120,
        help_text=_("Nama atau kode, misalnya Terbanggi Besar atau 18.02.07.2009."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-region": ""}),
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
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_name(self) -> str:
        name = names.tidy(self.cleaned_data["name"])
        if not names.key(name):
            raise forms.ValidationError(_("Nama belum berisi huruf."))
        return name

    def clean_phone(self) -> str:
        return _read(phones.read, self.cleaned_data["phone"]) or ""

    def clean_nik(self) -> niks.Nik | None:
        return _read(niks.read, self.cleaned_data["nik"])

    def clean_nip(self) -> str:
        digits = "".join(self.cleaned_data["nip"].split())
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 18):
            raise forms.ValidationError(_("NIP terdiri dari 18 angka."))
        return digits

    def clean_region(self) -> Region:
        """The region meant, within the viewer's reach; several that fit are named."""
        text = self.cleaned_data["region"]
        reach = self.viewer.reach
        coded = Region.objects.coded(text) if codes.dotted(text) else None
        found = [coded] if coded else _searched(text, reach.prefixes(*CHANGE_PERSONS))
        within = [region for region in found if reach.covers(region.code, *CHANGE_PERSONS)]
        exact = [region for region in within if region.name.casefold() == text.strip().casefold()] or within
        if not exact:
            raise forms.ValidationError(_("Wilayah ini tidak ditemukan di wilayah tugas Anda."))
        if len(exact) > 1:
            named = "; ".join(f"{region.full_name} ({region.code})" for region in exact[:5])
            raise forms.ValidationError(_("Ada beberapa yang cocok, tulis kodenya: {found}.").format(found=named))
        return exact[0]


def _searched(text: str, prefixes: list[str]) -> list[Region]:
    """What ``text`` may mean in these subtrees, without regions that lie in one already found."""
    try:
        found = [region for prefix in prefixes for region in search(text, within=prefix, limit=5)]
    except Refusal as refusal:
        raise forms.ValidationError(refusal.title) from refusal
    return list({region.pk: region for region in found}.values())
