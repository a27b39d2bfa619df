import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai.people.imports import vault
from balai.people.imports.models import Import, Row, Run, Saved
from balai.people.imports.tests.conftest import DISTRICT, HEADER, SITI, SUTRISNO, VILLAGE, altered, outcomes, save
from balai.people.models import Person
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of, coordinator) -> Client:
    return client_of(coordinator)


def sent(browser: Client, path: Path, name: str = "perangkat.xlsx"):
    return browser.post("/orang/impor", {"file": SimpleUploadedFile(name, path.read_bytes())})


def table(tmp_path: Path, *rows: tuple, header: tuple = HEADER) -> Path:
    return makers.xlsx(tmp_path / "a.xlsx", ("Data", [("DAFTAR",), header, *rows]))


def test_from_upload_to_undo(browser: Client, tmp_path: Path) -> None:
    answer = sent(browser, table(tmp_path, SITI, altered(SUTRISNO, phone="0725-1")))
    page = answer.url
    shown = browser.get(page)
    assert (shown.context["ready"], shown.context["counts"]["refused"]) == (1, 1)
    refused = Row.objects.get(outcome="refused")
    browser.post(f"{page}/baris/{refused.pk}", {"koreksi": "1", "name": "Sutrisno", "phone": "0812-3456-7891"})
    assert Row.objects.get(pk=refused.pk).outcome == "new"
    browser.post(f"{page}/penyimpanan")
    assert browser.get(page).context["saved"] == 2
    assert browser.get(f"{page}/pembatalan").context["made"] == 2
    browser.post(f"{page}/pembatalan")
    assert browser.get(page).context["undone"] == 2
    assert Person.objects.present().filter(name__in=[SITI[0], SUTRISNO[0]]).count() == 0


def test_a_correction_changes_only_what_was_typed(browser: Client, upload) -> None:
    batch = upload([altered(SITI, phone="0725-1")])
    row = batch.rows.get()
    form = browser.get(f"/orang/impor/{batch.pk}/baris/{row.pk}").context["form"]
    typed = {name: field.initial for name, field in form.fields.items()}
    browser.post(f"/orang/impor/{batch.pk}/baris/{row.pk}", {**typed, "phone": "0812-3456-7890", "koreksi": "1"})
    row.refresh_from_db()
    assert (typed["nik"], row.outcome, row.cells["name"], len(row.nik_digest)) == (
        "180207••••••••••",
        "new",
        SITI[0],
        64,
    )


