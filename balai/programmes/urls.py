"""Addresses of programmes and of taking part."""

from django.urls import path

from . import programme_views, views

app_name = "programmes"

urlpatterns = [
    path("pelatihan/<slug:slug>/kepesertaan", views.enrolment, name="enrolment"),
    path("pelatihan/<slug:slug>/kepesertaan/permintaan", views.requests, name="requests"),
    path("program", programme_views.programmes, name="programmes"),
    path("program/baru", programme_views.add, name="add"),
    path("program/<uuid:id>", programme_views.programme, name="programme"),
    path("program/<uuid:id>/ubah", programme_views.change, name="change"),
]
