"""The local tables of this room: accounts, codes, the access log, failed sign-ins, requests, matching keys."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balai.people.identities.models import NikKey, Pair
from balai.people.imports.jobs import forget_old
from balai.people.imports.models import Row, Saved, Trace
from balai.people.models import AccessCode, AccessEvent, Account, CodeSheet, ErasureRequest

from .stores import Rows, Store, register

#: A code is remembered for so long after it expired, an access event and an answered request after it happened.
CODES, EVENTS, REQUESTS = timedelta(days=90), timedelta(days=730), timedelta(days=730)
FAILURES = timedelta(days=1)


def _rows(found: QuerySet[Any], *columns: str) -> Rows:
    return [dict(row) for row in found.values(*columns)]


def _expired(found: QuerySet[Any]) -> int:
    return found.delete()[0]


def _export_accounts(ids: list[UUID]) -> Rows:
    columns = ("username", "phone", "created_at", "first_signed_in_at", "last_login", "notice_read_at")
    return _rows(Account.objects.filter(person__in=ids), *columns)


def _forget_accounts(ids: list[UUID]) -> None:
    Account.objects.filter(person__in=ids).delete()


def _export_codes(ids: list[UUID]) -> Rows:
    return _rows(AccessCode.objects.filter(person__in=ids), "purpose", "made_at", "expires_at", "used_at")


def _forget_codes(ids: list[UUID]) -> None:
    AccessCode.objects.filter(person__in=ids).delete()


def _expire_codes(moment: datetime) -> int:
    sheets = _expired(CodeSheet.objects.filter(expires_at__lt=moment))
    return sheets + _expired(AccessCode.objects.filter(expires_at__lt=moment - CODES))


def _export_events(ids: list[UUID]) -> Rows:
    return _rows(AccessEvent.objects.about(ids).order_by("at"), "kind", "at", "detail")


def _forget_events(ids: list[UUID]) -> None:
    """That an account was erased, by whom, stays; nothing else does."""
    AccessEvent.objects.about(ids).exclude(kind=AccessEvent.Kind.ERASED).delete()


def _expire_events(moment: datetime) -> int:
    return _expired(AccessEvent.objects.filter(at__lt=moment - EVENTS))


def _export_requests(ids: list[UUID]) -> Rows:
    columns = ("asked_at", "reason", "decided_at", "verdict", "answer")
    return _rows(ErasureRequest.objects.filter(person__in=ids), *columns)


def _forget_requests(ids: list[UUID]) -> None:
    ErasureRequest.objects.filter(person__in=ids).update(reason="", answer="")


def _expire_requests(moment: datetime) -> int:
    return _expired(ErasureRequest.objects.filter(decided_at__lt=moment - REQUESTS))


def _no_export(ids: list[UUID]) -> Rows:
    return []


def _no_person(ids: list[UUID]) -> None:
    """Nothing here names a person."""


def _expire_failures(moment: datetime) -> int:
    failures = _expired(AccessAttempt.objects.filter(attempt_time__lt=moment - FAILURES))
    failures += _expired(AccessFailureLog.objects.filter(attempt_time__lt=moment - FAILURES))
    return failures + _expired(Session.objects.filter(expire_date__lt=moment))


def _export_keys(ids: list[UUID]) -> Rows:
    return [{"count": count}] if (count := NikKey.objects.filter(person__in=ids).count()) else []


def _forget_keys(ids: list[UUID]) -> None:
    NikKey.objects.filter(person__in=ids).delete()


def _export_pairs(ids: list[UUID]) -> Rows:
    """Why, and since when; not whom somebody is like."""
    return _rows(Pair.objects.of(ids), "reasons", "found_at")


def _forget_pairs(ids: list[UUID]) -> None:
    Pair.objects.of(ids).delete()


def _export_imports(ids: list[UUID]) -> Rows:
    saved = Saved.objects.filter(person__in=ids).select_related("row__batch")
    return [{"file": one.row.batch.file_name, "row": one.row.number, "at": one.at} for one in saved]


def _forget_imports(ids: list[UUID]) -> None:
    """Rows go at once; the locked file they came in goes with its import."""
    Row.objects.filter(Q(person__in=ids) | Q(saved__person__in=ids)).delete()
    Trace.objects.filter(person__in=ids).delete()


def _expire_imports(moment: datetime) -> int:
    return forget_old()


_UNTIL_ERASED = _("Selama akun ada")
register("accounts", Store(
    _("Akun"), _("Masuk: nama pengguna, sidik kata sandi, pengaman kedua"), _UNTIL_ERASED,
    _export_accounts, _forget_accounts,
))  # fmt: skip
register("codes", Store(
    _("Kode masuk"), _("Masuk pertama kali dan pemulihan; hanya sidiknya yang disimpan"),
    _("90 hari sesudah kedaluwarsa"), _export_codes, _forget_codes, _expire_codes,
))  # fmt: skip
register("events", Store(
    _("Riwayat akun"), _("Memberi tahu Anda siapa yang membuka atau membantu akun"), _("2 tahun"),
    _export_events, _forget_events, _expire_events,
))  # fmt: skip
register("requests", Store(
    _("Permintaan hapus data"), _("Menjawab permintaan Anda"), _("2 tahun sesudah dijawab"),
    _export_requests, _forget_requests, _expire_requests,
))  # fmt: skip
register("failures", Store(
    _("Percobaan masuk yang gagal"), _("Mencegah orang menebak kata sandi; nama yang diketik disamarkan"),
    _("1 hari"), _no_export, _no_person, _expire_failures,
))  # fmt: skip
register("nik_keys", Store(
    _("Sidik NIK"), _("Mengenali orang yang sama tanpa membuka NIK"), _UNTIL_ERASED,
    _export_keys, _forget_keys,
))  # fmt: skip
register("pairs", Store(
    _("Kemiripan dengan catatan lain"), _("Menanyakan kepada koordinator apakah dua catatan itu satu orang"),
    _("Selama keduanya mirip"), _export_pairs, _forget_pairs,
))  # fmt: skip
register("imports", Store(
    _("Berkas impor"), _("Memeriksa dan membatalkan impor; berkasnya terkunci"), _("30 hari"),
    _export_imports, _forget_imports, _expire_imports,
))  # fmt: skip