@pytest.mark.parametrize("name", ["program.xlsx", "kosong.csv"])
def test_a_hostile_file_leaves_nothing_behind(browser: Client, tmp_path: Path, name: str) -> None:
    content = {"program.xlsx": b"MZ\x90\0" + b"\0" * 100, "kosong.csv": b" \n"}[name]
    (tmp_path / name).write_bytes(content)
    kept = vault._path(Import().pk).parent
    before = set(kept.glob("*"))
    answer = sent(browser, tmp_path / name, name)
    assert (answer.status_code, Import.objects.count(), set(kept.glob("*"))) == (422, 0, before)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(browser: Client, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr("balai.people.spreadsheets.limits.FILE_SIZE", 10)
    monkeypatch.setattr("balai.people.imports.views.uploads._MARGIN", 0)
    assert sent(browser, table(tmp_path, SITI)).status_code == 413


def test_no_file_is_no_import(browser: Client) -> None:
    assert (browser.post("/orang/impor").status_code, Import.objects.count()) == (422, 0)


def test_the_kept_file_is_locked_and_goes_with_the_import(browser: Client, tmp_path: Path) -> None:
    answer = sent(browser, table(tmp_path, SITI))
    batch = Import.objects.get()
    kept = vault._path(batch.pk)
    assert not zipfile.is_zipfile(kept)
    browser.post(f"{answer.url}/penghapusan")
    assert (kept.exists(), Import.objects.count(), Row.objects.count()) == (False, 0, 0)


def test_columns_are_corrected_on_a_page(browser: Client, tmp_path: Path, region) -> None:
    header = ("Orangnya", "Telp", "Keterangan")
    answer = sent(browser, table(tmp_path, ("Siti", "0812-3456-7890", "Poncowati"), header=header))
    batch = Import.objects.get()
    page = browser.get(answer.url, follow=True)
    assert page.redirect_chain[-1][0] == f"{answer.url}/kolom"
    data = {"s0-chosen": "on", "s0-header": "2", "s0-k0": "name", "s0-k1": "phone", "s0-k2": ""}
    refused = browser.post(f"{answer.url}/kolom", {**data, "s0-k0": ""})
    assert (refused.status_code, outcomes(batch)) == (422, [])
    browser.post(f"{answer.url}/kolom", {**data, "home": ""})
    browser.post(f"{answer.url}/kolom", {**data, "home": "18.02.07.2010"})
    assert [(row.outcome, row.values, row.region) for row in batch.rows.all()] == [
        ("new", {"name": "Siti", "phone": "+6281234567890"}, region("18.02.07.2010").id)
    ]


def test_another_header_row_shows_its_columns(browser: Client, tmp_path: Path) -> None:
    rows = [
        ("Nama", "Telp"),
        ("Siti", "0812-1111-2222"),
        ("Nama", "Kontak", "Jabatan"),
        ("Budi", "0812-3456-7890", "Kaur"),
    ]
    answer = sent(browser, makers.xlsx(tmp_path / "a.xlsx", ("Data", rows)))
    browser.post(f"{answer.url}/kolom", {"s0-chosen": "on", "s0-header": "1", "s0-k0": "name", "s0-k2": "position"})
    sheet = Import.objects.get().sheets[0]
    assert (sheet["header"], sheet["titles"], sheet["columns"]) == (
        1,
        {"0": "Nama", "1": "Telp", "2": ""},
        {"0": "name", "1": "phone", "2": "position"},
    )


def test_a_nik_is_never_shown(browser: Client, tmp_path: Path) -> None:
    answer = sent(browser, table(tmp_path, SITI, altered(SUTRISNO, nik="180207151079000")))
    pages = [answer.url, f"{answer.url}/kolom", *(f"{answer.url}/baris/{row.pk}" for row in Row.objects.all())]
    texts = " ".join(browser.get(page).content.decode() for page in pages)
    assert [digits for digits in ("5510800001", "151079000") if digits in texts] == []


def test_side_by_side_and_decided(browser: Client, upload, secretary: Person) -> None:
    batch = upload([("Hj. Siti Rahayu", "Kaur", "18.02.07.2009")], header=("Nama", "Jabatan", "Kode"))
    row = batch.rows.get()
    page = browser.get(f"/orang/impor/{batch.pk}/baris/{row.pk}")
    assert [(person, reasons) for person, reasons in page.context["people"]] == [(secretary, ["name"])]
    browser.post(f"/orang/impor/{batch.pk}/baris/{row.pk}", {"sama": str(secretary.pk)})
    assert outcomes(batch) == ["changed"]


def test_after_a_decision_the_next_row_comes(browser: Client, upload) -> None:
    rows = [altered(SITI, name=name, nik="", phone="", district="Kalirejo") for name in ("Ani", "Budi")]
    batch = upload(rows)
    first, second = batch.rows.order_by("number")
    answer = browser.post(f"/orang/impor/{batch.pk}/baris/{first.pk}", {"putusan": "skip"})
    assert answer.url == f"/orang/impor/{batch.pk}/baris/{second.pk}"
    answer = browser.post(f"/orang/impor/{batch.pk}/baris/{second.pk}", {"putusan": "skip"})
    assert answer.url == f"/orang/impor/{batch.pk}"


def test_all_doubts_at_once(browser: Client, upload) -> None:
    batch = upload([altered(SITI, born="16/10/1980"), altered(SUTRISNO, sex="P")])
    assert browser.get(f"/orang/impor/{batch.pk}").context["doubtful"] == 2
    browser.post(f"/orang/impor/{batch.pk}/persetujuan")
    assert outcomes(batch) == ["new", "new"]


def test_work_that_goes_on_shows_how_far_it_is(browser: Client, upload) -> None:
    batch = upload([SITI])
    run = Run.objects.create(batch=batch, work=Run.Work.APPLY, total=100, done=40)
    page = browser.get(f"/orang/impor/{batch.pk}")
    assert 'value="40" max="100"' in page.content.decode()
    assert browser.post(f"/orang/impor/{batch.pk}/penyimpanan").status_code == 409
    assert browser.post(f"/orang/impor/{batch.pk}/penghapusan").status_code == 409
    browser.post(f"/orang/impor/{batch.pk}/penghentian")
    run.refresh_from_db()
    assert run.is_stopped


PAGES = ["", "/kolom", "/hasil.xlsx", "/pembatalan", "/baris/{row}"]
DEEDS = [
    "/kolom",
    "/penyimpanan",
    "/pemeriksaan",
    "/penghentian",
    "/persetujuan",
    "/pembatalan",
    "/penghapusan",
    "/baris/{row}",
]


@pytest.mark.parametrize("who", ["other_coordinator", "admin", "secretary", "facilitator", "auditor", "partner", None])
def test_an_import_is_its_owners_alone(request, client_of, upload, who) -> None:
    batch = upload([SITI, altered(SUTRISNO, phone="0725-1")])
    row = batch.rows.get(outcome="refused")
    browser = client_of(request.getfixturevalue(who) if who else None)
    base = f"/orang/impor/{batch.pk}"
    read = {browser.get(base + page.format(row=row.pk)).status_code for page in PAGES}
    done = {browser.post(base + page.format(row=row.pk), {"putusan": "skip"}).status_code for page in DEEDS}
    assert (read, done) == (({404}, {404}) if who else ({302}, {401}))
    assert (outcomes(batch), Saved.objects.count()) == (["new", "refused"], 0)


@pytest.mark.parametrize("who", ["secretary", "facilitator", "auditor", "partner"])
def test_only_who_may_change_people_imports_them(request, client_of, who) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert [browser.get(page).status_code for page in ("/orang/impor", "/orang/impor/daftar-orang.xlsx")] == [404, 404]


@pytest.mark.parametrize(("nik", "offered"), [(SITI[1], False), ("", True)])
def test_two_rows_that_may_be_one_person_stand_side_by_side(browser: Client, upload, nik: str, offered: bool) -> None:
    batch = upload([altered(SITI, nik=nik), altered(SITI, nik=nik, phone="0813-1111-2222")])
    page = browser.get(f"/orang/impor/{batch.pk}/baris/{batch.rows.get(number=3).pk}")
    double = page.context["double"]
    differing = [(label, above, said) for label, above, said, alike in double["lines"] if not alike]
    assert (double["title"], differing) == ("Baris 2", [("Nomor HP", "0812-3456-7890", "0813-1111-2222")])
    assert ("Dua orang berbeda" in page.content.decode()) is offered


def test_a_saved_row_cannot_be_changed_any_more(browser: Client, upload) -> None:
    batch = upload([SITI])
    save(batch)
    assert browser.get(f"/orang/impor/{batch.pk}/baris/{batch.rows.get().pk}").status_code == 404


def test_a_preview_of_many_rows_asks_no_more_than_one_of_few(browser: Client, upload, queries) -> None:
    def rows(count: int) -> list[tuple]:
        names = [f"Orang {chr(97 + place // 26)}{chr(97 + place % 26)}x" for place in range(count)]
        return [altered(SITI, name=name, nik="", phone="", born="", sex="") for name in names]

    save(upload(rows(30)))
    few, many = (
        upload([altered(row, position="Kaur") for row in rows(1)]),
        upload([altered(row, position="Kasi") for row in rows(30)]),
    )
    browser.get(f"/orang/impor/{few.pk}")
    assert queries(lambda: browser.get(f"/orang/impor/{few.pk}")) == queries(
        lambda: browser.get(f"/orang/impor/{many.pk}")
    )
    assert len(browser.get(f"/orang/impor/{many.pk}").context["lines"]) == 30


def test_the_list_of_imports_asks_the_same_for_one_and_for_many(browser: Client, upload, queries) -> None:
    upload([SITI])
    browser.get("/orang/impor")
    one = queries(lambda: browser.get("/orang/impor"))
    for _turn in range(5):
        upload([SITI])
    assert queries(lambda: browser.get("/orang/impor")) == one


def test_the_empty_table_is_read_without_questions(browser: Client, tmp_path: Path, coordinator) -> None:
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(browser.get("/orang/impor/daftar-orang.xlsx").content)
    book = Book(path)
    header = next(book.sheet("Data").rows()).cells
    villages = [(row[0], row[1], row[2]) for row in book.sheet("Wilayah").rows()]
    assert header[:3] == ["Nama Lengkap", "NIK", "L/P"]
    assert ("18.02.07.2010", "Poncowati", "Terbanggi Besar") in villages
    assert len(villages) == coordinator.reach.regions("coordinator").filter(level=4).count() + 1
    others = [(name, [row.cells for row in book.sheet(name).rows()]) for name in ("Wilayah", "Petunjuk")]
    data = ("Data", [header, ["Siti", "", "P", "", "", "", VILLAGE, DISTRICT]])
    filled = makers.xlsx(tmp_path / "isi.xlsx", data, *others)
    assert sent(browser, filled).url == f"/orang/impor/{Import.objects.get().pk}"
    assert outcomes(Import.objects.get()) == ["new"]
