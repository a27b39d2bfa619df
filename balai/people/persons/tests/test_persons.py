"""The pages of people: within reach only, edited with versions, two records side by side."""

from io import BytesIO

import pytest
from python_calamine import load_workbook

from balai.log.record import record
from balai.people.accounts import inviting
from balai.people.entries import PersonChanged
from balai.people.identities.models import PersonMerge
from balai.people.models import Apart, Person, Position

pytestmark = pytest.mark.django_db
FORM = {"name": "Sumarni, S.E.", "region": "18.02.07.2009", "title": "Kaur Keuangan", "phone": "0812 3456 7899"}
PAGES = ["", "/ubah", "/penggabungan"]


def test_the_list_holds_whom_one_reaches(coordinator, secretary, stranger, client_of):
    page = client_of(coordinator).get("/orang").content.decode()
    assert (secretary.name in page, stranger.name in page) == (True, False)


def test_lists_are_in_the_order_of_names_as_they_are_read(coordinator, make_person, client_of):
    """By what they sound like Fitri would be Pitri, Joko Yoko and Zainal Sainal; titles do not count."""
    typed = ["Zainal", "Pak Umar", "Rina", "Joko, S.Pd.", "Hj. Fitri", "Gede", "Yoga"]
    read = ["Hj. Fitri", "Gede", "Joko, S.Pd.", "Rina", "Pak Umar", "Yoga", "Zainal"]
    made = [make_person(name, "18.02.07.2009") for name in typed]
    browser = client_of(coordinator)
    for page in (browser.get("/orang?wilayah=18.02.07.2009"), browser.get("/orang/pilih?wilayah=18.02.07.2009")):
        found = [person.name for person in page.context["page"]]
        assert [name for name in found if name in typed] == read
    sheet = inviting.invite(coordinator, made, "Satu")
    assert [line.person.name for line in inviting.open_sheet(sheet, 0, 9)] == read


def test_a_name_that_changed_is_sorted_by_what_it_is_now(coordinator, secretary, client_of):
    form = {"name": "Zubaidah, S.Pd.", "region": "18.02.07.2009", "phone": "0812-3456-7801", "sex": "P"}
    client_of(coordinator).post(f"/orang/{secretary.pk}/ubah", form)
    secretary.refresh_from_db()
    assert (secretary.name, secretary.sort_name) == ("Zubaidah, S.Pd.", "zubaidah")


@pytest.mark.parametrize("text", ["siti", "SITI RAHAJU", "0812-3456-7801", "+6281234567801"])
def test_people_are_found_by_name_in_any_spelling_and_by_number(text, coordinator, secretary, colleague, client_of):
    page = client_of(coordinator).get("/orang", {"cari": text}).content.decode()
    assert (secretary.name in page, colleague.name in page) == (True, False)


