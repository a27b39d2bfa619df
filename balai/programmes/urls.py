"""Addresses of taking part."""

from django.urls import path

from . import views

app_name = "programmes"

urlpatterns = [
    path("pelatihan/<slug:slug>/kepesertaan", views.enrolment, name="enrolment"),
    path("pelatihan/<slug:slug>/kepesertaan/permintaan", views.requests, name="requests"),
]
