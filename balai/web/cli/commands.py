"""Hangs every command on the root."""

from .log import log
from .root import root
from .up import prepare, up
from .work import work

for _command in (up, prepare, work, log):
    root.add_command(_command)
