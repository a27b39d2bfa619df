"""Addresses of imports."""

from django.urls import path

from .views import batches, columns, rows, uploads

app_name = "imports"
_ONE = "orang/impor/<uuid:id>"

urlpatterns = [
    path("orang/impor", uploads.imports, name="imports"),
    path("orang/impor/daftar-orang.xlsx", uploads.template, name="template"),
    path(_ONE, batches.batch, name="batch"),
    path(f"{_ONE}/kolom", columns.columns, name="columns"),
    path(f"{_ONE}/pemeriksaan", batches.checking, name="checking"),
    path(f"{_ONE}/baris/<int:row_id>", rows.row, name="row"),
    path(f"{_ONE}/persetujuan", batches.acceptance, name="acceptance"),
    path(f"{_ONE}/penyimpanan", batches.saving, name="saving"),
    path(f"{_ONE}/penghentian", batches.stopping, name="stopping"),
    path(f"{_ONE}/pembatalan", batches.undoing, name="undoing"),
    path(f"{_ONE}/penghapusan", batches.discarding, name="discarding"),
    path(f"{_ONE}/hasil.xlsx", batches.result, name="result"),
]
