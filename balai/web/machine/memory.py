"""Keeping a process small on a village machine."""

import ctypes
import sys

#: ``M_ARENA_MAX`` of glibc's ``mallopt``.
_ARENA_MAX = -8


def one_arena() -> None:
    """Let all threads of this process and of its forks share one heap.

    glibc gives each thread a heap of its own and hands little of it back: 17 MB more in a web process after a day's
    load, for a speed that a program with one thread of Python cannot use.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
        if mallopt:
            mallopt(_ARENA_MAX, 1)


def trim() -> None:
    """Hand back to the system what is free."""
    if sys.platform == "linux":
        malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if malloc_trim:
            malloc_trim(0)
