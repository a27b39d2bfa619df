"""Hangs every command on the root."""

from .backup import backup, restore
from .check import check
from .log import log
from .root import root
from .up import prepare, up
from .work import work

__all__ = ["root"]

for _command in (up, prepare, work, check, backup, restore, log):
    root.add_command(_command)
