"""Codes for many: who gets one, the sheet that closes after a day, slips, messages."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from balai.common import clock
from balai.people.accounts import codes, inviting, slips
from balai.people.identities import merging
from balai.people.imports.models import Import, Row, Saved
from balai.people.models import AccessCode, Account, CodeSheet
from balai.people.privacy import erasing


@pytest.fixture
def helper(client_of, coordinator):
    return client_of(coordinator)


def new(client, **fields):
    return client.post("/orang/kode", fields)


@pytest.fixture
def newcomer(make_person):
    """Whom nobody invited yet."""
    person = make_person("Zainal", "18.02.07.2009")
    person.account.delete()
    return person


def test_everybody_of_a_village_who_was_never_invited(helper, newcomer, secretary, colleague, coordinator, settled):
    settled(colleague)
    page = helper.get("/orang/kode?wilayah=18.02.07.2009")
    assert page.context["choice"] == inviting.Choice([newcomer], [secretary], inside=1, above=0)
    answer = new(helper, wilayah="18.02.07.2009")
    sheet = CodeSheet.objects.get()
    assert answer.url == f"/orang/kode/{sheet.pk}"
    assert (sheet.title, sheet.size, sheet.made_by) == ("Kampung Terbanggi Besar", 1, coordinator.id)
    code = AccessCode.objects.get()
    assert (code.person, code.purpose, code.made_by) == (newcomer, "first", coordinator.id)


def test_a_code_that_was_handed_out_outlives_inviting_the_others(helper, coordinator, secretary, newcomer):
    old = inviting.open_sheet(inviting.invite(coordinator, [secretary], "Satu"), 0, 1)[0].code
    new(helper, wilayah="18.02.07.2009")
    assert codes.find(old).person == secretary
    assert {row.person for row in AccessCode.objects.all()} == {secretary, newcomer}


def test_inviting_again_says_whose_codes_end_and_takes_only_those(helper, coordinator, secretary, newcomer):
    old = inviting.open_sheet(inviting.invite(coordinator, [secretary], "Satu"), 0, 1)[0].code
    page = helper.get("/orang/kode?wilayah=18.02.07.2009").content.decode()
    assert "1 orang sudah diundang, belum masuk" in page
    assert "lembar kode yang sudah dibagikan tidak berlaku lagi" in page
    new(helper, wilayah="18.02.07.2009", lagi="1")
    assert codes.find(old) is None
    assert {row.person for row in AccessCode.objects.all()} == {secretary}


def test_whose_merged_record_was_invited_is_invited(coordinator, make_person, newcomer):
    other = make_person("Zaenal", "18.02.07.2009")
    other.account.delete()
    inviting.invite(coordinator, [other], "Satu")
    merging.merge(newcomer, other, [], coordinator)
    newcomer.refresh_from_db()
    assert inviting.choose(coordinator, [newcomer]) == inviting.Choice([], [newcomer], inside=0, above=0)


def test_nobody_beside_or_above_gets_one(helper, make_person, coordinator):
    for over in ("18.02", "18"):
        make_person(f"Koordinator {over}", "18.02.07.2009", "coordinator", (over,))
    below = make_person("Koordinator kecamatan", "18.02.07.2009", "coordinator", ("18.02.07",))
    page = helper.get("/orang/kode?wilayah=18.02.07.2009")
    assert page.context["choice"] == inviting.Choice([], [below], inside=0, above=2)


def test_only_those_who_were_ticked(helper, secretary, colleague, stranger):
    secretary.account.delete()
    new(helper, orang=[secretary.id, stranger.id, "bukan-id"])
    assert [code.person for code in AccessCode.objects.all()] == [secretary]


def test_those_whom_ones_own_import_saved(helper, client_of, other_coordinator, secretary, colleague, coordinator):
    batch = Import.objects.create(owner=coordinator, file_name="pamong.xlsx", size=1)
    row = Row.objects.create(batch=batch, sheet=0, number=2, outcome="new")
    Saved.objects.create(row=row, person=secretary.id, deeds={})
    secretary.account.delete()
    assert client_of(other_coordinator).get(f"/orang/kode?impor={batch.pk}").context["chosen"].size == 0
    page = helper.get(f"/orang/kode?impor={batch.pk}")
    assert page.context["choice"].people == [secretary]
    new(helper, impor=batch.pk)
    assert [code.person for code in AccessCode.objects.all()] == [secretary]
    assert helper.get("/orang/kode?impor=bukan-id").status_code == 404


def test_whoever_helps_sees_who_made_the_code(helper, secretary, coordinator):
    inviting.invite(coordinator, [secretary], "Satu")
    assert f"dibuat oleh {coordinator.name}" in helper.get(f"/orang/{secretary.id}/akun").content.decode()


def test_with_nobody_to_invite_nothing_is_made(helper, secretary, settled):
    settled(secretary)
    assert new(helper, orang=[secretary.id]).status_code == 422
    assert not CodeSheet.objects.exists()


def test_a_new_sheet_ends_the_codes_of_the_old_one(helper, secretary, coordinator):
    first = inviting.open_sheet(inviting.invite(coordinator, [secretary], "Satu"), 0, 1)[0]
    second = inviting.open_sheet(inviting.invite(coordinator, [secretary], "Dua"), 0, 1)[0]
    assert codes.find(first.code) is None
    assert codes.find(second.code).person == secretary


def test_codes_lie_sealed_and_only_for_a_day(helper, client_of, admin, secretary, coordinator):
    sheet = inviting.invite(coordinator, [secretary], "Satu")
    code = inviting.open_sheet(sheet, 0, 1)[0].code
    assert code.encode() not in bytes(sheet.sealed)
    assert client_of(admin).get(f"/orang/kode/{sheet.pk}").status_code == 410
    assert helper.get(f"/orang/kode/{sheet.pk}").status_code == 200
    with clock.frozen(clock.wall() + timedelta(days=1)):
        assert helper.get(f"/orang/kode/{sheet.pk}").status_code == 410
        assert codes.find(code).person == secretary


def test_messages_hold_the_link_and_go_to_the_number(helper, secretary, coordinator, make_person):
    nobody = make_person("Tanpa Nomor", "18.02.07.2009")
    sheet = inviting.invite(coordinator, [secretary, nobody], "Satu")
    lines = helper.get(f"/orang/kode/{sheet.pk}/whatsapp").context["lines"]
    assert [line.person for line, _message in lines] == [secretary, nobody]
    (hers, message), (_his, unaddressed) = lines
    assert message.startswith("https://wa.me/6281234567801?text=")
    assert f"http://testserver/k/{hers.code} " in unquote(message)
    assert unaddressed.startswith("https://wa.me/?text=")


def test_slips_come_in_files_by_village(helper, coordinator, make_person, monkeypatch, queries):
    monkeypatch.setattr(inviting, "A_FILE", 2)
    monkeypatch.setattr(slips, "A_FILE", 2)
    homes = ["18.02.07.2010", "18.02.07.2009", "18.02.07.2009"]
    people = [make_person(name, home) for name, home in zip("CBA", homes, strict=True)]
    sheet = inviting.invite(coordinator, people, "Satu")
    assert inviting.parts(sheet) == [
        inviting.Part(1, 2, "Kampung Terbanggi Besar", "Kampung Terbanggi Besar"),
        inviting.Part(2, 1, "Kampung Poncowati", "Kampung Poncowati"),
    ]
    drawn = []
    monkeypatch.setattr(slips.typesetting, "pdf", lambda template, words: drawn.append(words) or b"%PDF-1.7")
    answer = helper.get(f"/orang/kode/{sheet.pk}/slip-1.pdf")
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7")
    assert [slip["name"] for slip in drawn[0]["people"]] == ["A", "B"]
    assert helper.get(f"/orang/kode/{sheet.pk}/slip-3.pdf").status_code == 404
    assert helper.get(f"/orang/kode/{sheet.pk}/slip-0.pdf").status_code == 404


@pytest.fixture
def three(make_person):
    """Three neighbours who never came in."""
    return [make_person(name, "18.02.07.2009") for name in ("Agus", "Budi", "Citra")]


def lines(sheet):
    return [(line.person.name, line.account.person_id, line.code) for line in inviting.open_sheet(sheet, 0, 99)]


def test_whoever_was_erased_is_on_no_slip(helper, coordinator, three):
    sheet = inviting.invite(coordinator, three, "Satu")
    agus, _budi, citra = lines(sheet)
    erasing.erase(three[1], coordinator.id)
    assert lines(sheet) == [agus, citra]
    assert [part.size for part in inviting.parts(sheet)] == [2]
    assert "dibuat untuk 3 orang" in helper.get(f"/orang/kode/{sheet.pk}").content.decode()
    assert [line.person for line, _text in helper.get(f"/orang/kode/{sheet.pk}/whatsapp").context["lines"]] == [
        three[0],
        three[2],
    ]
    assert helper.get(f"/orang/kode/{sheet.pk}/slip-1.pdf").status_code == 200


def test_a_merged_record_without_a_double_account_keeps_its_code(helper, client_of, coordinator, three, secretary):
    sheet = inviting.invite(coordinator, three, "Satu")
    code = lines(sheet)[1][2]
    secretary.account.delete()
    merging.merge(secretary, three[1], [], coordinator)
    assert lines(sheet)[1] == (secretary.name, secretary.id, code)
    visitor = client_of(None)
    assert visitor.get(f"/k/{code}").status_code == 200
    visitor.post("/masuk/kata-sandi", {"kode": code, "password": "jagung kuning muda"})
    assert visitor.get("/saya").wsgi_request.person == secretary


def test_the_code_of_an_account_that_rests_after_a_merge_opens_nothing(helper, client_of, coordinator, three):
    sheet = inviting.invite(coordinator, three, "Satu")
    agus, budi, citra = lines(sheet)
    merging.merge(three[0], three[1], [], coordinator)
    assert lines(sheet) == [agus, citra]
    assert client_of(None).get(f"/k/{budi[2]}").status_code == 422
    merging.part(three[1], coordinator)
    assert lines(sheet) == [agus, budi, citra]


def test_two_codes_for_one_person_after_a_merge_are_one(coordinator, three):
    sheet = inviting.invite(coordinator, three, "Satu")
    agus, budi, _citra = lines(sheet)
    Account.objects.filter(person=three[0]).delete()
    merging.merge(three[0], three[1], [], coordinator)
    assert codes.find(agus[2]).person == three[0]
    assert codes.find(budi[2]) is None


def test_a_file_drawn_again_holds_nobody_of_another_file(coordinator, three, monkeypatch):
    monkeypatch.setattr(inviting, "A_FILE", 2)
    sheet = inviting.invite(coordinator, three, "Satu")
    erasing.erase(three[0], coordinator.id)
    assert [line.person for line in inviting.open_sheet(sheet, 0, 2)] == [three[1]]
    assert [(part.number, part.size) for part in inviting.parts(sheet)] == [(1, 1), (2, 1)]
    erasing.erase(three[1], coordinator.id)
    assert [(part.number, part.size) for part in inviting.parts(sheet)] == [(2, 1)]


def test_a_used_code_is_not_printed_again(helper, client_of, coordinator, three):
    sheet = inviting.invite(coordinator, three[:1], "Satu")
    code = lines(sheet)[0][2]
    client_of(None).post("/masuk/kata-sandi", {"kode": code, "password": "jagung kuning muda"})
    assert (lines(sheet), inviting.parts(sheet)) == ([], [])
    assert helper.get(f"/orang/kode/{sheet.pk}").status_code == 200
    assert helper.get(f"/orang/kode/{sheet.pk}/slip-1.pdf").status_code == 404


def test_a_slip_is_really_drawn_and_says_contoh_in_a_demo(settings):
    slip = slips.Slip("Siti #strong[x] 李", "Kampung Terbanggi Besar", "siti.rahayu", "+6281234567801", "7K3MP9QX2RTV")
    until = clock.wall()
    real = slips.render([slip], "Slip", "https://balai.example.id", until, demo=False)
    demo = slips.render([slip], "Slip", "https://balai.example.id", until, demo=True)
    assert real.startswith(b"%PDF-")
    assert len(demo) > len(real)


def test_the_qr_holds_the_link():
    modules = slips._qr(slips.link("https://balai.example.id", "7K3MP9QX2RTV"))
    assert len(modules) == len(modules[0])
    assert {module for row in modules for module in row} == {0, 1}


def test_a_sheet_takes_few_queries_whatever_its_size(coordinator, make_person, queries):
    people = [make_person(f"Warga{chr(97 + n % 26)}{chr(97 + n // 26)}", "18.02.07.2009") for n in range(31)]
    Account.objects.all().exclude(person=coordinator).delete()
    few = queries(lambda: inviting.invite(coordinator, people[:1], "Satu"))
    assert queries(lambda: inviting.invite(coordinator, people[1:], "Banyak")) == few
    sheet = CodeSheet.objects.get(size=30)
    one = queries(lambda: inviting.open_sheet(sheet, 0, 1))
    assert queries(lambda: inviting.open_sheet(sheet, 0, 30)) == one
