"""The demonstration is told once, through the real functions; what it tells is plausible, and all of it in the past."""

import hashlib
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F, Q

from balai.assessments import models as assessments
from balai.assessments.models import Mark
from balai.common import clock
from balai.courses.models import LessonCompletion
from balai.credentials.models import Certificate
from balai.demo import programme, story
from balai.demo.cast import JAKARTA, KECAMATAN, PLAYABLE, TERBANGGI_BESAR, played
from balai.log import followups, replay
from balai.log.models import Entry, FollowUp, Standing
from balai.monitoring.models import Tally
from balai.monitoring.recounting import everything
from balai.people.models import Account, Person
from balai.programmes.models import Decline, Enrolment, Rollout, Seat, Waiting
from balai.regions import shipping
from balai.regions.models import Region
from balai.web.machine.backup import tables


@pytest.fixture
def _told(db: None, settings: Any) -> None:
    """A small demonstration (one kecamatan, and a village of each neighbour), cut off and gone on with."""
    settings.BALAI_DEMO = True
    shipping.load(prefixes=("18", "51", JAKARTA))
    with pytest.raises(InterruptedError):
        story.tell(_cut_off, within=KECAMATAN)
    assert Entry.objects.filter(kind="seat.given").exists()
    assert story.tell(within=KECAMATAN)


def _cut_off(done: int, total: int) -> None:
    """Somebody pulls the plug soon after the first evenings."""
    if done > total // 2:
        raise InterruptedError


def _everything() -> dict[str, str]:
    return {m._meta.label: hashlib.sha256(b"".join(tables.lines(m))).hexdigest() for m in tables.exported()}


@pytest.mark.slow
@pytest.mark.usefixtures("_told")
def test_the_story(django_db_blocker: Any) -> None:
    """One story, looked at from all sides: telling it takes the most time."""
    _is_told_once()
    _everybody_is_somewhere_on_the_way()
    _seats_and_who_waits()
    _certificates_are_examples_and_have_ends()
    _nothing_lies_in_the_future()
    with django_db_blocker.unblock():  # the scratch database too
        _log_and_tallies_agree()


def _is_told_once() -> None:
    before = _everything()
    assert (story.tell(within=KECAMATAN), _everything()) == (False, before)
    playable = Account.objects.filter(username__startswith="demo-").values_list("username", flat=True)
    assert set(playable) == {figure.account for figure in PLAYABLE}


def _everybody_is_somewhere_on_the_way() -> None:
    villages = Region.objects.filter(code__startswith=f"{KECAMATAN}.", level=4)
    delegates = Person.objects.filter(region__in=villages).exclude(pk=played("demo-menunggu").id)
    assert Counter(delegates.values_list("region__code", flat=True)) == dict.fromkeys(
        villages.values_list("code", flat=True), 2
    )
    people = Person.objects.all()
    stages = {
        "not invited": people.filter(account=None),
        "invited": people.filter(account__first_signed_in_at=None, account__isnull=False),
        "signed in": people.filter(account__first_signed_in_at__isnull=False),
        "started": people.filter(pk__in=LessonCompletion.objects.values("person")),
        "measured before": people.filter(attempts__test__kind=assessments.Test.Kind.PRETEST),
        "measured after": people.filter(attempts__test__kind=assessments.Test.Kind.POSTTEST),
        "certified": people.filter(pk__in=Certificate.objects.values("person")),
    }
    assert [stage for stage, found in stages.items() if not found.exists()] == []
    assert set(Mark.objects.values_list("outcome", flat=True)) == {"passed", "failed"}


def _seats_and_who_waits() -> None:
    theme = Enrolment.objects.get(person=played("demo-menunggu").id).course
    held = Seat.objects.held().filter(course=theme, region__code=TERBANGGI_BESAR)
    waiting = Waiting.objects.still().get(person=played("demo-menunggu").id)
    assert (held.count(), waiting.cause) == (2, Waiting.Cause.QUOTA)
    promoted = Waiting.objects.filter(enrolment__in=Seat.objects.held().values("enrolment"))
    assert promoted.filter(cause=Waiting.Cause.CAPACITY).exists()
    assert Seat.objects.exclude(released_at=None).exists()
    assert Decline.objects.exclude(rule="").count() == 0
    assert Rollout.objects.filter(programme=programme.PROGRAMME, region__code="18.02").count() == 1


def _certificates_are_examples_and_have_ends() -> None:
    assert Certificate.objects.filter(demo=False).count() == 0
    assert set(Certificate.objects.values_list("kind", flat=True)) == {"pelatihan", "kompetensi"}
    graduate = Certificate.objects.filter(person=played("demo-lulusan").id)
    assert set(graduate.values_list("kind", flat=True)) == {"pelatihan", "kompetensi"}
    assert Certificate.objects.exclude(revocations=None).count() == 1
    assert Certificate.objects.exclude(replacements=None).count() == 1


def _nothing_lies_in_the_future() -> None:
    now = clock.wall()
    assert Entry.objects.filter(made_at__gt=now).count() == 0
    early = Q(received_at__lt=F("entry__made_at") - timedelta(seconds=1))  # a still clock ticks on by microseconds
    assert Standing.objects.filter(early | Q(received_at__gt=now)).count() == 0
    assert set(Standing.objects.values_list("state", flat=True)) == {Standing.State.APPLIED}
    assert (followups.overdue(now), FollowUp.objects.count()) == (0, 0)


def _log_and_tallies_agree() -> None:
    kept = {(row.place, row.course): row.kept for row in Tally.objects.all()}
    everything()
    assert {(row.place, row.course): row.kept for row in Tally.objects.all()} == kept
    report = replay.verify()
    # Only part of the tree is loaded in tests, the scratch database has all of it.
    differing = [difference for difference in report.differences if not difference.startswith("regions.")]
    assert (differing, report.entries) == ([], Entry.objects.count())
