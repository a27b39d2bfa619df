"""Addresses of the room."""

from django.urls import path, re_path

from . import institution_views, views

app_name = "regions"
_KEY = r"^wilayah/(?P<key>[0-9a-f.-]+)"

urlpatterns = [
    path("wilayah/cari", views.find, name="find"),
    path("wilayah/cari.json", views.found, name="found"),
    re_path(f"{_KEY}/tentang$", views.about, name="about"),
    re_path(f"{_KEY}/perubahan/(?P<event>[a-z-]+)$", views.change, name="change"),
    path("lembaga", institution_views.institutions, name="institutions"),
    path("lembaga/baru", institution_views.add, name="add-institution"),
    path("lembaga/<uuid:id>", institution_views.institution, name="institution"),
    path("lembaga/<uuid:id>/ubah", institution_views.change, name="change-institution"),
]