def test_a_new_person_is_registered_with_a_position_and_a_sealed_nik(coordinator, client_of):
    answer = client_of(coordinator).post("/orang/baru", {**FORM, "nik": "1802054507850001", "sex": "P"})
    person = Person.objects.get(name="Sumarni, S.E.")
    assert answer.headers["Location"] == f"/orang/{person.pk}"
    assert (person.phone, person.region.code) == ("+6281234567899", "18.02.07.2009")
    assert (person.nik_mask[:6], "1802054507850001" in person.nik_sealed) == ("180205", False)
    assert Position.objects.get(person=person).title == "Kaur Keuangan"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nik", "1.80205E+15"),
        ("nik", "180205450785000"),
        ("phone", "telepon"),
        ("region", "51.02.10.2007"),
        ("region", "Tidak Ada Desa Ini"),
        ("name", "..."),
        ("nip", "123"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_nothing_is_kept(field, value, coordinator, client_of):
    answer = client_of(coordinator).post("/orang/baru", {**FORM, field: value})
    assert (answer.status_code, Person.objects.filter(name__startswith="Sumarni").count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_somebody_who_may_be_known_is_shown_before_anything_is_saved(coordinator, secretary, client_of):
    browser = client_of(coordinator)
    twin = {**FORM, "name": "Siti Rahaju", "phone": ""}
    page = browser.post("/orang/baru", twin).content.decode()
    assert (f"/orang/{secretary.pk}" in page, Person.objects.filter(name="Siti Rahaju").count()) == (True, 0)
    browser.post("/orang/baru", {**twin, "baru": "1"})
    assert Person.objects.filter(name="Siti Rahaju").count() == 1


def test_editing_changes_only_what_was_changed(coordinator, secretary, client_of):
    browser = client_of(coordinator)
    same = {"name": secretary.name, "region": secretary.region.code, "phone": "0812-3456-7801", "sex": "P"}
    browser.post(f"/orang/{secretary.pk}/ubah", same)
    assert not secretary_entries(secretary)
    browser.post(f"/orang/{secretary.pk}/ubah", {**same, "phone": "0813 1111 2222", "title": "Sekretaris Desa"})
    secretary.refresh_from_db()
    assert (secretary.phone, secretary_entries(secretary)) == ("+6281311112222", [["phone"]])
    assert Position.objects.get(person=secretary).title == "Sekretaris Desa"


def secretary_entries(person):
    from balai.log.models import Entry

    entries = Entry.objects.filter(kind="person.changed", subject=person.pk)
    return [list(entry.content["changes"]) for entry in entries]


def test_two_versions_are_shown_until_somebody_decides(coordinator, secretary, client_of):
    for name in ("Siti Rahayu, M.Pd.", "Hj. Siti Rahayu"):
        change = PersonChanged(changes={"name": {"value": name, "bases": [secretary.id]}})
        record("person.changed", change, subject=secretary.id, proof="hub")
    browser = client_of(coordinator)
    page = browser.get(f"/orang/{secretary.pk}").content.decode()
    assert "Dua isi untuk Nama" in page
    version = next(
        part.split('"')[0] for part in page.split('name="versi" value="')[1:] if "Siti Rahayu, M.Pd." in part
    )
    browser.post(f"/orang/{secretary.pk}/keputusan", {"isian": "name", "versi": version})
    secretary.refresh_from_db()
    assert secretary.name == "Siti Rahayu, M.Pd."
    assert "Dua isi" not in browser.get(f"/orang/{secretary.pk}").content.decode()


def test_two_records_become_one_with_the_chosen_fields(coordinator, make_person, client_of):
    kept = make_person("Ketut", "18.02.07.2009")
    other = make_person("I Ketut Suarta", "18.02.07.2009", phone="+6281299998888")
    browser = client_of(coordinator)
    page = browser.get(f"/orang/{kept.pk}/penggabungan", {"dengan": other.pk}).content.decode()
    assert "I Ketut Suarta" in page
    choice = {"dengan": other.pk, "phone": "lain", "name": "lain", "keputusan": "satu"}
    browser.post(f"/orang/{kept.pk}/penggabungan", choice)
    kept.refresh_from_db()
    assert (kept.name, kept.phone, PersonMerge.objects.get().person_id) == (
        "I Ketut Suarta",
        "+6281299998888",
        other.pk,
    )
    assert browser.get(f"/orang/{other.pk}").headers["Location"] == f"/orang/{kept.pk}"


def test_two_people_who_look_alike_are_remembered_as_two(coordinator, make_person, client_of):
    one, two = (make_person(name, "18.02.07.2009") for name in ("Ketut", "Ketut"))
    choice = {"dengan": two.pk, "keputusan": "dua"}
    client_of(coordinator).post(f"/orang/{one.pk}/penggabungan", choice)
    assert (Apart.objects.count(), PersonMerge.objects.count()) == (1, 0)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["other_coordinator", "stranger", "colleague", "author", "partner"])
def test_out_of_reach_does_not_exist(role, page, secretary, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    assert browser.get(f"/orang/{secretary.pk}{page}").status_code == 404


@pytest.mark.parametrize("role", ["facilitator", "auditor"])
def test_who_only_sees_does_not_change(role, secretary, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    statuses = [browser.get(f"/orang/{secretary.pk}{page}").status_code for page in PAGES]
    assert (statuses, browser.get("/orang/baru").status_code) == ([200, 404, 404], 404)


def test_merging_with_somebody_out_of_reach_is_refused(coordinator, secretary, stranger, client_of):
    browser = client_of(coordinator)
    answer = browser.post(f"/orang/{secretary.pk}/penggabungan", {"dengan": stranger.pk, "keputusan": "satu"})
    assert (answer.status_code, PersonMerge.objects.count()) == (404, 0)


def test_lists_take_as_many_queries_for_1_as_for_30(coordinator, make_person, client_of, queries):
    browser = client_of(coordinator)
    make_person("Orang 0", "18.02.07.2009")
    few = [queries(lambda url=url: browser.get(url)) for url in ("/orang", "/orang/daftar.xlsx")]
    for number in range(30):
        make_person(f"Orang {number + 1}", f"18.02.07.20{number % 5 + 5:02}")
    assert [queries(lambda url=url: browser.get(url)) for url in ("/orang", "/orang/daftar.xlsx")] == few


def test_the_workbook_keeps_digits_and_runs_no_formula(coordinator, make_person, client_of):
    make_person("=1+1", "18.02.07.2009", phone="+6281234567890")
    book = load_workbook(BytesIO(client_of(coordinator).get("/orang/daftar.xlsx", {"cari": "=1+1"}).content))
    row = book.get_sheet_by_index(0).to_python()[1]
    assert (row[0], row[2], row[6]) == ("=1+1", "0812-3456-7890", "18.02.07.2009")


def test_a_merge_that_was_a_mistake_is_taken_back(coordinator, secretary, colleague, stranger, client_of):
    browser = client_of(coordinator)
    browser.post(f"/orang/{secretary.pk}/penggabungan", {"dengan": str(colleague.pk), "keputusan": "satu"})
    assert Person.objects.get(pk=colleague.pk).merged_into_id == secretary.pk
    assert browser.post(f"/orang/{secretary.pk}/pemisahan", {"orang": str(stranger.pk)}).status_code == 404
    answer = browser.post(f"/orang/{secretary.pk}/pemisahan", {"orang": str(colleague.pk)})
    assert answer.headers["Location"] == f"/orang/{colleague.pk}"
    assert Person.objects.get(pk=colleague.pk).merged_into_id is None


def test_nobody_changes_the_number_of_somebody_who_stands_above(make_person, coordinator, client_of):
    above = make_person("Nurhayati", "18.02.07.2009", role="coordinator", over=("18",), phone="+6281234567810")
    form = {**FORM, "name": above.name, "title": ""}
    answer = client_of(coordinator).post(f"/orang/{above.pk}/ubah", form)
    assert (answer.status_code, Person.objects.get(pk=above.pk).phone) == (403, "+6281234567810")
    kept = client_of(coordinator).post(f"/orang/{above.pk}/ubah", {**form, "phone": "081234567810", "sex": "P"})
    assert (kept.status_code, Person.objects.get(pk=above.pk).sex) == (302, "P")
