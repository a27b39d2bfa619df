"""Papers that prove something, as people bring them: a PDF as it is, a photo drawn anew. Kept by their content.

They are only ever handed out as downloads, to whoever sees persons of the region.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Literal
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import formats, plain_pdf
from balai.common.plain_pdf import Fault
from balai.log import blobs

from .entries import File
from .models import Evidence

#: Bytes: what a scanner makes of a few pages, and what a phone's camera makes of one.
LARGEST_PDF, LARGEST_PHOTO = 5_000_000, 15_000_000
#: Enough to read and to print an A4 page.
_SIDE = 2000
_QUALITY = 82
#: An ending of four signs follows; a name has 120 at most.
_LONGEST_STEM = 116
_PHOTO = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True)
class Paper:
    """A file that was looked at and found plain; not kept yet."""

    content: bytes
    name: str
    media_type: Literal["application/pdf", "image/jpeg"]

    def kept(self) -> File:
        """Keep it, and say what an entry says of it."""
        return File(blobs.put(self.content), self.name, self.media_type, len(self.content))


class PaperField(forms.FileField):
    """A PDF or a photo (JPEG, PNG). Cleans to ``Paper``, or None where nothing is required and sent."""

    def __init__(self, **rest: Any) -> None:
        accept = "application/pdf,image/jpeg,image/png"
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), **rest)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ``ValidationError`` for what is no plain paper."""
        upload = super().clean(data, initial)
        return _read(upload) if upload else None

    def to_python(self, data: Any) -> Any:
        """Names are cut, not refused: nobody renames a photo to report a step."""
        if data in self.empty_values:
            return None
        if not data.size:
            raise forms.ValidationError(_("Berkas ini kosong. Pilih berkas yang lain."))
        return data


def _read(upload: UploadedFile[bytes]) -> Paper:
    size = upload.size or 0
    begins = upload.read(16)
    upload.seek(0)
    is_photo = begins.startswith(_PHOTO)
    limit = LARGEST_PHOTO if is_photo else LARGEST_PDF
    if size > limit:
        language = get_language() or "id"
        said = _("Berkas {size} terlalu besar; batasnya {limit}. Pindai ulang dengan mutu lebih rendah.")
        facts = {"size": formats.size(size, language), "limit": formats.limit(limit, language)}
        raise forms.ValidationError(said.format(**facts))
    content, name = upload.read(), _stem(upload.name or "")
    if is_photo:
        return Paper(_drawn(content), f"{name}.jpg", "image/jpeg")
    return Paper(_checked(content), f"{name}.pdf", "application/pdf")


def _checked(content: bytes) -> bytes:
    found = plain_pdf.fault(content)
    if found == Fault.ACTIVE:
        raise forms.ValidationError(
            _("PDF ini memuat program. Cetak atau simpan ulang sebagai PDF biasa, lalu unggah.")
        )
    if found:
        raise forms.ValidationError(_("Berkas ini bukan PDF yang utuh, dan bukan foto JPEG atau PNG."))
    return content


def _drawn(content: bytes) -> bytes:
    """The photo drawn anew: nothing is left of what a camera writes about its owner, or of what hides behind it."""
    from PIL import Image  # 10 MB of memory that most processes never need

    from balai.common import photographs

    try:
        upright = photographs.upright(content)
    except photographs.TooManyPixels as error:
        raise forms.ValidationError(_("Foto ini terlalu besar: lebih dari 50 juta titik.")) from error
    except photographs.BadPhotograph as error:
        raise forms.ValidationError(_("Foto ini rusak atau tidak utuh. Ambil lagi, lalu unggah.")) from error
    upright.thumbnail((_SIDE, _SIDE))
    page = Image.new("RGB", upright.size, "white")
    page.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    buffer = BytesIO()
    page.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def _stem(given: str) -> str:
    """What the file was called, in one line, without its ending: it gets the one of what it is."""
    shown = "".join(sign if sign.isprintable() else " " for sign in given)
    stem = " ".join(PurePosixPath(shown.replace("\\", "/")).stem.split())
    return stem[:_LONGEST_STEM] or "berkas"


def download_name(paper: Evidence, id: UUID) -> str:
    """What the file is called where it is saved: nothing of what somebody typed."""
    ending = "jpg" if paper.media_type == "image/jpeg" else "pdf"
    return f"bukti-{id.hex[-8:]}.{ending}"
