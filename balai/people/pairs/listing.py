"""The pairs within somebody's reach: chosen, ordered, as pages and as a workbook."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai.common import formats, names, phone
from balai.people.identities.matching import Reason
from balai.people.identities.models import PairQuerySet
from balai.people.imports.models import Saved
from balai.people.models import Pair, Person
from balai.people.persons.listing import CONTENT_TYPE, titles_of
from balai.people.reach import CHANGE_PERSONS
from balai.regions import codes
from balai.regions.models import Region, attach_parents

__all__ = ["CONTENT_TYPE", "HUNDRED", "MOST", "Line", "Pages", "Wish", "lines", "waiting", "workbook"]
#: More are not counted, nor written into a workbook.
MOST = 5_000
#: A page that only mentions pairs counts so many.
HUNDRED = 100
REASONS = {
    Reason.NIK: gettext_lazy("NIK sama"),
    Reason.NIP: gettext_lazy("NIP sama"),
    Reason.PHONE: gettext_lazy("nomor HP sama"),
    Reason.EMAIL: gettext_lazy("email sama"),
    Reason.NAME: gettext_lazy("nama sama"),
    Reason.NEAR_NAME: gettext_lazy("nama mirip"),
    Reason.BIRTH_DATE: gettext_lazy("tanggal lahir sama"),
}
#: Values of ``urutan``: the likeliest first unless another is named.
_ORDERS = {"": ("-strength", "-found_at", "-id"), "terbaru": ("-found_at", "-id")}
_DECIDED = "berbeda"


@dataclass(frozen=True)
class Wish:
    """Which pairs are asked for: a part of a name, a region's code, an import, the order, the decided ones."""

    text: str = ""
    code: str = ""
    batch: UUID | None = None
    order: str = ""
    decided: bool = False

    @classmethod
    def of(cls, query: dict[str, str]) -> "Wish":
        """From the page's address; what is not understood asks for nothing."""
        order = query.get("urutan", "")
        return cls(
            text=query.get("cari", "").strip()[:120],
            code=codes.dotted(query.get("wilayah", "")),
            batch=_uuid(query.get("impor", "")),
            order=order if order in _ORDERS else "",
            decided=query.get("keadaan") == _DECIDED,
        )

    @property
    def query(self) -> str:
        """For links that keep the wish; "" when there is none."""
        said = {
            "cari": self.text,
            "wilayah": self.code,
            "impor": str(self.batch or ""),
            "urutan": self.order,
            "keadaan": _DECIDED if self.decided else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def region(self) -> Region | None:
        return Region.objects.coded(self.code) if self.code else None

    def pairs(self, viewer: Person) -> PairQuerySet:
        """The pairs of people whom ``viewer`` may change, both of them, as wished, in their order."""
        found = Pair.objects.within(viewer.reach.prefixes(*CHANGE_PERSONS))
        found = found.told_apart() if self.decided else found.undecided()
        if self.code:
            found = found.filter(_either(lambda one: codes.below(self.code, f"{one}__region__code")))
        if self.text:
            found = found.filter(_either(lambda one: _called(self.text, one)))
        if self.batch:
            saved = Saved.objects.filter(row__batch=self.batch, row__batch__owner=viewer).values("person")
            found = found.filter(_either(lambda one: Q(**{f"{one}__in": saved})))
        return found.select_related("first__region", "second__region").order_by(*_ORDERS[self.order])

    def after(self, viewer: Person, pair: Pair) -> Pair | None:
        """The pair that follows ``pair`` on the list."""
        later = Q(found_at__lt=pair.found_at) | Q(found_at=pair.found_at, pk__lt=pair.pk)
        if not self.order:
            later = Q(strength__lt=pair.strength) | Q(later, strength=pair.strength)
        return self.pairs(viewer).filter(later).first()


def waiting(viewer: Person, wish: Wish | None = None) -> int:
    """How many undecided pairs ``viewer`` may decide about, counted up to ``HUNDRED``."""
    return (wish or Wish()).pairs(viewer)[:HUNDRED].count()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _called(text: str, one: str) -> Q:
    key = names.key(text)
    wanted = Q(**{f"{one}__name__icontains": text})
    return wanted | Q(**{f"{one}__name_key__contains": key}) if key else wanted


def _either(asked: Callable[[str], Q]) -> Q:
    """What is ``asked`` of one of the two."""
    return asked("first") | asked("second")


class Pages(Paginator):  # type: ignore[type-arg]
    """Fifty pairs a page, counted up to ``MOST``."""

    def __init__(self, pairs: PairQuerySet) -> None:
        super().__init__(pairs, 50)

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        return int(found[:MOST].count())


@dataclass(frozen=True)
class Line:
    """A pair as one reads it: the two, each with a title, and why."""

    pair: Pair
    people: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def why(self) -> str:
        """``NIK sama, nama mirip``."""
        reasons = [str(REASONS[Reason(reason)]) for reason in self.pair.reasons]
        if self.pair.first.region_id == self.pair.second.region_id:
            reasons.append(_("wilayah sama"))
        return ", ".join(reasons)


def lines(pairs: list[Pair]) -> list[Line]:
    """``pairs`` ready to be shown. Two queries."""
    people = [person for pair in pairs for person in (pair.first, pair.second)]
    attach_parents([person.region for person in people if person.region])
    titles = titles_of(people)
    return [Line(pair, [(one, titles.get(str(one.pk), "")) for one in (pair.first, pair.second)]) for pair in pairs]


def workbook(found: list[Line]) -> bytes:
    """The list as .xlsx. Numbers are texts, so that Excel keeps every digit."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    about = [(_("Nama"), 30), (_("Jabatan"), 24), (_("Nomor HP"), 18), (_("NIK"), 19), (_("Kode wilayah"), 15)]
    about += [(_("Wilayah"), 44), (_("Tercatat"), 18)]
    columns = [(_("Kemiripan"), 18), (_("Sebab"), 34), (_("Ditemukan"), 18)]
    columns += [(f"{name} {place}", width) for place in (1, 2) for name, width in about]
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(_("Mungkin sama"))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC"})
        for column, (name, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for number, line in enumerate(found, 1):
            for column, text in enumerate(_cells(line)):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(found)), len(columns) - 1)
    return buffer.getvalue()


def _cells(line: Line) -> list[str]:
    likely = _("Hampir pasti sama") if line.pair.is_certain else _("Mirip")
    cells = [likely, line.why, formats.day(line.pair.found_at.date())]
    for person, title in line.people:
        region = person.region
        cells += [person.name, title, phone.shown(person.phone), person.nik_mask]
        cells += [region.code if region else "", region.full_name if region else ""]
        cells.append(formats.day(person.registered_at.date()))
    return cells
