"""One part of a run as a ZIP: each certificate alone, all of them bound to print, and a list to tick off.

Written to the disk as it is drawn: the memory that it takes does not depend on how many there are.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _

from balai.credentials import documents, paper, structure
from balai.credentials.models import Certificate
from balai.credentials.press import Press
from balai.credentials.structure import Structure
from balai.people.models import Person
from balai.programmes.workbooks import workbook

from .choosing import Choice
from .models import PrintPart

#: So many are bound together: typst needs some 2 MB for each page that it sets at once.
SHEAF = 50
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def pack(part: PrintPart, advance: Callable[[int], None]) -> int:
    """Draw ``part``, telling ``advance`` how many are done. Returns the file's size in bytes.

    The file is there whole or not at all. What was revoked or replaced meanwhile is left out,
    and whoever its owner does not look after any more.
    """
    target = file(part.run_id, part.number)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_suffix(f".{uuid4().hex}")
    backs: dict[UUID, Structure] = {}
    listed: list[list[str]] = []
    try:
        with ZipFile(unfinished, "x", ZIP_STORED) as archive, Press() as press:
            for sheaf in _sheaves(part):
                _draw(archive, press, sheaf, backs, listed)
                advance(len(listed))
            archive.writestr(f"{_('Daftar')}.xlsx", _list(listed))
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _sheaves(part: PrintPart) -> Iterator[list[Certificate]]:
    owner = Person.objects.get(pk=part.run.owner_id)  # as they are now, not when the run began
    for first in range(0, part.count, SHEAF):
        ids = [UUID(id) for id in part.certificates[first : first + SHEAF]]
        found = Choice(owner).certificates().select_related("person__region").in_bulk(ids)
        yield [found[id] for id in ids if id in found]


def _draw(
    archive: ZipFile, press: Press, sheaf: Sequence[Certificate], backs: dict[UUID, Structure], listed: list[list[str]]
) -> None:
    first, said = len(listed) + 1, []
    for number, certificate in enumerate(sheaf, first):
        back = backs.get(certificate.version)
        if back is None:
            back = backs[certificate.version] = structure.of(certificate.version)
        words = paper.words(documents.sheet(certificate, back))
        archive.writestr(f"{_('Satuan')}/{_name(number, certificate)}.pdf", press.single(words))
        said.append(words)
        listed.append([str(number), certificate.name, _place(certificate), certificate.number, ""])
    if said:
        title = _("Cetak {first:03} s.d. {last:03}").format(first=first, last=len(listed))
        archive.writestr(f"{title}.pdf", press.bound(said, title))


def _name(number: int, certificate: Certificate) -> str:
    """``001 Terbanggi Besar - Siti Aminah - Sertifikat Pelatihan``, as every system can name a file."""
    words = " - ".join(filter(None, (_place(certificate), certificate.name, certificate.get_kind_display())))
    return f"{number:03} {_UNSAFE.sub(' ', words)[:100].strip(' .')}"


def _place(certificate: Certificate) -> str:
    return certificate.person.region.name if certificate.person.region else ""


def _list(rows: Sequence[Sequence[str]]) -> bytes:
    columns = [("No.", 6), (_("Nama"), 36), (_("Desa"), 28), (_("Nomor"), 28), (_("Tanda tangan"), 24)]
    return workbook(_("Daftar"), columns, rows)


def file(run: UUID, number: int) -> Path:
    """Where part ``number`` of ``run`` is, or will be."""
    return _folder(run) / f"{number:03}.zip"


def forget(run: UUID) -> None:
    """The files of ``run`` are gone."""
    shutil.rmtree(_folder(run), ignore_errors=True)


def _folder(run: UUID) -> Path:
    return Path(settings.BALAI_DATA) / "prints" / str(run)
