"""PDFs that people upload: only whole papers, nothing that runs."""

import zlib

import pytest

from balai.common.plain_pdf import Fault, fault

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def packed(content: bytes) -> bytes:
    return b"%PDF-1.7\nstream\n" + zlib.compress(content) + b"\nendstream\n%%EOF"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, None),
        (packed(b"BT (SK Bupati) Tj ET"), None),
        (b"", Fault.BROKEN),
        (b"<html>%PDF-1.7 %%EOF", Fault.BROKEN),
        (PDF[:-7], Fault.BROKEN),
        (PDF.replace(b"%%EOF", b"stream\n" * 501 + b"%%EOF"), Fault.BROKEN),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), Fault.ACTIVE),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/#4aavaScript>>"), Fault.ACTIVE),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch>>"), Fault.ACTIVE),
        (packed(b"<</S/JavaScript/JS(app.alert(1))>>"), Fault.ACTIVE),
    ],
)
def test_only_whole_papers_without_programs_are_plain(content: bytes, found: Fault | None) -> None:
    assert fault(content) == found
