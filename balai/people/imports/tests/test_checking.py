import pytest

from balai.people.imports import jobs
from balai.people.imports.models import Import, Row
from balai.people.imports.tests.conftest import (
    DISTRICT,
    SITI,
    SUTRISNO,
    VILLAGE,
    altered,
    findings,
    outcomes,
    save,
    send,
)
from balai.people.models import Person
from balai.people.spreadsheets.tests import makers

pytestmark = pytest.mark.django_db


def only(batch: Import) -> Row:
    return batch.rows.get()


def test_a_clean_table_is_all_new(upload) -> None:
    batch = upload([SITI, SUTRISNO])
    first = batch.rows.order_by("number").first()
    assert outcomes(batch) == ["new", "new"]
    assert first.values == {
        "name": "Siti Aminah, S.Pd.",
        "sex": "P",
        "birth_date": "1980-10-15",
        "phone": "+6281234567890",
        "position": "Sekretaris",
    }
    assert (first.findings, first.number, batch.counts()["new"]) == ([], 2, 2)


def test_nothing_that_is_staged_holds_a_nik(upload) -> None:
    upload([SITI, altered(SUTRISNO, nik="1802071510790")])
    stored = " ".join(
        str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in Row.objects.values_list()
    )
    assert [digits for digits in ("1802075510800001", "5510800001", "1802071510790") if digits in stored] == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nik": 1802075510800010.0}, ("nik", "B2101")),
        ({"nik": "1.80205E+15"}, ("nik", "B2101")),
        ({"nik": "18020755108"}, ("nik", "B2102")),
        ({"nik": "1802073102800001"}, ("nik", "B2104")),
        ({"phone": "0725-529801"}, ("phone", "B2109")),
        ({"phone": "081234567890/081234567891"}, ("phone", "B2107")),
        ({"name": ""}, ("name", "B2130")),
        ({"name": "12345"}, ("name", "B2131")),
        ({"name": "x" * 121}, ("name", "B2131")),
        ({"sex": "X"}, ("sex", "B2132")),
        ({"born": "31/02/1980"}, ("birth_date", "B2111")),
        ({"born": "15/10/2025"}, ("birth_date", "B2136")),
        ({"village": "", "district": ""}, ("village", "B2137")),
        ({"village": "Atlantis"}, ("village", "B2138")),
        ({"position": "x" * 81}, ("position", "B2142")),
    ],
)
def test_errors_stand_at_their_cell(upload, cells, expected) -> None:
    row = only(upload([altered(SITI, **cells)]))
    assert (row.outcome, findings(row)) == ("refused", [expected])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"born": "16/10/1980"}, ("nik", "nik_birth_date")),
        ({"sex": "L"}, ("nik", "nik_sex")),
        ({"nik": "9902075510800001"}, ("nik", "nik_region")),
    ],
)
def test_doubts_about_a_nik_only_ask_for_a_look(upload, cells, expected) -> None:
    row = only(upload([altered(SITI, **cells)]))
    assert (row.outcome, findings(row)) == ("look", [expected])


@pytest.mark.parametrize("nothing", ["", "-", "tidak ada", "NIHIL", 0])
def test_ways_to_write_nothing(upload, nothing) -> None:
    row = only(upload([altered(SITI, nik=nothing, phone=nothing, born=nothing, sex=nothing, position=nothing)]))
    assert (row.outcome, row.values, row.findings) == ("new", {"name": "Siti Aminah, S.Pd."}, [])


@pytest.mark.parametrize(
    ("village", "district", "note"),
    [
        ("PONCOWATI", "terbanggi besar", []),
        ("Ds. Ponco Wati", "Kec. Terbanggi Besar", []),
        ("Poncowatii", DISTRICT, [("village", "place_read_as")]),
        (VILLAGE, "Terbangi Besar", []),
        (VILLAGE, "", []),
    ],
)
def test_villages_are_read_as_people_write_them(upload, region, village, district, note) -> None:
    row = only(upload([altered(SITI, village=village, district=district)]))
    assert (row.outcome, row.region, findings(row)) == ("new", region("18.02.07.2010").id, note)


def test_a_village_of_another_kecamatan_is_offered(upload, region) -> None:
    row = only(upload([altered(SITI, district="Kalirejo")]))
    options = row.findings[0][3]["options"]
    assert (row.outcome, findings(row)) == ("look", [("village", "place_other_district")])
    assert [option[0] for option in options] == [str(region("18.02.07.2010").id)]


def test_a_name_that_several_villages_share_is_not_guessed(upload, region) -> None:
    names = [r.name for r in region("18.02").__class__.objects.filter(code__startswith="18.02.", level=4)]
    shared = next(name for name in names if names.count(name) > 1)
    row = only(upload([altered(SITI, village=shared, district="")]))
    assert (row.outcome, findings(row), len(row.findings[0][3]["options"])) == (
        "look",
        [("village", "place_ambiguous")],
        names.count(shared),
    )


def test_a_code_says_the_village(upload, region) -> None:
    header = ("Nama", "NIK", "Kode Wilayah")
    rows = [
        ("Siti", "", "18.02.07.2010"),
        ("Budi", "", 1802072009),
        ("Ani", "", "51.02.10.2007"),
        ("Tuti", "", "99.99"),
    ]
    batch = upload(rows, header=header)
    assert outcomes(batch) == ["new", "new", "refused", "refused"]
    assert [findings(row) for row in batch.rows.order_by("number")] == [
        [],
        [],
        [("code", "B2139")],
        [("code", "B2138")],
    ]


