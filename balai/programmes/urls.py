"""Addresses of programmes, their cohorts, and taking part."""

from django.urls import path

from . import programme_views, views
from .cohorts import schedule_views
from .cohorts import views as cohorts
from .lists import views as lists
from .rollout import overview_views
from .rollout import views as rollout
from .seats import coordinator_views
from .seats import views as seats

app_name = "programmes"

urlpatterns = [
    path("pelatihan/<slug:slug>/kepesertaan", views.enrolment, name="enrolment"),
    path("pelatihan/<slug:slug>/kepesertaan/permintaan", views.requests, name="requests"),
    path("program", programme_views.programmes, name="programmes"),
    path("program/baru", programme_views.add, name="add"),
    path("program/<uuid:id>", programme_views.programme, name="programme"),
    path("program/<uuid:id>/ubah", programme_views.change, name="change"),
    path("program/<uuid:id>/angkatan/baru", cohorts.add, name="add-cohort"),
    path("program/<uuid:id>/wilayah", overview_views.rollouts, name="rollouts"),
    path("program/<uuid:id>/wilayah.xlsx", overview_views.excel, name="rollouts-excel"),
    path("program/<uuid:id>/wilayah/<str:code>", rollout.rollout, name="rollout"),
    path("program/<uuid:id>/wilayah/<str:code>/langkah", rollout.step, name="rollout-step"),
    path("program/<uuid:id>/wilayah/<str:code>/lembar", rollout.sheet, name="rollout-sheet"),
    path("program/<uuid:id>/wilayah/<str:code>/lembar/keputusan", rollout.decision, name="rollout-decision"),
    path("program/<uuid:id>/wilayah/<str:code>/lembar/riwayat", rollout.history, name="rollout-history"),
    path("program/<uuid:id>/wilayah/<str:code>/komitmen", rollout.commitment, name="rollout-commitment"),
    path("program/<uuid:id>/wilayah/<str:code>/berkas/<uuid:paper>", rollout.file, name="rollout-file"),
    path("program/<uuid:id>/wilayah/<str:code>/penarikan/<uuid:paper>", rollout.withdrawal, name="rollout-withdrawal"),
    path("angkatan/<uuid:id>", cohorts.cohort, name="cohort"),
    path("angkatan/<uuid:id>/ubah", cohorts.change, name="change-cohort"),
    path("angkatan/<uuid:id>/kuota", cohorts.deviations, name="deviations"),
    path("angkatan/<uuid:id>/tahap/baru", schedule_views.add_batch, name="add-batch"),
    path("tahap/<uuid:id>/ubah", schedule_views.change_batch, name="change-batch"),
    path("tahap/<uuid:id>/sesi/baru", schedule_views.add_session, name="add-session"),
    path("sesi/<uuid:id>/ubah", schedule_views.change_session, name="change-session"),
    path("angkatan/<uuid:id>/ikut", seats.joining, name="joining"),
    path("kepesertaan/<uuid:id>", seats.place, name="place"),
    path("kepesertaan/<uuid:id>/pengunduran", seats.withdrawal, name="withdrawal"),
    path("angkatan/<uuid:id>/utusan", coordinator_views.delegates, name="delegates"),
    path("angkatan/<uuid:id>/permintaan", coordinator_views.answers, name="answers"),
    path("angkatan/<uuid:id>/daftar", lists.lists, name="lists"),
    path("daftar-utusan/<uuid:id>", lists.name_list, name="list"),
    path("daftar-utusan/<uuid:id>/pengiriman", lists.sending, name="list-sending"),
    path("daftar-utusan/<uuid:id>/penghapusan", lists.discarding, name="list-discarding"),
    path("daftar-utusan/<uuid:id>/hasil.xlsx", lists.result, name="list-result"),
    path("angkatan/<uuid:id>/peserta", coordinator_views.participants, name="participants"),
    path("angkatan/<uuid:id>/peserta.xlsx", coordinator_views.participants_excel, name="participants-excel"),
]
