"""Addresses of roles."""

from django.urls import path

from . import views

app_name = "delegation"

urlpatterns = [
    path("hak", views.holders, name="holders"),
    path("hak/tim", views.teams, name="teams"),
    path("hak/tunjuk", views.candidates, name="candidates"),
    path("orang/<uuid:id>/hak", views.roles, name="roles"),
    path("orang/<uuid:id>/hak/<uuid:role>/cabut", views.revoke, name="revoke"),
]
