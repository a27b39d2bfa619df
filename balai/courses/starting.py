"""A new course from its title: the folder that an author goes on writing in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from balai.common.ids import uuid7

from .drafts import import_draft
from .models import Course, Draft
from .outline import MAXIMUM_JP, RESERVED
from .source import COURSE_FILE, Source
from .structure import quoted


class CourseForm(forms.Form):
    """What a course is called, how long it takes, and for whom it is."""

    title = forms.CharField(label=_("Judul"), max_length=120)
    summary = forms.CharField(
        label=_("Ringkasan"),
        max_length=240,
        help_text=_("Satu kalimat: sesudah ini peserta bisa apa."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.IntegerField(
        label=_("Lama belajar (JP)"),
        min_value=1,
        max_value=MAXIMUM_JP,
        initial=2,
        help_text=_("Satu JP adalah 45 menit."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    readers = forms.ChoiceField(
        label=_("Siapa yang boleh membaca"),
        choices=[("terbuka", _("Siapa saja, tanpa akun")), ("peserta", _("Hanya peserta"))],
        initial="terbuka",
        widget=forms.RadioSelect,
    )

    def clean_title(self) -> str:
        title: str = " ".join(self.cleaned_data["title"].split())
        if not slugify(title):
            raise forms.ValidationError(_("Judul belum berisi huruf."))
        return title


def start(data: dict[str, Any], actor: UUID) -> Draft:
    """The first draft of a new course, from the data of a ``CourseForm``."""
    head = {
        "id": str(uuid7()),
        "slug": _free_slug(data["title"]),
        "judul": quoted(data["title"]),
        "ringkasan": quoted(" ".join(data["summary"].split())),
        "bahasa": "id",
        "jp": data["hours"],
        "terbuka": "true" if data["readers"] == "terbuka" else "false",
        "modul": f"\n  - judul: {quoted(str(_('Modul pertama')))}\n    isi: []",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    text = f"---\n{lines}---\n{' '.join(data['summary'].split())}\n"
    return import_draft(Source.of([(COURSE_FILE, text.encode())]), actor, Draft.Origin.WRITTEN)


def _free_slug(title: str) -> str:
    """An address that no course and no draft has."""
    base = slugify(title)[:50].strip("-")
    taken = set(Course.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | set(RESERVED)
    taken |= set(Draft.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
