"""The home of a signed-in person: a greeting, one next step, and what asks for attention."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import clock, names
from balai.courses import progress
from balai.people.models import Person
from balai.web import continuing
from balai.web.attention import attention
from balai.web.steps import Attention, NextStep


@dataclass
class Home:
    """Everything that the page ``web/home.html`` shows."""

    today: date
    greeting: str
    next_step: NextStep
    attention: list[Attention] = field(default_factory=list)


def greeting(person: Person, at: datetime) -> str:
    """``Selamat siang, Bu Siti Rahayu``; ``at`` in the reader's own zone."""
    addressed = _addressed(called(person.name), person.sex)
    return _("{greeting}, {person}").format(greeting=_part_of_day(at.hour), person=addressed)


def called(name: str) -> str:
    """The name as one says it: no titles, and no shouting (``SITI RAHAYU, S.Pd.`` is ``Siti Rahayu``)."""
    bare = set(names.bare(name).split())
    words = [word for word in name.partition(",")[0].split() if names.bare(word) in bare]
    spoken = " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in words)
    return spoken or name


def _part_of_day(hour: int) -> str:
    if 4 <= hour < 11:
        return _("Selamat pagi")
    if 11 <= hour < 15:
        return _("Selamat siang")
    return _("Selamat sore") if 15 <= hour < 19 else _("Selamat malam")


def _addressed(name: str, sex: str) -> str:
    if sex == Person.Sex.FEMALE:
        return _("Bu {name}").format(name=name)
    return _("Pak {name}").format(name=name) if sex == Person.Sex.MALE else name


def home_of(person: Person) -> Home:
    """What this person sees first."""
    now = timezone.localtime(clock.wall())
    language = get_language() or "id"
    studies = progress.started(person)
    duty = continuing.coordination(person)
    lesson = None if duty else continuing.next_step(person, studies, language)
    step = duty or lesson or continuing.writing(person) or continuing.watching(person)
    step = step or continuing.first_step(person, studies, language)
    others = studies[1:] if lesson else studies
    return Home(now.date(), greeting(person, now), step, list(attention(person, others)))
