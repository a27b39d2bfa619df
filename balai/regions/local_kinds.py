"""What people call their kind of region where it is not the general word: nagari, gampong, pekon …

Only where a regulation of the region makes it certain for all of it. Where it is not, the general word stands
and ``region.changed`` can say better for a single region.
"""

from .codes import FIRST_CITY, level_of

#: Villages that are called so in a whole province, by the province's code.
_OF_PROVINCES = {
    "34": "Kalurahan",  # Peraturan Gubernur DIY 25/2019
    **dict.fromkeys(("91", "92", "93", "94", "95", "96"), "Kampung"),  # UU 21/2001 and UU 2/2021
}
#: Villages of a kabupaten or kota, by its code.
_OF_REGENCIES = {
    # Aceh (UU 11/2006: gampong or another name; the kabupaten's qanun says which)
    **dict.fromkeys(
        "11.01 11.03 11.05 11.06 11.07 11.08 11.11 11.12 11.14 11.15 11.18 11.71 11.72 11.73 11.74".split(),
        "Gampong",
    ),
    **dict.fromkeys(("11.04", "11.16", "11.17"), "Kampung"),
    "11.02": "Kute",
    # Sumatera Barat, without Kepulauan Mentawai and the kota (Perda Sumbar 7/2018)
    **dict.fromkeys((f"13.{number:02}" for number in range(1, 13) if number != 9), "Nagari"),
    "14.07": "Kepenghuluan",
    "14.08": "Kampung",
    "15.08": "Dusun",
    # Lampung
    **dict.fromkeys(("18.02", "18.05", "18.08"), "Kampung"),
    **dict.fromkeys(("18.04", "18.06", "18.10", "18.13"), "Pekon"),
    "18.12": "Tiyuh",
    # Kalimantan Timur
    **dict.fromkeys(("64.03", "64.07", "64.11"), "Kampung"),
    # Tana Toraja and Toraja Utara
    **dict.fromkeys(("73.18", "73.26"), "Lembang"),
}


def local_kind(code: str, kind: str) -> str:
    """The local word for the region with ``code``; "" where the general word of its ``kind`` is used."""
    if kind == "desa":
        return _OF_REGENCIES.get(code[:5]) or _OF_PROVINCES.get(code[:2], "")
    if kind == "desa_adat" and code[:2] in _OF_PROVINCES:
        return "Kampung Adat"
    if kind == "kecamatan" and code[:2] == "34" and level_of(code) == 3:
        # Peraturan Gubernur DIY 25/2019: kapanewon in a kabupaten, kemantren in the kota.
        return "Kemantren" if int(code[3:5]) >= FIRST_CITY else "Kapanewon"
    return ""
