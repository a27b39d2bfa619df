import pytest

from balai.common.problems import Refusal
from balai.people.imports import deciding
from balai.people.imports.models import Import, Row
from balai.people.imports.tests.conftest import SITI, SUTRISNO, altered, findings, outcomes, save
from balai.people.models import Person

pytestmark = pytest.mark.django_db
SHORT = ("Nama", "Jabatan", "Kode Wilayah")


def row(batch: Import, number: int) -> Row:
    return batch.rows.select_related("batch__owner").get(number=number)


def test_a_corrected_cell_is_examined_again(upload) -> None:
    batch = upload([altered(SITI, nik="1.80205E+15")])
    deciding.correct(row(batch, 2), {"nik": "1802 0755 1080 0001"})
    corrected = row(batch, 2)
    assert (outcomes(batch), findings(corrected), corrected.edited_at is not None) == (["new"], [], True)
    assert b"1802" not in bytes(corrected.nik)


def test_correcting_one_of_two_doubles_frees_the_other(upload) -> None:
    batch = upload([SITI, altered(SITI, phone="0813-1111-2222")])
    assert outcomes(batch) == ["new", "look"]
    deciding.correct(row(batch, 2), {"name": "Ani Lestari", "nik": "1802075510800009"})
    assert outcomes(batch) == ["new", "new"]
    deciding.correct(row(batch, 3), {"name": "Ani Lestari", "nik": "1802075510800009", "phone": "0812-3456-7890"})
    assert outcomes(batch) == ["new", "skipped"]


def test_the_same_person_or_another(upload, secretary: Person) -> None:
    batch = upload([("Hj. Siti Rahayu, S.Pd.", "Kaur", "18.02.07.2009")], header=SHORT)
    deciding.decide(row(batch, 2), "same", secretary.id)
    assert (outcomes(batch), row(batch, 2).changes) == (
        ["changed"],
        {"name": ["Siti Rahayu, S.Pd.", "Hj. Siti Rahayu, S.Pd."], "position": ["", "Kaur"]},
    )
    deciding.decide(row(batch, 2), "other")
    assert (outcomes(batch), row(batch, 2).context["compared"]) == (["new"], [str(secretary.id)])
    deciding.decide(row(batch, 2), "skip")
    assert outcomes(batch) == ["skipped"]
    deciding.decide(row(batch, 2), "")
    assert outcomes(batch) == ["look"]


def test_nobody_out_of_reach_can_be_chosen(upload, stranger: Person) -> None:
    batch = upload([SITI])
    with pytest.raises(Refusal) as caught:
        deciding.decide(row(batch, 2), "same", stranger.id)
    assert (caught.value.problem.code, outcomes(batch)) == ("B1101", ["new"])


def test_one_nik_is_not_two_people(upload) -> None:
    save(upload([SITI]))
    batch = upload([altered(SUTRISNO, nik=SITI[1], born="", sex="")])
    with pytest.raises(Refusal) as caught:
        deciding.decide(row(batch, 2), "other")
    assert caught.value.problem.code == "B2152"


def test_doubts_are_accepted_all_at_once(upload) -> None:
    batch = upload(
        [altered(SITI, born="16/10/1980"), altered(SUTRISNO, sex="P"), altered(SITI, name="Budi", nik="", phone="")]
    )
    assert outcomes(batch) == ["look", "look", "new"]
    assert deciding.accept(batch.rows.select_related("batch__owner")) == 2
    assert outcomes(batch) == ["new", "new", "new"]


def test_one_of_several_places_is_chosen(upload, region) -> None:
    batch = upload([altered(SITI, district="Kalirejo")])
    deciding.place(row(batch, 2), region("18.02.07.2010").id)
    assert (outcomes(batch), row(batch, 2).region) == (["new"], region("18.02.07.2010").id)
    with pytest.raises(Refusal):
        deciding.place(row(batch, 2), region("51.02.10.2007").id)


def test_another_person_twice_in_one_table(upload) -> None:
    batch = upload([altered(SITI, nik=""), altered(SITI, nik="", phone="0813-1111-2222")])
    assert outcomes(batch) == ["new", "look"]
    deciding.decide(row(batch, 3), "other")
    assert outcomes(batch) == ["new", "new"]


def test_two_rows_with_one_nik_are_not_two_people(upload) -> None:
    batch = upload([SITI, altered(SITI, phone="0813-1111-2222")])
    with pytest.raises(Refusal) as caught:
        deciding.decide(row(batch, 3), "other")
    assert (caught.value.problem.code, outcomes(batch)) == ("B2152", ["new", "look"])
    deciding.decide(row(batch, 3), "skip")
    assert outcomes(batch) == ["new", "skipped"]


def test_two_rows_that_are_only_alike_may_be_two_people(upload) -> None:
    plain = altered(SITI, nik="", born="")
    batch = upload([plain, altered(plain, phone="0813-1111-2222")])
    deciding.decide(row(batch, 3), "other")
    assert outcomes(batch) == ["new", "new"]
