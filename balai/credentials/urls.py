"""Addresses of certificates; those of a QR are upper case, because that makes the QR smaller."""

from django.urls import path

from . import many_views, public_views, transcript_views, views
from .archives import views as archives
from .prints import views as prints

app_name = "credentials"

urlpatterns = [
    path("sertifikat", views.certificates, name="certificates"),
    path("sertifikat/penerbit", views.letterhead, name="letterhead"),
    path("sertifikat/penerbit/<uuid:id>", views.programme_letterhead, name="programme-letterhead"),
    path("sertifikat/penerbitan", many_views.issuing, name="issuing"),
    path("sertifikat/cetak", prints.runs, name="print-runs"),
    path("sertifikat/cetak/<uuid:id>", prints.run, name="print-run"),
    path("sertifikat/cetak/<uuid:id>/<int:number>.zip", prints.part, name="print-part"),
    path("sertifikat/cetak/<uuid:id>/penghapusan", prints.discarding, name="print-discarding"),
    path("sertifikat/arsip", archives.tables, name="archives"),
    path("sertifikat/arsip/contoh.xlsx", archives.template, name="archive-template"),
    path("sertifikat/arsip/<uuid:id>", archives.table, name="archive"),
    path("sertifikat/arsip/<uuid:id>/pencatatan", archives.recording, name="archive-recording"),
    path("sertifikat/arsip/<uuid:id>/pembatalan", archives.undoing, name="archive-undoing"),
    path("sertifikat/arsip/<uuid:id>/penghapusan", archives.discarding, name="archive-discarding"),
    path("sertifikat/arsip/<uuid:id>/hasil.xlsx", archives.result, name="archive-result"),
    path("sertifikat/transkrip", transcript_views.own, name="own-transcript"),
    path("orang/<uuid:id>/transkrip", transcript_views.of_person, name="transcript"),
    path("orang/<uuid:id>/transkrip/arsip", transcript_views.archived, name="archived"),
    path("arsip-sertifikat/<uuid:id>/penarikan", transcript_views.archive_withdrawal, name="archive-withdrawal"),
    path("orang/<uuid:id>/transkrip.pdf", transcript_views.pdf, name="transcript-pdf"),
    path("orang/<uuid:id>/transkrip.xlsx", transcript_views.excel, name="transcript-excel"),
    path("sertifikat/<uuid:id>", views.certificate, name="certificate"),
    path("sertifikat/<uuid:id>.pdf", views.paper, name="paper"),
    path("sertifikat/<uuid:id>.json", views.credential, name="credential"),
    path("sertifikat/<uuid:id>/pencabutan", views.revocation, name="revocation"),
    path("sertifikat/<uuid:id>/lampiran", views.scan, name="scan"),
    path("sertifikat/<uuid:id>/lampiran.pdf", views.office_paper, name="office-paper"),
    path("sertifikat/<uuid:id>/pembetulan", views.correction, name="correction"),
    path("verifikasi", public_views.verification, name="verification"),
    path("verifikasi/<uuid:id>", public_views.shared, name="shared"),
    path("verifikasi/kunci.json", public_views.keys, name="keys"),
    path("verifikasi/pencabutan.json", public_views.revocations, name="revocations"),
    path("verifikasi/status/<int:number>.json", public_views.status_list, name="status-list"),
    path(".well-known/did.json", public_views.did, name="did"),
    path("V/<str:text>", public_views.scanned, name="scanned"),
    path("v/<str:text>", public_views.scanned),
]
