"""The picture of a region."""

from django.urls import path

from . import views

app_name = "monitoring"

urlpatterns = [
    path("wilayah", views.mine, name="mine"),
    path("wilayah/indonesia.xlsx", views.excel, name="nation-excel"),
    path("wilayah/<str:code>.xlsx", views.excel, name="excel"),
    path("wilayah/<str:code>", views.region, name="region"),
]
