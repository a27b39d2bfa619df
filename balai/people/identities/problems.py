"""Refusals about identities."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

SAME_RECORD = Problem(
    "B2150",
    422,
    _("Ini satu data orang yang sama, bukan dua."),
    _("Tidak ada yang berubah."),
    _("Pilih dua data orang yang berbeda."),
)
ALREADY_MERGED = Problem(
    "B2151",
    409,
    _("Salah satu dari kedua data ini sudah digabung atau ditarik."),
    _("Tidak ada yang berubah."),
    _("Muat ulang daftar orang, lalu pilih lagi."),
)
