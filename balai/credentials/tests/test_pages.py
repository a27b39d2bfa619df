"""Who sees which certificate, who may end one, and what anybody learns by checking."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.common.ids import uuid7
from balai.credentials import documents, qr, throttle
from balai.credentials.models import Certificate, CertificateRevocation, Letterhead
from balai.log.models import Entry
from balai.log.record import record
from balai.programmes.entries import EnrolmentAsked, ProgrammeRegistered

from .conftest import OTHERS, SAID, learn, pass_test

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_minute():
    cache.clear()


@pytest.fixture
def certificate(secretary, certify) -> Certificate:
    return certify(secretary)


def address(certificate, end=""):
    return f"/sertifikat/{certificate.pk}{end}"


ENDS = ["", ".pdf", ".json"]


@pytest.mark.parametrize("end", ENDS)
def test_an_owner_and_their_coordinator_see_it_and_a_stranger_does_not(
    certificate, client_of, secretary, coordinator, colleague, stranger, other_coordinator, partner, end
):
    seen = {
        name: client_of(person).get(address(certificate, end)).status_code
        for name, person in {
            "owner": secretary,
            "coordinator": coordinator,
            "colleague": colleague,
            "stranger": stranger,
            "other coordinator": other_coordinator,
            "partner": partner,
        }.items()
    }
    assert seen == {
        "owner": 200,
        "coordinator": 200,
        "colleague": 404,
        "stranger": 404,
        "other coordinator": 404,
        "partner": 404,
    }


@pytest.mark.parametrize("path", ["/sertifikat", "/sertifikat/penerbit", *ENDS])
def test_a_visitor_is_asked_to_sign_in(certificate, client_of, path):
    page = client_of(None).get(path if path.startswith("/sertifikat") else address(certificate, path))
    assert (page.status_code, page["Location"].startswith("/masuk")) == (302, True)


def test_the_list_holds_ones_own_only(certificate, client_of, secretary, coordinator):
    own, other = (client_of(person).get("/sertifikat").content.decode() for person in (secretary, coordinator))
    assert (address(certificate) in own, address(certificate) in other) == (True, False)
    assert "Belum ada sertifikat" in other


def test_a_list_of_thirty_takes_as_many_queries_as_a_list_of_one(certificate, client_of, secretary, queries):
    client = client_of(secretary)
    client.get("/sertifikat")
    one = queries(lambda: client.get("/sertifikat"))
    fields = {field.attname: getattr(certificate, field.attname) for field in certificate._meta.concrete_fields}
    for place in range(30):
        Certificate.objects.create(**{**fields, "id": uuid7(), "number": f"x{place}"})
    assert queries(lambda: client.get("/sertifikat")) <= one + 1  # the count of pages


def test_a_person_who_finished_gets_a_file_that_is_checked(certificate, client_of, secretary):
    pdf = client_of(secretary).get(address(certificate, ".pdf"))
    assert (pdf["Content-Type"], "no-store" in pdf["Cache-Control"]) == ("application/pdf", True)
    assert pdf["Content-Disposition"].startswith('attachment; filename="sertifikat-0001-BALAI-')
    for content, name in ((pdf.content, "a.pdf"), (documents.credential(certificate), "a.json")):
        upload = SimpleUploadedFile(name, content)
        page = client_of(None).post("/verifikasi", {"berkas": upload}).content.decode()
        assert ("<h1>Asli</h1>" in page, certificate.name in page) == (True, True)


def test_the_link_of_the_qr_tells_a_visitor_what_the_paper_says(certificate, client_of, settings):
    page = client_of(None).get(f"/V/{certificate.signed}")
    words = page.content.decode()
    shown = ["<h1>Asli</h1>", "Siti Rahayu, S.Pd.", "Kenal Layar", certificate.number, "Kampung Terbanggi Besar"]
    assert [word for word in shown if word not in words] == []
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert qr.link(settings.BALAI_URL, certificate.signed) == documents.link(certificate)
    assert client_of(None).get(f"/v/{certificate.signed.lower()}").status_code == 200


def test_a_shared_link_tells_the_same(certificate, client_of):
    words = client_of(None).get(f"/verifikasi/{certificate.pk}").content.decode()
    assert ("<h1>Asli</h1>" in words, "Siti Rahayu, S.Pd." in words) == (True, True)
    assert client_of(None).get(f"/verifikasi/{uuid7()}").status_code == 404


def test_a_number_alone_gives_no_name_away(certificate, client_of):
    words = client_of(None).get("/verifikasi", {"kode": f" {certificate.number.lower()} "}).content.decode()
    assert ("<h1>Nomor tercatat</h1>" in words, "S••• R•••••, S.P•." in words) == (True, True)
    assert [secret for secret in ("Rahayu", "Terbanggi") if secret in words] == []


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("0099/BALAI/XI/2026", "Nomor tidak dikenal"),
        ("selamat pagi", "Tidak terbaca"),
        (OTHERS.write(SAID), "Palsu"),
        ("<script>alert(1)</script>", "Nomor tidak dikenal"),
    ],
)
def test_other_ends_are_told_without_a_name(issuer_key, client_of, code, title):
    words = client_of(None).get("/verifikasi", {"kode": code}).content.decode()
    assert (f"<h1>{title}</h1>" in words, SAID.name in words, "<script>alert" in words) == (True, False, False)


def test_an_altered_code_is_told_apart(certificate, client_of):
    text = certificate.signed
    other = text[:-20] + ("A" if text[-20] != "A" else "B") + text[-19:]
    assert "<h1>Isinya diubah</h1>" in client_of(None).get(f"/V/{other}").content.decode()


def test_asking_too_often_is_refused_and_the_qr_still_works(certificate, client_of):
    visitor = client_of(None)
    answers = [visitor.get("/verifikasi", {"kode": "0001/X"}).status_code for _ in range(throttle.LIMIT + 1)]
    assert answers == [200] * throttle.LIMIT + [429]
    assert visitor.get(f"/V/{certificate.signed}").status_code == 200


def test_behind_a_proxy_every_client_has_its_own_limit(client_of, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def ask(address: str) -> int:
        visitor = client_of(None)
        return visitor.get("/verifikasi", {"kode": "0001/X"}, headers={"x-forwarded-for": address}).status_code

    assert [ask("1.2.3.4") for _time in range(throttle.LIMIT + 1)][-1] == 429
    assert ask("9.9.9.9, 1.2.3.4") == 429
    assert ask("5.6.7.8") == 200


def test_a_valid_code_in_a_file_full_of_codes_is_shown_as_no_proof(issuer_key, certificate, client_of):
    junk = " ".join("/V/" + "A" * (200 + place) for place in range(6))
    upload = SimpleUploadedFile("a.pdf", f"%PDF-1.7 /V/{certificate.signed} {junk}".encode())
    page = client_of(None).post("/verifikasi", {"berkas": upload}).content.decode()
    assert ("kode lain yang tidak diperiksa" in page, 'class="notice good' in page) == (True, False)


def test_a_large_or_missing_file_is_refused(client_of, issuer_key):
    visitor = client_of(None)
    assert "Pilih dulu berkasnya" in visitor.post("/verifikasi").content.decode()
    large = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"0" * 2_100_000)
    assert visitor.post("/verifikasi", {"berkas": large}).status_code in {400, 413}


def test_an_admin_revokes_with_a_reason_and_checkers_see_the_day(certificate, client_of, admin, secretary):
    page = client_of(admin).post(address(certificate, "/pencabutan"), {"reason": "Nama salah"})
    assert (page.status_code, page["Location"]) == (302, address(certificate))
    row = CertificateRevocation.objects.get()
    assert (row.certificate, row.reason, row.revoked_by) == (certificate, "Nama salah", admin.id)
    checked = client_of(None).get(f"/V/{certificate.signed}").content.decode()
    assert ("<h1>Dicabut</h1>" in checked, "Nama salah" in checked) == (True, False)
    assert "Nama salah" in client_of(secretary).get(address(certificate)).content.decode()
    listed = json.loads(client_of(None).get("/verifikasi/pencabutan.json").content)
    assert listed["body"]["revoked"] == [[certificate.number, row.revoked_on.isoformat()]]
    by_number = client_of(None).get("/verifikasi", {"kode": certificate.number}).content.decode()
    assert "<h1>Dicabut</h1>" in by_number


def test_a_certificate_is_revoked_once(certificate, client_of, admin):
    client = client_of(admin)
    client.post(address(certificate, "/pencabutan"), {"reason": "Nama salah"})
    assert client.post(address(certificate, "/pencabutan"), {"reason": "Lagi"}).status_code == 409
    assert CertificateRevocation.objects.count() == 1


def test_a_revocation_needs_a_reason(certificate, client_of, admin):
    page = client_of(admin).post(address(certificate, "/pencabutan"), {"reason": "  "})
    assert (page.status_code, CertificateRevocation.objects.count()) == (200, 0)


def test_nobody_else_revokes(certificate, client_of, secretary, coordinator, stranger, author):
    answers = {
        person.name: [
            client_of(person).get(address(certificate, "/pencabutan")).status_code,
            client_of(person).post(address(certificate, "/pencabutan"), {"reason": "x"}).status_code,
        ]
        for person in (secretary, coordinator, stranger, author)
    }
    assert answers == {
        secretary.name: [403, 403],
        coordinator.name: [403, 403],
        stranger.name: [404, 404],
        author.name: [404, 404],
    }
    assert not CertificateRevocation.objects.exists()


def test_the_rule_refuses_a_revocation_in_the_name_of_somebody_else(certificate, coordinator):
    from balai.common.problems import Refusal
    from balai.credentials.revoking import revoke

    with pytest.raises(Refusal):
        revoke(certificate, "x", coordinator)
    assert not Entry.objects.filter(kind="certificate.revoked").exists()


def test_an_admin_sets_the_letterhead(client_of, admin):
    form = {"organisation": "Dinas PMD", "signer_title": "Kepala Dinas", "signer": "", "city": "Metro"}
    client = client_of(admin)
    assert client.post("/sertifikat/penerbit", {**form, "pattern": "{seq}"}).status_code == 200
    assert not Letterhead.objects.exists()
    assert client.post("/sertifikat/penerbit", {**form, "pattern": "{seq}/PMD/{year}"}).status_code == 302
    assert Letterhead.current().pattern == "{seq}/PMD/{year}"
    assert "Dinas PMD" in client.get("/sertifikat/penerbit").content.decode()


def test_for_others_the_letterhead_does_not_exist(client_of, secretary, coordinator, author):
    assert [client_of(p).get("/sertifikat/penerbit").status_code for p in (secretary, coordinator, author)] == [404] * 3


def test_lists_for_verifiers_are_public_and_may_be_kept_for_five_minutes(certificate, client_of):
    visitor = client_of(None)
    for path in ("kunci.json", "pencabutan.json", "status/0.json"):
        answer = visitor.get(f"/verifikasi/{path}")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=300")
        assert "Rahayu" not in answer.content.decode()
    assert visitor.get("/.well-known/did.json").json()["id"] == "did:web:testserver"
    assert visitor.get("/verifikasi/status/1.json").status_code == 404


def test_the_example_of_a_demo_says_so_on_its_page(secretary, certify, client_of, settings):
    settings.BALAI_DEMO = True
    page = client_of(secretary).get(address(certify(secretary))).content.decode()
    assert "CONTOH" in page


def test_a_course_page_tells_what_it_takes_and_where_it_is(course, certify, client_of, secretary, colleague):
    certificate = certify(secretary)
    path = f"/pelatihan/{course.slug}"
    missing = "Terbit sendiri setelah: 1 materi selesai dan lulus Tes akhir layar"
    assert [missing in client_of(who).get(path).content.decode() for who in (None, colleague)] == [True, True]
    assert address(certificate) in client_of(secretary).get(path).content.decode()


def test_a_course_page_says_that_a_certificate_is_coming(publish_course, client_of, secretary):
    version = publish_course()
    learn(secretary, version)
    pass_test(secretary, version)
    assert "menunggu diterbitkan pusat" in client_of(secretary).get(f"/pelatihan/{version.slug}").content.decode()


def test_the_issuer_puts_a_name_right_and_nobody_else(certificate, client_of, admin, secretary, coordinator, stranger):
    path = address(certificate, "/pembetulan")
    form = {"name": "Dra. Siti Rahayu, S.Pd.", "place": certificate.place, "reason": "Gelar belum tertulis"}
    refused = [client_of(person).post(path, form).status_code for person in (secretary, coordinator, stranger)]
    assert (refused, Certificate.objects.count()) == ([403, 403, 404], 1)
    assert "Siti Rahayu, S.Pd." in client_of(admin).get(path).content.decode()
    page = client_of(admin).post(path, form)
    new = Certificate.objects.exclude(pk=certificate.pk).get()
    assert (page["Location"], new.name) == (address(new), form["name"])
    checked = client_of(None).get(f"/V/{certificate.signed}").content.decode()
    assert ("<h1>Diganti</h1>" in checked, new.number in checked) == (True, True)
    owner = client_of(secretary).get(address(certificate)).content.decode()
    assert (address(new) in owner, "Gelar belum tertulis" in owner) == (True, True)


def test_a_programme_may_have_a_letterhead_of_its_own(
    publish_course, issuer_key, client_of, admin, secretary, colleague
):
    version = publish_course()
    programme = record(
        "programme.registered", ProgrammeRegistered(name="P3PD", region=None), actor=admin.id, proof="hub"
    )
    form = {
        "organisation": "Ditjen Bina Pemdes",
        "wording": "Program P3PD",
        "signer_title": "Dirjen",
        "city": "Jakarta",
    }
    path = f"/sertifikat/penerbit/{programme.id}"
    assert client_of(colleague).post(path, form | {"pattern": "{seq}/P3PD/{year}"}).status_code == 404
    assert client_of(admin).post(path, form | {"pattern": "{seq}/P3PD/{year}"}).status_code == 302
    assert "Punya kop sendiri" in client_of(admin).get("/sertifikat/penerbit").content.decode()
    asked = EnrolmentAsked(course=version.course_id, version=version.pk, programme=programme.id)
    record("enrolment.asked", asked, actor=secretary.id, subject=secretary.id, proof="hub")
    for person in (secretary, colleague):
        learn(person, version)
        pass_test(person, version)
    found = {row.person_id: (row.organisation, row.wording) for row in Certificate.objects.all()}
    assert found == {secretary.id: ("Ditjen Bina Pemdes", "Program P3PD"), colleague.id: ("Balai Belajar", "")}


def test_the_list_tells_what_is_missing_where_somebody_is_learning(
    publish_course, issuer_key, client_of, secretary, stranger
):
    version = publish_course()
    learn(secretary, version)
    assert "lulus Tes akhir layar" in client_of(secretary).get("/sertifikat").content.decode()
    assert "Tes akhir layar" not in client_of(stranger).get("/sertifikat").content.decode()
