"""Addresses of making an account by oneself."""

from django.urls import path

from . import views

app_name = "joining"

urlpatterns = [
    path("daftar", views.join, name="join"),
    path("daftar/wilayah.json", views.villages, name="villages"),
]
