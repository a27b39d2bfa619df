"""Why an account is not made, or a village not looked up."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

TOO_MANY = Problem(
    "B2290",
    429,
    _("Terlalu banyak akun dibuat dari jaringan ini dalam satu jam."),
    _("Belum ada akun yang dibuat, dan kemajuan di HP ini tetap tersimpan."),
    _("Coba lagi satu jam lagi, atau minta koordinator membuatkannya."),
)
TOO_MANY_SEARCHES = Problem(
    "B2291",
    429,
    _("Terlalu banyak pencarian desa dari jaringan ini dalam satu jam."),
    _("Yang sudah Anda isi di formulir tidak berubah."),
    _("Tulis nama desanya, lalu kirim formulirnya: desa yang senama ditawarkan di sana."),
)
