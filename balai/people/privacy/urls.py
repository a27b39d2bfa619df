"""Addresses of this part of the room."""

from django.urls import URLPattern

app_name = "privacy"

urlpatterns: list[URLPattern] = []
