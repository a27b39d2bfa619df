"""The one thing that a person goes on with: the next lesson or test, a region's next step, their own texts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from balai.common import formats
from balai.courses import panels, rules
from balai.courses.course_pages import CoursePage, Line
from balai.courses.models import Course, TestItem
from balai.courses.progress import Study
from balai.monitoring import recap
from balai.monitoring.picture import picture
from balai.monitoring.seen import SEE_TOTALS
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.people.roles import Role
from balai.programmes.models import admitted
from balai.regions.models import Region
from balai.web.steps import NextStep

#: So many of one's regions are named.
_REGIONS = 3


def next_step(person: Person, studies: list[Study], language: str) -> NextStep | None:
    """The next lesson or test of the course in which this person did something last, if anything is left.

    ``studies``: what the person has started, the latest first (``progress.started``).
    """
    for study in studies[:2]:
        page = _page(person, study)
        if page.next_line:
            return _continue(page, page.next_line, language)
    return None


def first_step(person: Person, studies: list[Study], language: str) -> NextStep:
    """The first course that they have a seat in, else may read, and have not begun; else the list of all."""
    begun = [study.version.course_id for study in studies]
    left = Course.objects.readable_by(person).catalogue().exclude(pk__in=begun)
    course = left.filter(pk__in=admitted(person)).first() or left.first()
    if course is None or course.current is None:
        detail = _("Mulai dari yang paling Anda perlukan. Kemajuan Anda tersimpan sendiri.")
        return NextStep(_("Langkah pertama"), _("Pilih pelatihan"), detail, "/pelatihan", _("Lihat pelatihan"))
    version = course.current
    hours = _("{jp} JP").format(jp=version.jp)
    lessons = ngettext("{count} materi", "{count} materi", version.lesson_count).format(count=version.lesson_count)
    minutes = _("{count} menit").format(count=version.minutes)
    detail = " · ".join([hours, lessons, minutes, formats.size(version.bytes, language)])
    return NextStep(_("Mulai di sini"), version.title, detail, f"/pelatihan/{version.slug}", _("Lihat pelatihan"))


def watching(person: Person) -> NextStep | None:
    """For who looks after regions without anything to do there now, or only sees how many: their picture."""
    prefixes = person.reach.prefixes(*SEE_TOTALS)
    if not prefixes:
        return None
    title = _("Indonesia")
    if "" not in prefixes:
        regions = Region.objects.current().filter(code__in=prefixes).order_by("code")
        title = ", ".join(region.title for region in regions[:_REGIONS])
    detail = _("Peserta, tiga faktor, evaluasi berkala")
    return NextStep(_("Wilayah Anda"), title, detail, reverse("monitoring:mine"), _("Lihat gambaran"))


def writing(person: Person) -> NextStep | None:
    """For authors: the course that was written last, else the first to write."""
    if not person.reach.holds(Role.Name.AUTHOR):
        return None
    newest = rules.drafts(person).newest().order_by("-imported_at").first()
    if newest is None:
        detail = _("Tulis di peramban, atau unggah map berisi Markdown")
        return NextStep(
            _("Menulis"), _("Pelatihan pertama Anda"), detail, reverse("courses:drafts"), _("Mulai menulis")
        )
    detail = _("Naskah, hasil soal, versi yang terbit")
    return NextStep(_("Menulis"), newest.title, detail, reverse("courses:drafts"), _("Buka naskah"))


def coordination(person: Person) -> NextStep | None:
    """For coordinators of a region: what moves most of its people on."""
    prefixes = [prefix for prefix in person.reach.prefixes(*CHANGE_PERSONS) if prefix]
    for region in Region.objects.current().filter(code__in=prefixes[:_REGIONS]).order_by("code"):
        step = recap.next_step(picture(region), invites=True)
        if step:
            return NextStep(region.title, step.title, step.detail, step.url, step.action)
    return None


def _page(person: Person, study: Study) -> CoursePage:
    return CoursePage(study.version.course, study, readable=True, panel=panels.of(person, study.version))


def _continue(page: CoursePage, line: Line, language: str) -> NextStep:
    study, version = page.study, page.version
    return NextStep(
        kind=_("Lanjutkan"),
        title=line.item.title,
        detail=" · ".join([version.title, *_measures(line, version.lesson_count, language)]),
        url=line.url,
        action=_("Kerjakan tes") if line.is_test else _("Lanjutkan belajar"),
        done=len(study.finished_lessons),
        whole=version.lesson_count,
    )


def _measures(line: Line, lessons: int, language: str) -> list[str]:
    if isinstance(line.item, TestItem):
        return [line.test.detail] if line.test else []
    place = _("materi {place} dari {all}").format(place=line.item.place, all=lessons)
    minutes = _("{count} menit").format(count=line.item.minutes)
    return [place, minutes, formats.size(line.item.bytes, language)]
