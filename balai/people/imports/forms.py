"""Forms of imports: the file, the columns, the cells of a row."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from balai.people.reach import CHANGE_PERSONS, Reach
from balai.people.spreadsheets.headers import Field
from balai.regions.fields import RegionField

from . import labels
from .models import Import, Row


class FileForm(forms.Form):
    """A table to import."""

    file = forms.FileField(
        label=_("Berkas Excel Anda"),
        help_text=_(".xlsx, .xls, .ods, atau .csv; paling besar 100 MB. Judul di atas tabel boleh ada."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class SheetForm(forms.Form):
    """How one worksheet is read: whether at all, which row is the header, what each column holds."""

    chosen = forms.BooleanField(required=False)
    header = forms.IntegerField(min_value=0, max_value=1000, label=_("Judul kolom ada di baris"))

    def __init__(self, sheet: dict[str, Any], *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"chosen": sheet["chosen"] or alone, "header": sheet["header"]}
        self.fields["chosen"].label = lazystr(sheet["name"]) if sheet["name"] else _("Pakai tabel ini")
        self.sheet = sheet
        choices = [("", _("(tidak dipakai)")), *((str(field), label) for field, label in labels.FIELDS.items())]
        for column in sheet["titles"]:
            self.fields[f"k{column}"] = forms.ChoiceField(
                choices=choices, required=False, initial=sheet["columns"].get(column, "")
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        taken = [data.get(f"k{column}") for column in self.sheet["titles"] if data.get(f"k{column}")]
        if data.get("chosen") and len(set(taken)) < len(taken):
            raise forms.ValidationError(_("Dua kolom ditandai sebagai isian yang sama."))
        if data.get("chosen") and Field.NAME not in taken:
            raise forms.ValidationError(_("Tandai kolom nama, dan paling sedikit satu kolom lain."))
        return data

    @property
    def table(self) -> list[dict[str, Any]]:
        """Each column: its title, a few of its cells, the choice of what it holds."""
        return [
            {"title": title, "samples": self.sheet["samples"][column], "field": self[f"k{column}"]}
            for column, title in self.sheet["titles"].items()
        ]

    @property
    def columns(self) -> dict[str, str]:
        """``{column: field}`` as chosen."""
        chosen = {column: self.cleaned_data.get(f"k{column}", "") for column in self.sheet["titles"]}
        return {column: field for column, field in chosen.items() if field}


class HomeForm(forms.Form):
    """The region of everybody whose row names none."""

    home = RegionField(
        label=_("Wilayah untuk baris tanpa desa"),
        required=False,
        help_text=_("Isi bila semua orang di berkas ini dari satu desa atau kecamatan."),
    )

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        prefixes = reach.prefixes(*CHANGE_PERSONS)
        if len(prefixes) == 1:
            self.fields["home"].narrow(prefixes[0])  # type: ignore[attr-defined]

    def clean_home(self) -> Any:
        region = self.cleaned_data["home"]
        if region and not self.reach.covers(region.code, *CHANGE_PERSONS):
            raise forms.ValidationError(_("Wilayah ini di luar wilayah tugas Anda."))
        return region


class RowForm(forms.Form):
    """The cells of one row, to be corrected; what is wrong with a cell stands at its field."""

    def __init__(self, row: Row, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in fields_of(row.batch):
            self.fields[field] = forms.CharField(
                label=labels.label(field),
                required=field == Field.NAME,
                max_length=200,
                initial=labels.typed(row, field),
            )
        if Field.NIK in self.fields:
            self.fields[Field.NIK].help_text = _(
                "16 angka. Yang sudah ada tidak ditampilkan; ketik ulang hanya bila salah."
            )
            self.fields[Field.NIK].widget.attrs["inputmode"] = "numeric"
            self.fields[Field.NIK].widget.attrs["autocomplete"] = "off"

    @property
    def typed(self) -> dict[str, str]:
        """What was typed differently; a field that was not sent stays."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.data}


def fields_of(batch: Import) -> list[Field]:
    """The columns that ``batch`` has, in the usual order; places always."""
    has = {column for sheet in batch.sheets if sheet["chosen"] for column in sheet["columns"].values()}
    return [field for field in labels.FIELDS if field in has or field in (Field.VILLAGE, Field.DISTRICT)]
