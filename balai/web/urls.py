"""Addresses that belong to the whole site."""

from django.conf import settings
from django.urls import path

from balai.web import views

app_name = "web"

urlpatterns = [
    path("", views.front, name="front"),
    path("saya.json", views.me, name="me"),
    path("tampilan", views.look, name="look"),
    path("bantuan", views.help_page, name="help"),
    path("bantuan/kode", views.codes, name="codes"),
]

if settings.DEBUG:
    from balai.web import style

    urlpatterns += [
        path("gaya", style.page),
        path("gaya/beranda", style.home),
        path("gaya/fokus", style.focus),
    ]
