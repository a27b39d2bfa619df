"""A machine that is busy for a moment does not make a right passphrase wrong."""

import pyrage
import pytest

from balai.common.passphrases import unsealed


def test_a_right_passphrase_opens_and_a_wrong_one_does_not():
    sealed = pyrage.passphrase.encrypt(b"kunci", "padi menguning di sawah")
    assert unsealed(sealed, "padi menguning di sawah") == b"kunci"
    with pytest.raises(pyrage.DecryptError):
        unsealed(sealed, "padi menguning di ladang")


class Busy:
    """An age that takes this machine for too slow, ``times`` times."""

    def __init__(self, times: int) -> None:
        self.left, self.asked = times, 0

    def decrypt(self, sealed: bytes, passphrase: str) -> bytes:
        self.asked += 1
        if self.left:
            self.left -= 1
            raise pyrage.DecryptError("Excessive work parameter for passphrase.")
        return sealed


def test_too_much_work_is_tried_again_and_not_for_ever(monkeypatch):
    busy = Busy(2)
    monkeypatch.setattr(pyrage, "passphrase", busy)
    assert (unsealed(b"a", ""), busy.asked) == (b"a", 3)
    busy = Busy(99)
    monkeypatch.setattr(pyrage, "passphrase", busy)
    with pytest.raises(pyrage.DecryptError):
        unsealed(b"a", "")
    assert busy.asked == 5
