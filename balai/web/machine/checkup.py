"""The self-diagnosis of `balai check`: what is well, what deserves a look, what is broken, and what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from balai.common import clock, formats
from balai.common.problems import Refusal
from balai.credentials import keys
from balai.log.models import Conflict, Entry, FollowUp, Standing
from balai.regions import shipping
from balai.regions.models import Region, Tree

from . import jobs, ready

_ROOM_ENOUGH, _ROOM_LEAST = 1_000_000_000, 200_000_000
_LATE = timedelta(minutes=10)
#: No machine that runs this version has a clock before this day.
_RELEASED = datetime(2026, 11, 1, tzinfo=UTC)


class Level(TextChoices):
    """How things stand."""

    WELL = "well", gettext_lazy("baik")
    LOOK = "look", gettext_lazy("perlu dilihat")
    BAD = "bad", gettext_lazy("rusak")


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it stands, in plain words, and what to do about it."""

    subject: str
    level: Level
    found: str
    cure: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self) | {"level": self.level.value}


def look() -> list[Finding]:
    """Look at everything. What needs the database is left out when it does not answer."""
    database = list(_database())
    findings = [*_folder(), *_keys(), *_clock(), *_address(), *database]
    if all(finding.level != Level.BAD for finding in database):
        for check in _NEED_TABLES:
            findings += check()
    return findings


def _well(subject: str, found: str) -> Finding:
    return Finding(subject, Level.WELL, found)


def _folder() -> Iterator[Finding]:
    subject, folder = _("Folder data"), Path(settings.BALAI_DATA)
    if not os.access(folder, os.W_OK):
        cure = _("Beri hak tulis kepada pengguna yang menjalankan Balai.")
        yield Finding(subject, Level.BAD, _("{folder} tidak dapat ditulisi.").format(folder=folder), cure)
    else:
        yield _well(subject, str(folder))
    free = shutil.disk_usage(folder).free
    found = _("Sisa ruang {size}.").format(size=formats.size(free))
    if free < _ROOM_ENOUGH:
        level = Level.BAD if free < _ROOM_LEAST else Level.LOOK
        yield Finding(_("Ruang penyimpanan"), level, found, _("Hapus berkas yang tidak perlu, atau tambah ruang."))
    else:
        yield _well(_("Ruang penyimpanan"), found)


def _keys() -> Iterator[Finding]:
    subject, folder = _("Kunci"), Path(settings.BALAI_DATA) / "keys"
    needed = ("secret", "node.id", "node.signing.pem", "node.sealing.pem", "node.secret")
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        cure = _("Jangan buat kunci baru untuk data lama: pulihkan dari cadangan dengan balai restore.")
        yield Finding(subject, Level.BAD, _("Tidak ada: {names}.").format(names=", ".join(missing)), cure)
        return
    open_ones = [path.name for path in folder.rglob("*") if path.is_file() and _readable_by_others(path)]
    if open_ones:
        found = _("Dapat dibaca pengguna lain: {names}.").format(names=", ".join(open_ones))
        yield Finding(subject, Level.BAD, found, _("Jalankan: chmod -R go= {folder}").format(folder=folder))
    else:
        yield _well(subject, _("Lengkap dan tertutup bagi pengguna lain."))


def _readable_by_others(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def _clock() -> Iterator[Finding]:
    now = clock.wall()
    found = formats.moment(timezone.localtime(now))
    if now < _RELEASED:
        cure = _("Setel tanggal dan jam, lalu hubungkan ke server waktu (NTP).")
        yield Finding(_("Jam"), Level.BAD, found, cure)
    else:
        yield _well(_("Jam"), found)


def _address() -> Iterator[Finding]:
    subject, url = _("Alamat"), urlsplit(settings.BALAI_URL)
    if url.scheme == "https" or url.hostname in {"127.0.0.1", "localhost", "::1"}:
        yield _well(subject, settings.BALAI_URL)
    else:
        found = _("{url} tanpa HTTPS: sandi dapat disadap di jaringan itu.").format(url=settings.BALAI_URL)
        yield Finding(subject, Level.LOOK, found, _("Pasang HTTPS di depan Balai; lihat docs/operator.md."))
    if settings.DEBUG:
        found = _("BALAI_DEBUG menyala: kesalahan menampilkan isi program.")
        yield Finding(subject, Level.BAD, found, _("Hapus BALAI_DEBUG."))


def _database() -> Iterator[Finding]:
    subject = _("Basis data")
    try:
        missing = ready.missing_migrations()
    except Refusal as refusal:
        yield Finding(subject, Level.BAD, refusal.title, refusal.cure)
        return
    yield _well(subject, _database_name())
    if missing:
        found = _("{count} perubahan skema belum dijalankan.").format(count=len(missing))
        yield Finding(_("Skema"), Level.BAD, found, _("Jalankan balai prepare, atau mulai ulang balai up."))
    else:
        yield _well(_("Skema"), _("Sesuai dengan versi program ini."))


def _database_name() -> str:
    version = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.display_name} {version}"


