"""The two kinds of certificate, as a course names them and as other systems know them."""

from typing import Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

AchievementType = Literal["CertificateOfCompletion", "Certification"]


class Kind(TextChoices):
    """``TRAINING`` says that somebody took part to the end; ``COMPETENCY`` that they proved it."""

    TRAINING = "pelatihan", _("Sertifikat Pelatihan")
    COMPETENCY = "kompetensi", _("Sertifikat Kompetensi")


#: What stands on paper and in credentials: Indonesian, whatever language the reader's page has.
NAMES = {Kind.TRAINING: "Sertifikat Pelatihan", Kind.COMPETENCY: "Sertifikat Kompetensi"}
#: The nearest terms of Open Badges 3.0, ``AchievementType``.
ACHIEVEMENT_TYPES: dict[Kind, AchievementType] = {
    Kind.TRAINING: "CertificateOfCompletion",
    Kind.COMPETENCY: "Certification",
}
