"""`balai`: every command by its name."""

import click

import balai

from .texts import _

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class InOrder(click.Group):
    """Lists its commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=InOrder,
    context_settings=CONTEXT,
    help=_("Balai Belajar: menjalankan, memeriksa dan mencadangkan satu server Balai."),
    epilog=_("Bantuan setiap perintah: balai PERINTAH --help. Bahasa Inggris: BALAI_LANGUAGE=en."),
)
@click.version_option(balai.__version__, prog_name="balai", message="%(prog)s %(version)s")
def root() -> None:
    """The group itself does nothing."""
