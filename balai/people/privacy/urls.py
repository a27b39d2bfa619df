"""Addresses of privacy."""

from django.urls import path, re_path

from . import views

app_name = "privacy"

urlpatterns = [
    path("privasi", views.page, name="page"),
    path("pemberitahuan", views.notice, name="notice"),
    path("saya/data", views.mine, name="mine"),
    re_path(r"^saya/data/data-saya\.(?P<form>json|zip)$", views.export, name="export"),
    path("saya/data/penghapusan", views.ask_erasure, name="ask_erasure"),
    path("saya/data/penghapusan/batal", views.cancel_erasure, name="cancel_erasure"),
    path("permintaan-data", views.requests, name="requests"),
    path("permintaan-data/<uuid:id>", views.decide, name="decide"),
]
