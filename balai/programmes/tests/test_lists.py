"""Delegates from an office's own list: recognised, looked at, sent; what cannot be sent says why."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from balai.common import clock
from balai.common.nik import Nik
from balai.people.entries import PersonRegistered
from balai.people.identities import niks
from balai.people.imports.working import KEPT
from balai.people.models import Person
from balai.people.privacy.stores import STORES
from balai.programmes.lists import jobs
from balai.programmes.lists.models import ListRow, NameList
from balai.programmes.models import Enrolment
from balai.programmes.tests.making import Intake, intake, said
from balai.programmes.tests.test_seating import KAMPUNG, NEIGHBOUR
from balai.regions.models import Region

pytestmark = pytest.mark.django_db
HEAD = "No,Nama,NIK,No HP,Desa,Kecamatan,Tema\n"


def registered(name: str, code: str = KAMPUNG, nik: str = "", phone: str = "") -> Person:
    """Somebody who is here already."""
    home = Region.objects.get(code=code).pk
    sealed = niks.seal(Nik(nik)) if nik else None
    return Person.objects.get(pk=said("person.registered", PersonRegistered(name, home, nik=sealed, phone=phone)))


def upload(browser: Any, made: Intake, text: str = "", file: Any = None, **more: Any) -> Any:
    """A file is sent for the first theme and session; returns the answer, followed."""
    file = file or SimpleUploadedFile("utusan.csv", (HEAD + text).encode())
    form = {"tema": made.cohort.courses[0], "sesi": str(made.session.pk), "file": file, **more}
    return browser.post(f"/angkatan/{made.cohort.pk}/daftar", form, follow=True)


def results() -> list[tuple[str, str, bool]]:
    """Each row: its name, the problem's code, whether somebody was recognised."""
    rows = ListRow.objects.order_by("pk").values_list("name", "problem", "person")
    return [(name, problem, person is not None) for name, problem, person in rows]


