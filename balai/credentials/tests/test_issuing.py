"""A certificate is issued when lessons and test are done, in any order, once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from balai.assessments.tests.conftest import source
from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.courses.publishing import publish
from balai.credentials import issuing, keys, numbering, problems, register, verifying
from balai.credentials.models import Certificate, CertificateRevocation, IssuerKey, Letterhead, Numbering
from balai.credentials.revoking import revoke
from balai.credentials.verdict import State
from balai.log import followups, kinds
from balai.log.models import Entry
from balai.log.record import record
from balai.log.taking import Taking
from balai.people.entries import PersonRegistered, PositionHeld
from balai.people.models import Person

from .conftest import learn, pass_test

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def everything(certificate):
    return {
        name: getattr(certificate, name)
        for name in (
            "person_id",
            "kind",
            "number",
            "name",
            "place",
            "title",
            "hours",
            "score",
            "organisation",
            "demo",
            "status",
        )
    } | {"days": [str(day) for day in (certificate.started_on, certificate.finished_on, certificate.issued_on)]}


def test_lessons_and_test_give_a_certificate(secretary, course):
    with clock.frozen(NOON):
        learn(secretary, course)
        assert not Certificate.objects.exists()
        pass_test(secretary, course)
    certificate = Certificate.objects.get()
    assert everything(certificate) == {
        "person_id": secretary.id,
        "kind": "pelatihan",
        "number": "0001/BALAI/XI/2026",
        "name": "Siti Rahayu, S.Pd.",
        "place": "Kampung Terbanggi Besar, Kabupaten Lampung Tengah",
        "title": "Kenal Layar",
        "hours": 1,
        "score": 1000,
        "organisation": "Balai Belajar",
        "demo": False,
        "status": 1,
        "days": ["2026-11-21", "2026-11-21", "2026-11-21"],
    }
    assert certificate.id == issuing.certificate_id(secretary.id, course.course_id, "pelatihan")
    assert register.verifier().text(certificate.signed).statement == certificate.statement


def test_the_test_first_and_the_lessons_later_give_the_same(secretary, course):
    pass_test(secretary, course)
    assert not Certificate.objects.exists()
    learn(secretary, course)
    assert Certificate.objects.get().person == secretary


def test_nothing_is_issued_for_half_of_it(secretary, colleague, course):
    learn(secretary, course)
    pass_test(colleague, course)
    assert not Certificate.objects.exists()
    assert issuing.issue(secretary, course.course) == []


def test_it_is_issued_once_whatever_is_replayed(secretary, certify):
    certificate = certify(secretary)
    for kind, job in (("attempt.marked", issuing.after_marks), ("lesson.completed", issuing.after_lessons)):
        ids = list(Entry.objects.filter(kind=kind).values_list("id", flat=True))
        job(ids)
        job(ids + ids)
    assert issuing.issue(secretary, certificate_course(certificate)) == [certificate]
    assert Entry.objects.filter(kind="certificate.issued").count() == 1
    assert list(Numbering.objects.order_by("pk").values_list("pk", "last")) == [
        (str(certificate.issued_on.year), 1),
        ("all", 1),
    ]


def certificate_course(certificate):
    from balai.courses.models import Course

    return Course.objects.select_related("current").get(pk=certificate.course)


def test_numbers_have_no_gaps_and_no_doubles(secretary, colleague, stranger, certify):
    sequences = [certify(person).number.split("/")[0] for person in (secretary, colleague, stranger)]
    assert sequences == ["0001", "0002", "0003"]
    assert list(Certificate.objects.order_by("status").values_list("status", flat=True)) == [1, 2, 3]


def test_a_merged_identity_is_the_same_person(secretary, colleague, course):
    Person.objects.filter(pk=colleague.pk).update(merged_into=secretary)
    learn(Person.objects.get(pk=colleague.pk), course)
    pass_test(Person.objects.get(pk=secretary.pk), course)
    assert [row.person_id for row in Certificate.objects.all()] == [secretary.id]


def test_without_a_key_it_waits_and_comes_when_there_is_one(secretary, publish_course):
    version = publish_course()
    learn(secretary, version)
    pass_test(secretary, version)
    with pytest.raises(Refusal) as caught:
        issuing.issue(secretary, version.course)
    assert (caught.value.problem, Certificate.objects.count(), Numbering.objects.count()) == (problems.NO_KEY, 0, 0)
    keys.rotate()
    followups.overdue(clock.wall() + timedelta(minutes=1))
    assert Certificate.objects.get().person == secretary


def test_a_course_without_a_rule_gives_none(secretary, course):
    course.certificates = []
    course.save()
    learn(secretary, course)
    pass_test(secretary, course)
    assert not Certificate.objects.exists()


def test_a_rule_without_a_test_asks_for_lessons_only(secretary, course):
    course.certificates = [{**course.certificates[0], "test": None, "kind": "kompetensi"}]
    course.save()
    learn(secretary, course)
    certificate = Certificate.objects.get()
    assert (certificate.kind, certificate.score) == ("kompetensi", None)


def test_the_letterhead_is_kept_as_it_was(secretary, colleague, certify):
    first = certify(secretary)
    Letterhead.objects.create(organisation="Dinas PMD", city="Bandar Lampung", pattern="{year}.{month}.{seq}")
    second = certify(colleague)
    assert (first.organisation, first.city) == ("Balai Belajar", "Jakarta")
    day = second.issued_on
    assert (second.organisation, second.number) == ("Dinas PMD", f"{day.year}.{day.month:02}.0002")


def test_the_day_is_that_of_the_learner(make_person, course):
    """Late in the evening in Jakarta it is tomorrow in Bali; the paper's own date is the capital's."""
    wayan = make_person("I Wayan", "51.02.10.2007")
    with clock.frozen(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)):
        learn(wayan, course)
        pass_test(wayan, course)
    certificate = Certificate.objects.get()
    assert (str(certificate.finished_on), str(certificate.issued_on)) == ("2026-11-22", "2026-11-21")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Sekretaris Kampung", "Sekretaris Kampung Terbanggi Besar, Kabupaten Lampung Tengah"),
        ("Kaur Keuangan", "Kaur Keuangan, Kampung Terbanggi Besar, Kabupaten Lampung Tengah"),
    ],
)
def test_a_position_stands_under_the_name(secretary, certify, title, place):
    held = PositionHeld(title=title, region=secretary.region_id)
    record("position.held", held, actor=secretary.id, subject=secretary.id, proof="hub")
    assert certify(secretary).place == place


def test_a_demo_makes_examples(secretary, certify, settings):
    settings.BALAI_DEMO = True
    certificate = certify(secretary)
    assert (certificate.demo, register.verifier().text(certificate.signed).state) == (True, State.DEMO)


def test_an_example_tells_what_became_of_it_in_the_demonstration(secretary, certify, admin, settings):
    settings.BALAI_DEMO = True
    certificate = certify(secretary)
    revoke(certificate, "Nama salah", admin)
    for verdict in (register.verifier().text(certificate.signed), verifying.verify(certificate.number)):
        assert (verdict.state, verdict.good) == (State.DEMO, False)
        assert "ini contoh" in verdict.happened.lower()
        assert "dicabut pada" in verdict.happened


def test_the_log_gives_the_same_rows_once_more_in_any_order(secretary, colleague, certify, admin):
    revoke(certify(secretary), "Nama salah", admin)
    certify(colleague)
    models = (IssuerKey, Certificate, CertificateRevocation)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for model in reversed(models):
        model.objects.all().delete()
    Taking(clock.wall(), judge=False).take(reversed(Entry.objects.order_by("made_at", "pk")))
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert [len(rows) for rows in before] == [1, 2, 1]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{seq}/BALAI/{roman}/{year}", "0123/BALAI/XI/2026"),
        ("005/{seq}/LMS/{roman}/{year}", "005/0123/LMS/XI/2026"),
        ("{year}{month}{seq}", "2026110123"),
    ],
)
def test_a_pattern_makes_numbers(pattern, number):
    assert numbering.write(pattern, 123, NOON.date()) == number


@pytest.mark.parametrize(
    "pattern", ["", "{seq}", "{year}", "{seq}{seq}/{year}", "{seq.__class__}/{year}", "{x}{seq}{year}", "{seq}/{year}{"]
)
def test_a_pattern_that_cannot_number_is_refused(pattern):
    with pytest.raises(Refusal) as caught:
        numbering.write(pattern, 123, NOON.date())
    assert caught.value.problem == problems.BAD_PATTERN
    assert "{seq}" in caught.value.cure


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_issue_once_and_number_without_gaps(region):
    """Eight workers issue for four people at once, each person twice."""
    keys.ensure()
    version = publish(source(uuid7()), None)[0]
    people = [registered(f"Orang {n}", region("18.02")) for n in range(4)]
    for person in people:
        complete_quietly(person, version)
    gate = threading.Barrier(8)

    def work(person):
        gate.wait(20)
        try:
            issuing.issue(Person.objects.get(pk=person.pk), version.course)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(person,)) for person in people * 2]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(Certificate.objects.values_list("status", flat=True)) == [1, 2, 3, 4]
    assert set(Certificate.objects.values_list("person", flat=True)) == {person.pk for person in people}
    assert set(Numbering.objects.values_list("last", flat=True)) == {4}


def registered(name, home):
    entry = record("person.registered", PersonRegistered(name=name, region=home.id), proof="hub")
    return Person.objects.get(pk=entry.id)


def complete_quietly(person, version):
    """All that a certificate asks for, without the job that issues it."""
    followers = {kind: kinds.FOLLOWERS[kind].pop(name) for kind, name in JOBS.items()}
    try:
        learn(person, version)
        pass_test(person, version)
    finally:
        for kind, job in followers.items():
            kinds.FOLLOWERS[kind][JOBS[kind]] = job


JOBS = {
    "attempt.marked": "balai.credentials.issuing.after_marks",
    "lesson.completed": "balai.credentials.issuing.after_lessons",
}
