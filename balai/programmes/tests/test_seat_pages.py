"""Pages of asking for a seat, waiting, withdrawing; of sending delegates and answering."""

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from balai.people.models import Person
from balai.programmes.models import Decline, Enrolment, Seat, Waiting, Withdrawal
from balai.programmes.seats.queueing import queue_of, queues_of
from balai.programmes.tests.making import Intake, approve, intake
from balai.programmes.tests.test_seating import KAMPUNG, NEIGHBOUR, people

pytestmark = pytest.mark.django_db


def choice(made: Intake, **more: Any) -> dict[str, Any]:
    return {"tema": made.cohort.courses[0], "sesi": str(made.session.pk), **more}


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_learner_chooses_a_session_and_has_a_seat(client_of: Any, secretary: Person, published: Any) -> None:
    made = intake(published().course_id)
    browser = client_of(secretary)
    assert "Pilih sesi" in said(browser.get(f"/angkatan/{made.cohort.pk}"))
    assert "30 tempat kosong" in said(browser.get(f"/angkatan/{made.cohort.pk}/ikut"))
    answer = browser.post(f"/angkatan/{made.cohort.pk}/ikut", choice(made), follow=True)
    enrolment = Enrolment.objects.get()
    assert answer.redirect_chain == [(f"/kepesertaan/{enrolment.pk}", 302)]
    assert "Tempat Anda ditetapkan" in said(answer)
    page = said(browser.get(f"/angkatan/{made.cohort.pk}"))
    assert "Mendapat tempat" in page
    assert "1 dari 30" in page
    assert browser.get(f"/angkatan/{made.cohort.pk}/ikut").status_code == 404, "nothing is left to ask for"
    assert browser.post(f"/angkatan/{made.cohort.pk}/ikut", choice(made)).status_code == 404


def test_a_choice_that_was_not_offered_is_refused(client_of: Any, secretary: Person, published: Any) -> None:
    course = published().course_id
    made, other = intake(course), intake(course)
    page = f"/angkatan/{made.cohort.pk}/ikut"
    for wrong in ({}, {"tema": "x"}, {"sesi": str(other.session.pk)}):
        answer = client_of(secretary).post(page, choice(made) | wrong if wrong else {})
        assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_who_waits_reads_which_turn_by_which_rule(client_of: Any, published: Any, make_person: Any) -> None:
    made = intake(published().course_id)
    for person in people(4):
        made.ask(person)
    last = make_person("Sumarni", KAMPUNG)
    asked = made.ask(last)
    page = said(client_of(last).get(f"/kepesertaan/{asked.pk}"))
    assert "Daftar tunggu, urutan ke-3" in page
    assert "Kuota Kampung Terbanggi Besar untuk tema ini terisi: 2 dari 2." in page
    assert "Dua utusan tiap desa untuk setiap tema." in page
    assert "Bila ada yang mundur, urutan berikutnya naik" in page


def test_a_full_session_has_a_line_of_its_own(client_of: Any, published: Any, make_person: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=({"level": 3, "number": 1},))
    for person in [*people(2), *people(1, NEIGHBOUR, "Tetangga")]:
        made.ask(person)
    last = make_person("Sumarni", KAMPUNG)
    page = said(client_of(last).get(f"/kepesertaan/{made.ask(last).pk}"))
    assert "urutan ke-3" in page
    assert "Sesi pagi penuh: 1 dari 1 tempat terisi." in page
    assert "Kuota Kecamatan Terbanggi Besar untuk tema ini terisi: 1 dari 1." in page


def test_staff_above_a_village_wait_in_a_line_of_their_own_on_every_page(published: Any, make_person: Any) -> None:
    made = intake(published().course_id, quotas=({"level": 4, "number": 1},))
    for person in people(3):
        made.ask(person)
    staff = [make_person(name, "18.02.07") for name in ("Sumarni", "Rohani", "Kartini")]
    for person in staff:
        made.ask(person)
    waiting = Waiting.objects.select_related("region", "session", "cohort").filter(person__in=staff).order_by("turn")
    one_by_one = {one.pk: queue_of(one).number for one in waiting}
    assert list(one_by_one.values()) == [1, 2], "those who wait in the villages below are in other lines"
    assert {id: queue.number for id, queue in queues_of(made.cohort, one_by_one).items()} == one_by_one


