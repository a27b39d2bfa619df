"""Two certificates of one course, each by its rule; one that ends is renewed, one that is wrong is put right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from balai.assessments.history import History
from balai.assessments.tests.conftest import published
from balai.common import clock
from balai.common.problems import Refusal
from balai.courses import progress
from balai.credentials import checking, correcting, day, earning, issuing, problems, register, statuslist
from balai.credentials.models import Certificate, CertificateReplacement, CertificateRevocation
from balai.credentials.revocations import RevocationList
from balai.credentials.revoking import revoke
from balai.credentials.verdict import State
from balai.credentials.verifying import verify
from balai.log.models import Entry
from balai.log.taking import Taking

from .conftest import OURS, SAID, learn, pass_test, saying

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 5, tzinfo=UTC)


@pytest.fixture
def both(course):
    """Half of the lessons for taking part; the test alone for having proved it, for a year."""
    test = course.certificates[0]["test"]
    course.certificates = [
        {"kind": "pelatihan", "lessons": 50, "test": None, "months": 0},
        {"kind": "kompetensi", "lessons": 0, "test": test, "months": 12},
    ]
    course.save()
    return course


def given(person):
    rows = Certificate.objects.of(person).order_by("issued_at", "kind")
    return [
        (row.kind, row.number.split("/")[0], str(row.issued_on), row.expires_on and str(row.expires_on)) for row in rows
    ]


def test_each_rule_gives_its_own_once(secretary, both):
    with clock.frozen(START):
        pass_test(secretary, both)
    assert given(secretary) == [("kompetensi", "0001", "2026-11-02", "2027-11-02")]
    with clock.frozen(START + timedelta(days=1)):
        learn(secretary, both)
        issuing.issue(secretary, both.course)
    assert given(secretary)[1:] == [("pelatihan", "0002", "2026-11-03", None)]
    assert {row.pk for row in Certificate.objects.all()} == {
        issuing.certificate_id(secretary.id, both.course_id, kind) for kind in ("pelatihan", "kompetensi")
    }


def missing(person, version):
    study = progress.study(person, version.course)
    return [
        (
            standing.kind.value,
            standing.missing_lessons,
            standing.missing_test is not None,
            standing.certificate is not None,
        )
        for standing in earning.standings(person, [study])
    ]


def test_what_is_missing_is_known_for_each(secretary, both):
    assert missing(secretary, both) == [("pelatihan", 1, False, False), ("kompetensi", 0, True, False)]
    learn(secretary, both)
    assert missing(secretary, both) == [("pelatihan", 0, False, True), ("kompetensi", 0, True, False)]
    pass_test(secretary, both)
    assert missing(secretary, both) == [("pelatihan", 0, False, True), ("kompetensi", 0, False, True)]


def test_passing_again_near_the_end_renews_and_names_the_old(secretary, both):
    with clock.frozen(START):
        pass_test(secretary, both)
    old = Certificate.objects.get()
    with clock.frozen(START + timedelta(days=200)):
        pass_test(secretary, both)
        issuing.issue(secretary, both.course)
    new = Certificate.objects.exclude(pk=old.pk).get()
    assert (new.pk, new.replaces, new.replaces_number) == (issuing.renewal_id(old.pk), old.pk, old.number)
    assert (str(new.started_on), str(new.issued_on), str(new.expires_on)) == ("2027-05-21", "2027-05-21", "2028-11-02")
    assert not CertificateReplacement.objects.exists()
    with clock.frozen(START + timedelta(days=201)):
        assert [verify(row.signed).state for row in (old, new)] == [State.VALID, State.VALID]
    with clock.frozen(START + timedelta(days=400)):
        assert [verify(row.signed).state for row in (old, new)] == [State.EXPIRED, State.VALID]
        assert verify(old.number).state == State.EXPIRED


def test_the_test_is_closed_until_its_certificate_can_be_renewed(secretary, both):
    with clock.frozen(START):
        pass_test(secretary, both)
    for days, free in ((30, False), (184, False), (185, True), (400, True)):
        with clock.frozen(START + timedelta(days=days)):
            if free:
                assert History.of(secretary.id, published(both, "akhir")).left == 2
            else:
                with pytest.raises(Refusal):
                    pass_test(secretary, both)
    assert Certificate.objects.count() == 1


def test_a_revoked_one_is_not_renewed(secretary, both):
    with clock.frozen(START):
        pass_test(secretary, both)
    revoke(Certificate.objects.get(), "Kecurangan", None)
    with clock.frozen(START + timedelta(days=300)), pytest.raises(Refusal):
        pass_test(secretary, both)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-11-02", 12, "2027-11-02"), ("2026-08-31", 6, "2027-02-28"), ("2026-12-31", 1, "2027-01-31")],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert str(day.after(date.fromisoformat(start), months)) == end


def test_a_last_day_is_in_the_code_and_over_the_day_after():
    said = saying(expires=SAID.issued + 10)
    last = datetime(2026, 12, 1, 12, tzinfo=UTC)
    verifier = checking.Verifier(OURS.ring())
    for moment, state in ((last, State.VALID), (last + timedelta(days=1), State.EXPIRED)):
        with clock.frozen(moment):
            verdict = verifier.text(OURS.write(said))
            assert (verdict.state, verdict.statement, verdict.good) == (state, said, state == State.VALID)


def test_a_correction_takes_the_place_of_the_old(secretary, certify, admin):
    old = certify(secretary)
    new = correcting.correct(old, "Dra. Siti Rahayu, S.Pd., M.Si.", old.place, "Gelar belum lengkap", admin)
    old = Certificate.objects.get(pk=old.pk)
    assert (new.name, new.replaces_number, new.course, new.score) == (
        "Dra. Siti Rahayu, S.Pd., M.Si.", old.number, old.course, old.score,
    )  # fmt: skip
    assert (old.replacement.by, old.replacement.reason, old.replacement.replaced_by) == (
        new, "Gelar belum lengkap", admin.id,
    )  # fmt: skip
    verdict = verify(old.signed)
    assert (verdict.state, verdict.successor, new.number in verdict.happened) == (State.REPLACED, new.number, True)
    assert (verify(old.number).state, verify(new.signed).state) == (State.REPLACED, State.VALID)
    assert Certificate.latest(Certificate.objects.all()) == [new]
    assert issuing.issue(secretary, version_of(old).course) == [new]


def version_of(certificate):
    from balai.courses.models import CourseVersion

    return CourseVersion.objects.select_related("course").get(pk=certificate.version)


def test_a_machine_without_the_register_learns_of_a_correction_from_the_list(secretary, certify, admin):
    from balai.credentials import documents

    old = certify(secretary)
    plain = documents.revocation_file()
    new = correcting.correct(old, "Siti", old.place, "Salah nama", admin)
    ring = register.keyring()
    offline = checking.Verifier(ring, RevocationList.read(documents.revocation_file(), ring))
    assert (offline.text(old.signed).successor, offline.text(new.signed).state) == (new.number, State.VALID)
    before = checking.Verifier(ring, RevocationList.read(plain, ring)).text(old.signed)
    assert (before.state, b"replaced" in plain) == (State.VALID, False)
    content = documents.status_list(0)
    marked = statuslist.encoded([old.status])
    assert marked.encode() in content


def test_what_does_not_count_any_more_is_not_put_right(secretary, colleague, certify, admin):
    old = certify(secretary)
    correcting.correct(old, "Siti", old.place, "Salah nama", admin)
    gone = certify(colleague)
    revoke(gone, "Kecurangan", admin)
    for row, problem in ((old, problems.ALREADY_REPLACED), (gone, problems.ALREADY_REVOKED)):
        with pytest.raises(Refusal) as caught:
            correcting.correct(Certificate.objects.get(pk=row.pk), "Budi", "", "Lagi", admin)
        assert caught.value.problem == problem


def test_nobody_but_the_issuer_puts_right(secretary, certify, coordinator):
    with pytest.raises(Refusal):
        correcting.correct(certify(secretary), "Siti", "", "Salah nama", coordinator)
    assert (Certificate.objects.count(), CertificateReplacement.objects.count()) == (1, 0)


def test_corrections_come_out_of_the_log_in_any_order(secretary, certify, admin):
    new = correcting.correct(certify(secretary), "Siti", "", "Salah nama", admin)
    revoke(new, "Kecurangan", admin)
    models = (Certificate, CertificateReplacement, CertificateRevocation)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for model in reversed(models):
        model.objects.all().delete()
    Taking(clock.wall(), judge=False).take(reversed(Entry.objects.order_by("made_at", "pk")))
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert [len(rows) for rows in before] == [2, 1, 1]
