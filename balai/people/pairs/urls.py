"""Addresses of pairs."""

from django.urls import path

from . import views

app_name = "pairs"

urlpatterns = [
    path("orang/mungkin-sama", views.pairs, name="pairs"),
    path("orang/mungkin-sama/daftar.xlsx", views.excel, name="excel"),
    path("orang/mungkin-sama/<int:id>", views.pair, name="pair"),
]
