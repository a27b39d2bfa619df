"""The office's own PDF beside a certificate: only a plain PDF gets in, and only who sees the certificate gets it."""

import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.common.problems import TOO_LARGE, Refusal
from balai.credentials import documents, problems, scanning
from balai.credentials.models import CertificateScan

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
PACKED = b"%PDF-1.7\nstream\n" + zlib.compress(b"<</S/JavaScript/JS(app.alert(1))>>") + b"\nendstream\n%%EOF"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", problems.NOT_A_PDF),
        (b"<html>%PDF-1.7 %%EOF", problems.NOT_A_PDF),
        (PDF[:-7], problems.NOT_A_PDF),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), problems.ACTIVE_PDF),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/#4aavaScript>>"), problems.ACTIVE_PDF),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch>>"), problems.ACTIVE_PDF),
        (PACKED, problems.ACTIVE_PDF),
        (b"%PDF-" + b"0" * scanning.LARGEST + b"%%EOF", TOO_LARGE),
    ],
)
def test_what_is_no_plain_pdf_is_refused(content, problem):
    with pytest.raises(Refusal) as caught:
        scanning.check(content)
    assert caught.value.problem == problem


def test_our_own_paper_is_plain(secretary, certify):
    scanning.check(documents.pdf(certify(secretary)))


def test_the_issuer_attaches_and_who_sees_the_certificate_gets_it(
    secretary, coordinator, colleague, stranger, admin, certify, client_of
):
    certificate = certify(secretary)
    path = f"/sertifikat/{certificate.pk}/lampiran"
    refused = [
        client_of(one).post(path, {"berkas": SimpleUploadedFile("a.pdf", PDF)}).status_code
        for one in (secretary, coordinator, stranger)
    ]
    assert (refused, client_of(secretary).get(f"{path}.pdf").status_code) == ([403, 403, 404], 404)
    for _time in range(2):
        client_of(admin).post(path, {"berkas": SimpleUploadedFile("a.pdf", PDF)})
    assert CertificateScan.objects.count() == 1
    answers = [client_of(one).get(f"{path}.pdf") for one in (secretary, coordinator, colleague, stranger)]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert answers[0].content == PDF
    assert answers[0]["Content-Disposition"].startswith("attachment;")
    assert "Unduh PDF dari kantor" in client_of(secretary).get(f"/sertifikat/{certificate.pk}").content.decode()
