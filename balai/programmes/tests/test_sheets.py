"""The sustainability sheet: several people edit it, nothing that one of them wrote is lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from balai.common import clock
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.models import Person
from balai.programmes.models import Programme, Rollout
from balai.programmes.rollout import reporting
from balai.programmes.rollout.entries import RolloutChanged
from balai.programmes.rollout.sheets import Sheet

from .test_programmes import registered
from .test_rollout_pages import page_of, said

pytestmark = pytest.mark.django_db
NOTHING = {"team": "", "budget": "", "operator": "", "schedule": ""}


@pytest.fixture
def programme() -> Programme:
    return registered()


@pytest.fixture
def province(make_person: Any) -> Person:
    found: Person = make_person("Nurhayati", "18", role="coordinator", over=("18",))
    return found


def seen_by(browser: Any, page: str) -> dict[str, str]:
    """The form as somebody opened it: its texts, and which versions they saw."""
    form = browser.get(f"{page}/lembar").context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def texts() -> dict[str, str]:
    found = Rollout.objects.get()
    return {field: getattr(found, field) for field in NOTHING}


def test_each_field_says_who_wrote_it_and_when(
    client_of: Any, coordinator: Person, province: Person, programme: Programme
) -> None:
    page = page_of(programme)
    browser = client_of(coordinator)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": " Camat,\r\nsekdes ", "budget": "APBD"})
    above = client_of(province)
    above.post(f"{page}/lembar", seen_by(above, page) | {"budget": "APBD 2026: 40 juta"})
    assert texts() == NOTHING | {"team": "Camat,\nsekdes", "budget": "APBD 2026: 40 juta"}
    parts = {part.field: part for part in Sheet(Rollout.objects.get().pk).parts}
    authors = {field: part.latest.author if part.latest else None for field, part in parts.items()}
    assert authors == {
        "team": coordinator.name, "budget": province.name, "operator": None, "schedule": None,
    }  # fmt: skip
    assert not any(part.is_disputed for part in parts.values())
    shown = said(browser.get(page))
    assert "2 dari 4 isian terisi" in shown
    assert province.name in shown
    history = said(browser.get(f"{page}/lembar/riwayat"))
    assert "<p>APBD</p>" in history, "what was replaced is still told"


def test_nothing_changed_records_nothing(client_of: Any, coordinator: Person, programme: Programme) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    answer = browser.post(f"{page}/lembar", seen_by(browser, page), follow=True)
    assert "Tidak ada yang berubah." in said(answer)
    assert not Rollout.objects.exists()
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Camat"})
    edits = Entry.objects.filter(kind="rollout.changed").count()
    browser.post(f"{page}/lembar", seen_by(browser, page))
    assert Entry.objects.filter(kind="rollout.changed").count() == edits


def test_two_who_edit_at_once_lose_nothing(
    client_of: Any, coordinator: Person, province: Person, facilitator: Person, programme: Programme
) -> None:
    page, here, above = page_of(programme), client_of(coordinator), client_of(province)
    here.post(f"{page}/lembar", seen_by(here, page) | {"team": "Camat", "schedule": "Senin"})
    mine, theirs = seen_by(here, page), seen_by(above, page)
    here.post(f"{page}/lembar", mine | {"team": "Camat dan sekdes", "operator": "Yusuf"})
    above.post(f"{page}/lembar", theirs | {"team": "Camat dan kasi", "schedule": "Selasa"})
    sheet = Sheet(Rollout.objects.get().pk)
    disputed = {part.field: [one.text for one in part.versions] for part in sheet.disputed}
    assert disputed == {"team": ["Camat dan kasi", "Camat dan sekdes"]}, "what each changed alone stands"
    assert texts() == NOTHING | {"team": "Camat dan kasi", "schedule": "Selasa", "operator": "Yusuf"}
    assert "Dua isi untuk Tim pengelola" in said(here.get(page))
    assert "Pakai yang ini" not in said(client_of(facilitator).get(page))
    losing = sheet.disputed[0].versions[1].entry
    chosen = {"isian": "team", "versi": str(losing)}
    assert client_of(facilitator).post(f"{page}/lembar/keputusan", chosen).status_code == 404
    assert "Keputusan Anda tersimpan." in said(here.post(f"{page}/lembar/keputusan", chosen, follow=True))
    assert texts()["team"] == "Camat dan sekdes"
    assert not Sheet(sheet.id).disputed
    assert "sudah diputuskan" in said(here.post(f"{page}/lembar/keputusan", chosen, follow=True))


def test_two_who_open_a_sheet_that_nobody_began_lose_nothing(
    client_of: Any, coordinator: Person, province: Person, programme: Programme
) -> None:
    """The second sent a form that was opened on nothing, and left empty what the first has written meanwhile."""
    page, here, above = page_of(programme), client_of(coordinator), client_of(province)
    mine, theirs = seen_by(here, page), seen_by(above, page)
    here.post(f"{page}/lembar", mine | {"team": "Camat"})
    above.post(f"{page}/lembar", theirs | {"budget": "APBD"})
    assert texts() == NOTHING | {"team": "Camat", "budget": "APBD"}
    assert not Sheet(Rollout.objects.get().pk).disputed
    above.post(f"{page}/lembar", theirs | {"team": "Sekdes"})
    (part,) = Sheet(Rollout.objects.get().pk).disputed
    assert (part.field, [one.text for one in part.versions]) == ("team", ["Sekdes", "Camat"])
    assert "Dua isi untuk Tim pengelola" in said(here.get(page))


def test_a_first_form_sent_twice_is_no_dispute(client_of: Any, coordinator: Person, programme: Programme) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    form = seen_by(browser, page) | {"team": "Camat"}
    browser.post(f"{page}/lembar", form)
    assert "Tidak ada yang berubah." in said(browser.post(f"{page}/lembar", form, follow=True))
    (version,) = Sheet(Rollout.objects.get().pk).history
    assert version.text == "Camat"


def test_an_old_form_sent_again_after_another_edit_is_a_dispute(
    client_of: Any, coordinator: Person, programme: Programme
) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    old = seen_by(browser, page) | {"team": "Camat"}
    browser.post(f"{page}/lembar", old)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Sekdes"})
    browser.post(f"{page}/lembar", old)
    (part,) = Sheet(Rollout.objects.get().pk).disputed
    assert [one.text for one in part.versions] == ["Camat", "Sekdes"]


def test_a_field_that_was_not_sent_stays(client_of: Any, coordinator: Person, programme: Programme) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Camat"})
    browser.post(f"{page}/lembar", {"budget": "APBD"})
    assert texts() == NOTHING | {"team": "Camat", "budget": "APBD"}


@pytest.mark.parametrize(
    "wrong", [{}, {"isian": "team"}, {"isian": "team", "versi": "x"}, {"isian": "name", "versi": str(UUID(int=1))}]
)
def test_a_decision_about_nothing_changes_nothing(
    client_of: Any, coordinator: Person, programme: Programme, wrong: Any
) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Camat"})
    assert browser.post(f"{page}/lembar/keputusan", wrong).status_code in {302, 404}
    assert texts()["team"] == "Camat"


def test_an_edit_after_a_dispute_settles_it(client_of: Any, coordinator: Person, programme: Programme) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Camat"})
    form = seen_by(browser, page)
    for name in ("A", "B"):
        browser.post(f"{page}/lembar", form | {"team": name})
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "A dan B"})
    sheet = Sheet(Rollout.objects.get().pk)
    assert (sheet.disputed, texts()["team"]) == ([], "A dan B")
    assert [one.text for one in sheet.history] == ["A dan B", "B", "A", "Camat"]


def test_versions_that_are_none_count_as_the_current_ones(
    client_of: Any, coordinator: Person, programme: Programme
) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": "Camat"})
    for bases in ("", "x,y", str(UUID(int=7))):
        browser.post(f"{page}/lembar", {"team": f"Camat {bases}", "dasar-team": bases})
    assert not Sheet(Rollout.objects.get().pk).disputed


def test_too_long_a_text_is_said_at_its_field(client_of: Any, coordinator: Person, programme: Programme) -> None:
    page, browser = page_of(programme), client_of(coordinator)
    assert browser.post(f"{page}/lembar", {"team": "x" * 4001}).status_code == 422
    assert browser.post(f"{page}/lembar", {"team": "\r\n".join("x" * 2000)[:-2]}).status_code == 302, "3,999 signs"


def test_an_edit_from_a_village_a_year_late_is_shown_beside_the_new_one(
    coordinator: Person, programme: Programme
) -> None:
    """Two nodes without a network: both texts stand until somebody decides."""
    home = coordinator.region
    assert home is not None
    now = clock.wall()
    sheet = {"team": {"value": "Camat", "bases": []}}
    reporting.write(coordinator, programme, home, msgspec.convert({"changes": sheet}, RolloutChanged).changes)
    made = Rollout.objects.get().pk
    late = {"team": {"value": "Lurah", "bases": [str(made)]}}
    payload = msgspec.convert({"changes": late}, RolloutChanged)
    record_many([Deed("rollout.changed", payload, subject=made, proof="hub", made_at=now - timedelta(days=365))])
    (part,) = Sheet(made).disputed
    assert [one.text for one in part.versions] == ["Camat", "Lurah"]
    assert texts()["team"] == "Camat"


def test_a_history_takes_the_same_queries_for_one_edit_and_for_thirty(
    client_of: Any, coordinator: Person, programme: Programme, queries: Any
) -> None:
    page, browser, counts = page_of(programme), client_of(coordinator), []
    for number in (1, 29):
        for edit in range(number):
            browser.post(f"{page}/lembar", seen_by(browser, page) | {"team": f"Tim {number} {edit}"})
        counts.append(
            [queries(lambda: browser.get(f"{page}/lembar/riwayat")), queries(lambda: browser.get(f"{page}/lembar"))]
        )
    assert counts[0] == counts[1]
