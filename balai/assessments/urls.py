"""Addresses of tests (``/tes``), of one's own attempts (``/pengerjaan``), of people's tests (``/orang/…/tes``)."""

from django.urls import path

from . import analysis_views, extension_views, views

app_name = "assessments"

urlpatterns = [
    path("tes/<uuid:identity>", views.test, name="test"),
    path("tes/<uuid:identity>/pengerjaan", views.start, name="start"),
    path("tes/<uuid:identity>/tambahan", extension_views.test_extension, name="test_extension"),
    path("gangguan-tes", extension_views.outages, name="outages"),
    path("orang/<uuid:id>/tes", extension_views.person_tests, name="person_tests"),
    path("orang/<uuid:id>/tes/<uuid:identity>/tambahan", extension_views.person_extension, name="person_extension"),
    path("tes/<uuid:published>/analisis", analysis_views.analysis, name="analysis"),
    path("tes/<uuid:published>/analisis.xlsx", analysis_views.excel, name="analysis_excel"),
    path("tes/<uuid:published>/kunci.json", views.keys, name="keys"),
    path("pengerjaan/<uuid:attempt>", views.attempt, name="attempt"),
    path("pengerjaan/<uuid:attempt>/jawaban", views.answers, name="answers"),
    path("pengerjaan/<uuid:attempt>/ringkasan", views.overview, name="overview"),
    path("pengerjaan/<uuid:attempt>/kiriman", views.submission, name="submission"),
]
