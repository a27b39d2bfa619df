"""Coming in: from a password or a code to a session, and what is shown before the first page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate, login, update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from balai.common import clock, formats
from balai.common.problems import Refusal
from balai.people import problems
from balai.people.models import AccessCode, AccessEvent, Account, Person, Role

from . import codes, guarding, passkeys
from .second import SecondFactor

BACKEND = "balai.people.backends.UsernameOrPhoneBackend"
#: How long after signing in somebody may change passwords and factors without being asked once more.
FRESH = timedelta(minutes=15)
_HALFWAY = timedelta(minutes=10)
_HALFWAY_KEY, _FRESH_KEY = "halfway", "confirmed_at"
Kind = AccessEvent.Kind


def safe_next(wish: str) -> str:
    """``wish`` if it is a path of this site, else "/".

    Browsers drop line breaks and tabs from addresses and take "\\" for "/": what comes of that is not a path of ours.
    """
    plain = wish.startswith("/") and wish.isprintable() and "\\" not in wish
    return wish if plain and url_has_allowed_host_and_scheme(wish, allowed_hosts=None) else "/"


def by_password(request: HttpRequest, name: str, password: str, then: str) -> tuple[Account, str]:
    """Sign in by user name or phone number. Returns whose account it is and the next address. Raises ``Refusal``."""
    account = authenticate(request, username=name, password=password)
    if account is None:
        late = getattr(request, "axes_locked_out", False)
        raise Refusal(problems.TOO_MANY_TRIES if late else problems.WRONG_SIGN_IN)
    guarding.forgive(request)
    return account, _onward(request, account, then)


def _onward(request: HttpRequest, account: Account, then: str) -> str:
    """To the second factor if there is one, else in."""
    if SecondFactor(account).demanded:
        request.session.cycle_key()
        request.session[_HALFWAY_KEY] = {
            "account": str(account.pk),
            "at": clock.wall().isoformat(),
            "then": then,
            "stamp": account.get_session_auth_hash(),
        }
        return "/masuk/pengaman"
    return enter(request, account, then)


def by_passkey(request: HttpRequest, answer: str, then: str) -> str:
    """Sign in with what the browser got from a passkey (JSON): it is both factors in one. Raises ``Refusal``."""
    account = passkeys.owner(answer)
    request.session.set_expiry(None)
    return enter(request, account, then, detail="kunci sandi")


def ask_passkey(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs for ``by_passkey``; a visitor's session that only holds this ends soon."""
    if not request.user.is_authenticated:
        request.session.set_expiry(_HALFWAY)
    return passkeys.options()


def halfway(request: HttpRequest) -> tuple[Account, str] | None:
    """Who has given the password and not yet the second factor, and where they want to go."""
    kept = request.session.get(_HALFWAY_KEY)
    if not kept or datetime.fromisoformat(kept["at"]) < clock.wall() - _HALFWAY:
        return None
    account = Account.objects.select_related("person__region").filter(pk=kept["account"]).first()
    if account is None or not account.is_open or account.get_session_auth_hash() != kept["stamp"]:
        return None
    return account, kept["then"]


def enter(request: HttpRequest, account: Account, then: str, detail: str = "") -> str:
    """Open the session. Returns the first address: the notice, the offer of a second factor, or ``then``."""
    request.session.pop(_HALFWAY_KEY, None)
    login(request, account, backend=BACKEND)
    request.session[_FRESH_KEY] = clock.wall().isoformat()
    Account.objects.filter(pk=account.pk, first_signed_in_at=None).update(first_signed_in_at=clock.wall())
    AccessEvent.objects.create(kind=Kind.SIGNED_IN, person=account.person_id, actor=account.person_id, detail=detail)
    for line in told(account.owner):
        messages.info(request, line)
    if account.notice_read_at is None:
        return f"/pemberitahuan?{urlencode({'lanjut': then})}"
    return after_notice(account, then)


def after_notice(account: Account, then: str) -> str:
    """The offer of a second factor to whoever should have one, else ``then``."""
    return f"/saya/keamanan/ajakan?{urlencode({'lanjut': then})}" if SecondFactor(account).asked else then


def told(person: Person) -> list[str]:
    """What others did with this person's access, in words; said once."""
    untold = list(AccessEvent.objects.about(person.identities).untold().order_by("at"))
    AccessEvent.objects.filter(pk__in=[event.pk for event in untold]).update(told_at=clock.wall())
    names: dict[UUID | None, str] = dict(
        Person.objects.filter(pk__in={event.actor for event in untold}).values_list("pk", "name")
    )
    return [_sentence(event, names.get(event.actor, _("petugas"))) for event in untold]


