"""What is said about a cell: an error (the row is refused), a look (somebody decides), a note."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from balai.common.problems import CATALOGUE, Problem, Refusal


class Level(StrEnum):
    ERROR = "error"
    LOOK = "look"
    NOTE = "note"


#: Looks and notes by their code. Errors have a number in the catalogue of problems.
TEXTS = {
    "nik_region": _("Kode wilayah di depan NIK ini tidak dikenal."),
    "nik_birth_date": _("Tanggal lahir di dalam NIK berbeda dengan kolom tanggal lahir."),
    "nik_sex": _("Jenis kelamin menurut NIK berbeda dengan kolom jenis kelamin."),
    "place_ambiguous": _("“{typed}” cocok dengan beberapa wilayah. Pilih satu."),
    "place_other_district": _("“{typed}” tidak ada di kecamatan itu, tetapi ada di tempat lain. Pilih satu."),
    "place_read_as": _("Terbaca sebagai {name}."),
    "code_other_name": _("Kode {code} adalah {name}, bukan {typed}."),
    "alike": _("Mungkin orang yang sudah ada. Bandingkan, lalu putuskan."),
    "nik_other_name": _("NIK ini sudah milik orang dengan nama lain. Bandingkan, lalu putuskan."),
    "changed_since": _("Data orang ini berubah sejak baris diperiksa. Lihat lagi, lalu putuskan."),
    "barred": _("Data orang ini tidak dapat Anda ubah: ia di luar wilayah tugas Anda, atau nomor HP-nya milik atasan."),
    "double": _("Mungkin orang yang sama dengan baris {row}."),
    "same_row": _("Sama persis dengan baris {row}, jadi dilewati."),
    "formula": _("Sel ini berisi rumus; yang dipakai hasilnya."),
    "shared_phone": _("Nomor HP ini juga dipakai orang lain, jadi tidak dapat dipakai untuk masuk."),
    "from_heading": _("Wilayah diambil dari judul di atas baris ini."),
}
#: Looks about the cells themselves: "ya, ini benar" settles them all at once.
ACCEPTABLE = frozenset({"nik_region", "nik_birth_date", "nik_sex", "code_other_name"})


@dataclass(frozen=True)
class Finding:
    """One thing about one field. ``facts`` fill the text; ``options`` among them are choices ``[id, words]``."""

    field: str
    level: Level
    code: str
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)

    def as_json(self) -> list[Any]:
        return [self.field, str(self.level), self.code, self.facts]

    @classmethod
    def from_json(cls, stored: list[Any]) -> "Finding":
        return cls(stored[0], Level(stored[1]), stored[2], stored[3])

    @property
    def text(self) -> str:
        """The sentence for the person, in the language of the moment."""
        if self.level == Level.ERROR:
            return Refusal(CATALOGUE[self.code], **self.facts).title
        return str(TEXTS[self.code]).format(**self.facts)

    @property
    def cure(self) -> str:
        """What to do about an error; "" for others."""
        return Refusal(CATALOGUE[self.code], **self.facts).cure if self.level == Level.ERROR else ""


def error(field: str, problem: Problem, /, **facts: Any) -> Finding:
    return Finding(field, Level.ERROR, problem.code, facts)


def refused(field: str, refusal: Refusal) -> Finding:
    return Finding(field, Level.ERROR, refusal.problem.code, refusal.facts)


def look(field: str, code: str, /, **facts: Any) -> Finding:
    return Finding(field, Level.LOOK, code, facts)


def note(field: str, code: str, /, **facts: Any) -> Finding:
    return Finding(field, Level.NOTE, code, facts)
