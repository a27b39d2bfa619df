"""The style page ``/gaya``: every component in every state. Only where ``BALAI_DEBUG`` is on."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from balai.common import clock, problems
from balai.common.problems import Refusal
from balai.web.home import Home
from balai.web.icons import PATHS
from balai.web.steps import Attention, NextStep


class Example(forms.Form):
    """One field of each shape; the phone number is wrong on purpose."""

    name = forms.CharField(label=_("Nama dengan gelar"), help_text=_("Seperti di KTP."))
    phone = forms.RegexField(r"^08\d+$", label=_("Nomor HP"), help_text=_("Misalnya 081234567801."))
    position = forms.ChoiceField(label=_("Jabatan"), choices=[("sekdes", "Sekretaris desa"), ("kaur", "Kaur keuangan")])
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sheet = forms.FileField(label=_("Berkas Excel"), help_text=_("Sampai 10 MB."), required=False)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=[("P", _("Perempuan")), ("L", _("Laki-laki"))], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label=_("Kirim juga lewat WhatsApp"), required=False)


def page(request: HttpRequest) -> HttpResponse:
    """Every component."""
    messages.success(request, _("Tersimpan 14.02 WIB."))
    form = Example({"name": "Siti Rahayu, S.Pd.", "phone": "62 812", "position": "kaur", "sex": "P"})
    context = {
        "form": form,
        "icons": PATHS,
        "page": Paginator(range(70), 10).page(2),
        "crumbs": [("Indonesia", "/gaya"), ("Lampung", "/gaya")],
        "refusal": Refusal(problems.NOT_FOUND),
        "at": clock.wall() - timedelta(hours=2),
        "later": clock.wall() + timedelta(days=20),
    }
    return render(request, "web/style.html", context)


def home(request: HttpRequest) -> HttpResponse:
    """The home of a person in the middle of a course."""
    next_step = NextStep(
        _("Lanjutkan"),
        "Menyusun RKP Desa dari hasil musdes",
        "Perencanaan Pembangunan Desa · materi 5 dari 12 · 18 menit · 9 KB",
        "/gaya/fokus",
        _("Lanjutkan belajar"),
        done=5,
        whole=12,
    )
    attention = [
        Attention("Tes akhir Keuangan Desa", "Sesi siang, dibuka Kamis 13.00 WIB", "#", _("2 hari lagi"), "wait"),
        Attention("Foto papan informasi APBDes", "Bukti rencana tindak lanjut", "#", _("Siapkan")),
        Attention("PLM Kabupaten, 20 s.d. 21 Oktober", "Anda terverifikasi sebagai peserta", "#", _("Lihat")),
    ]
    sample = Home(clock.wall().date(), "Selamat siang, Bu Siti Rahayu", next_step, attention)
    return render(request, "web/home.html", {"home": sample})


def focus(request: HttpRequest) -> HttpResponse:
    """A page with one thing to do: a question of a test."""
    return render(request, "web/style_focus.html")