def test_a_list_is_recognised_looked_at_and_sent(client_of: Any, coordinator: Person, published: Any) -> None:
    made = intake(published().course_id)
    registered("Siti Rahayu, S.Pd.", nik="1802074101800003")
    registered("Bambang", phone="+6281234567802")
    registered("Sumarni")
    browser = client_of(coordinator)
    text = "1,Siti Rahayu,'1802074101800003,,,,\n2,BAMBANG,,0812-3456-7802,,,\n"
    text += "3,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n"
    answer = upload(browser, made, text)
    page = " ".join(answer.content.decode().split())
    assert results() == [("Siti Rahayu", "", True), ("BAMBANG", "", True), ("Sumarni", "", True)]
    assert "Daftarkan 3 orang" in page
    assert "1 orang kemungkinan masuk daftar tunggu." in page
    assert not Enrolment.objects.exists(), "nothing is sent before somebody looked"
    found = NameList.objects.get()
    answer = browser.post(f"/daftar-utusan/{found.pk}/pengiriman", follow=True)
    page = " ".join(answer.content.decode().split())
    assert "3 orang didaftarkan" in page
    assert (made.seated(), made.waiting()) == (["Siti Rahayu, S.Pd.", "Bambang"], ["Sumarni"])
    assert page.count("Mendapat tempat") == 2
    assert page.count("Daftar tunggu") == 1
    why = "Urutan ke-1. Kuota Kampung Terbanggi Besar untuk tema ini terisi: 2 dari 2."
    assert why in page
    sheet = browser.get(f"/daftar-utusan/{found.pk}/hasil.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[-1][3:] == ["Daftar tunggu", why]
    assert Enrolment.objects.first().asked_by == coordinator.id  # type: ignore[union-attr]
    browser.post(f"/daftar-utusan/{found.pk}/pengiriman")
    assert Enrolment.objects.count() == 3, "sent once"


def test_what_cannot_be_sent_says_why(
    client_of: Any, coordinator: Person, stranger: Person, published: Any, region: Any
) -> None:
    made = intake(published().course_id)
    registered("Sumarni")
    registered("Ahmad Fauzi", KAMPUNG)
    registered("Ahmad Fauzi", NEIGHBOUR)
    registered("Jauh Sekali", "51.02.10.2007", nik="5102101010800001")
    for _twin in range(2):
        registered("Slamet")
    registered("Suryani Rahmawati")
    there = registered("Rohani")
    made.ask(there, by=coordinator)
    text = (
        "1,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n"
        "2,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n"
        "3,Tidak Dikenal,,,Terbanggi Besar,Terbanggi Besar,\n"
        "4,Suryani Rahmawti,,,Terbanggi Besar,Terbanggi Besar,\n"
        "5,Jauh Sekali,'5102101010800001,,,,\n"
        "6,Rohani,,,Terbanggi Besar,Terbanggi Besar,\n"
        "7,Ahmad Fauzi,,,Terbanggi Besar,Terbanggi Besar,Memancing\n"
        "8,Ahmad Fauzi,1.80207E+15,,Terbanggi Besar,Terbanggi Besar,\n"
        "9,Entah Siapa,123,,,,\n"
        "10,Slamet,,,Terbanggi Besar,Terbanggi Besar,\n"
    )
    answer = upload(client_of(coordinator), made, text)
    codes = [row[1] for row in results()]
    assert codes[:8] == ["", "B3123", "B2153", "B2155", "B2140", "B3111", "B3124", ""]
    assert codes[8].startswith("B210"), "the NIK is at fault"
    assert codes[9] == "B2154"
    page = " ".join(answer.content.decode().split())
    assert "Orang ini sudah ada di baris 2 untuk tema yang sama." in page
    assert "Namanya mirip Suryani Rahmawati, tetapi tidak sama." in page
    assert "Tema “Memancing” tidak ditawarkan di angkatan ini." in page
    assert "Daftarkan 2 orang" in page
    found = NameList.objects.get()
    answer = client_of(coordinator).get(f"/daftar-utusan/{found.pk}/hasil.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == [
        "Hasil",
        "Belum dikirim",
        *["Ditolak"] * 6,
        "Belum dikirim",
        "Ditolak",
        "Ditolak",
    ]
    assert "(B2153)" in rows[3][4]


def test_a_column_may_name_the_theme(client_of: Any, coordinator: Person, published: Any) -> None:
    one = published(title="Pengelolaan Keuangan Desa").course_id
    other = published(course=UUID(int=9), slug="lain", title="Administrasi Desa").course_id
    made = intake(one, courses=(other,))
    for name in ("Sumarni", "Rohani", "Bambang"):
        registered(name)
    place = "Terbanggi Besar,Terbanggi Besar"
    text = f"1,Sumarni,,,{place},administrasi desa\n2,Rohani,,,{place},Keuangan Desa\n3,Bambang,,,{place},\n"
    upload(client_of(coordinator), made, text)
    assert list(ListRow.objects.order_by("pk").values_list("course", "problem")) == [(other, ""), (one, ""), (one, "")]


def test_a_workbook_with_titles_and_several_sheets(client_of: Any, coordinator: Person, published: Any) -> None:
    made = intake(published().course_id)
    own, others = [registered("Sumarni"), registered("Rohani")], [registered("Paimin", NEIGHBOUR)]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, code, some in (("Satu", KAMPUNG, own), ("Dua", NEIGHBOUR, others)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["DAFTAR UTUSAN"])
            sheet.write_row(2, 0, ["No", "Nama Lengkap", "Kode Wilayah"])
            for line, person in enumerate(some, 3):
                sheet.write_row(line, 0, [line, person.name, code])
        book.add_worksheet("Catatan").write_row(0, 0, ["Rapat hari Senin"])
    file = SimpleUploadedFile("utusan.xlsx", buffer.getvalue())
    answer = upload(client_of(coordinator), made, file=file)
    assert results() == [("Sumarni", "", True), ("Rohani", "", True), ("Paimin", "", True)]
    assert "4, Satu" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 bukan tabel", "B2120"),
        (b"", "B2127"),
        (b"MZ\x90\x00program", "B2120"),
        (b"Hari,Acara\nSenin,Rapat\n", "B2144"),
        (b"Nama,Desa\n", "B2148"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    client_of: Any, coordinator: Person, published: Any, content: bytes, code: str
) -> None:
    made = intake(published().course_id)
    answer = upload(client_of(coordinator), made, file=SimpleUploadedFile("utusan.csv", content))
    assert code in answer.content.decode() or "errorlist" in answer.content.decode()
    assert not ListRow.objects.exists()


def test_a_list_is_its_owners_alone(
    client_of: Any, coordinator: Person, other_coordinator: Person, make_person: Any, secretary: Person, published: Any
) -> None:
    made = intake(published().course_id)
    upload(client_of(coordinator), made, "1,Siti Rahayu,,,Terbanggi Besar,Terbanggi Besar,\n")
    found = NameList.objects.get()
    beside = make_person("Koordinator Lain", "18.02", role="coordinator", over=("18.02",))
    for person in (other_coordinator, beside, secretary):
        browser = client_of(person)
        assert browser.get(f"/daftar-utusan/{found.pk}").status_code == 404
        assert browser.get(f"/daftar-utusan/{found.pk}/hasil.xlsx").status_code == 404
        for act in ("pengiriman", "penghapusan"):
            assert browser.post(f"/daftar-utusan/{found.pk}/{act}").status_code == 404
    assert client_of(secretary).get(f"/angkatan/{made.cohort.pk}/daftar").status_code == 404
    assert not Enrolment.objects.exists()
    client_of(coordinator).post(f"/daftar-utusan/{found.pk}/penghapusan")
    assert not NameList.objects.exists()
    assert not ListRow.objects.exists()


def test_a_closed_cohort_takes_no_list(client_of: Any, coordinator: Person, published: Any) -> None:
    made = intake(published().course_id, closes_at=clock.wall() - KEPT)
    page = f"/angkatan/{made.cohort.pk}/daftar"
    assert client_of(coordinator).get(page).status_code == 302
    assert upload(client_of(coordinator), made, "1,Siti,,,,,\n").redirect_chain[0] == (
        f"/angkatan/{made.cohort.pk}",
        302,
    )
    assert not NameList.objects.exists()


def test_work_goes_on_once_at_a_time(client_of: Any, coordinator: Person, published: Any) -> None:
    made = intake(published().course_id)
    registered("Sumarni")
    browser = client_of(coordinator)
    upload(browser, made, "1,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n")
    found = NameList.objects.get()
    found.insist_claim("send")
    assert "Mendaftarkan" in browser.get(f"/daftar-utusan/{found.pk}").content.decode()
    assert browser.post(f"/daftar-utusan/{found.pk}/pengiriman").status_code == 409
    NameList.objects.update(moved_at=clock.wall() - jobs.KEPT)
    assert browser.post(f"/daftar-utusan/{found.pk}/pengiriman").status_code == 302, "what broke off is taken up"
    assert made.seated() == ["Sumarni"]


def test_an_error_while_sending_is_said_and_can_be_tried_again(
    client_of: Any, coordinator: Person, published: Any, monkeypatch: Any
) -> None:
    made = intake(published().course_id)
    registered("Sumarni")
    browser = client_of(coordinator)
    upload(browser, made, "1,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n")
    found = NameList.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(jobs.enrolling, "request", lambda *rest: 1 / 0)
        page = browser.post(f"/daftar-utusan/{found.pk}/pengiriman", follow=True).content.decode()
    assert "B3127" in page
    assert "Daftarkan 1 orang" in page
    browser.post(f"/daftar-utusan/{found.pk}/pengiriman")
    assert made.seated() == ["Sumarni"]


def test_staged_rows_are_forgotten(client_of: Any, coordinator: Person, published: Any) -> None:
    made = intake(published().course_id)
    person = registered("Sumarni")
    registered("Rohani")
    text = "1,Sumarni,,,Terbanggi Besar,Terbanggi Besar,\n2,Rohani,,,Terbanggi Besar,Terbanggi Besar,\n"
    upload(client_of(coordinator), made, text)
    store = STORES["name_lists"]
    assert [row["file"] for row in store.export([person.pk])] == ["utusan.csv"]
    store.forget([person.pk])
    assert [row[0] for row in results()] == ["Rohani"]
    NameList.objects.update(uploaded_at=clock.wall() - KEPT - KEPT)
    assert store.expire(clock.wall()) == 1
    assert not NameList.objects.exists()


def test_a_list_takes_the_same_queries_for_one_row_and_for_thirty(
    client_of: Any, coordinator: Person, published: Any, queries: Any
) -> None:
    made = intake(published().course_id, quotas=(), capacity=1)
    made.ask(registered("Yang Pertama"))
    browser = client_of(coordinator)
    counts = []
    first, last = "Ani Budi Citra Dedi Eka Fajar".split(), "Lestari Santoso Wijaya Utami Hakim".split()
    names = [f"{one} {other}" for one in first for other in last]
    for some in (["Sumarni"], names):
        for name in some:
            registered(name)
        text = "".join(f"{n},{name},,,Terbanggi Besar,Terbanggi Besar,\n" for n, name in enumerate(some))
        upload(browser, made, text)
        found = NameList.objects.latest("uploaded_at")
        browser.post(f"/daftar-utusan/{found.pk}/pengiriman")
        counts.append(queries(lambda found=found: browser.get(f"/daftar-utusan/{found.pk}")))
    assert counts[0] == counts[1]
    assert (len(made.seated()), len(made.waiting())) == (1, 31)


def test_a_name_that_only_sounds_alike_may_be_somebody_else(
    client_of: Any, coordinator: Person, published: Any
) -> None:
    made = intake(published().course_id)
    registered("Nur Halimah, S.Pd.")
    text = "1,Nur Halima,,,Terbanggi Besar,Terbanggi Besar,\n2,NUR HALIMAH,,,Terbanggi Besar,Terbanggi Besar,\n"
    page = upload(client_of(coordinator), made, text).content.decode()
    assert results() == [("Nur Halima", "B2155", False), ("NUR HALIMAH", "", True)]
    assert "Nur Halimah, S.Pd." in page
