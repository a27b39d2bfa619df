"""The picture of a region."""

from django.urls import path

from . import held_views, views

app_name = "monitoring"

urlpatterns = [
    path("catatan", held_views.page, name="held"),
    path("catatan/<uuid:entry>/keputusan", held_views.ruling, name="ruling"),
    path("wilayah", views.mine, name="mine"),
    path("wilayah/indonesia.xlsx", views.excel, name="nation-excel"),
    path("wilayah/<str:code>.xlsx", views.excel, name="excel"),
    path("wilayah/<str:code>", views.region, name="region"),
]
