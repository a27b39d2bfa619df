"""Addresses of coming in and of accounts."""

from django.urls import path

from .views import entrance

app_name = "accounts"

urlpatterns = [
    path("masuk", entrance.sign_in, name="sign_in"),
    path("masuk/contoh", entrance.demo, name="demo"),
    path("masuk/kode", entrance.code, name="code"),
    path("masuk/kata-sandi", entrance.use_code, name="use_code"),
    path("masuk/pengaman", entrance.second, name="second"),
    path("masuk/pengaman/kunci", entrance.second_passkey, name="second_passkey"),
    path("keluar", entrance.leave, name="leave"),
    path("k/<str:text>", entrance.link, name="link"),
    path("K/<str:text>", entrance.link),
]
