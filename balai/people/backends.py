"""Signing in with what people remember: a user name or a phone number, never an e-mail address."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from balai.common.phone import normalised
from balai.common.prepared import Prepared

from .models import Account

#: Asked by every page of everybody who is signed in.
_account_of = Prepared(Account, lambda account: Account.objects.select_related("person__region").filter(pk=account))


class UsernameOrPhoneBackend(BaseBackend):
    """Finds the account by user name or phone number, and takes as long when there is none."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **rest: Any,
    ) -> Account | None:
        if not username or not password:
            return None
        account = Account.objects.called(username.strip(), normalised(username))
        if account is None:
            make_password(password)  # the same work, so that time does not tell whether an account exists
            return None
        return account if account.check_password(password) and account.is_open else None

    def get_user(self, user_id: UUID) -> Account | None:
        account = next(iter(_account_of(account=user_id)), None)
        return account if account and account.is_open else None
