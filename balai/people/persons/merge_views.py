"""Two records of perhaps one person: side by side, merged, told apart, parted again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding, person_in_reach
from balai.people.delegation.rank import outranked
from balai.people.identities import merging
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import attach_parents

from . import listing, side_by_side


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def merge(request: Request, id: UUID) -> HttpResponse:
    """This record and another that was looked for: one person, or two."""
    kept = person_in_reach(request, id)
    other = _other(request)
    if other is None or other.pk == kept.pk:
        return _choose_other(request, kept)
    if request.method == "POST":
        decide(request, kept, other)
        return redirect("persons:person", kept.pk)
    crumbs = [(kept.name, f"/orang/{kept.pk}")]
    return render(request, "persons/merge.html", {**compared(request.person, kept, other), "crumbs": crumbs})


def compared(viewer: Person, kept: Person, other: Person) -> dict[str, object]:
    """What ``persons/merge.html`` shows of two records."""
    return {
        "kept": kept,
        "other": other,
        "sides": side_by_side.sides([kept, other]),
        "rows": side_by_side.rows(kept, other),
        "may_merge": len(outranked(viewer, [kept, other])) == 2,
        "heading": _("Apakah ini orang yang sama?"),
    }


def _other(request: Request) -> Person | None:
    try:
        other = UUID(request.POST.get("dengan") or request.GET.get("dengan", ""))
    except ValueError:
        return None
    return person_in_reach(request, other)


def _choose_other(request: Request, kept: Person) -> HttpResponse:
    """Who else may this be? Found by name within reach."""
    chosen = listing.Filter(text=request.GET.get("cari", kept.name)[:120])
    found = [one for one in chosen.people(request.person)[:21] if one.pk != kept.pk]
    attach_parents([one.region for one in found if one.region])
    context = {"kept": kept, "found": found, "heading": _("Gabungkan dengan siapa?")}
    return render(request, "persons/merge_with.html", {**context, "crumbs": [(kept.name, f"/orang/{kept.pk}")]})


def decide(request: Request, kept: Person, other: Person) -> None:
    """Do as the form says: they are two, or ``kept`` takes chosen fields of ``other`` over. Raises ``Refusal``."""
    if request.POST.get("keputusan") == "dua":
        merging.tell_apart(kept, other, request.person)
        said = _("Dicatat: {one} dan {other} adalah dua orang. Pasangan ini tidak ditawarkan lagi.")
    else:
        taken = [field for field in merging.FIELDS if request.POST.get(field) == "lain"]
        merging.merge(kept, other, taken, request.person)
        said = _(
            "{one} dan {other} digabungkan; riwayat keduanya tetap ada. Keliru? Buka orangnya, lalu Pisahkan lagi."
        )
    messages.success(request, said.format(one=kept.name, other=other.name))


@require_POST
@holding(*CHANGE_PERSONS)
def parting(request: Request, id: UUID) -> HttpResponse:
    """A merge was a mistake: the record that was merged away stands alone again."""
    kept = person_in_reach(request, id)
    try:
        gone = Person.objects.get(pk=UUID(request.POST.get("orang", "")), merged_into=kept)
    except (ValueError, Person.DoesNotExist) as error:
        raise Refusal(NOT_FOUND) from error
    merging.part(gone, request.person)
    messages.success(
        request, _("{name} dipisahkan lagi. Isian yang dipilih tetap seperti sekarang.").format(name=gone.name)
    )
    return redirect("persons:person", gone.pk)
