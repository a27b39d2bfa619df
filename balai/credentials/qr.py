"""The QR on the paper: the link of a signed statement, drawn."""

import io

MODULE = 0.46
_SMALLEST = 30.0


def link(site: str, statement: str) -> str:
    """The link in the QR. Upper case throughout: scheme and host do not mind, and the QR gets smaller.

    ``site`` is the hub's address without a slash at its end.
    """
    return f"{site}/v/{statement}".upper()


def draw(text: str) -> tuple[str, float]:
    """``text`` as an SVG, and how wide it must be printed, in mm.

    Error correction M: a fold or a stamp may hide up to 15% of it. A module is never narrower than 0.46 mm,
    which a cheap phone reads at arm's length from a photocopy.
    """
    import segno  # only where a certificate is drawn

    # The signs are as good as random, so no mask is better than another; trying all eight takes 12 ms.
    code = segno.make_qr(text, error="m", boost_error=False, mask=3)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=2, light="#fff", xmldecl=False, svgns=True, nl=False, omitsize=True)
    modules = code.symbol_size(border=2)[0]
    return drawing.getvalue().decode(), max(_SMALLEST, modules * MODULE)
