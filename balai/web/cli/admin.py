"""`balai admin`: the first person of a hub."""

import click

from .frame import common
from .output import Output
from .texts import _


@click.group(help=_("Admin nasional: orang pertama di server pusat."))
def admin() -> None:
    """The group itself does nothing."""


@admin.command(help=_("Buat seorang admin dan kode masuk sekali pakai untuknya."))
@click.option("--name", required=True, help=_("Nama lengkap, dengan gelar bila ada."))
@click.option("--username", help=_("Nama pengguna. Tanpa ini dibuat dari nama."))
@click.option("--phone", default="", help=_("Nomor HP; dapat dipakai masuk."))
@common
def create(output: Output, *, name: str, username: str | None, phone: str) -> None:
    """No password is typed here: the code opens the page where the admin chooses one."""
    output.open()
    from django.conf import settings

    from balai.common import formats
    from balai.common import phone as phones
    from balai.people.accounts import codes, slips
    from balai.web.machine import admins

    made = admins.create(name, username or "", phones.read(phone) if phone else "")
    link = slips.link(settings.BALAI_URL, made.code)
    told = {"person": str(made.account.person_id), "username": made.account.username, "code": made.code, "link": link}
    output.answer(told | {"expires_at": made.expires_at})
    output.say(_("Admin {name}, nama pengguna {username}.").format(name=name, username=made.account.username))
    output.say(_("Kode masuk: {code} (berlaku sekali)").format(code=codes.grouped(made.code)))
    output.say(_("Buka {link} sampai {day}.").format(link=link, day=formats.day(made.expires_at)))
