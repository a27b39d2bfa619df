"""Why an account is not made."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

TOO_MANY = Problem(
    "B2290",
    429,
    _("Terlalu banyak akun dibuat dari jaringan ini dalam satu jam."),
    _("Belum ada akun yang dibuat, dan kemajuan di HP ini tetap tersimpan."),
    _("Coba lagi satu jam lagi, atau minta koordinator membuatkannya."),
)
