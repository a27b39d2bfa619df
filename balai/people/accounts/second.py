"""The second factor of coordinators, authors and admins: passkeys, a code app, and spare codes on paper.

The ceremonies are django-allauth's; the pages, the limits and the words are ours.
"""

import base64
import json
import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ValidationError
from django.db import transaction

from balai.common import clock
from balai.common.problems import Refusal
from balai.log.nodekeys import this_node
from balai.people import problems
from balai.people.models import AccessEvent, Account, Role

from .guarding import COOL_OFF, NAME_LIMIT

Type = Authenticator.Type
#: Who is asked to set up a second factor.
ASKED = (Role.Name.ADMIN, Role.Name.AUTHOR, Role.Name.COORDINATOR)
_NONCE = 12
#: What the ceremony raises for an answer that no browser gives.
MALFORMED = (ValidationError, AttributeError, KeyError, TypeError, ValueError, RecursionError)
#: A code stays in the window for three steps of 30 s; so many used ones are remembered.
_REMEMBERED = 4


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks of a site: secrets are sealed by this node, and names are ours."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Balai Belajar"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.person.name}


def _cipher() -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"balai second factor 1").derive(this_node().secret))


@dataclass(frozen=True)
class SecondFactor:
    """What one account has set up."""

    account: Account

    @cached_property
    def authenticators(self) -> list[Authenticator]:
        return list(Authenticator.objects.filter(user=self.account).order_by("created_at", "pk"))

    @property
    def passkeys(self) -> list[Authenticator]:
        return [found for found in self.authenticators if found.type == Type.WEBAUTHN]

    @property
    def app(self) -> Authenticator | None:
        return self._only(Type.TOTP)

    @property
    def spare(self) -> Authenticator | None:
        return self._only(Type.RECOVERY_CODES)

    def _only(self, type: str) -> Authenticator | None:
        return next((found for found in self.authenticators if found.type == type), None)

    @property
    def demanded(self) -> bool:
        """Whether signing in takes more than the password."""
        return bool(self.passkeys or self.app)

    @property
    def spare_left(self) -> int:
        return len(self.spare.wrap().get_unused_codes()) if self.spare else 0

    @property
    def asked(self) -> bool:
        """Whether this account should have a second factor and has none."""
        return not self.demanded and self.account.owner.reach.holds(*ASKED)

    def check(self, code: str) -> None:
        """Accept a code of the app or a spare code, once. Raises ``Refusal``."""
        self.insist_few_failures()
        digits = "".join(filter(str.isdecimal, code))
        with transaction.atomic():
            locked = Authenticator.objects.select_for_update().filter(user=self.account)
            accepted = next((found for found in locked if _accepts(found, digits)), None)
        if accepted is None:
            self.note_failure()
            raise Refusal(problems.WRONG_SECOND)
        accepted.record_usage()

    def insist_few_failures(self) -> None:
        """Raises ``Refusal`` when somebody keeps trying."""
        wrong = AccessEvent.objects.about([self.account.person_id]).filter(kind=AccessEvent.Kind.SECOND_REFUSED)
        if wrong.filter(at__gt=clock.wall() - COOL_OFF).count() >= NAME_LIMIT:
            raise Refusal(problems.TOO_MANY_TRIES)

    def note_failure(self) -> None:
        AccessEvent.objects.create(kind=AccessEvent.Kind.SECOND_REFUSED, person=self.account.person_id)

    def set_up_app(self, secret: str) -> None:
        """The app that shows codes of ``secret`` is demanded from now on; it replaces an older one."""
        Authenticator.objects.filter(user=self.account, type=Type.TOTP).delete()
        TOTP.activate(self.account, secret)
        self._added("aplikasi")

    def new_passkey_options(self) -> dict[str, Any]:
        """What the browser needs to make a passkey for this account."""
        from allauth.mfa.webauthn.internal import auth  # fido2, only where passkeys are used

        options: dict[str, Any] = auth.begin_registration(self.account, passwordless=False)
        # Kept on the device where it can be, so that it also signs in without a name; any other still counts second.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred"
        return options

    def set_up_passkey(self, name: str, credential: dict[str, Any]) -> None:
        """Keep the passkey of a finished ceremony. Raises ``Refusal``."""
        from allauth.mfa.webauthn.internal import auth

        try:
            auth.complete_registration(credential)
        except MALFORMED as error:
            raise Refusal(problems.WRONG_PASSKEY) from error
        auth.WebAuthn.add(self.account, name, credential)
        self._added("kunci sandi")

    def _added(self, what: str) -> None:
        RecoveryCodes.activate(self.account)
        _note(self.account, AccessEvent.Kind.SECOND_ADDED, what)

    def remove(self, id: int) -> None:
        """Take one factor of this account away; with the last one the spare codes go too."""
        mine = Authenticator.objects.filter(user=self.account)
        gone, _tables = mine.filter(pk=id).exclude(type=Type.RECOVERY_CODES).delete()
        if not mine.exclude(type=Type.RECOVERY_CODES).exists():
            mine.delete()
        if gone:
            _note(self.account, AccessEvent.Kind.SECOND_REMOVED)

    def renew_spare(self) -> None:
        """Ten new spare codes; the old ones stop working."""
        Authenticator.objects.filter(user=self.account, type=Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(self.account)

    def free(self) -> None:
        """Whoever lost phone and password gets in with a recovery code alone."""
        Authenticator.objects.filter(user=self.account).delete()

    def passkey_options(self) -> dict[str, Any]:
        """What the browser needs to ask for one of this account's passkeys."""
        from allauth.mfa.webauthn.internal import auth

        options: dict[str, Any] = auth.begin_authentication(self.account)
        return options

    def check_passkey(self, answer: str) -> None:
        """Accept what the browser got from a passkey (JSON). Raises ``Refusal``."""
        from allauth.mfa.webauthn.internal import auth

        self.insist_few_failures()
        try:
            auth.complete_authentication(self.account, json.loads(answer)).record_usage()
        except MALFORMED as error:
            self.note_failure()
            raise Refusal(problems.WRONG_PASSKEY) from error


def _accepts(authenticator: Authenticator, digits: str) -> bool:
    if authenticator.type == Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(digits))
    return authenticator.type == Type.TOTP and _accepts_app(authenticator, digits)


def _accepts_app(authenticator: Authenticator, digits: str) -> bool:
    """allauth remembers used codes in this process only; several processes serve, so the row remembers them."""
    used = authenticator.data.get("used", [])
    if digits in used or not authenticator.wrap().validate_code(digits):
        return False
    authenticator.data["used"] = [digits, *used][:_REMEMBERED]
    authenticator.save(update_fields=["data"])
    return True


def _note(account: Account, kind: AccessEvent.Kind, detail: str = "") -> None:
    AccessEvent.objects.create(kind=kind, person=account.person_id, actor=account.person_id, detail=detail)
