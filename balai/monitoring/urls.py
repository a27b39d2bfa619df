"""The picture of a region."""

from django.urls import path, re_path

from . import factor_views, held_views, starting_views, views
from .evaluations import views as evaluations

app_name = "monitoring"

urlpatterns = [
    path("catatan", held_views.page, name="held"),
    path("catatan/<uuid:entry>/keputusan", held_views.ruling, name="ruling"),
    path("wilayah", views.mine, name="mine"),
    path("wilayah/indonesia.xlsx", views.excel, name="nation-excel"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)\.xlsx$", views.excel, name="excel"),
    path("wilayah/indonesia/faktor", factor_views.page, name="nation-factors"),
    path("wilayah/indonesia/faktor.xlsx", factor_views.excel, name="nation-factors-excel"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)/faktor$", factor_views.page, name="factors"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)/faktor\.xlsx$", factor_views.excel, name="factors-excel"),
    path("wilayah/indonesia/belum-mulai", starting_views.page, name="nation-not-started"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)/belum-mulai$", starting_views.page, name="not-started"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)/belum-mulai\.xlsx$", starting_views.excel, name="not-started-excel"),
    path("wilayah/indonesia/evaluasi", evaluations.page, name="nation-evaluations"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)/evaluasi$", evaluations.page, name="evaluations"),
    path("evaluasi/<uuid:id>.pdf", evaluations.pdf, name="evaluation-pdf"),
    path("evaluasi/<uuid:id>.xlsx", evaluations.excel, name="evaluation-excel"),
    re_path(r"^wilayah/(?P<code>[0-9.]+)$", views.region, name="region"),
]