def _tables() -> Iterator[Finding]:
    """SQLite's own check of its file."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA quick_check(1)")
            said = cursor.fetchone()[0]
        except OperationalError as error:
            said = str(error)
    if said == "ok":
        yield _well(_("Berkas basis data"), _("Utuh."))
    else:
        yield Finding(_("Berkas basis data"), Level.BAD, said, _("Hentikan Balai dan pulihkan cadangan terakhir."))


def _regions() -> Iterator[Finding]:
    subject, tree, edition = _("Wilayah"), Tree.objects.first(), shipping.shipped()
    count = Region.objects.count()
    found = _("{count} wilayah.").format(count=formats.number(count))
    if tree is None or tree.part or tree.edition != edition.name or count < edition.size:
        yield Finding(subject, Level.BAD, found, _("Jalankan balai prepare untuk memuat semua wilayah."))
    else:
        yield _well(subject, found)


def _static() -> Iterator[Finding]:
    if ready.static_is_current():
        yield _well(_("Berkas statis"), _("Sesuai dengan versi program ini."))
    else:
        cure = _("Jalankan balai prepare, lalu mulai ulang.")
        yield Finding(_("Berkas statis"), Level.BAD, _("Belum disiapkan untuk versi ini."), cure)


def _issuer() -> Iterator[Finding]:
    subject = _("Kunci penerbit")
    try:
        yield _well(subject, _("Kunci {id} menandatangani sertifikat.").format(id=keys.current().id))
    except Refusal as refusal:
        yield Finding(subject, Level.LOOK, refusal.title, refusal.cure)


def _jobs() -> Iterator[Finding]:
    subject = _("Tugas latar")
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=clock.wall() - _LATE).count()
    if late:
        found = _("{count} tugas menunggu lebih dari 10 menit.").format(count=late)
        yield Finding(subject, Level.BAD, found, _("Jalankan balai work, atau mulai ulang balai up."))
    elif not jobs.somebody_works():
        found = _("Tidak ada yang sedang mengerjakan tugas latar di mesin ini.")
        yield Finding(subject, Level.LOOK, found, _("Jalankan balai up atau balai work."))
    else:
        yield _well(subject, _("Dikerjakan."))


def _log() -> Iterator[Finding]:
    entries = formats.number(Entry.objects.count())
    yield _well(_("Catatan"), _("{count} catatan.").format(count=entries))
    due = FollowUp.objects.filter(due_at__lt=clock.wall() - _LATE).count()
    if due:
        found = _("{count} tindak lanjut tertunda lebih dari 10 menit.").format(count=due)
        yield Finding(_("Tindak lanjut"), Level.BAD, found, _("Lihat log program: pekerjaan yang sama terus gagal."))
    held = Standing.objects.held().filter(state=Standing.State.WAITING).count()
    conflicts = Conflict.objects.count()
    if held or conflicts:
        found = _("{held} catatan menunggu, {conflicts} bertentangan.").format(held=held, conflicts=conflicts)
        yield Finding(_("Catatan tertahan"), Level.LOOK, found, _("Tidak hilang; diputuskan oleh koordinator."))


_NEED_TABLES: tuple[Callable[[], Iterator[Finding]], ...] = (_tables, _regions, _static, _issuer, _jobs, _log)
