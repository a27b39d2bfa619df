"""Attempts that were sent and do not stand among the tables: refused, erased or waiting. Their senders are told."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from balai.log import problems
from balai.log.models import Ruling, Standing
from balai.people.models import Person

from .models import Test


@dataclass(frozen=True)
class Held:
    """One such attempt: how it stands, the published test that it names, and why somebody refused it, if they said."""

    standing: Standing
    test: UUID | None
    reason: str = ""

    @property
    def waits(self) -> bool:
        return self.standing.state == Standing.State.WAITING

    @property
    def erased(self) -> bool:
        return self.standing.reason == problems.ERASED.code

    @property
    def title(self) -> str:
        """Two or three words."""
        if self.waits:
            return _("Menunggu di pusat")
        return _("Pengerjaan dihapus") if self.erased else _("Pengerjaan ditolak")

    @property
    def happened(self) -> str:
        if self.waits:
            return _("Pengerjaan ini sudah tiba, tetapi belum dapat diperiksa.")
        if self.erased:
            return _("Isi pengerjaan ini sudah dihapus, jadi nilainya tidak dihitung.")
        if self.standing.reason == problems.DECLINED.code:
            return _("Pengelola menolak pengerjaan ini, jadi nilainya tidak dihitung.")
        return _("Pusat tidak dapat menerima pengerjaan ini, jadi nilainya tidak dihitung.")

    @property
    def safe(self) -> str:
        if self.waits:
            return _("Semua jawaban Anda tersimpan.")
        if self.erased:
            return _("Hasil pengerjaan yang lain tidak berubah.")
        return _("Jawaban Anda tetap tersimpan, dan hasil pengerjaan yang lain tidak berubah.")

    @property
    def cure(self) -> str:
        if self.waits:
            return _("Tidak perlu mengirim lagi. Bila besok masih begini, beri tahu fasilitator Anda.")
        return _(
            "Buka halaman tes: selama masih ada kesempatan, Anda dapat mengerjakan lagi. "
            "Bila tidak setuju, bicarakan dengan fasilitator atau koordinator Anda."
        )


def about(person: Person, attempt: UUID) -> Held | None:
    """The held attempt with this id, when it is this person's. Two queries."""
    standing = _of(person).filter(pk=attempt).first()
    if standing is None:
        return None
    ruling = Ruling.objects.filter(target=attempt, verdict=Ruling.Verdict.REFUSED).order_by("ruled_at").last()
    return Held(standing, _named(standing), ruling.reason if ruling else "")


def at(person: Person, identity: UUID) -> list[Held]:
    """This person's held attempts at one test, whichever its version, oldest first. Mostly one query."""
    found = [Held(standing, _named(standing)) for standing in _of(person).order_by("entry__made_at", "pk")]
    if not found:
        return []
    versions = set(Test.objects.filter(identity=identity).values_list("pk", flat=True))
    return [held for held in found if held.test in versions]


def _of(person: Person) -> QuerySet[Standing]:
    merged = Person.objects.filter(merged_into=person.pk).values("pk")
    theirs = Q(entry__subject=person.pk) | Q(entry__subject__in=merged)
    return Standing.objects.held().filter(theirs, entry__kind="attempt.submitted").select_related("entry")


def _named(standing: Standing) -> UUID | None:
    """The test in the payload; none when it was erased or makes no sense."""
    content = standing.entry.content
    try:
        return UUID(content["test"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
