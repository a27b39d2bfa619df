"""Signing in with a passkey alone: possession of the device, and its owner's finger, face or PIN, in one.

The phone says whose passkey it is, so no name is typed and nobody learns which accounts exist. A signature cannot be
guessed: wrong ones are not counted against the account, or anybody could close somebody's second door.
"""

import json
from typing import Any

from balai.common.problems import Refusal
from balai.people import problems
from balai.people.models import Account

from .second import MALFORMED


def options() -> dict[str, Any]:
    """What the browser needs to ask for a passkey of this site, whoever's it is."""
    from allauth.mfa.webauthn.internal import auth  # fido2, only where passkeys are used

    asked: dict[str, Any] = auth.begin_authentication()
    return asked


def owner(answer: str) -> Account:
    """The open account whose passkey gave ``answer`` (JSON of WebAuthn) to ``options``. Raises ``Refusal``."""
    from allauth.mfa.webauthn.internal import auth

    try:
        credential = json.loads(answer)
        account: Account = auth.extract_user_from_response(credential)
        used = auth.complete_authentication(account, credential)
    except MALFORMED as error:
        raise Refusal(problems.WRONG_PASSKEY) from error
    finally:
        auth.clear_state()
    if not account.is_open:
        raise Refusal(problems.WRONG_PASSKEY)
    used.record_usage()
    return account