def test_people_of_another_kabupaten_are_refused(upload, other_coordinator) -> None:
    assert outcomes(upload([SITI, SUTRISNO], owner=other_coordinator)) == ["refused", "refused"]


def test_a_row_that_stands_twice_is_taken_once(upload) -> None:
    batch = upload([SITI, SUTRISNO, SITI])
    assert outcomes(batch) == ["new", "new", "skipped"]
    assert batch.rows.get(number=4).findings[-1][2:] == ["same_row", {"row": 2}]


def test_the_same_nik_for_two_names_is_refused_and_for_one_name_looked_at(upload) -> None:
    twice = altered(SUTRISNO, nik=SITI[1], born="", sex="")
    again = altered(SITI, phone="0813-1111-2222")
    batch = upload([SITI, twice, again])
    assert outcomes(batch) == ["new", "refused", "look"]
    assert [findings(row)[-1:] for row in batch.rows.order_by("number")] == [
        [],
        [("nik", "B2141")],
        [("name", "double")],
    ]


def test_the_same_file_again_changes_nothing(upload) -> None:
    rows = [SITI, SUTRISNO, altered(SITI, name="Bambang", nik="", phone="", born="", sex="")]
    save(upload(rows))
    assert outcomes(upload(rows)) == ["unchanged"] * 3


def test_what_changed_is_shown_field_by_field(upload, region) -> None:
    save(upload([SITI]))
    row = only(upload([altered(SITI, phone="0813-1111-2222", position="Kepala Desa", village="Karang Endah")]))
    assert (row.outcome, row.changes) == (
        "changed",
        {
            "phone": ["+6281234567890", "+6281311112222"],
            "position": ["Sekretaris", "Kepala Desa"],
            "region": [str(region("18.02.07.2010").id), str(region("18.02.07.2006").id)],
        },
    )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("SITI AMINAH S.PD", {}),
        ("Siti Aminah", {}),
        ("Hj. Siti Aminah, S.Pd.", {"name": ["Siti Aminah, S.Pd.", "Hj. Siti Aminah, S.Pd."]}),
    ],
)
def test_a_name_changes_when_more_is_known_not_when_less_is(upload, name, changes) -> None:
    save(upload([SITI]))
    assert only(upload([altered(SITI, name=name)])).changes == changes


def test_who_may_be_here_already_is_looked_at(upload, secretary: Person) -> None:
    header = ("Nama", "Jabatan", "Kode Wilayah")
    row = only(upload([("Hj. Siti Rahayu", "Kaur", "18.02.07.2009")], header=header))
    assert (row.outcome, row.candidates) == ("look", [{"person": str(secretary.id), "reasons": ["name"]}])


def test_a_nik_of_somebody_else_is_looked_at(upload) -> None:
    save(upload([SITI]))
    row = only(upload([altered(SUTRISNO, nik=SITI[1], born="", sex="")]))
    assert (row.outcome, findings(row)[0]) == ("look", ("name", "nik_other_name"))


def test_a_nik_from_out_of_reach_is_refused_without_saying_whose(upload, other_coordinator) -> None:
    header = ("Nama", "NIK", "Kode Wilayah")
    save(upload([("Ketut", SITI[1], "51.02.10.2007")], header=header, owner=other_coordinator))
    row = only(upload([altered(SITI)]))
    assert (row.outcome, findings(row), row.candidates) == ("refused", [("nik", "B2140")], [])


def test_several_sheets_of_people_wait_for_a_choice(coordinator, tmp_path) -> None:
    table = [("Nama", "Desa", "Kecamatan"), ("Siti", VILLAGE, DISTRICT)]
    other = [("Nama", "Desa", "Kecamatan"), ("Budi", VILLAGE, DISTRICT)]
    path = makers.xlsx(tmp_path / "a.xlsx", ("Kec. A", table), ("Kec. B", other), ("Rekap", [("Jumlah", 3)]))
    batch = send(path, coordinator)
    assert [(sheet["name"], sheet["chosen"]) for sheet in batch.sheets] == [
        ("Kec. A", True),
        ("Kec. B", True),
        ("Rekap", False),
    ]
    assert batch.rows.count() == 0
    jobs.start(batch, "check")
    assert list(batch.rows.order_by("sheet").values_list("sheet", "number", "outcome")) == [
        (0, 2, "new"),
        (1, 2, "new"),
    ]


def test_a_sheet_without_people_needs_no_choice(coordinator, tmp_path) -> None:
    table = [("Nama", "Desa", "Kecamatan"), ("Siti", VILLAGE, DISTRICT)]
    batch = send(makers.xlsx(tmp_path / "a.xlsx", ("Data", table), ("Rekap", [("Jumlah", 3)])), coordinator)
    assert outcomes(batch) == ["new"]


def test_a_file_without_people_says_so(coordinator, tmp_path) -> None:
    table = [("Nama", "Desa", "Kecamatan"), ("", "", "")]
    batch = send(makers.xlsx(tmp_path / "a.xlsx", ("Data", table)), coordinator)
    assert batch.last_run.problem == "B2148"


def test_a_formula_is_mentioned_and_its_result_used(upload) -> None:
    row = only(upload([altered(SITI, name=("=A9", "Siti Aminah"))]))
    assert (row.outcome, row.values["name"], findings(row)) == ("new", "Siti Aminah", [("name", "formula")])


def test_memory_does_not_hold_what_was_examined(upload, monkeypatch) -> None:
    monkeypatch.setattr("balai.people.imports.checking.CHUNK", 2)
    rows = [altered(SITI, name=f"Orang {letter * 3}", nik="", phone="") for letter in "abcdefg"]
    assert outcomes(upload([*rows, rows[0]])) == ["new"] * 7 + ["skipped"]
