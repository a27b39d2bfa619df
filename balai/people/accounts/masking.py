"""A name that its owner recognises and that tells a stranger little."""

from balai.common import names

_HIDDEN = "•"


def masked(name: str) -> str:
    """``Si•• Ra••••`` of ``Siti Rahayu, S.Pd.``: two letters of each word, no titles."""
    return " ".join(_masked_word(word) for word in names.bare(name).title().split()) or _HIDDEN * 3


def _masked_word(word: str) -> str:
    shown = 2 if len(word) > 3 else 1
    return word[:shown] + _HIDDEN * (len(word) - shown)
