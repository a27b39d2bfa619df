"""What asks for attention on home besides the one next step."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from balai.assessments.contents import content
from balai.assessments.models import Draft
from balai.courses.progress import Study
from balai.monitoring import held
from balai.people.models import Person
from balai.people.pairs import listing as pairs
from balai.people.privacy.erasing import waiting_for
from balai.people.reach import CHANGE_PERSONS
from balai.programmes.rollout import attention as rollouts
from balai.programmes.seats import attention as seats
from balai.programmes.seats.desk import hub_day
from balai.web.steps import Attention

#: So many courses are named.
_COURSES = 3


def attention(person: Person, others: list[Study]) -> Iterator[Attention]:
    """What else waits for this person, the most pressing first; at the end courses that they began, of ``others``."""
    yield from _open_drafts(person)
    yield from _seats(person)
    yield from _held(person)
    yield from _erasures(person)
    yield from _rollouts(person)
    yield from _pairs(person)
    yield from _courses(others)


def _open_drafts(person: Person) -> Iterator[Attention]:
    for draft in Draft.objects.open().filter(person=person).order_by("-started_at")[:3]:
        yield Attention(
            title=content(draft.test).test.title,
            detail=_("Jawaban Anda tersimpan, belum dikirim"),
            url=reverse("assessments:attempt", args=[draft.pk]),
            word=_("Lanjutkan"),
            tone="wait",
        )


def _seats(person: Person) -> Iterator[Attention]:
    for call in (*seats.to_answer(person), *seats.own(person, hub_day())):
        yield Attention(call.title, call.detail, call.url, call.word, call.tone)


def _held(person: Person) -> Iterator[Attention]:
    if person.reach.holds(*CHANGE_PERSONS):
        count = held.to_decide(person).count()
        if count:
            title = _("{count} catatan menunggu keputusan Anda").format(count=count)
            yield Attention(title, _("Hak pelakunya dicabut sebelum catatan tiba"), "/catatan", _("Putuskan"), "wait")


def _erasures(person: Person) -> Iterator[Attention]:
    if person.reach.holds(*CHANGE_PERSONS):
        count = waiting_for(person).count()
        if count:
            title = _("{count} orang meminta datanya dihapus").format(count=count)
            yield Attention(title, _("Jawablah dalam 3 kali 24 jam"), "/permintaan-data", _("Putuskan"), "wait")


def _pairs(person: Person) -> Iterator[Attention]:
    if person.reach.holds(*CHANGE_PERSONS):
        count = pairs.waiting(person)
        if count:
            more = "+" if count == pairs.HUNDRED else ""
            title = _("{count} pasang mungkin orang yang sama").format(count=f"{count}{more}")
            detail = _("Yang tercatat dua kali dihitung dua kali")
            yield Attention(title, detail, reverse("pairs:pairs"), _("Bandingkan"), "wait")


def _rollouts(person: Person) -> Iterator[Attention]:
    for call in rollouts.calls(person, hub_day()):
        yield Attention(call.title, call.detail, call.url, _("Lihat"), "wait")


def _courses(others: list[Study]) -> Iterator[Attention]:
    for study in [one for one in others if not one.finished][:_COURSES]:
        version = study.version
        done = len(study.finished_lessons)
        detail = _("{done} dari {all} materi selesai").format(done=done, all=version.lesson_count)
        yield Attention(version.title, detail, f"/pelatihan/{version.slug}", _("Lanjutkan"))
