"""The people of a coordinator's regions in one cohort: filtered, as pages and as a workbook."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai.common import names, phone
from balai.people.models import Person
from balai.programmes import workbooks
from balai.programmes.cohorts.models import Cohort
from balai.programmes.rules import ENROLLERS
from balai.programmes.wording import session_words
from balai.regions.models import attach_parents

from .models import Enrolment, Seat, Waiting
from .standing import Standing, standings

CONTENT_TYPE = workbooks.CONTENT_TYPE
#: Values of the filter ``keadaan``, and what they are called.
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("", gettext_lazy("Semua")),
    ("tempat", gettext_lazy("Mendapat tempat")),
    ("tunggu", gettext_lazy("Daftar tunggu")),
    ("diminta", gettext_lazy("Menunggu persetujuan")),
    ("selesai", gettext_lazy("Tidak ikut")),
)


@dataclass(frozen=True)
class Filter:
    """What was asked for: a state, a part of a name."""

    state: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: dict[str, str]) -> "Filter":
        """From the page's address; what is not understood asks for nothing."""
        state = query.get("keadaan", "")
        return cls(state if state in dict(TABS) else "", query.get("cari", "").strip()[:120])

    @property
    def query(self) -> str:
        """For links that keep the filter."""
        return urlencode({"keadaan": self.state, "cari": self.text})

    def enrolments(self, viewer: Person, cohort: Cohort) -> QuerySet[Enrolment]:
        """Of people whom ``viewer`` may bring into courses, by village and name."""
        people = viewer.reach.people(*ENROLLERS)
        found = self._in_state(Enrolment.objects.of_cohort(cohort).filter(person__in=people))
        for word in names.key(self.text).split():
            found = found.filter(person__name_key__contains=word)
        loaded = found.select_related("person__region", "course__current", "session__batch__cohort")
        return loaded.order_by("person__region__code", "person__sort_name", "asked_at", "pk")

    def _in_state(self, found: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        own = OuterRef("pk")
        going = Exists(Enrolment.objects.going().filter(pk=own))
        if self.state == "tempat":
            return found.filter(Exists(Seat.objects.held().filter(enrolment=own)))
        if self.state == "tunggu":
            return found.filter(Exists(Waiting.objects.still().filter(enrolment=own)))
        if self.state == "diminta":
            return found.filter(Exists(Enrolment.objects.unapproved().filter(pk=own)))
        return found.filter(~going) if self.state == "selesai" else found


def workbook(enrolments: QuerySet[Enrolment]) -> bytes:
    """The list as .xlsx."""
    columns = [(_("Nama"), 34), (_("Nomor HP"), 18), (_("Kode wilayah"), 15), (_("Wilayah"), 60), (_("Tema"), 40)]
    columns += [(_("Tahap"), 16), (_("Sesi"), 44), (_("Keadaan"), 24), (_("Keterangan"), 40)]
    found = standings(enrolments)
    attach_parents(one.enrolment.person.region for one in found)
    return workbooks.workbook(_("Peserta"), columns, map(_cells, found))


def _cells(one: Standing) -> list[str]:
    enrolment, said = one.enrolment, one.decline.words if one.decline else ""
    person, session = enrolment.person, enrolment.session
    place = [person.region.code, person.region.full_name] if person.region else ["", ""]
    who = [person.name, phone.shown(person.phone), *place]
    where = [session.batch.name, session_words(session)] if session else ["", ""]
    return [*who, enrolment.course.newest.title, *where, one.words, said]
