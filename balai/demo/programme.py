"""The programme of the demonstration: LMS Pamong Desa, its stages, its intake, its sessions and quotas."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from balai.common.ids import derived
from balai.courses.models import CourseVersion
from balai.credentials.models import Letterhead
from balai.log.record import Deed, record_many
from balai.programmes.cohorts.entries import BatchRegistered, CohortRegistered, Quota, SessionRegistered
from balai.programmes.entries import ProgrammeRegistered, StageShape

from .cast import NAMESPACE, played
from .month import LENGTH, Calendar

#: The subjects of the programme, by the names of their course folders; who is new to phones begins with the last.
THEMES = (
    "pengelolaan-keuangan-desa", "administrasi-desa", "pelayanan-publik-desa", "perencanaan-pembangunan-desa",
)  # fmt: skip
BEGINNERS = "kenal-hp-dan-internet"
PROGRAMME, COHORT, FIRST, SECOND = (
    derived(NAMESPACE, word) for word in ("programme", "cohort", "first batch", "second batch")
)
Part = Literal["morning", "noon", "evening"]
_HOURS: dict[Part, tuple[str, str]] = {
    "morning": ("08:00", "10:00"), "noon": ("13:00", "15:00"), "evening": ("16:00", "18:00"),
}  # fmt: skip
#: So many days before the day of telling the programme was set up.
BEGAN = 150
#: The stages, with their first and last days counted before the day of telling.
_STAGES = (
    ("Sosialisasi", 150, 121), ("Penetapan tim daerah", 120, 61), ("Pelatihan koordinator", 60, LENGTH + 9),
    ("Belajar mandiri", LENGTH + 1, -28), ("Uji kompetensi", 14, -35), ("Evaluasi berkala", -36, -50),
)  # fmt: skip
SUMMARY = "Pamong desa belajar kapan saja, di mana saja. Dua delegasi tiap desa untuk setiap tema."


@dataclass(frozen=True)
class Sessions:
    """How many seats each part of the day has in the batch that goes on now."""

    morning: int
    noon: int
    evening: int


def session(batch: UUID, part: Part) -> UUID:
    """The id of a session."""
    return derived(batch, part)


def set_up(calendar: Calendar, versions: dict[str, CourseVersion], seats: Sessions) -> None:
    """Register it all, in the name of the national office."""
    themes = tuple(versions[slug].course_id for slug in THEMES)
    stages = tuple(StageShape(name, calendar.day(first), calendar.day(last)) for name, first, last in _STAGES)
    courses = (*themes, versions[BEGINNERS].course_id)
    opened = calendar.at(LENGTH + 14, "08:00")
    cohort = CohortRegistered(
        PROGRAMME, f"Angkatan {calendar.today.year}", themes, "approval", opened, opened + timedelta(days=90),
        quotas=(Quota(level=4, number=2),),
    )  # fmt: skip
    record_many([
        _deed("programme.registered", ProgrammeRegistered("LMS Pamong Desa", SUMMARY, courses, stages), PROGRAMME,
              calendar, BEGAN),
        _deed("cohort.registered", cohort, COHORT, calendar, LENGTH + 14),
        *_batch(calendar, FIRST, BatchRegistered(COHORT, "Tahap 1", calendar.day(LENGTH), calendar.day(-28)), seats),
        *_batch(calendar, SECOND, BatchRegistered(COHORT, "Tahap 2", calendar.day(-35), calendar.day(-91)),
                Sessions(400, 400, 600)),
    ])  # fmt: skip
    Letterhead.objects.get_or_create(programme=PROGRAMME, defaults=_HEAD)


_HEAD = {
    "organisation": "Penyelenggara LMS Pamong Desa (peragaan)",
    "signer": played("demo-nasional").name,
    "signer_title": played("demo-nasional").position,
    "wording": "Diselenggarakan dalam program LMS Pamong Desa.",
    "city": "Jakarta",
    "pattern": "{seq}/LMS-PD/{roman}/{year}",
}


def _batch(calendar: Calendar, id: UUID, batch: BatchRegistered, seats: Sessions) -> list[Deed]:
    made = [_deed("batch.registered", batch, id, calendar, LENGTH + 14)]
    for part, (starts, ends) in _HOURS.items():
        days = (1, 3, 5) if part == "morning" else (2, 4, 6) if part == "noon" else (1, 2, 3, 4)
        registered = SessionRegistered(id, part, getattr(seats, part), starts, ends, "WIB", days)
        made.append(_deed("session.registered", registered, session(id, part), calendar, LENGTH + 14))
    return made


def _deed(kind: str, payload: Any, id: UUID, calendar: Calendar, ago: int) -> Deed:
    return Deed(kind, payload, played("demo-nasional").id, id=id, made_at=calendar.at(ago, "09:00"))
