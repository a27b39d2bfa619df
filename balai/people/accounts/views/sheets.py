"""/orang/kode: codes for many people, on slips to cut or as WhatsApp messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.people import problems
from balai.people.access import Request, holding, own
from balai.people.accounts import codes, inviting, picking, slips, whatsapp
from balai.people.accounts.walking import Walk, walk
from balai.people.models import AccessCode, CodeSheet, Person
from balai.people.reach import CHANGE_PERSONS

MESSAGES = 50


@dataclass(frozen=True)
class Set:
    """Whom a sheet is for: a title, the people, and where one stands when they are chosen by region."""

    title: str
    people: Iterable[Person]
    size: int
    place: Walk | None = None


def _chosen(request: Request) -> Set:
    given = request.POST if request.method == "POST" else request.GET
    if given.get("impor"):
        found = picking.of_import(request, _uuid(given["impor"]))
        return Set(_("Orang dari impor"), found, found.count())
    if given.getlist("orang"):
        people = picking.ticked(request)
        return Set(_("Orang yang dipilih"), people, len(people))
    place = walk(request)
    found = picking.in_region(request, place)
    lean = found.only("name", "phone", "region__code")
    return Set(place.title or _("Semua wilayah tugas Anda"), lean, found.count(), place)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(NOT_FOUND) from error


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def new(request: Request) -> HttpResponse:
    """Whom the codes are for, what will happen; POST makes them, with ``lagi`` for those invited before."""
    chosen = _chosen(request)
    too_many = chosen.size > picking.ON_A_SHEET
    if request.method == "POST":
        if too_many:
            raise Refusal(problems.TOO_MANY_CHOSEN, limit=picking.ON_A_SHEET)
        choice = inviting.choose(request.person, chosen.people)
        people = choice.again if "lagi" in request.POST else choice.people
        return redirect("accounts:sheet", inviting.invite(request.person, people, chosen.title).pk)
    context = {
        "chosen": chosen,
        "choice": None if too_many else inviting.choose(request.person, chosen.people),
        "too_many": too_many,
        "limit": picking.ON_A_SHEET,
        "mine": CodeSheet.objects.open_for(request.person.pk),
    }
    return render(request, "accounts/sheet_new.html", context)


@require_safe
@own
@holding(*CHANGE_PERSONS)
def sheet(request: Request, id: UUID) -> HttpResponse:
    """The files of one sheet, and its messages."""
    found = inviting.sheet_of(request.person, id)
    parts = inviting.parts(found)
    ready = sum(part.size for part in parts)
    return render(request, "accounts/sheet.html", {"sheet": found, "parts": parts, "ready": ready})


@require_safe
@own
@holding(*CHANGE_PERSONS)
def paper(request: Request, id: UUID, number: int) -> HttpResponse:
    """One PDF of at most 96 slips; ``number`` counts from 1."""
    found = inviting.sheet_of(request.person, id)
    lines = inviting.open_sheet(found, (number - 1) * slips.A_FILE, slips.A_FILE) if number else []
    if not lines:
        raise Http404
    title = f"{_('Slip kode masuk')}: {found.title}"
    pdf = slips.render([line.slip for line in lines], title, settings.BALAI_URL, _until(found), settings.BALAI_DEMO)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="slip-kode-{number}.pdf"'},
    )


def _until(sheet: CodeSheet) -> datetime:
    return sheet.made_at + codes.LIFETIMES[AccessCode.Purpose.FIRST]


@require_safe
@own
@holding(*CHANGE_PERSONS)
def messages(request: Request, id: UUID) -> HttpResponse:
    """WhatsApp messages, one tap each, fifty a page."""
    found = inviting.sheet_of(request.person, id)
    page = Paginator(range(found.size), MESSAGES).get_page(request.GET.get("halaman"))
    lines = inviting.open_sheet(found, page.start_index() - 1, MESSAGES)
    shown = [(line, _message(line, found)) for line in lines]
    return render(request, "accounts/sheet_messages.html", {"sheet": found, "page": page, "lines": shown})


def _message(line: inviting.Invited, sheet: CodeSheet) -> str:
    text = whatsapp.invitation(line.person.name, settings.BALAI_URL, line.code, _until(sheet))
    return whatsapp.address(line.person.phone, text)
