"""Doors of views: who must be signed in, who must hold a role, whose page it is. Deny by default."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from balai.common import problems as common_problems
from balai.common.problems import Refusal

from . import problems
from .models import Account, Person
from .reach import CHANGE_PERSONS

View = Callable[..., HttpResponse]
#: Pages of somebody are kept nowhere: several people share a phone. One short header says it to every cache.
UNKEPT = "private, no-store"


class Visit(HttpRequest):
    """A request to a page that is open to visitors: somebody, or nobody, is here. (A type, never made.)"""

    person: Person | None
    seeing: Any


class Request(Visit):
    """A request behind one of the doors below: ``person`` is who is here."""

    person: Person
    user: Account


def signed_in(view: View) -> View:
    """For everybody who is signed in; a visitor is asked to sign in first and comes back to the page."""

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if cast(Visit, request).person is not None:
            response = view(request, *args, **kwargs)
        elif request.method in {"GET", "HEAD"}:
            response = HttpResponseRedirect(f"/masuk?lanjut={quote(request.get_full_path())}")
        else:
            raise Refusal(problems.SIGNED_OUT)
        response["Cache-Control"] = UNKEPT
        return response

    return door


def own(view: View) -> View:
    """For the person alone: whoever looks at an account to help does not come in here."""

    @signed_in
    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        insist_owner(request)
        return view(request, *args, **kwargs)

    return door


def insist_owner(request: Visit) -> None:
    """Raises ``Refusal`` for whoever looks at an account to help."""
    if getattr(request, "seeing", None):
        raise Refusal(problems.OWNER_ONLY)


def holding(*names: str) -> Callable[[View], View]:
    """For whoever holds one of the roles ``names``, anywhere."""

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.person.reach.holds(*names):
                raise Refusal(common_problems.NOT_FOUND)
            return view(request, *args, **kwargs)

        return door

    return decorate


def person_in_reach(request: Request, id: UUID) -> Person:
    """The person with ``id``, if whoever asks may change people of that region. Raises ``Refusal`` (404)."""
    reachable = request.person.reach.people(*CHANGE_PERSONS)
    found: Person | None = reachable.select_related("region", "account").filter(pk=id).first()
    if found is None:
        raise Refusal(common_problems.NOT_FOUND)
    return found