def test_withdrawing_frees_the_seat_for_the_next_one(client_of: Any, published: Any, make_person: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    first, second = make_person("Sumarni", KAMPUNG), make_person("Rohani", KAMPUNG)
    asked, waiting = made.ask(first), made.ask(second)
    browser = client_of(first)
    assert "Saya tidak jadi ikut" in said(browser.get(f"/kepesertaan/{asked.pk}"))
    answer = browser.post(f"/kepesertaan/{asked.pk}/pengunduran", {"alasan": " Pindah  tugas "}, follow=True)
    assert "Tercatat mundur" in said(answer)
    assert Withdrawal.objects.get().reason == "Pindah tugas"
    assert "Tempat Anda ditetapkan" in said(client_of(second).get(f"/kepesertaan/{waiting.pk}"))
    assert browser.post(f"/kepesertaan/{asked.pk}/pengunduran", follow=True).status_code == 200
    assert Withdrawal.objects.count() == 1, "once is enough"
    assert "Minta tempat lagi" in said(browser.get(f"/angkatan/{made.cohort.pk}"))


def test_a_place_is_for_its_person_and_their_coordinators(
    client_of: Any, secretary: Person, colleague: Person, stranger: Person, coordinator: Person,
    other_coordinator: Person, facilitator: Person, published: Any,
) -> None:  # fmt: skip
    asked = intake(published().course_id).ask(secretary)
    page = f"/kepesertaan/{asked.pk}"
    for person in (secretary, coordinator):
        assert client_of(person).get(page).status_code == 200
    for person in (colleague, stranger, other_coordinator, facilitator):
        assert client_of(person).get(page).status_code == 404
        assert client_of(person).post(f"{page}/pengunduran").status_code == 404
    assert client_of(None).get(page)["Location"].startswith("/masuk")
    assert Seat.objects.held().count() == 1


def test_a_coordinator_sends_delegates_by_village(
    client_of: Any, coordinator: Person, secretary: Person, published: Any
) -> None:
    made = intake(published().course_id)
    own, others = people(3), people(1, NEIGHBOUR, "Tetangga")
    browser = client_of(coordinator)
    page = f"/angkatan/{made.cohort.pk}/utusan"
    assert "Lanjut memilih orang" in said(browser.get(page))
    shown = said(browser.get(page, choice(made, wilayah="18.02.07")))
    assert "Kampung Terbanggi Besar <small>sisa 2 dari 2</small>" in shown
    ticked = [str(person.pk) for person in (*own, *others)]
    answer = browser.post(page, choice(made, wilayah="18.02.07", orang=ticked), follow=True)
    assert "3 orang mendapat tempat." in said(answer)
    assert "1 orang masuk daftar tunggu." in said(answer)
    assert "kuota 2 sudah terisi" in said(answer)
    assert "sisa 1 dari 2" in said(answer)
    assert made.seated() == ["Tetangga 1", "Orang 1", "Orang 2"], "in the order of the page"
    again = browser.post(page, choice(made, wilayah="18.02.07", orang=ticked[:1]), follow=True)
    assert "Orang 1 sudah terdaftar untuk tema ini di angkatan ini." in said(again)
    assert "Belum ada orang yang dipilih." in said(browser.post(page, choice(made), follow=True))
    assert "Siti Rahayu" in said(browser.get(page, choice(made, wilayah="18.02.07", cari="siti")))


def test_delegates_are_sent_by_coordinators_of_their_regions_only(
    client_of: Any, coordinator: Person, other_coordinator: Person, secretary: Person, stranger: Person,
    facilitator: Person, published: Any, region: Any,
) -> None:  # fmt: skip
    made = intake(published().course_id, region=region("18.02").pk)
    page = f"/angkatan/{made.cohort.pk}/utusan"
    form = choice(made, orang=[str(secretary.pk)])
    for person in (other_coordinator, secretary, stranger, facilitator):
        assert client_of(person).get(page).status_code == 404
        assert client_of(person).post(page, form).status_code == 404
    foreign = client_of(coordinator).post(page, choice(made, orang=[str(stranger.pk)]))
    assert foreign.status_code == 403
    assert not Enrolment.objects.exists()
    assert client_of(stranger).get(f"/angkatan/{made.cohort.pk}/ikut").status_code == 404, "not for that region"


def test_a_coordinator_agrees_or_declines_with_a_reason(
    client_of: Any, coordinator: Person, other_coordinator: Person, published: Any
) -> None:
    made = intake(published().course_id, asking="approval")
    asked = [made.ask(person) for person in people(4)]
    browser, page = client_of(coordinator), f"/angkatan/{made.cohort.pk}/permintaan"
    assert "sisa kuota 2 dari 2" in said(browser.get(page))
    assert "Permintaan menunggu jawaban Anda" in said(browser.get(f"/angkatan/{made.cohort.pk}"))
    ticked = [str(one.pk) for one in asked]
    answer = browser.post(page, {"permintaan": ticked[:3], "setuju": "1"}, follow=True)
    assert "2 orang mendapat tempat." in said(answer)
    assert "1 orang masuk daftar tunggu." in said(answer)
    without = browser.post(page, {"permintaan": ticked[3:], "tolak": "1", "alasan": "  "})
    assert without.status_code == 422
    assert "Tulis alasannya" in said(without)
    assert f'value="{ticked[3]}" checked' in said(without), "still ticked"
    assert "<details open>" in said(without)
    answer = browser.post(page, {"permintaan": ticked[3:], "tolak": "1", "alasan": "Sudah ada utusan"}, follow=True)
    assert "1 permintaan ditolak." in said(answer)
    assert "Tidak ada yang menunggu" in said(answer)
    assert Decline.objects.get().reason == "Sudah ada utusan"
    assert "Sudah ada utusan" in said(browser.get(f"/kepesertaan/{asked[3].pk}"))
    assert "Belum ada permintaan yang dipilih." in said(browser.post(page, {"setuju": "1"}, follow=True))
    foreign = client_of(other_coordinator).post(page, {"permintaan": ticked, "tolak": "1", "alasan": "x"})
    assert foreign.status_code == 409
    assert Decline.objects.count() == 1
    assert browser.post(page, {"permintaan": ["bukan"], "setuju": "1"}).status_code == 404


def test_the_request_waits_in_words_until_somebody_agrees(
    client_of: Any, secretary: Person, coordinator: Person, published: Any
) -> None:
    made = intake(published().course_id, asking="approval")
    browser = client_of(secretary)
    answer = browser.post(f"/angkatan/{made.cohort.pk}/ikut", choice(made), follow=True)
    assert "menunggu persetujuan koordinator wilayah Anda" in said(answer)
    asked = Enrolment.objects.get()
    assert "Jawab permintaan" in said(client_of(coordinator).get(f"/kepesertaan/{asked.pk}"))
    approve(asked, coordinator)
    assert "Tempat Anda ditetapkan" in said(browser.get(f"/kepesertaan/{asked.pk}"))


def test_participants_by_state_and_as_a_workbook(
    client_of: Any, coordinator: Person, other_coordinator: Person, published: Any
) -> None:
    made = intake(published().course_id)
    asked = [made.ask(person) for person in [*people(3), *people(1, NEIGHBOUR, "Tetangga")]]
    browser, page = client_of(coordinator), f"/angkatan/{made.cohort.pk}/peserta"

    def shown(**query: str) -> int:
        return said(browser.get(page, query)).count('href="/kepesertaan/')

    states = {"": 4, "tempat": 3, "tunggu": 1, "diminta": 0, "selesai": 0}
    assert {state: shown(keadaan=state) for state in states} == states
    browser.post(f"/kepesertaan/{asked[0].pk}/pengunduran")
    assert said(browser.get(page, {"keadaan": "selesai"})).count("Mundur") == 1
    assert shown(cari="tetangga") == 1
    answer = browser.get(f"{page}.xlsx", {"keadaan": "tempat"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Nama", "Tetangga 1", "Orang 2", "Orang 3"]
    place = "Kampung Terbanggi Besar, Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung"
    assert rows[2][3] == place
    assert "Orang 2" not in said(client_of(other_coordinator).get(page))


def test_lists_take_the_same_queries_for_one_and_for_thirty(
    client_of: Any, coordinator: Person, published: Any, queries: Any
) -> None:
    made = intake(published().course_id, asking="approval")
    browser, counts = client_of(coordinator), []
    pages = (
        (f"/angkatan/{made.cohort.pk}/utusan", choice(made, wilayah=KAMPUNG)),
        (f"/angkatan/{made.cohort.pk}/permintaan", {}),
        (f"/angkatan/{made.cohort.pk}/peserta", {}),
    )
    for some in (people(1, prefix="Satu"), people(29)):
        for person in some:
            made.ask(person)
        counts.append([queries(lambda page=page: browser.get(*page)) for page in pages])
    assert counts[0] == counts[1]


def test_a_course_says_that_its_seats_are_given_by_session(
    client_of: Any, secretary: Person, stranger: Person, published: Any, region: Any
) -> None:
    version = published()
    made = intake(version.course_id, region=region("18.02").pk)
    page = said(client_of(secretary).get(f"/pelatihan/{version.slug}"))
    assert f'href="/angkatan/{made.cohort.pk}"' in page
    assert "Ikuti pelatihan" not in page
    assert client_of(secretary).post(f"/pelatihan/{version.slug}/kepesertaan").status_code == 409
    assert "Ikuti pelatihan" in said(client_of(stranger).get(f"/pelatihan/{version.slug}"))
    asked = made.ask(secretary)
    assert f'href="/kepesertaan/{asked.pk}"' in said(client_of(secretary).get(f"/pelatihan/{version.slug}"))
