"""How names of regions are compared: without case, marks, dots, and with the short forms that people write."""

import re
import unicodedata
from itertools import filterfalse

_NOISE = re.compile(r"[^a-z0-9]+")
_ROMAN = {
    word: str(number) for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split(), 1)
}
_SHORT = {
    "gn": "gunung",
    "kep": "kepulauan",
    "kp": "kampung",
    "lbk": "lubuk",
    "mns": "meunasah",
    "perk": "perkebunan",
    "tj": "tanjung",
    "tgk": "teungku",
}
CITY, REGENCY = "kota", "kabupaten"
#: Words that name a kind, and the level (for the second, the kind too) that they mean.
KIND_WORDS: dict[str, tuple[int, str]] = {
    **dict.fromkeys("prov provinsi propinsi".split(), (1, "")),
    **dict.fromkeys("kab kabupaten".split(), (2, REGENCY)),
    **dict.fromkeys("kota kotamadya".split(), (2, CITY)),
    **dict.fromkeys("kec kecamatan distrik kapanewon kemantren".split(), (3, "")),
    **dict.fromkeys(
        """
        desa ds kampung kelurahan kel kalurahan nagari gampong pekon tiyuh dusun lembang kute kepenghuluan
        """.split(),
        (4, ""),
    ),
}


def words(text: str) -> list[str]:
    """``["sukamaju", "2"]`` from ``Sukamaju II``: lower case, no marks, Roman numbers as digits."""
    plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text.lower())))
    found = [_SHORT.get(word, word) for word in _NOISE.sub(" ", plain).split()]
    return found[:1] + [_ROMAN.get(word, word) for word in found[1:]]
