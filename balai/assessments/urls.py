"""Addresses of tests (``/tes``) and of one's own attempts (``/pengerjaan``)."""

from django.urls import path

from . import views

app_name = "assessments"

urlpatterns = [
    path("tes/<uuid:identity>", views.test, name="test"),
    path("tes/<uuid:identity>/pengerjaan", views.start, name="start"),
    path("tes/<uuid:published>/kunci.json", views.keys, name="keys"),
    path("pengerjaan/<uuid:attempt>", views.attempt, name="attempt"),
    path("pengerjaan/<uuid:attempt>/jawaban", views.answers, name="answers"),
    path("pengerjaan/<uuid:attempt>/ringkasan", views.overview, name="overview"),
    path("pengerjaan/<uuid:attempt>/kiriman", views.submission, name="submission"),
]
