"""Addresses of coming in and of accounts."""

from django.urls import path

from .views import entrance, numbers, others, own, security, sheets, terms

app_name = "accounts"

urlpatterns = [
    path("masuk", entrance.sign_in, name="sign_in"),
    path("masuk/contoh", entrance.demo, name="demo"),
    path("masuk/kunci", entrance.passkey, name="sign_in_passkey"),
    path("masuk/kode", entrance.code, name="code"),
    path("masuk/kata-sandi", entrance.use_code, name="use_code"),
    path("masuk/pengaman", entrance.second, name="second"),
    path("masuk/pengaman/kunci", entrance.second_passkey, name="second_passkey"),
    path("keluar", entrance.leave, name="leave"),
    path("k/<str:text>", entrance.link, name="link"),
    path("K/<str:text>", entrance.link),
    path("saya", own.overview, name="own"),
    path("saya/profil", own.profile, name="profile"),
    path("saya/keamanan", security.overview, name="security"),
    path("saya/keamanan/ajakan", security.offer, name="offer"),
    path("saya/keamanan/konfirmasi", security.confirm, name="confirm"),
    path("saya/keamanan/kata-sandi", security.password, name="password"),
    path("saya/keamanan/perangkat", security.devices, name="devices"),
    path("saya/keamanan/kunci", security.passkey, name="passkey"),
    path("saya/keamanan/kunci.json", security.passkey_options, name="passkey_options"),
    path("saya/keamanan/aplikasi", security.app, name="app"),
    path("saya/keamanan/cadangan", security.spare, name="spare"),
    path("saya/keamanan/<int:id>/lepas", security.remove, name="remove"),
    path("orang/<uuid:id>/akun", others.account, name="account"),
    path("orang/<uuid:id>/pemulihan", others.recovery, name="recovery"),
    path("orang/<uuid:id>/melihat", others.see, name="see"),
    path("melihat/berhenti", others.stop_seeing, name="stop_seeing"),
    path("orang/<uuid:id>/nomor", numbers.number, name="number"),
    path("orang/<uuid:id>/nomor/lepas", numbers.release, name="release_number"),
    path("orang/kode", sheets.new, name="sheet_new"),
    path("orang/kode/<uuid:id>", sheets.sheet, name="sheet"),
    path("orang/kode/<uuid:id>/slip-<int:number>.pdf", sheets.paper, name="paper"),
    path("orang/kode/<uuid:id>/whatsapp", sheets.messages, name="messages"),
    path("orang/pilih", terms.pick, name="pick"),
    path("orang/pindah", terms.move, name="move"),
    path("orang/jabatan-berakhir", terms.end, name="end_terms"),
]
