"""A transcript counts a course once a year, tells archive from issued, and is seen by whoever may see the person."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from balai.common.problems import Refusal
from balai.credentials import archiving, transcript
from balai.credentials.models import ArchivedCertificate, Certificate
from balai.credentials.revoking import revoke
from balai.log.models import Entry

from .conftest import learn, pass_test

pytestmark = pytest.mark.django_db
OLD = {"number": "045/PMD/2019", "title": "Pengelolaan Aset Desa", "hours": 24, "issued_on": date(2019, 10, 17)}


def years(person):
    return [(year.year, year.hours, len(year.lines)) for year in transcript.of(person).years]


@pytest.fixture
def both(course):
    test = course.certificates[0]["test"]
    course.certificates = [
        {"kind": "pelatihan", "lessons": 100, "test": None, "months": 0},
        {"kind": "kompetensi", "lessons": 0, "test": test, "months": 0},
    ]
    course.save()
    return course


def test_hours_of_a_course_count_once_and_archives_count_too(secretary, both, coordinator):
    learn(secretary, both)
    pass_test(secretary, both)
    for _time in range(2):
        archiving.archive(secretary, actor=coordinator, **OLD)
    this_year = Certificate.objects.first().issued_on.year
    assert years(secretary) == [(this_year, 1, 2), (2019, 24, 1)]
    assert transcript.of(secretary).hours == 25
    assert ArchivedCertificate.objects.count() == 1


def test_what_was_issued_here_is_not_counted_again_from_an_archive(secretary, certify, coordinator, client_of):
    ours = certify(secretary)
    spelt = ours.number.lower().replace("/", " / ")
    path = f"/orang/{secretary.pk}/transkrip/arsip"
    page = client_of(coordinator).post(path, {**OLD, "number": spelt})
    assert "Ini nomor sertifikat yang terbit dari Balai." in page.content.decode()
    archiving.archive(secretary, actor=coordinator, **OLD | {"number": spelt})
    assert years(secretary) == [(ours.issued_on.year, 1, 1)]
    revoke(ours, "Kecurangan", None)
    assert years(secretary) == []


def test_a_number_in_two_spellings_is_one_certificate(secretary, coordinator):
    for number in ("045/PMD/2019", "045 / pmd / 2019"):
        archiving.archive(secretary, actor=coordinator, **OLD | {"number": number})
    assert years(secretary) == [(2019, 24, 1)]
    assert ArchivedCertificate.objects.count() == 1


def test_what_was_revoked_does_not_count(secretary, certify):
    revoke(certify(secretary), "Kecurangan", None)
    assert years(secretary) == []


def test_only_who_looks_after_a_person_writes_down_their_past(secretary, coordinator, other_coordinator, colleague):
    for actor in (other_coordinator, colleague):
        with pytest.raises(Refusal):
            archiving.archive(secretary, actor=actor, **OLD)
    assert not Entry.objects.filter(kind="certificate.archived").exists()


@pytest.mark.parametrize("end", ["", ".pdf", ".xlsx"])
def test_who_sees_a_transcript(end, secretary, colleague, coordinator, other_coordinator, partner, client_of, certify):
    certify(secretary)
    people = (secretary, coordinator, colleague, other_coordinator, partner)
    path = f"/orang/{secretary.pk}/transkrip{end}"
    assert [client_of(one).get(path).status_code for one in people] == [200, 200, 404, 404, 404]


def test_the_page_tells_archive_from_issued(secretary, coordinator, certify, client_of):
    certify(secretary)
    archiving.archive(secretary, actor=coordinator, **OLD)
    page = client_of(secretary).get("/sertifikat/transkrip").content.decode()
    shown = ["Seluruhnya 25 jam", "Pengelolaan Aset Desa", "Dicatat dari arsip", "Kenal Layar"]
    assert [word for word in shown if word not in page] == []


def test_the_workbook_has_a_row_for_each(secretary, coordinator, certify, client_of):
    certify(secretary)
    archiving.archive(secretary, actor=coordinator, **OLD | {"title": "=1+1"})
    content = client_of(secretary).get(f"/orang/{secretary.pk}/transkrip.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[4:]
    assert [row[2:4] for row in rows] == [["Kenal Layar", "Sertifikat Pelatihan"], ["=1+1", "Dicatat dari arsip"]]
    assert rows[1] == [2019, "17 Oktober 2019", "=1+1", "Dicatat dari arsip", "045/PMD/2019", 24]


def test_thirty_take_as_many_queries_as_one(secretary, coordinator, certify, client_of, queries):
    certify(secretary)
    client = client_of(secretary)
    client.get("/sertifikat/transkrip")
    one = queries(lambda: client.get("/sertifikat/transkrip"))
    for number in range(30):
        archiving.archive(secretary, actor=coordinator, **OLD | {"number": f"{number}/2019"})
    assert queries(lambda: client.get("/sertifikat/transkrip")) == one


def test_a_coordinator_writes_down_an_old_paper(secretary, coordinator, other_coordinator, client_of):
    form = {"title": "Aset Desa", "number": "045/PMD/2019", "hours": "24", "issued_on": "2019-10-17"}
    path = f"/orang/{secretary.pk}/transkrip/arsip"
    late = client_of(coordinator).post(path, form | {"issued_on": "2090-01-01"}).content.decode()
    assert "Tanggal ini belum lewat." in late
    early = client_of(coordinator).post(path, form | {"issued_on": "0001-01-01"}).content.decode()
    assert "Tanggal ini sebelum 1 Januari 1945." in early
    people = (coordinator, other_coordinator, secretary)
    assert [client_of(one).post(path, form).status_code for one in people] == [302, 404, 404]
    assert years(secretary) == [(2019, 24, 1)]
