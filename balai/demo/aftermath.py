"""What comes after the tests: more time after an outage, a certificate put right, one taken back, one of old."""

from datetime import date, timedelta

from django.db.models import Count

from balai.assessments import judging, limits
from balai.assessments.contents import Content
from balai.assessments.entries import AttemptExtended, AttemptSubmitted, TestExtended
from balai.assessments.models import Extension, Mark, Test
from balai.common import clock
from balai.common.ids import derived
from balai.credentials import archiving, correcting, revoking
from balai.credentials.certificate_kinds import Kind
from balai.credentials.models import Certificate
from balai.log.record import Deed, record
from balai.people.models import Person
from balai.regions.models import region_id

from . import answering
from .cast import PLAYABLE, played
from .delegates import Delegate
from .month import OUTAGES, Calendar
from .studying import Track, marked

_DAY = 24 * 60
#: Of so many certificates the first is put right and the last is taken back.
_ENOUGH = 3


def tests_of(track: Track, kind: str) -> Content:
    """The test of this kind of a course."""
    return next(step for step in track.steps if isinstance(step, Content) and step.test.kind == kind)


def outage_deeds(track: Track, calendar: Calendar) -> list[Deed]:
    """After each outage the facilitator gives the kecamatan two days more for the certificate's test."""
    test = tests_of(track, Test.Kind.CERTIFICATE)
    return [
        Deed("test.extended", TestExtended(test.identity, region_id(code), outage.cause, 2 * _DAY),
             played("demo-fasilitator").id, None, region_id(code), id=derived(region_id(code), "extended"),
             made_at=calendar.at(outage.last, "17:20"))
        for outage in OUTAGES for code in outage.places
    ]  # fmt: skip


def interrupted(one: Delegate, track: Track, calendar: Calendar, ago: int) -> list[Deed]:
    """The signal goes in the middle of the certificate's test; the facilitator gives a day, and it is finished."""
    test = tests_of(track, Test.Kind.CERTIFICATE)
    given_at = calendar.at(ago, "20:05")
    reason = "Sinyal hilang di tengah tes; jawaban yang sudah tersimpan tetap ada."
    helper, extended = played("demo-fasilitator").id, derived(one.id, "extended")
    deeds = [Deed("attempt.extended", AttemptExtended(test.identity, reason, _DAY), helper, one.id, one.region,
                  id=extended, made_at=given_at)]  # fmt: skip
    started, id = calendar.at(ago, "19:40"), derived(one.id, "interrupted")
    first, _seconds = answering.answers(test, id, 0.93, one.random)
    pause = int(timedelta(hours=12).total_seconds())
    given = tuple(
        answer if number < len(first) // 2 else type(answer)(answer.question, answer.chosen, answer.at + pause)
        for number, answer in enumerate(first)
    )
    ended = started + timedelta(seconds=given[-1].at + 20)
    submitted = AttemptSubmitted(test.id, started, given)
    deeds.append(Deed("attempt.submitted", submitted, one.id, one.id, one.region, id=id, made_at=ended))
    more = Extension(id=extended, identity=test.identity, minutes=_DAY, attempts=0, given_at=given_at)
    seconds = limits.seconds(started, limits.deadline(test.rules, started, [more]))
    decision = judging.decide(test, id, given, may=True, seconds=seconds, ours=True)
    return [*deeds, marked(decision, one, ended + timedelta(seconds=1))]


def amend(calendar: Calendar) -> None:
    """One certificate is put right, one is taken back; the graduate brings one of an earlier year."""
    admin = Person.objects.get(pk=played("demo-admin").id)
    with clock.frozen(calendar.at(1, "10:00")):
        playable = [one.id for one in PLAYABLE]
        held = Certificate.objects.filter(kind=Kind.COMPETENCY).exclude(person__in=playable).order_by("number")
        some = list(held[:_ENOUGH])
        if len(some) == _ENOUGH and not any(one.replacement or one.revocation for one in some):
            name = f"{some[0].name.partition(',')[0]}, S.E."
            correcting.correct(some[0], name, some[0].place, "Gelar belum tertulis.", admin)
            revoking.revoke(some[-1], "Tes dikerjakan orang lain; diakui oleh yang bersangkutan.", admin)
        graduate = Person.objects.get(pk=played("demo-lulusan").id)
        year = calendar.today.year - 2
        title = "Bimbingan Teknis Aplikasi Keuangan Desa"
        archiving.archive(graduate, f"021/BPSDM/{year}", title, 16, date(year, 6, 14), admin)


def second_chance(track: Track, calendar: Calendar) -> None:
    """Somebody who used up every attempt at the certificate's test gets one more; they have not used it yet."""
    test = tests_of(track, Test.Kind.CERTIFICATE)
    failed = Mark.objects.filter(attempt__test=test.id, outcome=Mark.Outcome.FAILED)
    tries = failed.values("attempt__person").annotate(n=Count("pk")).filter(n=test.rules.attempts or 0)
    found = Person.objects.filter(pk__in=tries.values("attempt__person")).order_by("registered_at", "pk").first()
    if found is None or found.region_id is None:
        return
    said = AttemptExtended(test.identity, "Pengerjaan ketiga terputus karena listrik padam.", attempts=1)
    record("attempt.extended", said, actor=played("demo-fasilitator").id, subject=found.pk, audience=found.region_id,
           id=derived(found.pk, "another attempt"), made_at=calendar.at(2, "16:30"))  # fmt: skip
