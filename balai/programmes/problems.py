"""Why something about programmes and enrolment is refused."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

ENROLLED_ALREADY = Problem(
    "B3101",
    409,
    _("{name} sudah mengikuti pelatihan ini."),
    _("Kepesertaan yang sudah ada tidak berubah."),
    _("Buka pelatihannya dan lanjutkan belajar."),
)
UNKNOWN_COURSE = Problem(
    "B3102",
    422,
    _("Versi ini bukan dari pelatihan yang diminta."),
    _("Tidak ada yang berubah."),
    _("Buka lagi halaman pelatihan, lalu ajukan dari sana."),
)
