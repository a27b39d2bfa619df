"""/orang/impor/<id>/baris/<row>: one row, side by side with whom it may be; decisions and corrections."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.imports import deciding, labels, showing
from balai.people.imports.findings import Finding, Level
from balai.people.imports.forms import RowForm
from balai.people.imports.models import Import, Row
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from . import own, own_row

#: What is compared side by side.
_COMPARED = ("name", "nik", "sex", "birth_date", "phone", "position", "region", "nip", "email")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def row(request: Request, id: UUID, row_id: int) -> HttpResponse:
    """Look at one row; POST decides or corrects, then goes on to the next that needs a look."""
    batch = own(request, id)
    found = own_row(batch, row_id)
    form = RowForm(found, request.POST if "koreksi" in request.POST else None)
    if request.method == "POST" and ("koreksi" not in request.POST or form.is_valid()):
        _act(request, found, form)
        return _onward(request, batch, found)
    if request.method != "POST" and found.outcome == Row.Outcome.REFUSED:
        form = _marked(found)
    crumbs = [(_("Orang"), "/orang"), (_("Impor"), "/orang/impor"), (batch.file_name, f"/orang/impor/{batch.pk}")]
    findings = [one for one in map(Finding.from_json, found.findings) if one.field not in form.errors]
    context = {
        "batch": batch,
        "row": found,
        "title": showing.title(batch, found),
        "form": form,
        "crumbs": crumbs,
        "findings": findings,
        "compared": _side_by_side(found),
        "people": showing.candidates(found),
        "options": next((one.facts["options"] for one in findings if "options" in one.facts), []),
        "acceptable": found.doubted and found.accepted_at is None,
        "double": _double(found, findings),
        "one_nik": deciding.shares_nik(found),
        "left": _waiting(batch).count(),
    }
    return render(request, "imports/row.html", context)


def _double(found: Row, findings: list[Finding]) -> dict[str, Any] | None:
    """The row above that ``found`` repeats, and what both say."""
    facts = next((one.facts for one in findings if one.code == "double"), None)
    if facts is None:
        return None
    earlier = found.batch.rows.filter(sheet=facts["sheet"], number=facts["row"]).first()
    if earlier is None:
        return None
    earlier.batch, regions = found.batch, showing.region_names([found, earlier])
    pairs = [(field, _said(earlier, field, regions), _said(found, field, regions)) for field in _COMPARED]
    return {
        "title": showing.title(found.batch, earlier),
        "lines": [(labels.label(f), one, two, one == two) for f, one, two in pairs if {one, two} != {"–"}],
    }


def _said(row: Row, field: str, regions: dict[str, str]) -> str:
    if field == "nik":
        return labels.typed(row, "nik") or "–"
    return regions.get(str(row.region), "–") if field == "region" else labels.shown(field, row.values.get(field, ""))


def _act(request: Request, found: Row, form: RowForm) -> None:
    if "koreksi" in request.POST:
        deciding.correct(found, form.typed)
    elif "wilayah" in request.POST:
        deciding.place(found, _uuid(request.POST["wilayah"]))
    elif "terima" in request.POST:
        deciding.accept([found])
    elif "sama" in request.POST:
        deciding.decide(found, Row.Verdict.SAME, _uuid(request.POST["sama"]))
    elif request.POST.get("putusan") in {Row.Verdict.OTHER, Row.Verdict.SKIP, ""}:
        deciding.decide(found, request.POST["putusan"])
    else:
        raise Refusal(NOT_FOUND)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(NOT_FOUND) from error


def _onward(request: Request, batch: Import, found: Row) -> HttpResponse:
    """Stay while something is wrong with the row; else to the next that needs a look; else to the preview."""
    if found.outcome in {Row.Outcome.LOOK, Row.Outcome.REFUSED}:
        return redirect("imports:row", batch.pk, found.pk)
    following = _waiting(batch).order_by("sheet", "number").first()
    return redirect("imports:row", batch.pk, following.pk) if following else redirect("imports:batch", batch.pk)


def _waiting(batch: Import) -> Any:
    return batch.rows.filter(outcome=Row.Outcome.LOOK, saved=None)


def _marked(found: Row) -> RowForm:
    """The form as if the row had just been typed: each error at its field."""
    form = RowForm(found, {str(field): labels.typed(found, field) for field in labels.FIELDS})
    form.full_clean()
    for one in (Finding.from_json(stored) for stored in found.findings):
        if one.level == Level.ERROR and one.field in form.fields and one.field not in form.errors:
            form.add_error(one.field, f"{one.text} {one.cure}")
    return form


def _side_by_side(found: Row) -> list[dict[str, Any]]:
    """What the row says beside what is known of each candidate; ``alike`` where both say the same."""
    people = [person for person, _reasons in showing.candidates(found)]
    if not people:
        return []
    regions = showing.region_names([found])
    said = {field: _said(found, field, regions) for field in _COMPARED}
    known = [_known(person) for person in people]
    return [
        {
            "label": labels.label(field),
            "said": said[field],
            "known": [(one[field], "–" in (one[field], said[field]) or one[field] == said[field]) for one in known],
        }
        for field in _COMPARED
        if said[field] != "–" or any(one[field] != "–" for one in known)
    ]


def _known(person: Person) -> dict[str, str]:
    held = person.positions.filter(ends=None).order_by("-held_at").first()
    born = person.birth_date.isoformat() if person.birth_date else ""
    known = {
        "name": person.name,
        "nik": person.nik_mask or "–",
        "region": person.region.title if person.region else "–",
        "position": held.title if held else "–",
        "birth_date": labels.shown("birth_date", born),
        "phone": labels.shown("phone", person.phone),
    }
    return {**{field: getattr(person, field) or "–" for field in ("sex", "nip", "email")}, **known}
