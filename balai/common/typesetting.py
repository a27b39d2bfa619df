"""Paper by typst, set in a child process.

Typst remembers what it has set for as long as its process lives (some 20 MB for 100 slips), and offers no way to
make it forget. A child gives everything back, for 0.2 s a file; whoever sets one small page at a time, all
alike, keeps a compiler of their own instead.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

#: All but what the embedded font is sure to draw: Latin with its marks and extensions, and common punctuation.
_UNDRAWN = re.compile(r"[^\n -~\u00a0-\u024f\u02b0-\u02ff\u0300-\u0304\u1e00-\u1eff\u2010-\u2027\u2032\u2033\u20ac]")


def drawable(text: str) -> str:
    """``text`` as the font can draw it: any other sign becomes "?"."""
    return _UNDRAWN.sub("?", unicodedata.normalize("NFC", text).replace("\t", " "))


def pdf(template: Path, said: dict[str, Any], *, standards: Sequence[str] = ()) -> bytes:
    """The PDF that ``template`` makes of ``said`` (in it: ``json(bytes(sys.inputs.said))``).

    ``standards`` that it is to keep, such as "ua-1"; what breaks them is an error. Signs that no font here draws
    would break them, and people type such signs: they become "?".
    """
    drawn = json.dumps(_drawable(said))
    job = json.dumps({"template": str(template), "said": drawn, "standards": list(standards)})
    child = subprocess.run(  # noqa: S603  (this very program)
        [sys.executable, "-m", __name__], input=job.encode(), capture_output=True, check=False, timeout=120
    )
    if child.returncode:
        raise RuntimeError(f"{template.name} was not set: {child.stderr.decode(errors='replace')[-500:]}")
    return child.stdout


def _drawable(said: Any) -> Any:
    """``said`` with each text in it as it can be drawn."""
    if isinstance(said, str):
        return drawable(said)
    if isinstance(said, dict):
        return {key: _drawable(value) for key, value in said.items()}
    return [_drawable(value) for value in said] if isinstance(said, list | tuple) else said


def _set(template: Path, said: str, standards: list[Any]) -> bytes:
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts)
    return cast(bytes, compiler.compile(format="pdf", sys_inputs={"said": said}, pdf_standards=standards))


if __name__ == "__main__":
    _job = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(_set(Path(_job["template"]), _job["said"], _job["standards"]))
