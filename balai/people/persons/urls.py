"""Addresses of people."""

from django.urls import path

from . import merge_views, views

app_name = "persons"

urlpatterns = [
    path("orang", views.people, name="people"),
    path("orang/daftar.xlsx", views.excel, name="excel"),
    path("orang/baru", views.new, name="new"),
    path("orang/<uuid:id>", views.person, name="person"),
    path("orang/<uuid:id>/ubah", views.edit, name="edit"),
    path("orang/<uuid:id>/keputusan", views.decision, name="decision"),
    path("orang/<uuid:id>/penggabungan", merge_views.merge, name="merge"),
    path("orang/<uuid:id>/pemisahan", merge_views.parting, name="parting"),
]
