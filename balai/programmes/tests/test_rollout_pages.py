"""A programme in a region: seeing how far it is, reporting steps, editing the sheet, uploading commitments."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai.common import clock
from balai.common.problems import Refusal
from balai.common.tests.test_photographs import crafted
from balai.log import blobs
from balai.log.envelopes import enclose
from balai.log.models import Entry
from balai.log.record import Deed, _entry, record
from balai.log.storing import store
from balai.people.models import Person
from balai.programmes.models import Commitment, Programme, Rollout, StatusReport
from balai.programmes.rollout import papers, reporting
from balai.programmes.rollout.entries import EvidenceWithdrawn, RolloutRegistered, StatusReported
from balai.programmes.rollout.standing import standing
from balai.programmes.seats.desk import hub_day

from .making import rolled_out, signed, step
from .test_programmes import registered

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
STEP = {"status": "running", "on": "2024-04-01", "decree": "", "decree_on": "", "note": "", "file": ""}
SIGNED = {"leader": "Musa Ahmad", "title": "Bupati", "signed_on": "2024-01-05"}


@pytest.fixture
def programme() -> Programme:
    return registered()


def page_of(programme: Programme, code: str = "18.02") -> str:
    return f"/program/{programme.pk}/wilayah/{code}"


def pdf(content: bytes = PDF, name: str = "SK Bupati.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(form: str = "JPEG", size: tuple[int, int] = (2400, 1200), **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form, **options)
    return buffer.getvalue()


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_nothing_to_running(
    client_of: Any, coordinator: Person, facilitator: Person, programme: Programme
) -> None:
    browser, page = client_of(coordinator), page_of(programme)
    assert "Laporkan langkah" in said(browser.get(page)), "the team is named: its coordinator reads this"
    form = STEP | {"status": "team_named", "on": "2024-02-01", "decree": "800/1/2024", "decree_on": "2024-01-20"}
    answer = browser.post(f"{page}/langkah", form | {"file": pdf(), "note": "Baris satu\r\nbaris dua"}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Laporan tersimpan." in said(answer)
    report = StatusReport.objects.get()
    told = (report.status, report.on, report.decree, report.decree_on, report.note, report.reported_by)
    assert told == (
        "team_named",
        date(2024, 2, 1),
        "800/1/2024",
        date(2024, 1, 20),
        "Baris satu\nbaris dua",
        coordinator.pk,
    )
    assert (report.file_name, report.media_type, report.bytes) == ("SK Bupati.pdf", "application/pdf", len(PDF))
    assert report.rollout_id == reporting.first_id(programme.pk, coordinator.region_id)
    browser.post(f"{page}/langkah", STEP)
    assert Rollout.objects.count() == 1
    shown = said(client_of(facilitator).get(page))
    assert "SK: 800/1/2024, 20 Januari 2024" in shown
    assert coordinator.name in shown
    assert '<li aria-current="step">Berjalan <small>1 April 2024</small>' in shown
    assert '<li class="past">Koordinator dilatih</li>' in shown
    assert "Laporkan langkah" not in shown, "who helps sees, and does not report"


def test_said_twice_it_is_said_once(client_of: Any, coordinator: Person, programme: Programme) -> None:
    browser, page = client_of(coordinator), page_of(programme)
    for _time in range(2):
        answer = browser.post(f"{page}/langkah", STEP, follow=True)
        paper = browser.post(f"{page}/komitmen", SIGNED | {"file": pdf()}, follow=True)
    assert "sudah tersimpan sebelumnya" in said(answer)
    assert "sudah tersimpan sebelumnya" in said(paper)
    assert (StatusReport.objects.count(), Commitment.objects.count()) == (1, 1)
    browser.post(f"{page}/langkah", STEP | {"status": "trained"})
    browser.post(f"{page}/langkah", STEP)
    assert StatusReport.objects.count() == 3, "set right and set back: each counts"


def test_a_form_that_two_processes_take_in_at_once_is_one_entry(
    client_of: Any, coordinator: Person, programme: Programme, monkeypatch: Any
) -> None:
    """The other process takes in the same form after this one looked and before it stores."""
    browser, page, answers = client_of(coordinator), page_of(programme), []
    store_now = reporting.record_many

    def at_once(address: str, form: Callable[[], dict[str, Any]]) -> None:
        def after_the_other(deeds: Any) -> Any:
            monkeypatch.setattr(reporting, "record_many", store_now)
            browser.post(address, form())
            return store_now(deeds)

        monkeypatch.setattr(reporting, "record_many", after_the_other)
        answers.append(said(browser.post(address, form(), follow=True)))

    at_once(f"{page}/langkah", lambda: STEP)
    at_once(f"{page}/komitmen", lambda: SIGNED | {"file": pdf()})
    at_once(f"{page}/lembar", lambda: {"team": "Camat", "dasar-team": ""})
    told = StatusReport.objects.get()
    at_once(f"{page}/penarikan/{told.pk}", lambda: {"alasan": "salah"})
    assert ["sudah tersimpan sebelumnya" in answer for answer in answers[:2]] == [True, True]
    kinds = Counter(Entry.objects.filter(kind__startswith="rollout.").values_list("kind", flat=True))
    assert kinds == dict.fromkeys(
        ("rollout.registered", "rollout.status_reported", "rollout.commitment_signed", "rollout.changed",
         "rollout.status_withdrawn"), 1,
    )  # fmt: skip


def test_what_was_taken_back_can_be_said_and_taken_back_again(
    client_of: Any, coordinator: Person, programme: Programme
) -> None:
    browser, page = client_of(coordinator), page_of(programme)
    for time in range(3):
        assert "Laporan tersimpan." in said(browser.post(f"{page}/langkah", STEP, follow=True))
        paper = browser.post(f"{page}/komitmen", SIGNED | {"file": pdf()}, follow=True)
        assert "Komitmen tersimpan." in said(paper)
        for model in (StatusReport, Commitment):
            browser.post(f"{page}/penarikan/{model.objects.counting().get().pk}", {"alasan": "salah"})
            assert (model.objects.count(), model.objects.counting().count()) == (time + 1, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": ""}, "aria-invalid"),
        ({"status": "finished"}, "aria-invalid"),
        ({"on": ""}, "aria-invalid"),
        ({"on": "2999-04-21"}, "Tanggal itu belum tiba."),
        ({"on": "0202-04-01"}, "Periksa tahunnya."),
        ({"on": "besok"}, "aria-invalid"),
        ({"decree": "x" * 10_000}, "aria-invalid"),
        ({"decree_on": "2024-01-01"}, "Tulis nomornya, atau kosongkan tanggalnya."),
        ({"status": "team_named"}, "Tim ditetapkan dengan SK: tulis nomornya."),
        ({"note": "x" * 401}, "aria-invalid"),
    ],
)
def test_a_step_that_cannot_be_is_said_at_its_field(
    client_of: Any, coordinator: Person, programme: Programme, wrong: Any, words: str
) -> None:
    answer = client_of(coordinator).post(f"{page_of(programme)}/langkah", STEP | wrong)
    assert answer.status_code == 422
    assert words in said(answer)
    assert not Rollout.objects.exists()


def test_a_year_late_the_latest_day_still_counts(client_of: Any, coordinator: Person, programme: Programme) -> None:
    browser, page = client_of(coordinator), page_of(programme)
    browser.post(f"{page}/langkah", STEP)
    browser.post(f"{page}/langkah", STEP | {"status": "trained", "on": "2023-04-01"})
    found = standing(programme.pk, [coordinator.region_id])[coordinator.region_id]
    assert (found.status, found.since) == ("running", date(2024, 4, 1))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"hello", "bukan PDF yang utuh"),
        (b"<svg onload=alert(1)>", "bukan PDF yang utuh"),
        (PDF[:-8], "bukan PDF yang utuh"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "memuat program"),
        (PDF + b" " * papers.LARGEST_PDF, "terlalu besar"),
        (photo()[:-900], "rusak atau tidak utuh"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "rusak atau tidak utuh"),
        (photo("PNG", (10_000, 5_001)), "terlalu besar"),
        (photo() + b" " * papers.LARGEST_PHOTO, "terlalu besar"),
    ],
)
def test_what_is_no_paper_is_refused(
    client_of: Any, coordinator: Person, programme: Programme, content: bytes, words: str
) -> None:
    answer = client_of(coordinator).post(f"{page_of(programme)}/komitmen", SIGNED | {"file": pdf(content)})
    assert answer.status_code == 422
    assert words in said(answer)
    assert not Rollout.objects.exists()
    assert "Musa Ahmad" in said(answer), "what was typed stays"


def test_a_commitment_names_its_leader_day_and_paper(client_of: Any, coordinator: Person, programme: Programme) -> None:
    browser, page = client_of(coordinator), page_of(programme)
    for wrong in ({"file": ""}, {"file": pdf(), "leader": ""}, {"file": pdf(), "signed_on": "2999-01-01"}):
        assert browser.post(f"{page}/komitmen", SIGNED | wrong).status_code == 422
    assert "Pilih lagi berkasnya" in said(browser.post(f"{page}/komitmen", SIGNED | {"file": pdf(), "leader": ""}))
    assert browser.post(f"{page}/komitmen", SIGNED | {"file": pdf()}).status_code == 302
    found = Commitment.objects.get()
    assert (found.leader, found.title, found.signed_on) == ("Musa Ahmad", "Bupati", date(2024, 1, 5))
    assert "Musa Ahmad" in said(browser.get(page))


def test_a_photo_is_drawn_anew_and_tells_nothing_of_its_owner(
    client_of: Any, coordinator: Person, programme: Programme
) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Kamera Bu Siti", 6
    content = photo(exif=exif) + b"<script>alert(1)</script>"
    form = SIGNED | {"file": SimpleUploadedFile("../..\\foto\x07 surat.PNG", content)}
    client_of(coordinator).post(f"{page_of(programme)}/komitmen", form)
    found = Commitment.objects.get()
    kept = blobs.read(found.file)
    assert (found.file_name, found.media_type) == ("foto surat.jpg", "image/jpeg")
    assert b"Kamera" not in kept
    assert b"script" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (1000, 2000), "upright"


def test_a_photo_whose_notes_cannot_be_read_is_a_paper_all_the_same(
    client_of: Any, coordinator: Person, programme: Programme
) -> None:
    for content in (crafted(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x01"), crafted(b"MM\x00\x2a", b"XX\x00\x2a")):
        form = SIGNED | {"file": SimpleUploadedFile("surat.jpg", content)}
        assert client_of(coordinator).post(f"{page_of(programme)}/komitmen", form).status_code == 302
    assert Commitment.objects.count() == 2, "one turned, one as it lies"


def test_a_paper_goes_as_a_download_to_who_sees_persons_there(
    client_of: Any,
    coordinator: Person,
    auditor: Person,
    partner: Person,
    secretary: Person,
    other_coordinator: Person,
    programme: Programme,
) -> None:
    page = page_of(programme)
    client_of(coordinator).post(f"{page}/komitmen", SIGNED | {"file": pdf(name='a".pdf\r\nX: y')})
    paper = Commitment.objects.get()
    address = f"{page}/berkas/{paper.pk}"
    answer = client_of(auditor).get(address)
    assert answer.content == PDF
    headers = {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="bukti-{paper.pk.hex[-8:]}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in answer["Cache-Control"]
    others = [client_of(one).get(address).status_code for one in (partner, secretary, other_coordinator)]
    assert others == [404, 404, 404]
    elsewhere = f"{page_of(programme, '18.07')}/berkas/{paper.pk}"
    assert client_of(auditor).get(elsewhere).status_code == 404, "only below its own region's address"
    blobs.path(paper.file).unlink()
    assert "B3115" in said(client_of(auditor).get(address))


def test_who_sees_and_who_reports(
    client_of: Any,
    make_person: Any,
    coordinator: Person,
    other_coordinator: Person,
    facilitator: Person,
    auditor: Person,
    partner: Person,
    stranger: Person,
    admin: Person,
    author: Person,
    programme: Programme,
) -> None:
    province = make_person("Nurhayati", "18", role="coordinator", over=("18",))
    below = make_person("Paimin", "18.02.07", role="coordinator", over=("18.02.07",))
    page = page_of(programme)
    sees = {
        "coordinator": (coordinator, 200, 200), "province": (province, 200, 200), "admin": (admin, 200, 200),
        "facilitator": (facilitator, 200, 404), "auditor": (auditor, 200, 404), "partner": (partner, 200, 404),
        "below": (below, 404, 404), "other": (other_coordinator, 404, 404), "author": (author, 404, 404),
        "stranger": (stranger, 404, 404),
    }  # fmt: skip
    found = {
        name: (one, client_of(one).get(page).status_code, client_of(one).get(f"{page}/langkah").status_code)
        for name, (one, _see, _report) in sees.items()
    }
    assert found == sees
    assert client_of(coordinator).post(f"{page_of(programme, '18')}/langkah", STEP).status_code == 404
    assert client_of(coordinator).post(f"{page_of(programme, '51.02')}/langkah", STEP).status_code == 404
    assert client_of(coordinator).post(f"{page_of(programme, '18.02.07.2009')}/langkah", STEP).status_code == 302
    assert client_of(below).get(page_of(programme, "18.02.07")).status_code == 200
    assert client_of(None).get(page).status_code == 302


def test_a_partner_reads_totals_and_no_name(
    client_of: Any, partner: Person, coordinator: Person, programme: Programme
) -> None:
    made = rolled_out(programme.pk, coordinator.region_id, coordinator, team="Pak Sulaiman dan kawan-kawan")
    step(made, "running", date(2024, 3, 1), coordinator, decree="SK 7", note="Kata Pak Sulaiman")
    signed(made, date(2024, 3, 2), coordinator)
    shown = said(client_of(partner).get(page_of(programme)))
    assert "1 Maret 2024" in shown
    assert "terbaru 2 Maret 2024" in shown
    for kept in ("Sulaiman", coordinator.name, "SK 7", "/berkas/"):
        assert kept not in shown
    assert client_of(partner).get(f"{page_of(programme)}/lembar/riwayat").status_code == 404


def test_a_programme_of_one_region_is_kept_only_there(
    client_of: Any, admin: Person, region: Any, coordinator: Person
) -> None:
    local = registered(region=region("18.02").pk)
    assert client_of(admin).get(page_of(local, "18.02.07")).status_code == 200
    assert client_of(admin).get(page_of(local, "18")).status_code == 404
    assert client_of(admin).get(page_of(local, "51.02")).status_code == 404
    with pytest.raises(Refusal) as caught:
        record("rollout.registered", RolloutRegistered(local.pk, region("51.02").pk), actor=admin.pk)
    assert caught.value.problem.code == "B3113"


def test_what_has_not_happened_is_no_step_for_whoever_says_so(coordinator: Person, programme: Programme) -> None:
    made = rolled_out(programme.pk, coordinator.region_id, coordinator)
    with pytest.raises(Refusal) as caught:
        step(made, "sustained", hub_day() + timedelta(days=2), coordinator)
    assert caught.value.problem.code == "B3114"
    with pytest.raises(Refusal):
        step(made, "running", date(2024, 4, 1), coordinator, decree="SK", decree_on=date(2999, 1, 1))
    with pytest.raises(Refusal):
        signed(made, hub_day() + timedelta(days=2), coordinator)


def test_others_do_not_report_past_the_pages(
    coordinator: Person, other_coordinator: Person, programme: Programme
) -> None:
    made = rolled_out(programme.pk, coordinator.region_id, coordinator)
    for attempt in (step, signed):
        given = (made, "running", date(2024, 4, 1)) if attempt is step else (made, date(2024, 4, 1))
        with pytest.raises(Refusal) as caught:
            attempt(*given, by=other_coordinator)
        assert caught.value.problem.code == "B1007"
    assert not StatusReport.objects.exists()


def test_a_spoilt_beginning_does_not_block_the_region(
    client_of: Any, coordinator: Person, other_coordinator: Person, programme: Programme
) -> None:
    """Somebody without the right began it under the id that everybody would use: it waits, and the region goes on."""
    id = reporting.first_id(programme.pk, coordinator.region_id)
    payload = RolloutRegistered(programme.pk, coordinator.region_id)
    entry = _entry(Deed("rollout.registered", payload, actor=other_coordinator.pk, id=id))
    store(enclose([entry]), [entry], clock.wall())
    assert not Rollout.objects.exists()
    assert client_of(coordinator).post(f"{page_of(programme)}/langkah", STEP).status_code == 302
    assert StatusReport.objects.get().rollout_id != id


def test_two_begin_at_once_and_begin_one(coordinator: Person, programme: Programme) -> None:
    home = coordinator.region
    payload = StatusReported("running", date(2024, 4, 1))
    assert reporting.report(coordinator, programme, home, payload)
    first = reporting.first_id(programme.pk, home.pk)
    again = record("rollout.registered", RolloutRegistered(programme.pk, home.pk), actor=coordinator.pk, id=first)
    assert [one.pk for one in Rollout.objects.all()] == [again.id]


def test_the_team_is_named_from_here(
    client_of: Any, make_person: Any, coordinator: Person, facilitator: Person, programme: Programme
) -> None:
    province = make_person("Nurhayati", "18", role="coordinator", over=("18",))
    make_person("Fasilitator desa", "18.02.07.2009", role="facilitator", over=("18.02.07.2009",))
    shown = said(client_of(province).get(page_of(programme)))
    assert coordinator.name in shown
    assert facilitator.name in shown
    assert "Fasilitator desa" not in shown, "of this region, not of those below"
    page = page_of(programme)
    assert f"/hak/tunjuk?wilayah=18.02&amp;peran=coordinator&amp;lanjut={page}" in shown
    own = said(client_of(coordinator).get(page_of(programme)))
    assert "peran=coordinator" not in own, "nobody names who stands beside them"
    assert "peran=facilitator" in own
    candidates = said(client_of(coordinator).get(f"/hak/tunjuk?wilayah=18.02&peran=committee&lanjut={page}"))
    assert f"/orang/{facilitator.pk}/hak?peran=committee&amp;wilayah=18.02&amp;lanjut={page}" in candidates
    form = {"role": "committee", "wilayah": "18.02", "lanjut": page}
    answer = client_of(coordinator).post(f"/orang/{facilitator.pk}/hak", form, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert said(answer).count(facilitator.name) >= 2, "facilitator and committee now"
    for elsewhere in ("//jahat.example", "https://jahat.example/", "javascript:alert(1)"):
        answer = client_of(coordinator).post(f"/orang/{facilitator.pk}/hak", form | {"lanjut": elsewhere})
        assert answer.url == "/"
    empty = said(client_of(province).get(page_of(programme, "18.07")))
    assert "Tunjuk tim pengelola" in empty


def test_a_page_takes_the_same_queries_for_one_report_and_for_thirty(
    client_of: Any, coordinator: Person, programme: Programme, queries: Any
) -> None:
    made = rolled_out(programme.pk, coordinator.region_id, coordinator, team="Camat")
    browser, counts = client_of(coordinator), []
    for number in (1, 29):
        for day in range(number):
            step(made, "running", date(2024, 3, 1 + day), coordinator)
            signed(made, date(2024, 3, 1 + day), coordinator)
        counts.append(queries(lambda: browser.get(page_of(programme))))
    assert counts[0] == counts[1]
    assert "halaman=2" in said(browser.get(page_of(programme)))


def test_ids_that_are_none_are_nowhere(client_of: Any, coordinator: Person, programme: Programme) -> None:
    for address in (
        f"/program/{UUID(int=9)}/wilayah/18.02",
        f"/program/{programme.pk}/wilayah/99.99",
        f"/program/{programme.pk}/wilayah/lampung",
        f"{page_of(programme)}/berkas/{UUID(int=9)}",
    ):
        assert client_of(coordinator).get(address).status_code == 404


def test_a_mistake_is_taken_back_and_stays_told(
    client_of: Any, coordinator: Person, facilitator: Person, other_coordinator: Person, programme: Programme
) -> None:
    page, browser, home = page_of(programme), client_of(coordinator), coordinator.region_id
    browser.post(f"{page}/langkah", STEP)
    browser.post(f"{page}/langkah", STEP | {"status": "sustained", "on": "2024-06-01", "file": pdf()})
    browser.post(f"{page}/komitmen", SIGNED | {"file": pdf()})
    wrong, paper = StatusReport.objects.get(status="sustained"), Commitment.objects.get()
    for one in (facilitator, other_coordinator):
        assert client_of(one).post(f"{page}/penarikan/{wrong.pk}").status_code == 404
    for told in (wrong, paper, wrong):
        answer = browser.post(f"{page}/penarikan/{told.pk}", {"alasan": "salah  wilayah"}, follow=True)
        assert "tidak dihitung lagi" in said(answer)
    found = standing(programme.pk, [home])[home]
    assert (found.status, found.since, found.commitments) == ("running", date(2024, 4, 1), 0)
    assert [one.withdrawals.count() for one in (wrong, paper)] == [1, 1]
    shown = said(browser.get(page))
    assert shown.count(": salah wilayah") == 2
    assert f"/berkas/{paper.pk}" not in shown
    assert "B3117" in said(browser.get(f"{page}/berkas/{paper.pk}"))
    browser.post(f"{page}/komitmen", SIGNED | {"file": pdf()})
    assert standing(programme.pk, [home])[home].commitments == 1, "brought again it counts again"
    assert browser.post(f"{page_of(programme, '18.02.07')}/penarikan/{paper.pk}").status_code == 404
    assert browser.post(f"{page}/penarikan/{UUID(int=5)}").status_code == 404


def test_nobody_takes_back_what_belongs_elsewhere(
    make_person: Any, coordinator: Person, other_coordinator: Person, programme: Programme
) -> None:
    """Naming one's own roll-out as the subject opens no other."""
    theirs = rolled_out(programme.pk, coordinator.region_id, coordinator)
    report = step(theirs, "running", date(2024, 4, 1), coordinator)
    own = rolled_out(programme.pk, other_coordinator.region_id, other_coordinator)
    for subject, code in ((own, "B3116"), (theirs, "B1007")):
        with pytest.raises(Refusal) as caught:
            record("rollout.status_withdrawn", EvidenceWithdrawn(report), actor=other_coordinator.pk, subject=subject)
        assert caught.value.problem.code == code
