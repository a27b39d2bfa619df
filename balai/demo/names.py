"""Invented names as one meets them in the villages of Lampung and beyond: each drawn from the place it is for."""

from random import Random
from typing import Literal

Sex = Literal["L", "P"]
People = Literal["jawa", "lampung", "bali", "sunda", "timor"]

#: How a village's name tells who founded it; the first that fits.
_TELLING: tuple[tuple[People, tuple[str, ...]], ...] = (
    ("bali", ("Rama ", "Ratna", "Swastika", "Sangga", "Wirata", "Dharma", "Varia", "Setia Bu", "Sakti Bu", "Buana")),
    ("sunda", ("Ci", "Subang", "Sinar Banten", "Riau Priangan", "Bandar Sakti")),
    ("lampung", ("Terbanggi", "Buyut", "Gunung", "Negeri", "Negara", "Komering", "Haduyang", "Gedung", "Haji", "Udik",
                 "Ilir", "Tanjung", "Segala", "Payung", "Sangun", "Bumi", "Kuripan", "Padang", "Lingga", "Subing")),
)  # fmt: skip
#: Of a hundred people in a village founded by the first, how many are of which.
_MIXED: dict[People, tuple[tuple[People, int], ...]] = {
    "bali": (("bali", 75), ("jawa", 25)),
    "sunda": (("sunda", 60), ("jawa", 40)),
    "lampung": (("lampung", 60), ("jawa", 30), ("sunda", 10)),
    "jawa": (("jawa", 82), ("lampung", 10), ("sunda", 8)),
    "timor": (("timor", 100),),
}
_FIRST: dict[tuple[People, Sex], tuple[str, ...]] = {
    ("jawa", "L"): ("Agus", "Bambang", "Budi", "Dwi", "Edi", "Eko", "Heri", "Joko", "Mulyadi", "Ngatiman", "Paiman",
                    "Purwanto", "Slamet", "Sugeng", "Sumarno", "Suparman", "Supriyadi", "Sutrisno", "Suyono", "Teguh",
                    "Tri", "Wahyu", "Waluyo", "Yulianto"),
    ("jawa", "P"): ("Anik", "Dewi", "Dwi", "Endang", "Eni", "Fitri", "Kartini", "Lilik", "Mujiati", "Ngatini", "Nur",
                    "Puji", "Ratna", "Rini", "Siti", "Sri", "Sulastri", "Sumarni", "Supartinah", "Titik", "Tri",
                    "Wiwik", "Yuni", "Umi"),
    ("lampung", "L"): ("Ahmad", "Darwis", "Erwan", "Fauzan", "Hasanuddin", "Herman", "Ibrahim", "Idham", "Indra",
                       "Mukhtar", "Nasir", "Raden", "Ridwan", "Rusdi", "Syahrial", "Yusuf", "Zainal", "Zulkifli"),
    ("lampung", "P"): ("Aisyah", "Eliyana", "Herlina", "Khoiriyah", "Marlena", "Masnah", "Nurbaiti", "Nurlela",
                       "Rohana", "Rosdiana", "Siti", "Susilawati", "Yusnidar", "Yusnita", "Zahara", "Zuraida"),
    ("bali", "L"): ("I Wayan", "I Made", "I Nyoman", "I Ketut", "I Putu", "I Kadek", "I Komang", "I Gede", "I Nengah"),
    ("bali", "P"): ("Ni Wayan", "Ni Made", "Ni Nyoman", "Ni Ketut", "Ni Putu", "Ni Kadek", "Ni Komang", "Ni Luh"),
    ("sunda", "L"): ("Asep", "Cecep", "Dadang", "Dede", "Endang", "Jajang", "Maman", "Odang", "Tatang", "Ujang"),
    ("sunda", "P"): ("Ai", "Cucu", "Dedeh", "Eneng", "Euis", "Iis", "Lilis", "Neneng", "Nining", "Yayah"),
    ("timor", "L"): ("Antonius", "Benyamin", "Dominggus", "Fransiskus", "Kornelis", "Markus", "Simon", "Yohanes"),
    ("timor", "P"): ("Adolfina", "Agustina", "Bernadeta", "Dorkas", "Maria", "Martha", "Ruth", "Yuliana"),
}  # fmt: skip
_LAST: dict[tuple[People, Sex], tuple[str, ...]] = {
    ("jawa", "L"): ("", "", "Prasetyo", "Santoso", "Riyadi", "Wibowo", "Nugroho", "Susanto", "Hartono", "Purnomo",
                    "Setiawan", "Handoko", "Widodo", "Utomo", "Kurniawan", "Raharjo"),
    ("jawa", "P"): ("", "Lestari", "Rahayu", "Wahyuni", "Handayani", "Astuti", "Khotimah", "Utami", "Suryani",
                    "Wulandari", "Ningsih", "Fatimah", "Hidayati", "Susanti", "Puspitasari", "Aminah"),
    ("lampung", "L"): ("", "Umar", "Effendi", "Jaya", "Saputra", "Hakim", "Rasyid", "Akbar", "Basri", "Yahya",
                       "Abidin", "Syarif", "Pratama", "Kesuma"),
    ("lampung", "P"): ("", "Sari", "Agustina", "Oktavia", "Hasanah", "Yulianti", "Wati", "Putri", "Anggraini",
                       "Amelia", "Kesuma"),
    ("bali", "L"): ("Artawan", "Sudarsana", "Suarta", "Sukerta", "Widana", "Mudita", "Suardana", "Astawa", "Darmayasa",
                    "Subagia", "Wirawan", "Sumerta"),
    ("bali", "P"): ("Rasmini", "Suryani", "Parwati", "Astini", "Sukerti", "Widiasih", "Sari", "Darmayanti", "Ariani",
                    "Suartini", "Puspa"),
    ("sunda", "L"): ("Sunandar", "Hidayat", "Suherman", "Mulyana", "Rohmat", "Suryana", "Permana", "Kosasih"),
    ("sunda", "P"): ("Rohaeti", "Nurhayati", "Komalasari", "Kurniasih", "Maryati", "Sumiati", "Rosmiati"),
    ("timor", "L"): ("Nenobais", "Taneo", "Banunaek", "Tefa", "Liunokas", "Selan", "Nubatonis", "Baun"),
    ("timor", "P"): ("Nenobais", "Taneo", "Banunaek", "Tefa", "Liunokas", "Selan", "Nubatonis", "Baun"),
}  # fmt: skip
_DEGREES = ("S.Pd.", "S.E.", "S.H.", "S.Sos.", "S.Kom.", "A.Md.", "S.P.", "S.I.P.")


def draw(random: Random, village: str, code: str) -> tuple[str, Sex]:
    """A name and a sex for somebody of the village called ``village`` with ``code``."""
    of = _of(random, village, code)
    sex: Sex = "P" if random.random() < 0.38 else "L"
    words = [random.choice(_FIRST[of, sex]), random.choice(_LAST[of, sex])]
    name = " ".join(word for word in words if word)
    chance = random.random()
    if of not in {"bali", "timor"} and chance < 0.06:
        name = f"Hj. {name}" if sex == "P" else f"H. {name}"
    return (f"{name}, {random.choice(_DEGREES)}" if chance > 0.72 else name), sex


def _of(random: Random, village: str, code: str) -> People:
    if code.startswith("51."):
        return "bali"
    if code.startswith("53."):
        return "timor"
    founders: People = next((of for of, parts in _TELLING if any(part in village for part in parts)), "jawa")
    mixed = _MIXED[founders]
    return random.choices([of for of, _share in mixed], [share for _of, share in mixed])[0]
