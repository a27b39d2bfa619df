"""The list of people within somebody's reach: searched, filtered, as pages and as a workbook."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from balai.common import names, phone
from balai.people.models import Account, Person, Position
from balai.people.reach import SEE_PERSONS
from balai.regions import codes
from balai.regions.models import Region, attach_parents

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Values of the filter ``keadaan``.
STATES = ("masuk", "belum")


@dataclass(frozen=True)
class Filter:
    """What was asked for: a part of a name or a whole number, a region's code, whether they signed in."""

    text: str = ""
    code: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: dict[str, str]) -> "Filter":
        """From the page's address; what is not understood asks for nothing."""
        state = query.get("keadaan", "")
        code = codes.dotted(query.get("wilayah", ""))
        return cls(query.get("cari", "").strip()[:120], code, state if state in STATES else "")

    @property
    def query(self) -> str:
        """For links that keep the filter."""
        return urlencode({"cari": self.text, "wilayah": self.code, "keadaan": self.state})

    def people(self, viewer: Person) -> QuerySet[Person]:
        """Whom ``viewer`` may see, as filtered, by name."""
        found = viewer.reach.people(*SEE_PERSONS)
        if self.code:
            found = found.filter(codes.below(self.code, "region__code"))
        if self.text:
            found = found.filter(_matching(self.text))
        signed_in = Exists(Account.objects.filter(person=OuterRef("pk"), first_signed_in_at__isnull=False))
        if self.state:
            found = found.filter(signed_in if self.state == "masuk" else ~signed_in)
        return found.select_related("region").annotate(signed_in=signed_in).order_by("sort_name", "pk")

    @property
    def region(self) -> Region | None:
        return Region.objects.coded(self.code) if self.code else None


def _matching(text: str) -> Q:
    """A name in any spelling, or a phone number, a NIP."""
    wanted = Q(name__icontains=text)
    key = names.key(text)
    number = phone.normalised(text)
    if key:
        wanted |= Q(name_key__contains=key)
    if number:
        wanted |= Q(phone=number)
    if text.isdigit():
        wanted |= Q(nip=text)
    return wanted


def titles_of(people: list[Person]) -> dict[str, str]:
    """The current position of each of ``people``, by id. One query."""
    held = Position.objects.filter(person__in=people, ends=None).order_by("held_at")
    return {str(person): title for person, title in held.values_list("person", "title")}


def workbook(people: QuerySet[Person]) -> bytes:
    """The list as .xlsx. Numbers are texts, so that Excel keeps every digit."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    columns = [(_("Nama"), 34), (_("Jabatan"), 26), (_("Nomor HP"), 18), (_("NIK"), 19), (_("NIP"), 20)]
    columns += [(_("L/P"), 6), (_("Kode wilayah"), 15), (_("Wilayah"), 60), (_("Sudah masuk"), 12)]
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(_("Orang"))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC"})
        for column, (name, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        rows = list(people)
        attach_parents([person.region for person in rows if person.region])
        titles = titles_of(rows)
        for line, person in enumerate(rows, 1):
            for column, text in enumerate(_cells(person, titles)):
                sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    return buffer.getvalue()


def _cells(person: Person, titles: dict[str, str]) -> list[str]:
    region = person.region
    place = [region.code, region.full_name] if region else ["", ""]
    known = [person.name, titles.get(str(person.pk), ""), phone.shown(person.phone), person.nik_mask, person.nip]
    return [*known, person.sex, *place, _("ya") if getattr(person, "signed_in", False) else ""]
