"""A lesson's whole page: the frame and the fragment, with nothing in it that differs between readers."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from . import glossary
from .models import CourseVersion, LessonItem

#: Values of the cookie "tema" to the theme of the page; without it the page follows the phone.
THEMES = {"terang": "light", "gelap": "dark", "": ""}


_PICTURES = re.compile(r' (?:src|srcset)="[^"]*"')


def rebased(fragment: str, base: str) -> str:
    """``fragment`` with its pictures below ``base``, where only those get them who may."""
    return _PICTURES.sub(lambda found: found[0].replace("/berkas/", f"{base}/berkas/"), fragment)


@dataclass(frozen=True)
class Frame:
    """What the base template asks for, on a page without a request."""

    theme: str = ""
    person: None = None
    places: tuple[object, ...] = ()

    @property
    def demo(self) -> bool:
        return bool(settings.BALAI_DEMO)


@dataclass(frozen=True)
class LessonPage:
    """A lesson with its neighbours. ``draft``: the address of the preview that it belongs to, or nothing."""

    version: CourseVersion
    lesson: LessonItem
    fragment: str
    draft: str = ""

    @property
    def course_url(self) -> str:
        return self.draft or reverse("courses:course", args=[self.version.slug])

    @property
    def back_url(self) -> str:
        """The page before: a lesson (its slug, as it lies beside this one), else the course."""
        before = self.version.before(self.lesson)
        return before.slug if isinstance(before, LessonItem) else self.course_url

    @property
    def next_url(self) -> str:
        """The lesson after this one, else the course, where its tests stand."""
        after = self.version.after(self.lesson)
        return after.slug if isinstance(after, LessonItem) else self.course_url

    @property
    def glossary_url(self) -> str:
        """Where the words of the course are explained, if its author explains any."""
        if self.draft or not glossary.name_in(self.version):
            return ""
        return reverse("courses:glossary", args=[self.version.slug])

    @property
    def passed(self) -> int:
        """How many lessons stand before this one."""
        return self.lesson.place - 1

    def render(self, language: str, theme: str = "") -> str:
        """The whole page in ``language``; ``theme`` is "light", "dark" or "" for the phone's own."""
        with translation.override(language):
            return render_to_string(
                "courses/lesson.html",
                {"page": self, "shell": Frame(theme), "fragment": mark_safe(self.fragment)},  # noqa: S308  (cleaned at publishing)
            )
