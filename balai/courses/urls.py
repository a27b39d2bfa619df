"""Addresses of courses and lessons; authors' drafts lie below ``/pelatihan/naskah``."""

from django.urls import path

from . import author_views, views

app_name = "courses"

urlpatterns = [
    path("pelatihan", views.catalogue, name="catalogue"),
    path("pelatihan/naskah", author_views.drafts, name="drafts"),
    path("pelatihan/naskah/<uuid:draft>", author_views.draft, name="draft"),
    path("pelatihan/naskah/<uuid:draft>/materi/<slug:lesson>", author_views.lesson, name="draft-lesson"),
    path("pelatihan/naskah/<uuid:draft>/berkas/<str:name>", author_views.picture, name="draft-picture"),
    path("pelatihan/naskah/<uuid:draft>/berkas.zip", author_views.export, name="draft-export"),
    path("pelatihan/naskah/<uuid:draft>/terbitan", author_views.publication, name="draft-publication"),
    path("pelatihan/naskah/<uuid:draft>/pemulihan", author_views.restoration, name="draft-restoration"),
    path("pelatihan/<slug:slug>", views.course, name="course"),
    path("pelatihan/<slug:slug>/kemajuan", views.progress_from_phone, name="progress"),
    path("materi/<slug:slug>/<int:number>/<slug:lesson>", views.lesson, name="lesson"),
    path("materi/<slug:slug>/<int:number>/<slug:lesson>/selesai", views.completion, name="completion"),
    path("materi/<slug:slug>/<int:number>/berkas/<str:name>", views.picture, name="picture"),
]
