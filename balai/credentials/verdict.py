"""What checking a certificate can end in, told in plain words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai.common import formats

from .statement import Statement


class State(TextChoices):
    """The ends, told apart so that nobody takes a typing slip for a fraud, or a fraud for a slip."""

    VALID = "valid", gettext_lazy("Asli")
    LISTED = "listed", gettext_lazy("Nomor tercatat")
    REVOKED = "revoked", gettext_lazy("Dicabut")
    REPLACED = "replaced", gettext_lazy("Diganti")
    EXPIRED = "expired", gettext_lazy("Kedaluwarsa")
    ALTERED = "altered", gettext_lazy("Isinya diubah")
    FORGED = "forged", gettext_lazy("Palsu")
    KEY_REVOKED = "key_revoked", gettext_lazy("Kuncinya dicabut")
    DEMO = "demo", gettext_lazy("CONTOH")
    UNREADABLE = "unreadable", gettext_lazy("Tidak terbaca")
    UNKNOWN = "unknown", gettext_lazy("Nomor tidak dikenal")


@dataclass(frozen=True)
class Verdict:
    """How a check ended.

    ``statement`` is what the paper must say; it is there only when its signature was made by the issuer.
    ``since``: the day of a revocation or replacement, or the last day of what expired; ``successor``: the number
    of the certificate that replaced it. ``as_of``: how old the list of revocations is that was looked at;
    ``None`` when there was none. ``unchecked``: the file held more codes than were looked at, which no
    certificate does. ``example_of``: of an example, what it would be if it were a certificate.
    """

    state: State
    statement: Statement | None = None
    issuer: str = ""
    since: date | None = None
    as_of: datetime | None = None
    unchecked: bool = False
    successor: str = ""
    example_of: State | None = None

    @property
    def good(self) -> bool:
        """Whether a person may rely on the paper."""
        return self.state == State.VALID and not self.unchecked

    @property
    def title(self) -> str:
        """One or two words."""
        return str(self.state.label)

    @property
    def happened(self) -> str:
        """What was found."""
        more = _("Berkas ini memuat kode lain yang tidak diperiksa.")
        found = self._found(self.state)
        if self.example_of in {State.REVOKED, State.REPLACED, State.EXPIRED}:
            found = _("{found} Di peragaan itu: {so}").format(found=found, so=self._found(self.example_of))
        return f"{found} {more}" if self.unchecked else found

    def _found(self, state: State) -> str:
        day = formats.day(self.since) if self.since else ""
        return {
            State.VALID: _("Sertifikat ini dibuat oleh {issuer} dan isinya tidak diubah."),
            State.LISTED: _("Sertifikat dengan nomor ini ada dalam daftar {issuer}."),
            State.REVOKED: _("Sertifikat ini dulu dibuat oleh {issuer}, tetapi dicabut pada {day}."),
            State.REPLACED: _("Sertifikat ini dulu dibuat oleh {issuer}. Pada {day} diganti oleh nomor {successor}."),
            State.EXPIRED: _("Sertifikat ini dibuat oleh {issuer} dan berlaku sampai {day}. Masa itu sudah lewat."),
            State.ALTERED: _("Isi kode ini tidak cocok dengan tanda tangannya: ada yang diubah atau hilang."),
            State.FORGED: _("Kode ini tidak ditandatangani oleh penerbit yang dikenal."),
            State.KEY_REVOKED: _("Kunci yang menandatangani sertifikat ini tidak dipercaya lagi sejak {day}."),
            State.DEMO: _("Tanda tangannya cocok, tetapi ini contoh dari peragaan Balai, bukan sertifikat.")
            if self.statement
            else _("Ini contoh dari peragaan Balai, bukan sertifikat."),
            State.UNREADABLE: _("Di sini tidak ada kode sertifikat yang dapat dibaca."),
            State.UNKNOWN: _("Tidak ada sertifikat dengan nomor ini."),
        }[state].format(issuer=self.issuer, day=day, successor=self.successor)

    @property
    def advice(self) -> str:
        """What to do now."""
        if self.unchecked and self.state == State.VALID:
            return _("Pindai kode QR pada kertas, atau unggah berkas satu sertifikat saja.")
        return {
            State.VALID: _("Cocokkan keterangan di bawah dengan kertas yang Anda pegang."),
            State.LISTED: _(
                "Nomor saja belum membuktikan kertasnya asli. Pindai kode QR pada kertas untuk memastikan."
            ),
            State.REVOKED: _("Jangan dipakai lagi. Tanyakan alasannya kepada penerbit."),
            State.REPLACED: _("Minta pemiliknya menunjukkan sertifikat pengganti. Yang ini tidak dipakai lagi."),
            State.EXPIRED: _("Tanyakan apakah pemiliknya sudah memperbaruinya. Yang baru menyebut nomor ini."),
            State.ALTERED: _(
                "Pindai sekali lagi langsung dari kertas. Bila hasilnya tetap sama, jangan diterima; "
                "minta pemiliknya menunjukkan sertifikat di Balai."
            ),
            State.FORGED: _("Jangan diterima. Minta pemiliknya menunjukkan sertifikat di Balai."),
            State.KEY_REVOKED: _("Periksa nomornya di server pusat, atau minta pemiliknya mengunduh lagi."),
            State.DEMO: _("Tidak ada yang perlu dilakukan."),
            State.UNREADABLE: _(
                "Pindai kode QR pada kertas, salin seluruh tautannya, atau unggah berkas PDF yang asli."
            ),
            State.UNKNOWN: _("Periksa lagi angka, huruf, dan garis miringnya, atau pindai kode QR."),
        }[self.state]

    @property
    def freshness(self) -> str:
        """How old the knowledge of revocations is on which this rests; "" where it does not matter."""
        if self.as_of:
            when = formats.moment(self.as_of.astimezone(formats.zone_of("")))
            return _("Dicocokkan dengan daftar pencabutan per {when}.").format(when=when)
        if self.state in {State.VALID, State.EXPIRED}:
            return _("Daftar pencabutan tidak ikut diperiksa: sertifikat yang sudah dicabut tampak asli.")
        return ""

    def as_dict(self) -> dict[str, Any]:
        """For programs: JSON values only."""
        return {
            "state": self.state.value,
            "title": self.title,
            "happened": self.happened,
            "advice": self.advice,
            "statement": _plain(self.statement) if self.statement else None,
            "unchecked": self.unchecked,
            "successor": self.successor or None,
            "revocations_as_of": self.as_of.isoformat() if self.as_of else None,
        }


def _plain(statement: Statement) -> dict[str, Any]:
    return {
        "number": statement.number,
        "name": statement.name,
        "place": statement.place,
        "course": statement.course,
        "kind": statement.kind,
        "hours": statement.hours,
        "started_on": statement.started_on.isoformat(),
        "finished_on": statement.finished_on.isoformat(),
        "issued_on": statement.issued_on.isoformat(),
        "expires_on": statement.expires_on.isoformat() if statement.expires_on else None,
        "score": statement.score if statement.score >= 0 else None,
        "demo": statement.demo,
    }
