"""The pages of pairs: within reach only, the likeliest first, decided once, as many queries for one as for thirty."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import load_workbook

from balai.common import clock
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.imports.tests.conftest import save, send
from balai.people.models import Account, Apart, Pair, Person, PersonMerge
from balai.people.spreadsheets.tests import makers

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR, AFAR = "18.02.07.2009", "18.02.07.2010", "51.02.10.2007"
LIST = "/orang/mungkin-sama"


@pytest.fixture(autouse=True)
def _jobs_now(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def registered(region: Callable[..., Any]) -> Callable[..., Person]:
    """A person without an account: ``registered("Siti", "18.02.07.2009", phone="+6281200000001")``."""

    def register(name: str, code: str = HOME, **fields: Any) -> Person:
        payload = PersonRegistered(name, region(code).id, **fields)
        return Person.objects.get(pk=record("person.registered", payload, proof="hub").id)

    return register


@pytest.fixture
def browser(client_of, coordinator) -> Client:
    return client_of(coordinator)


def listed(browser: Client, **query: Any) -> list[set[str]]:
    """The names of each pair on the list."""
    return [{person.name for person, _title in line.people} for line in browser.get(LIST, query).context["lines"]]


def test_the_likeliest_come_first_or_the_newest(browser, registered) -> None:
    for name in ("Suparman", "Suparmn"):
        registered(name)
    for name in ("Siti Aminah", "Hj. Siti Aminah"):
        registered(name, phone="+6281200000001")
    for name in ("Wagimanto", "Wagimnto"):
        registered(name, NEXT_DOOR)
    surest, first, newest = {"Siti Aminah", "Hj. Siti Aminah"}, {"Suparman", "Suparmn"}, {"Wagimanto", "Wagimnto"}
    assert listed(browser) == [surest, newest, first]
    assert listed(browser, urutan="terbaru") == [newest, surest, first]
    assert listed(browser, wilayah=NEXT_DOOR) == [newest]
    assert listed(browser, cari="st. aminah") == [surest]
    assert listed(browser, impor="bukan-nomor", urutan="aneh") == [surest, newest, first]


def test_why_two_are_alike_is_said_in_words(browser, registered) -> None:
    registered("Siti Aminah", phone="+6281200000001")
    registered("Hj. St. Aminah", NEXT_DOOR, phone="+6281200000001")
    page = browser.get(LIST).content.decode()
    assert ("nomor HP sama, nama sama" in page, "Hampir pasti sama" in page) == (True, True)


@pytest.mark.parametrize("role", ["other_coordinator", "stranger", "facilitator", "auditor", "author", "partner"])
def test_who_does_not_change_both_does_not_learn_of_the_pair(role, registered, request, client_of) -> None:
    registered("Siti Aminah")
    registered("Siti Aminah")
    pair = Pair.objects.get()
    browser = client_of(request.getfixturevalue(role))
    answers = [browser.get(LIST), browser.get(f"{LIST}/daftar.xlsx"), browser.get(f"{LIST}/{pair.pk}")]
    answers.append(browser.post(f"{LIST}/{pair.pk}", {"keputusan": "satu"}))
    inside = role == "other_coordinator"
    assert [answer.status_code for answer in answers] == [200 if inside else 404] * 2 + [404] * 2
    assert not inside or listed(browser) == []
    assert (PersonMerge.objects.count(), Apart.objects.count()) == (0, 0)


def test_a_pair_across_two_kabupaten_is_decided_above_them(registered, coordinator, admin, client_of) -> None:
    registered("Made Wijaya", phone="+6281200000001")
    registered("Made Wijaya", AFAR, phone="+6281200000001")
    assert (len(listed(client_of(coordinator))), len(listed(client_of(admin)))) == (0, 1)


def test_merging_takes_over_what_the_kept_record_lacks(browser, registered, make_person) -> None:
    gone = registered("Siti Aminah, S.Pd.", email="siti@desa.id")
    kept = make_person("Siti Aminah", HOME)
    Account.objects.filter(person=kept).update(first_signed_in_at=clock.wall())
    pair = Pair.objects.get()
    shown = browser.get(f"{LIST}/{pair.pk}").context
    assert (shown["kept"], shown["other"]) == (kept, gone)
    chosen = {row.field: "lain" for row in shown["rows"] if row.takes_other}
    assert chosen == {"email": "lain"}
    answer = browser.post(f"{LIST}/{pair.pk}", {"keputusan": "satu", **chosen})
    kept.refresh_from_db()
    assert (answer.headers["Location"], kept.name, kept.email) == (LIST, "Siti Aminah", "siti@desa.id")
    assert (PersonMerge.objects.get().person_id, listed(browser)) == (gone.pk, [])


def test_two_people_are_told_apart_once_and_for_all(browser, registered) -> None:
    one, other = registered("Siti Aminah"), registered("Siti Aminah")
    pair = Pair.objects.get()
    browser.post(f"{LIST}/{pair.pk}", {"keputusan": "dua"})
    assert set(Apart.objects.values_list("first", "second").get()) == {one.pk, other.pk}
    assert (listed(browser), len(listed(browser, keadaan="berbeda"))) == ([], 1)
    assert "Sudah dinyatakan dua orang berbeda" in browser.get(f"{LIST}/{pair.pk}").content.decode()


def test_one_decision_leads_to_the_next_of_the_same_list(browser, registered) -> None:
    for name in ("Suparman", "Wagiman", "Sukirman"):
        for _twin in range(2):
            registered(name)
    pairs = list(Pair.objects.order_by("-strength", "-found_at", "-pk"))
    query = "?cari=man"
    found = [browser.get(f"{LIST}/{pair.pk}{query}").context["next_url"] for pair in pairs]
    assert found == [f"{LIST}/{pairs[1].pk}{query}", f"{LIST}/{pairs[2].pk}{query}", f"{LIST}{query}"]
    answer = browser.post(f"{LIST}/{pairs[0].pk}{query}", {"keputusan": "dua"})
    assert answer.headers["Location"] == f"{LIST}/{pairs[1].pk}{query}"


def test_the_record_of_who_stands_above_is_not_offered_for_merging(browser, registered, make_person) -> None:
    make_person("Nurhayati", HOME, role="coordinator", over=("18",))
    registered("Nurhayati")
    pair = Pair.objects.get()
    page = browser.get(f"{LIST}/{pair.pk}")
    assert (page.context["may_merge"], "Sama, gabungkan" in page.content.decode()) == (False, False)
    assert browser.post(f"{LIST}/{pair.pk}", {"keputusan": "satu"}).status_code == 403
    assert browser.post(f"{LIST}/{pair.pk}", {"keputusan": "dua"}).status_code == 302
    assert (PersonMerge.objects.count(), Apart.objects.count()) == (0, 1)


def test_pages_take_as_many_queries_for_1_as_for_30(browser, registered, queries) -> None:
    pages = (LIST, f"{LIST}/daftar.xlsx", "/orang", "/")
    registered("Orang Pertama")
    registered("Orang Pertama")

    def counted() -> list[int]:
        browser.get("/")  # the tallies of the home catch up
        return [queries(lambda url=url: browser.get(url)) for url in pages]

    few = counted()
    for number in range(30):
        code = f"18.02.07.20{number % 5 + 5:02}"
        for _twin in range(2):
            registered("ABCDEFGHIJKLMNOPQRSTUVWXYZabcd"[number] * 3 + "arno", code, phone=f"+62812000000{number:02}")
    assert Pair.objects.count() >= 30
    assert counted() == few


def test_the_workbook_says_both_and_runs_no_formula(browser, registered) -> None:
    registered("Siti =1+1", phone="+6281234567890")
    registered("Siti =1+1", NEXT_DOOR, phone="+6281234567890")
    header, row = load_workbook(BytesIO(browser.get(f"{LIST}/daftar.xlsx").content)).get_sheet_by_index(0).to_python()
    assert (header[:4], row[:2]) == (
        ["Kemiripan", "Sebab", "Ditemukan", "Nama 1"],
        ["Hampir pasti sama", "nomor HP sama, nama sama"],
    )
    assert (row[3], row[5], row[10], row[12], {row[7], row[14]}) == (
        "Siti =1+1", "0812-3456-7890", "Siti =1+1", "0812-3456-7890", {HOME, NEXT_DOOR},
    )  # fmt: skip


def test_the_pairs_are_found_from_where_one_is(browser, registered, coordinator, tmp_path) -> None:
    assert all("mungkin orang yang sama" not in browser.get(page).content.decode() for page in ("/",))
    registered("Siti Aminah", NEXT_DOOR, phone="+6281200000001")
    table = [("Nama", "HP", "Kode"), ("Bambang", "", HOME), ("Suparman", "", HOME)]
    batch = send(makers.xlsx(tmp_path / "a.xlsx", ("Data", table)), coordinator)
    save(batch)
    assert "pasang perlu dilihat" not in browser.get(f"/orang/impor/{batch.pk}").content.decode()
    registered("Suparmn")
    registered("St. Aminah", HOME, phone="+6281200000001")
    after = browser.get(f"/orang/impor/{batch.pk}").content.decode()
    assert ("1 pasang perlu dilihat" in after, f"{LIST}?impor={batch.pk}" in after) == (True, True)
    assert (listed(browser, impor=batch.pk), len(listed(browser))) == ([{"Suparman", "Suparmn"}], 2)
    assert "2 pasang mungkin orang yang sama" in browser.get("/").content.decode()
    assert LIST in browser.get("/orang").content.decode()


def test_the_import_of_somebody_else_filters_nothing_out_to_see(
    browser, registered, admin, client_of, tmp_path
) -> None:
    table = SimpleUploadedFile("a.csv", f"Nama;Kode\nSuparman;{HOME}\nSuparman;{HOME}\n".encode())
    client_of(admin).post("/orang/impor", {"file": table})
    registered("Suparman")
    registered("Suparman")
    batch = admin.imports.get()
    assert (len(listed(browser)), listed(browser, impor=batch.pk)) == (1, [])
