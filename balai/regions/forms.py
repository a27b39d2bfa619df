"""Forms of what changes the tree. Each knows the deeds that it makes."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.log.record import Deed

from . import codes
from .changing import Act, NewRegion
from .fields import RegionField
from .local_kinds import local_kind
from .models import Region
from .shipping import kind_of

Kind = Region.Kind
#: What a region of each level may be.
_KINDS = {
    1: (Kind.PROVINCE,),
    2: (Kind.REGENCY, Kind.CITY),
    3: (Kind.DISTRICT, Kind.PAPUAN_DISTRICT),
    4: (Kind.VILLAGE, Kind.URBAN_VILLAGE, Kind.CUSTOMARY_VILLAGE),
}


class ChangeForm(forms.Form):
    """One kind of decision about ``region``: since when it holds, and on which ground."""

    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise]

    since = forms.DateField(label=_("Berlaku sejak"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Misalnya: Permendagri Nomor 1 Tahun 2026")
    )

    def __init__(self, region: Region, data: Any = None) -> None:
        self.region = region
        super().__init__(data, initial=self.proposed())
        self.order_fields([*(name for name in self.fields if name not in {"since", "basis"}), "since", "basis"])

    def proposed(self) -> dict[str, Any]:
        """What stands in the form at first."""
        return {"since": timezone.localdate()}

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(_("Tanggal ini belum tiba. Catat perubahannya setelah berlaku."))
        return since

    def deeds(self, act: Act) -> list[Deed]:
        """What the decision amounts to. Raises ``Refusal``."""
        raise NotImplementedError


class NameForm(ChangeForm):
    """Another name, kind or local word."""

    title = _("Ganti nama atau sebutan")
    lead = _("Kodenya tetap. Nama lama tetap dapat dicari.")
    name = forms.CharField(label=_("Nama, tanpa sebutannya"), max_length=80)
    kind = forms.ChoiceField(label=_("Jenis"))
    local_kind = forms.CharField(
        label=_("Sebutan setempat"), max_length=30, required=False, help_text=_("Misalnya: Kampung, Nagari, Pekon")
    )
    postal_code = forms.RegexField("^[0-9]{5}$", label=_("Kode pos"), required=False)

    def __init__(self, region: Region, data: Any = None) -> None:
        super().__init__(region, data)
        self.fields["kind"].choices = [(kind, Kind(kind).label) for kind in _KINDS[region.level]]  # type: ignore[attr-defined]
        if region.level < 4:
            del self.fields["postal_code"]

    def proposed(self) -> dict[str, Any]:
        names = ("name", "kind", "local_kind", "postal_code")
        return {**super().proposed(), **{name: getattr(self.region, name) for name in names}}

    def deeds(self, act: Act) -> list[Deed]:
        values = {name: value for name, value in self.cleaned_data.items() if name not in {"since", "basis"}}
        return act.change(self.region, **values)


def _code_field(**rest: Any) -> forms.CharField:
    return forms.CharField(max_length=codes.LENGTH, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **rest)


class CodeForm(ChangeForm):
    """Another code, for the region and all below it."""

    title = _("Ganti kode")
    lead = _("Semua wilayah di bawahnya ikut mendapat kode baru. Kode lama tetap dapat dicari.")
    code = _code_field(label=_("Kode baru"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "code": self.region.code}

    def deeds(self, act: Act) -> list[Deed]:
        code = self.cleaned_data["code"]
        return act.renumber(self.region, codes.dotted(code) or code)


class NewForm(ChangeForm):
    """A region right below this one that was not there before."""

    title = _("Tambah wilayah di bawahnya")
    lead = _("Untuk wilayah yang baru dibentuk dan bukan pecahan wilayah lain.")
    code = _code_field(label=_("Kode"))
    name = forms.CharField(label=_("Nama, tanpa sebutannya"), max_length=80)

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "code": f"{self.region.code}."}

    def deeds(self, act: Act) -> list[Deed]:
        new = _new(self.cleaned_data["code"], self.cleaned_data["name"])
        return act.create(new, self.region.level + 1)


class SplitForm(ChangeForm):
    """New regions that come out of this one."""

    title = _("Mekarkan")
    lead = _("Wilayah baru keluar dari wilayah ini. Orang dan lembaga tetap di sini sampai dipindahkan.")
    parts = forms.CharField(
        label=_("Wilayah baru"),
        help_text=_("Satu baris satu wilayah: kode, lalu namanya. Misalnya: 18.02.07.2010 Bandar Jaya"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ends = forms.BooleanField(label=_("Wilayah ini sendiri berakhir"), required=False)

    def clean_parts(self) -> list[NewRegion]:
        lines = [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        parts = [(code.rstrip(","), name.strip()) for code, _space, name in (line.partition(" ") for line in lines)]
        for line, (code, name) in zip(lines, parts, strict=True):
            if not codes.dotted(code) or not name or len(name) > 80:
                raise ValidationError(_("Baris “%(line)s” belum berisi kode dan nama.") % {"line": line})
        return [_new(code, name) for code, name in parts]

    def deeds(self, act: Act) -> list[Deed]:
        return act.split(self.region, self.cleaned_data["parts"], ends=self.cleaned_data["ends"])


class MergeForm(ChangeForm):
    """This region goes into another one."""

    title = _("Gabungkan ke wilayah lain")
    lead = _("Wilayah ini berakhir. Orang dan lembaga tetap tercatat di sini sampai dipindahkan.")

    def __init__(self, region: Region, data: Any = None) -> None:
        super().__init__(region, data)
        self.fields = {
            "successor": RegionField(label=_("Digabung ke"), level=region.level, within=_around(region)),
            **self.fields,
        }

    def deeds(self, act: Act) -> list[Deed]:
        return act.merge(self.region, self.cleaned_data["successor"])


class EndForm(ChangeForm):
    """This region ends, and nothing carries it on."""

    title = _("Akhiri tanpa pengganti")
    lead = _("Untuk wilayah yang dihapus. Riwayatnya tetap dapat dibuka.")

    def deeds(self, act: Act) -> list[Deed]:
        return act.end(self.region)


def _around(region: Region) -> str:
    """Where to look for a neighbour: in the kabupaten of a village or kecamatan, in the province of a kabupaten."""
    return region.code[: 5 if region.level > 2 else 2 if region.level == 2 else 0]


#: By the last part of their address, in the order in which the region's page offers them.
CHANGES: dict[str, type[ChangeForm]] = {
    "nama": NameForm,
    "kode": CodeForm,
    "pemekaran": SplitForm,
    "penggabungan": MergeForm,
    "wilayah-baru": NewForm,
    "akhir": EndForm,
}


def _new(code: str, name: str) -> NewRegion:
    """A new region whose kind is what its code says."""
    dotted = codes.dotted(code) or code
    if not codes.dotted(code):
        return NewRegion(dotted, name, Kind.VILLAGE)
    kind = kind_of(dotted)
    return NewRegion(dotted, name, kind, local_kind(dotted, kind))
