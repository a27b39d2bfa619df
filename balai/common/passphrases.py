"""Opening what a passphrase sealed (age, scrypt).

age measures how fast this machine is right now, and refuses a file whose work it takes for more than sixteen
times what is reasonable: a machine that is busy for a moment looks that slow. So such a refusal is tried again.
"""

import pyrage

_TRIES = 5


def unsealed(sealed: bytes, passphrase: str) -> bytes:
    """The plain bytes. Raises ``pyrage.DecryptError``."""
    for _try in range(_TRIES - 1):
        try:
            return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
        except pyrage.DecryptError as error:
            if "excessive" not in str(error).lower():
                raise
    return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
