"""Certificates of earlier years from an office's table: each row says what happens; recorded once; all taken back."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from balai.common import clock
from balai.credentials import archiving, transcript
from balai.credentials.archives import jobs
from balai.credentials.archives.models import ArchiveImport, ArchiveRow
from balai.credentials.models import ArchivedCertificate
from balai.log.models import Entry
from balai.people.imports.working import KEPT
from balai.people.privacy.stores import STORES

pytestmark = pytest.mark.django_db
HEAD = "Nama,HP,Desa,Judul Pelatihan,Nomor Sertifikat,JP,Tanggal Sertifikat\n"
SITI = "Siti Rahayu,081234567801,Terbanggi Besar,Pengelolaan Aset Desa,045/PMD/2019,24,17 Oktober 2019\n"
BUDI = "Bambang,,Terbanggi Besar,Pengelolaan Aset Desa,046/PMD/2019,24 JP,17/10/2019\n"


@pytest.fixture(autouse=True)
def _village(secretary, colleague):
    """Two people of Terbanggi Besar stand in every register."""


def upload(browser, rows, head=HEAD, name="arsip.csv", **fields):
    """Sends a table; the import that it made."""
    content = rows if isinstance(rows, bytes) else (head + rows).encode()
    answer = browser.post("/sertifikat/arsip", {"file": SimpleUploadedFile(name, content), **fields})
    assert answer.status_code == 302, answer.content.decode()
    return ArchiveImport.objects.get(pk=answer["Location"].rsplit("/", 1)[1])


def outcomes(batch):
    """Each row: what happens, the problem's code, its cell."""
    return [(row.outcome, row.problem, row.place if row.problem else "") for row in batch.rows.order_by("pk")]


def record(browser, batch, **fields):
    answer = browser.post(f"/sertifikat/arsip/{batch.pk}/pencatatan", fields)
    assert answer.status_code == 302
    batch.refresh_from_db()
    return batch


def told(person):
    return [
        (year.year, line.title, line.number, line.hours) for year in transcript.of(person).years for line in year.lines
    ]


