"""Refusals of the room: accounts and roles (the import has its own file)."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

OUT_OF_REACH = Problem(
    "B2201",
    403,
    _("Orang atau wilayah ini di luar wilayah tugas Anda."),
    _("Tidak ada yang berubah."),
    _("Minta koordinator wilayah itu, atau koordinator di atas Anda."),
)
NOT_YOURS = Problem(
    "B2202",
    403,
    _("Ini hanya dapat dilakukan oleh orangnya sendiri."),
    _("Tidak ada yang berubah."),
    _("Masuk dengan akun orang itu."),
)
ROLE_TOO_HIGH = Problem(
    "B2203",
    403,
    _("Anda tidak dapat memberi hak akses ini."),
    _("Tidak ada yang berubah."),
    _("Minta koordinator yang wilayahnya lebih luas, atau admin nasional."),
)
