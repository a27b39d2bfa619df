"""/orang/<id>/…: what a coordinator does for another person's account."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock
from balai.people.access import Request, holding, person_in_reach
from balai.people.accounts import history, inviting, recovering, seeing
from balai.people.accounts.second import SecondFactor
from balai.people.delegation.rank import outranks
from balai.people.models import AccessCode, Account, Person
from balai.people.reach import CHANGE_PERSONS

SHOWN = 30


def _account(person: Person) -> Account | None:
    return getattr(person, "account", None)


@require_safe
@holding(*CHANGE_PERSONS)
def account(request: Request, id: UUID) -> HttpResponse:
    """How a person gets in, what happened to their access, and what can be done."""
    person = person_in_reach(request, id)
    owned = _account(person)
    code = AccessCode.objects.open(clock.wall()).filter(person=person).first()
    context = {
        "person": person,
        "account": owned,
        "factor": SecondFactor(owned) if owned else None,
        "code": code,
        "inviter": Person.objects.filter(pk=code.made_by).first() if code and code.made_by else None,
        "below": outranks(request.person, person),
        "history": history.told(history.of(person)[:SHOWN]),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def recovery(request: Request, id: UUID) -> HttpResponse:
    """A code for somebody who cannot get in; for a newcomer it is the first one, on a slip."""
    person = person_in_reach(request, id)
    owned = _account(person)
    if request.method != "POST":
        context = {"person": person, "factor": SecondFactor(owned) if owned else None}
        return render(request, "accounts/recovery.html", context)
    if owned is None or owned.first_signed_in_at is None:
        choice = inviting.choose(request.person, [person])
        sheet = inviting.invite(request.person, choice.people + choice.again, person.name)
        return redirect("accounts:sheet", sheet.pk)
    made = recovering.recover(request.person, person, "bebas" in request.POST)
    response = render(request, "accounts/recovery_code.html", {"made": made, "person": person})
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@holding(*CHANGE_PERSONS)
def see(request: Request, id: UUID) -> HttpResponse:
    """From now on, for a while, whoever asks sees what this person sees."""
    seeing.begin(request, person_in_reach(request, id))
    return HttpResponseRedirect("/")


@require_POST
def stop_seeing(request: Request) -> HttpResponse:
    """Back to one's own account."""
    return HttpResponseRedirect(seeing.end(request))