def test_a_table_is_looked_at_recorded_and_counted(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    batch = upload(browser, SITI + BUDI)
    assert outcomes(batch) == [("new", "", "")] * 2
    assert not ArchivedCertificate.objects.exists(), "nothing is recorded before somebody says so"
    page = browser.get(f"/sertifikat/arsip/{batch.pk}").content.decode()
    assert "Catat 2 sertifikat" in page
    record(browser, batch)
    assert told(secretary) == [(2019, "Pengelolaan Aset Desa", "045/PMD/2019", 24)]
    assert told(colleague) == [(2019, "Pengelolaan Aset Desa", "046/PMD/2019", 24)]
    entry = Entry.objects.get(kind="certificate.archived", subject=secretary.pk)
    assert (entry.actor, entry.content["issued_on"]) == (coordinator.pk, "2019-10-17")
    assert "2 sertifikat tercatat" in browser.get(f"/sertifikat/arsip/{batch.pk}").content.decode()


def test_the_same_file_twice_changes_nothing(client_of, coordinator):
    browser = client_of(coordinator)
    record(browser, upload(browser, SITI + BUDI))
    before = Entry.objects.count()
    again = upload(browser, SITI + BUDI)
    assert [outcome for outcome, _code, _cell in outcomes(again)] == ["there", "there"]
    assert record(browser, again).problem == "B5032"
    assert Entry.objects.count() == before


WRONG = {
    "Siti Rahayu,,Terbanggi Besar,Aset,,24,17/10/2019\n": ("B5020", "E2"),
    f"Siti Rahayu,,Terbanggi Besar,Aset,{'9' * 61},24,17/10/2019\n": ("B5021", "E2"),
    "Siti Rahayu,,Terbanggi Besar,,1,24,17/10/2019\n": ("B5022", "D2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,banyak,17/10/2019\n": ("B5023", "F2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,,17/10/2019\n": ("B5023", "F2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,\n": ("B5024", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,kemarin\n": ("B2110", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,31/02/2019\n": ("B2111", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,01/01/2090\n": ("B5025", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,01/01/0001\n": ("B5034", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,1,24,1944-12-31\n": ("B5034", "G2"),
    "Siti Rahayu,,Terbanggi Besar,Aset,\u200b,24,17/10/2019\n": ("B5020", "E2"),
    "Sumirah,,Terbanggi Besar,Aset,1,24,17/10/2019\n": ("B2153", "A2"),
    "I Wayan Sudarma,081234567803,,Aset,1,24,17/10/2019\n": ("B2137", "C2"),
}


@pytest.mark.parametrize("row", WRONG)
def test_what_is_refused_says_at_which_cell(client_of, coordinator, stranger, row):
    batch = upload(client_of(coordinator), row)
    code, cell = WRONG[row]
    assert outcomes(batch) == [("refused", code, cell)]
    assert f"Sel {cell}: " in client_of(coordinator).get(f"/sertifikat/arsip/{batch.pk}").content.decode()


def test_what_holds_for_all_rows_is_said_once(client_of, coordinator, secretary):
    browser = client_of(coordinator)
    rows = "Siti Rahayu,Terbanggi Besar,045/PMD/2019\n"
    said = {"title": "Bimtek Aset", "hours": "16", "issued_on": "2019-10-17"}
    record(browser, upload(browser, rows, "Nama,Desa,No. Sertifikat\n", **said))
    assert told(secretary) == [(2019, "Bimtek Aset", "045/PMD/2019", 16)]


def test_what_is_there_with_other_words_is_refused(client_of, coordinator):
    browser = client_of(coordinator)
    record(browser, upload(browser, SITI))
    assert outcomes(upload(browser, SITI.replace(",24,", ",32,"))) == [("refused", "B5026", "E2")]


def test_a_number_of_ours_and_a_number_twice_are_refused(client_of, coordinator, secretary, certify):
    ours = certify(secretary).number
    rows = SITI.replace("045/PMD/2019", ours) + SITI + SITI
    assert outcomes(upload(client_of(coordinator), rows)) == [
        ("refused", "B5027", "E2"),
        ("new", "", ""),
        ("refused", "B5028", "E4"),
    ]


def sheets(**tables):
    """A workbook with a table on each sheet."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate((HEAD + rows).splitlines()):
                sheet.write_row(place, 0, row.split(","))
    return made.getvalue()


def test_the_same_row_of_two_sheets_is_one_certificate(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    batch = upload(browser, sheets(lama=SITI, baru=SITI + BUDI), name="arsip.xlsx")
    assert outcomes(batch) == [("new", "", ""), ("refused", "B5035", "E2"), ("new", "", "")]
    assert "lembar “lama”, baris 2" in browser.get(f"/sertifikat/arsip/{batch.pk}").content.decode()
    assert record(browser, batch).problem == ""
    assert (len(told(secretary)), len(told(colleague))) == (1, 1)


def test_what_stands_twice_in_a_chunk_holds_up_nobody(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    batch = upload(browser, SITI + SITI + SITI.replace(",24,", ",32,") + BUDI)
    batch.rows.update(outcome=ArchiveRow.Outcome.NEW, problem="", facts={})
    assert record(browser, batch).problem == ""
    assert [outcome[:2] for outcome in outcomes(batch)] == [
        ("new", ""),
        ("there", ""),
        ("refused", "B5026"),
        ("new", ""),
    ]
    assert (len(told(secretary)), len(told(colleague))) == (1, 1)


OTHER_SPELLINGS = (str.lower, lambda number: number.replace("/", " / "), lambda number: f"{number}\u200b")


@pytest.mark.parametrize("spell", OTHER_SPELLINGS)
def test_a_number_is_the_same_however_it_is_spelt(client_of, coordinator, secretary, certify, spell):
    browser = client_of(coordinator)
    ours = certify(secretary).number
    record(browser, upload(browser, SITI))
    rows = [SITI.replace("045/PMD/2019", spell(number)) for number in (ours, "045/PMD/2019", "9/PMD/2019")]
    later = SITI.replace("045/PMD/2019", "9/PMD/2019").replace("17 Oktober", "18 Oktober")
    batch = upload(browser, "".join([*rows[:2], later, rows[2].replace("17 Oktober", "18 Oktober")]))
    assert [outcome[:2] for outcome in outcomes(batch)] == [
        ("refused", "B5027"),
        ("there", ""),
        ("new", ""),
        ("refused", "B5028"),
    ]


def test_the_certificate_of_whom_one_was_merged_into_is_known(client_of, coordinator, secretary, colleague, certify):
    ours = certify(colleague).number
    archiving.archive(colleague, "045/PMD/2019", "Pengelolaan Aset Desa", 24, date(2019, 10, 17), coordinator)
    type(colleague).objects.filter(pk=colleague.pk).update(merged_into=secretary)
    batch = upload(client_of(coordinator), SITI.replace("045/PMD/2019", ours.lower()) + SITI)
    assert [outcome[:2] for outcome in outcomes(batch)] == [("refused", "B5027"), ("there", "")]


def test_two_tables_with_other_words_recorded_one_after_the_other(client_of, coordinator, secretary):
    browser = client_of(coordinator)
    first, second = upload(browser, SITI), upload(browser, SITI.replace("Pengelolaan Aset Desa", "Keuangan Desa"))
    for batch in (first, second):
        record(browser, batch)
    assert outcomes(second) == [("refused", "B5026", "E2")]
    assert told(secretary) == [(2019, "Pengelolaan Aset Desa", "045/PMD/2019", 24)]


def test_thirty_rows_are_judged_with_as_many_queries_as_one(client_of, coordinator, queries):
    browser = client_of(coordinator)
    upload(browser, SITI)
    one = queries(lambda: upload(browser, SITI))
    rows = "".join(SITI.replace("045", f"{number:03}") for number in range(30))
    assert queries(lambda: upload(browser, rows)) == one


def test_what_is_worth_a_look_is_recorded_only_when_asked_for(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    record(browser, upload(browser, SITI))
    shared = BUDI.replace("046/PMD/2019", "045/PMD/2019")
    same_day = SITI.replace("045/PMD", "99/PMD")
    batch = upload(browser, shared + same_day)
    assert outcomes(batch) == [("look", "B5029", "E2"), ("look", "B5030", "E3")]
    assert record(browser, batch).problem == "B5032"
    record(browser, batch, ikut="on")
    assert (len(told(secretary)), len(told(colleague))) == (2, 1)


def test_who_has_no_name_outside_ones_regions(client_of, coordinator, stranger, other_coordinator):
    """A number that somebody of another kabupaten holds tells nothing of them."""
    archiving.archive(stranger, "045/PMD/2019", "Aset", 8, date(2018, 1, 1), other_coordinator)
    assert outcomes(upload(client_of(coordinator), SITI)) == [("new", "", "")]


def test_all_of_it_is_taken_back_and_can_be_recorded_again(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    for _time in range(2):
        batch = record(browser, upload(browser, SITI + BUDI))
        assert (len(told(secretary)), len(told(colleague))) == (1, 1)
        browser.post(f"/sertifikat/arsip/{batch.pk}/pembatalan")
        assert (told(secretary), told(colleague)) == ([], [])
    page = browser.get(f"/sertifikat/arsip/{batch.pk}").content.decode()
    assert "2 catatan dibatalkan" in page
    assert set(ArchiveRow.objects.filter(batch=batch).values_list("taken_back", flat=True)) == {True}


def test_who_moved_away_meanwhile_is_not_touched(client_of, coordinator, secretary, colleague, region):
    browser = client_of(coordinator)
    batch = upload(browser, SITI + BUDI)
    type(secretary).objects.filter(pk=secretary.pk).update(region=region("51.02"))
    record(browser, batch)
    assert outcomes(batch) == [("refused", "B5031", "E2"), ("new", "", "")]
    type(secretary).objects.filter(pk=colleague.pk).update(region=region("51.02"))
    browser.post(f"/sertifikat/arsip/{batch.pk}/pembatalan")
    assert len(told(colleague)) == 1
    assert outcomes(batch)[1] == ("new", "B5031", "E3")


def test_the_result_can_be_mended_and_brought_again(client_of, coordinator, secretary, colleague):
    browser = client_of(coordinator)
    rows = SITI + BUDI.replace("24 JP", "dua puluh")
    batch = record(browser, upload(browser, rows))
    sheet = browser.get(f"/sertifikat/arsip/{batch.pk}/hasil.xlsx").content
    cells = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[-2] for row in cells] == ["Hasil", "Tercatat", "Ditolak"]
    assert cells[2][-1].startswith("Sel F3: Lama pelatihan tidak terbaca: “dua puluh”.")
    mended = BytesIO()
    with xlsxwriter.Workbook(mended, {"in_memory": True}) as book:
        table = book.add_worksheet()
        for place, row in enumerate(cells):
            table.write_row(place, 0, ["24" if cell == "dua puluh" else cell for cell in row])
    again = upload(browser, mended.getvalue(), name="hasil.xlsx")
    assert [outcome for outcome, _code, _cell in outcomes(again)] == ["there", "new"]
    record(browser, again)
    assert (len(told(secretary)), len(told(colleague))) == (1, 1)


def test_a_nik_is_locked_while_it_is_staged(client_of, coordinator):
    row = "Siti Rahayu,1802075505800001,Aset,1,24,17/10/2019\n"
    batch = upload(client_of(coordinator), row, "Nama,NIK,Judul Pelatihan,Nomor Sertifikat,JP,Tanggal\n")
    staged = batch.rows.get()
    assert "1802075505800001" not in f"{staged.cells}{bytes(staged.nik)!r}"
    sheet = client_of(coordinator).get(f"/sertifikat/arsip/{batch.pk}/hasil.xlsx").content
    cells = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert cells[1][1] == "1802075505800001"


def test_the_empty_table_is_understood(client_of, coordinator):
    content = client_of(coordinator).get("/sertifikat/arsip/contoh.xlsx").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["Data", "Petunjuk"]
    head = ",".join(f'"{title}"' for title in book.get_sheet_by_index(0).to_python()[0]) + "\n"
    row = "Siti Rahayu,,081234567801,Terbanggi Besar,,,Aset,1,24,17/10/2019\n"
    assert outcomes(upload(client_of(coordinator), row, head)) == [("new", "", "")]


def test_a_hostile_file_is_refused_at_the_door(client_of, coordinator):
    bad = SimpleUploadedFile("arsip.xlsx", b"PK\x03\x04" + b"\0" * 50)
    answer = client_of(coordinator).post("/sertifikat/arsip", {"file": bad})
    assert (answer.status_code, ArchiveImport.objects.exists()) == (422, False)


@pytest.mark.parametrize(("content", "said"), [(b"%PDF-1.7 " * 9, "bukan"), (b"a" * 11_000_000, "11 MB terlalu besar")])
def test_a_refused_file_leaves_what_was_typed(client_of, coordinator, content, said):
    typed = {"title": "Bimtek Aset", "hours": "16", "issued_on": "2019-10-17"}
    bad = SimpleUploadedFile("arsip.xlsx", content)
    answer = client_of(coordinator).post("/sertifikat/arsip", {"file": bad, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [word for word in typed.values() if f'value="{word}"' not in page] == []
    assert said in page
    assert "batasnya 11 MB" not in page


def test_the_day_for_all_rows_is_neither_ahead_nor_before_the_republic(client_of, coordinator):
    for issued_on, said in (("0001-01-01", "sebelum 1 Januari 1945"), ("2090-01-01", "belum lewat")):
        table = {"file": SimpleUploadedFile("arsip.csv", (HEAD + SITI).encode()), "issued_on": issued_on}
        answer = client_of(coordinator).post("/sertifikat/arsip", table)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_who_gets_in(client_of, coordinator, other_coordinator, secretary, admin):
    batch = upload(client_of(coordinator), SITI)
    address = f"/sertifikat/arsip/{batch.pk}"
    people = (coordinator, other_coordinator, secretary, admin)
    for path in (address, f"{address}/hasil.xlsx"):
        assert [client_of(one).get(path).status_code for one in people] == [200, 404, 404, 404]
    for path in ("pencatatan", "pembatalan", "penghapusan"):
        assert [client_of(one).post(f"{address}/{path}").status_code for one in people[1:]] == [404] * 3
    assert client_of(secretary).get("/sertifikat/arsip").status_code == 404
    assert not ArchivedCertificate.objects.exists()


def test_one_that_was_written_down_by_mistake_is_withdrawn(client_of, coordinator, other_coordinator, secretary):
    old = {"number": "1/2019", "title": "Aset", "hours": 8, "issued_on": date(2019, 1, 1)}
    archiving.archive(secretary, actor=coordinator, **old)
    address = f"/arsip-sertifikat/{ArchivedCertificate.objects.get().pk}/penarikan"
    assert [client_of(one).post(address).status_code for one in (other_coordinator, secretary)] == [404, 404]
    assert address in client_of(coordinator).get(f"/orang/{secretary.pk}/transkrip").content.decode()
    assert address not in client_of(secretary).get("/sertifikat/transkrip").content.decode()
    assert client_of(coordinator).post(address).status_code == 302
    assert told(secretary) == []
    archiving.archive(secretary, actor=coordinator, **old)
    assert len(told(secretary)) == 1


def test_staged_rows_go_and_what_was_recorded_stays(client_of, coordinator, secretary):
    batch = record(client_of(coordinator), upload(client_of(coordinator), SITI + BUDI))
    assert [row["row"] for row in STORES["archive_imports"].export([secretary.pk])] == [2]
    STORES["archive_imports"].forget([secretary.pk])
    assert batch.rows.count() == 1
    ArchiveImport.objects.update(uploaded_at=clock.wall() - KEPT - timedelta(minutes=1))
    assert STORES["archive_imports"].expire(clock.wall()) == 1
    assert (ArchiveRow.objects.count(), ArchivedCertificate.objects.count()) == (0, 2)


def test_as_many_queries_for_thirty_rows_as_for_one(client_of, coordinator, queries):
    client = client_of(coordinator)
    batch = upload(client, SITI)
    address = f"/sertifikat/arsip/{batch.pk}"
    client.get(address)
    one = queries(lambda: client.get(address))
    row = batch.rows.get()
    for number in range(3, 32):
        row.pk, row.number = None, number
        row.save(force_insert=True)
    assert queries(lambda: client.get(address)) == one


def test_work_that_broke_off_goes_on(client_of, coordinator, secretary, colleague, monkeypatch):
    browser = client_of(coordinator)
    batch = upload(browser, SITI + BUDI)
    monkeypatch.setattr(jobs, "SAVED_TOGETHER", 1)
    real, times = jobs.record_many, iter(range(9))

    def breaks(deeds):
        if next(times) == 1:
            raise OSError("no disk")
        return real(deeds)

    monkeypatch.setattr(jobs, "record_many", breaks)
    assert record(browser, batch).problem == "B5033"
    assert (len(told(secretary)), len(told(colleague))) == (1, 0)
    assert record(browser, batch).problem == ""
    assert (len(told(secretary)), len(told(colleague))) == (1, 1)
