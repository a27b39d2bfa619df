"""An attempt that was sent and then refused, erased, or never taken: its page says so, and breaks for nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from balai.assessments import sitting
from balai.assessments.entries import AttemptSubmitted
from balai.assessments.models import Attempt
from balai.common import clock
from balai.common.ids import uuid7
from balai.log.entries import Ruled
from balai.log.models import Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry, record
from balai.log.tests.test_receive import enveloped

from .conftest import right

NOON = datetime(2026, 11, 3, 5, 2, tzinfo=UTC)


@pytest.fixture
def browser(secretary, client_of) -> Client:
    return client_of(secretary)


def sent(person, test):
    """The id of an attempt that was written here and submitted."""
    draft = sitting.start(person, test, NOON)
    sitting.submit(person, draft.pk, lambda draft: right(test, draft.pk), NOON)
    return draft.pk


def arrived(person, test, **fields):
    """The id of an attempt that was made elsewhere."""
    payload = AttemptSubmitted(test.id, clock.wall() - timedelta(minutes=5), ())
    deed = {"actor": person.id, "subject": person.id, "audience": person.region_id} | fields
    entry = _entry(Deed("attempt.submitted", payload, **deed))
    receive([enveloped([entry])])
    return entry.id


def rule(verdict, *targets, reason=""):
    record(f"entry.{verdict}", Ruled(targets, reason), proof="hub")


def shown(browser, id):
    page = browser.get(f"/pengerjaan/{id}")
    return page.status_code, page.content.decode()


def test_a_refused_attempt_says_what_happened_what_is_safe_and_what_to_do(browser, secretary, sealed):
    attempt = sent(secretary, sealed)
    rule("refused", attempt, reason="Dikerjakan bersama-sama")
    status, page = shown(browser, attempt)
    words = ["Pengelola menolak pengerjaan ini", "Alasan: Dikerjakan bersama-sama", "Jawaban Anda tetap tersimpan",
             "mengerjakan lagi", "Kode B1009", f"/tes/{sealed.identity}"]  # fmt: skip
    assert (status, [word for word in words if word not in page]) == (200, [])


def test_the_page_of_the_test_leads_there(browser, secretary, sealed, practice):
    attempt = sent(secretary, sealed)
    rule("refused", attempt)
    listed, other = (browser.get(f"/tes/{test.identity}").content.decode() for test in (sealed, practice))
    assert (f"/pengerjaan/{attempt}" in listed, "Pengerjaan ditolak" in listed) == (True, True)
    assert f"/pengerjaan/{attempt}" not in other


def test_an_erased_attempt_says_so(browser, secretary, sealed):
    attempt = sent(secretary, sealed)
    rule("erased", attempt)
    status, page = shown(browser, attempt)
    assert (status, "sudah dihapus" in page, "Jawaban Anda tetap" in page) == (200, True, False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"proof": "node"}, "Pusat tidak dapat menerima pengerjaan ini"),
        ({"actor": None}, "Pusat tidak dapat menerima pengerjaan ini"),
    ],
)
def test_what_the_rules_refused_when_it_arrived(browser, secretary, sealed, fields, words):
    attempt = arrived(secretary, sealed, **fields)
    assert (Standing.objects.get(pk=attempt).state, Attempt.objects.exists()) == ("refused", False)
    status, page = shown(browser, attempt)
    assert (status, words in page) == (200, True)


def test_what_waits_for_a_test_that_is_not_here_yet(browser, secretary):
    payload = AttemptSubmitted(uuid7(), clock.wall(), ())
    entry = _entry(Deed("attempt.submitted", payload, actor=secretary.id, subject=secretary.id))
    receive([enveloped([entry])])
    status, page = shown(browser, entry.id)
    assert (status, Standing.objects.get(pk=entry.id).state) == (200, "waiting")
    words = ["Menunggu di pusat", "Semua jawaban Anda tersimpan", "Tidak perlu mengirim lagi", "Ke beranda"]
    assert [word for word in words if word not in page] == []


def test_a_stranger_learns_nothing(client_of, secretary, stranger, coordinator, sealed):
    attempt = sent(secretary, sealed)
    rule("refused", attempt)
    assert [shown(client_of(person), attempt)[0] for person in (stranger, coordinator)] == [404, 404]


def test_one_query_tells_that_nothing_is_held(browser, secretary, sealed, queries):
    sent(secretary, sealed)
    browser.get(f"/tes/{sealed.identity}")
    without = queries(lambda: browser.get(f"/tes/{sealed.identity}"))
    for attempt in [arrived(secretary, sealed, proof="node") for _turn in range(5)]:
        assert Standing.objects.get(pk=attempt).state == "refused"
    assert queries(lambda: browser.get(f"/tes/{sealed.identity}")) == without + 1
