"""Hangs every command on the root, in the order in which one meets them."""

from .admin import admin
from .backup import backup, restore
from .certificate import certificate
from .check import check
from .course import course
from .key import key
from .log import log
from .people import people
from .root import root
from .up import demo, prepare, up
from .work import work

__all__ = ["root"]

for _command in (up, demo, prepare, work, check, backup, restore, admin, people, course, certificate, key, log):
    root.add_command(_command)
