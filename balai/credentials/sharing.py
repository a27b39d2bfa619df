"""A certificate as people share it: a short text with a link, for WhatsApp or the phone's share sheet."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Certificate


@dataclass(frozen=True)
class Share:
    """The words and the addresses to share ``certificate``."""

    certificate: Certificate

    @property
    def url(self) -> str:
        """Shows the whole certificate to whoever has it; nobody can guess it."""
        return settings.BALAI_URL + reverse("credentials:shared", args=[self.certificate.pk])

    @property
    def text(self) -> str:
        """One line and the link."""
        words = _("{name}: {kind} {title}, {hours} JP, nomor {number}. Periksa keasliannya: {url}")
        certificate = self.certificate
        return words.format(
            name=certificate.name,
            kind=certificate.get_kind_display(),
            title=certificate.title,
            hours=certificate.hours,
            number=certificate.number,
            url=self.url,
        )

    @property
    def whatsapp(self) -> str:
        """Opens WhatsApp with the text."""
        return f"https://wa.me/?text={quote(self.text)}"
