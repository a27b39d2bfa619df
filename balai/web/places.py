"""The places of the bottom bar and of the wide screen's top row: at most five, and only what exists."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.people.models import Person
from balai.people.reach import SEE_PERSONS


@dataclass(frozen=True)
class Place:
    """One place: its icon, its name, its address, and the roles it is for (none: everyone signed in)."""

    icon: str
    name: str | Promise
    url: str
    roles: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether the page at ``path`` belongs to this place."""
        return path == self.url or (self.url != "/" and path.startswith(f"{self.url}/"))


PLACES = (
    Place("home", _("Beranda"), "/"),
    Place("book", _("Belajar"), "/pelatihan"),
    Place("map", _("Wilayah"), "/wilayah", SEE_PERSONS),
    Place("people", _("Orang"), "/orang", SEE_PERSONS),
    Place("person", _("Saya"), "/saya"),
)


def places_of(person: Person | None) -> list[Place]:
    """What this person sees in the bar; a visitor has none, because the welcome page names the next step."""
    if person is None:
        return []
    return [place for place in PLACES if not place.roles or person.reach.holds(*place.roles)]
