"""What a password must not be: what everybody in the village knows of its owner."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from balai.common import names


class NotYourself:
    """Refuses a password that is little more than the owner's name, phone number, birth date or user name."""

    def validate(self, password: str, user: Any = None) -> None:
        person = getattr(user, "person", None)
        if person is None:
            return
        left = re.sub(r"[^a-z0-9]", "", password.casefold())
        for part in sorted(_known(user), key=len, reverse=True):
            left = left.replace(part, "")
        if len(left) < 4:
            raise ValidationError(self.get_help_text(), code="password_too_similar")

    def get_help_text(self) -> str:
        return _("Kata sandi tidak boleh nama, nomor HP, tanggal lahir atau nama pengguna Anda.")


def _known(account: Any) -> set[str]:
    person = account.person
    known = {*names.bare(person.name).split(), *account.username.casefold().split(".")}
    digits = person.phone.removeprefix("+62")
    known |= {digits, f"0{digits}", f"62{digits}"} if digits else set()
    if person.birth_date:
        known |= {person.birth_date.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%d%m%y", "%Y")}
    return {part for part in known if len(part) > 2}
