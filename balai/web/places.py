"""The places of the bottom bar and of the wide screen's top row: at most five, and only what exists."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.monitoring.seen import SEE_TOTALS
from balai.people.models import Person
from balai.people.reach import SEE_PERSONS


@dataclass(frozen=True)
class Place:
    """One place: its name, its address. Its icon is in the style sheet, by the address."""

    name: str | Promise
    url: str

    def holds(self, path: str) -> bool:
        """Whether the page at ``path`` belongs to this place."""
        return path == self.url or (self.url != "/" and path.startswith(f"{self.url}/"))


HOME = Place(_("Beranda"), "/")
COURSES = Place(_("Belajar"), "/pelatihan")
CERTIFICATES = Place(_("Sertifikat"), "/sertifikat")
REGIONS = Place(_("Wilayah"), "/wilayah")
PEOPLE = Place(_("Orang"), "/orang")
ME = Place(_("Saya"), "/saya")


def places_of(person: Person | None) -> tuple[Place, ...]:
    """What this person sees in the bar; a visitor has none, because the welcome page names the next step.

    Who cares for others finds their own certificates under "Saya".
    """
    if person is None:
        return ()
    if person.reach.holds(*SEE_PERSONS):
        return (HOME, COURSES, REGIONS, PEOPLE, ME)
    if person.reach.holds(*SEE_TOTALS):
        return (HOME, COURSES, REGIONS, ME)
    return (HOME, COURSES, CERTIFICATES, ME)
