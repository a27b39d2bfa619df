"""What the course's outline says of its tests."""

from datetime import UTC, datetime

from balai.assessments import sitting
from balai.courses import panels
from balai.courses.panels import TestRow as Row

from .conftest import right, wrong

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def row(person, test) -> Row:
    return panels.of(person, test.test.version).rows[test.identity]


def test_a_visitor_sees_how_long_it_takes(sealed, practice):
    assert row(None, sealed) == Row("3 soal · 20 menit", f"/tes/{sealed.identity}")
    assert row(None, practice) == Row("4 soal", f"/tes/{practice.identity}")


def test_the_state_follows_the_attempts(secretary, sealed):
    url = f"/tes/{sealed.identity}"
    states = []
    for answers in (wrong, right):
        draft = sitting.start(secretary, sealed, NOON)
        states.append(row(secretary, sealed))
        sitting.submit(secretary, draft.pk, lambda draft, a=answers: a(sealed, draft.pk), NOON)
        states.append(row(secretary, sealed))
    assert states == [
        Row("3 soal · 20 menit", url, "Belum selesai", False, "wait"),
        Row("3 soal · 20 menit", url, "Belum lulus, nilai 0", False, "bad"),
        Row("3 soal · 20 menit", url, "Belum selesai", False, "wait"),
        Row("3 soal · 20 menit", url, "Lulus, nilai 100", True, ""),
    ]


def test_another_persons_attempts_do_not_show(secretary, colleague, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    sitting.submit(secretary, draft.pk, lambda draft: right(sealed, draft.pk), NOON)
    assert row(colleague, sealed).state == ""


def test_the_course_page_takes_as_many_queries_with_many_attempts(secretary, practice, queries):
    def take() -> None:
        draft = sitting.start(secretary, practice, NOON)
        sitting.submit(secretary, draft.pk, lambda draft: right(practice, draft.pk), NOON)

    take()
    panels.of(secretary, practice.test.version)
    with_one = queries(lambda: panels.of(secretary, practice.test.version))
    for _turn in range(5):
        take()
    assert queries(lambda: panels.of(secretary, practice.test.version)) == with_one