def _sentence(event: AccessEvent, actor: str) -> str:
    patterns = {
        Kind.RECOVERY_MADE: _("Kode pemulihan untuk akun Anda dibuat oleh {actor} pada {moment}."),
        Kind.RECOVERED: _("Kata sandi Anda dipulihkan dengan kode dari {actor} pada {moment}."),
        Kind.SEEN: _("Akun Anda dilihat oleh {actor} pada {moment} untuk membantu Anda."),
        Kind.PHONE_RELEASED: _("Nomor HP dilepas dari akun Anda oleh {actor} pada {moment}."),
        Kind.ERASURE_DECLINED: _("{actor} menjawab permintaan hapus data Anda pada {moment}: lihat halaman Data."),
    }
    return patterns[Kind(event.kind)].format(actor=actor, moment=formats.moment(timezone.localtime(event.at)))


@transaction.atomic
def by_code(request: HttpRequest, text: str, password: str, then: str) -> tuple[Account, str]:
    """Use a one-time code: its person gets ``password`` and is signed in. Raises ``Refusal``.

    Returns whose account it is and the next address. All other sessions of the account end. A second factor is still
    demanded, unless the code frees from it.
    """
    code = codes.find(text)
    used = code and AccessCode.objects.open(clock.wall()).filter(pk=code.pk).update(used_at=clock.wall())
    if not code or not used:
        raise Refusal(problems.UNKNOWN_CODE)
    account = Account.objects.select_related("person__region").get(person=code.person)
    account.set_password(password)
    account.epoch += 1
    account.save(update_fields=["password", "epoch"])
    if code.frees_second_factor:
        SecondFactor(account).free()
    if code.purpose == AccessCode.Purpose.RECOVERY:
        _recovered(code)
    return account, _onward(request, account, then)


def _recovered(code: AccessCode) -> None:
    """Said once: that it was done takes the place of that it was prepared."""
    prepared = AccessEvent.objects.about([code.person_id]).untold().filter(kind=Kind.RECOVERY_MADE)
    prepared.update(told_at=clock.wall())
    AccessEvent.objects.create(kind=Kind.RECOVERED, person=code.person_id, actor=code.made_by)


def change_password(request: HttpRequest, account: Account, password: str) -> None:
    """A new password; every other session of the account ends."""
    account.set_password(password)
    _end_sessions(request, account, Kind.PASSWORD_CHANGED)


def sign_out_everywhere(request: HttpRequest, account: Account) -> None:
    """Every session of the account but this one ends."""
    _end_sessions(request, account, Kind.SIGNED_OUT_EVERYWHERE)


def _end_sessions(request: HttpRequest, account: Account, kind: AccessEvent.Kind) -> None:
    account.epoch = F("epoch") + 1
    account.save(update_fields=["password", "epoch"])
    account.refresh_from_db(fields=["epoch"])
    update_session_auth_hash(request, account)
    _stay_fresh(request)
    AccessEvent.objects.create(kind=kind, person=account.person_id, actor=account.person_id)


def confirm(request: HttpRequest, account: Account, password: str) -> None:
    """Somebody who is signed in shows once more that it is they. Raises ``Refusal``."""
    if authenticate(request, username=account.username, password=password) != account:
        late = getattr(request, "axes_locked_out", False)
        raise Refusal(problems.TOO_MANY_TRIES if late else problems.WRONG_PASSWORD)
    _stay_fresh(request)


def _stay_fresh(request: HttpRequest) -> None:
    request.session[_FRESH_KEY] = clock.wall().isoformat()


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session began, or was confirmed, a short while ago."""
    moment = request.session.get(_FRESH_KEY)
    return moment is not None and datetime.fromisoformat(moment) > clock.wall() - FRESH


@dataclass(frozen=True)
class Part:
    """Among whom one of the demo's people is listed, and what one sees as them, in one line."""

    group: str | Promise
    told: str | Promise


#: What a demo says of its people, by their user names, in the order in which they are listed.
PARTS: dict[str, Part] = {}


@dataclass(frozen=True)
class Example:
    """One of the demo's people, whom anybody may be, and the label of their role."""

    account: Account
    role: str
    part: Part


def examples() -> list[Example]:
    """The people of a demo: accounts whose user names begin with ``demo-``. Those nobody introduced come last."""
    found = Account.objects.filter(username__startswith="demo-").select_related("person__region")
    held = Role.objects.held_at(clock.wall()).filter(person__account__in=found).order_by("granted_at")
    names = dict(held.values_list("person", "name"))
    order = list(PARTS)
    accounts = sorted(found, key=lambda one: order.index(one.username) if one.username in PARTS else len(order))
    return [
        Example(
            account,
            str(Role.Name(names.get(account.person_id, Role.Name.LEARNER)).label),
            PARTS.get(account.username, Part("", "")),
        )
        for account in accounts
    ]


def as_example(request: HttpRequest, id: UUID, then: str) -> str:
    """Sign in as one of the demo's people. Returns ``then``. Raises ``Refusal``."""
    account = next((example.account for example in examples() if example.account.pk == id), None)
    if account is None:
        raise Refusal(problems.ONLY_IN_DEMO)
    enter(request, account, then)
    return then
