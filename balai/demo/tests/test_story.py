"""The demonstration is told once, through the real functions, and every paper of it says CONTOH."""

import hashlib
from typing import Any

from balai.credentials.models import Certificate
from balai.demo import story
from balai.demo.cast import JAKARTA, PLAYABLE, crowd
from balai.log.models import Entry
from balai.people.models import Account, Person
from balai.regions import shipping
from balai.regions.models import Region
from balai.web.machine.backup import tables

FIGURES = [*PLAYABLE, *crowd()]


def _everything() -> dict[str, str]:
    return {m._meta.label: hashlib.sha256(b"".join(tables.lines(m))).hexdigest() for m in tables.exported()}


def _stages() -> dict[str, int]:
    people = Person.objects.all()
    return {
        "registered": people.count(),
        "with an account": people.filter(account__isnull=False).count(),
        "signed in": people.filter(account__first_signed_in_at__isnull=False).count(),
        "started": people.filter(pk__in=Entry.objects.filter(kind="lesson.completed").values("subject")).count(),
        "finished": Certificate.objects.filter(demo=True).count(),
    }


def test_told_twice_it_is_told_once(db: None, settings: Any) -> None:
    settings.BALAI_DEMO = True
    shipping.load(prefixes=("18", "51", JAKARTA))
    assert story.tell()
    before = _everything()
    assert _stages() == {"registered": 47, "with an account": 43, "signed in": 36, "started": 28, "finished": 12}
    assert Certificate.objects.filter(demo=False).count() == 0
    playable = Account.objects.filter(username__startswith="demo-").values_list("username", flat=True)
    assert set(playable) == {figure.account for figure in PLAYABLE}
    assert (story.tell(), _everything()) == (False, before)


def test_every_region_of_the_story_is_real(db: None) -> None:
    wanted = {figure.region for figure in FIGURES} - {JAKARTA}
    assert set(Region.objects.filter(code__in=wanted).values_list("code", flat=True)) == wanted


def test_nobody_has_two_names() -> None:
    assert len({figure.id for figure in FIGURES}) == len(FIGURES)
