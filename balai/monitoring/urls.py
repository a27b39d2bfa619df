"""The picture of a region."""

from django.urls import path, re_path

from . import held_views, views

app_name = "monitoring"

urlpatterns = [
    path("catatan", held_views.page, name="held"),
    path("catatan/<uuid:entry>/keputusan", held_views.ruling, name="ruling"),
    path("wilayah", views.mine, name="mine"),
    path("wilayah/indonesia.xlsx", views.excel, name="nation-excel"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)\.xlsx$", views.excel, name="excel"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)$", views.region, name="region"),
]
