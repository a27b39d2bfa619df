"""Addresses of courses and lessons; authors' drafts lie below ``/pelatihan/naskah``."""

from django.urls import path

from . import arranging_views, author_views, history_views, views, writing_views

app_name = "courses"
_WRITING = "pelatihan/naskah/tulis/<uuid:course>"

urlpatterns = [
    path("pelatihan", views.catalogue, name="catalogue"),
    path("pelatihan/naskah", author_views.drafts, name="drafts"),
    path("pelatihan/naskah/baru", arranging_views.new, name="draft-new"),
    path(f"{_WRITING}", writing_views.course, name="write"),
    path(f"{_WRITING}/susunan", arranging_views.arrange, name="write-arrange"),
    path(f"{_WRITING}/gambar", arranging_views.upload, name="write-picture"),
    path(f"{_WRITING}/riwayat", history_views.history, name="write-history"),
    path(f"{_WRITING}/riwayat/<uuid:draft>", history_views.compare, name="write-compare"),
    path(f"{_WRITING}/berkas/<path:path>", writing_views.file, name="write-file"),
    path(f"{_WRITING}/pratinjau/<path:path>", writing_views.preview, name="write-preview"),
    path("pelatihan/naskah/<uuid:draft>", author_views.draft, name="draft"),
    path("pelatihan/naskah/<uuid:draft>/materi/<slug:lesson>", author_views.lesson, name="draft-lesson"),
    path("pelatihan/naskah/<uuid:draft>/berkas/<str:name>", author_views.picture, name="draft-picture"),
    path("pelatihan/naskah/<uuid:draft>/berkas.zip", author_views.export, name="draft-export"),
    path("pelatihan/naskah/<uuid:draft>/terbitan", author_views.publication, name="draft-publication"),
    path("pelatihan/naskah/<uuid:draft>/pemulihan", author_views.restoration, name="draft-restoration"),
    path("pelatihan/<slug:slug>", views.course, name="course"),
    path("pelatihan/<slug:slug>/glosarium", views.words, name="glossary"),
    path("pelatihan/<slug:slug>/kemajuan", views.progress_from_phone, name="progress"),
    path("materi/<slug:slug>/<int:number>/<slug:lesson>", views.lesson, name="lesson"),
    path("materi/<slug:slug>/<int:number>/<slug:lesson>/selesai", views.completion, name="completion"),
    path("materi/<slug:slug>/<int:number>/berkas/<str:name>", views.picture, name="picture"),
]
