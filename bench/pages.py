"""What each page weighs on the wire: its HTML, and the style sheets and scripts that it alone asks for.

    python -m bench.pages

The demonstration, with the villages of one kecamatan; every page as one of its people sees it, packed as a browser
gets it (Brotli). The shell that all pages share is counted once, at the top. A page is found by its links, as people
find it. Limits: 6 KB of HTML, 12 KB where there is a table of up to 50 rows.
"""

import os
import re
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, unquote

import brotli

from bench import ground
from bench.machine import Visitor, _free_port

PAGE, TABLE = 6.0, 12.0
_ID = "[0-9a-f-]{36}"
_PROGRAMME = ["/program", f"/program/{_ID}"]
_COHORT = [*_PROGRAMME, f"/angkatan/{_ID}"]
_ROLLOUTS = [*_PROGRAMME, f"/program/{_ID}/wilayah"]
_DESK = ["/pelatihan/naskah", f"/pelatihan/naskah/tulis/{_ID}"]
_DRAFT = [*_DESK, f"/pelatihan/naskah/{_ID}"]
_LEARNER, _OFFICE, _AUTHOR = "Siti Rahayu", "Drs. Hendra", "Dr. Ratna"
#: The page's name, who looks, the way to it (an address, then what the links look like), and its limit.
PAGES: list[tuple[str, str, list[str], float]] = [
    ("welcome", "", ["/"], PAGE),
    ("making an account", "", ["/daftar"], PAGE),
    ("home of a learner", _LEARNER, ["/"], PAGE),
    ("courses", _LEARNER, ["/pelatihan"], PAGE),
    ("course", _LEARNER, ["/pelatihan/pengelolaan-keuangan-desa"], PAGE),
    ("lesson", _LEARNER, ["/pelatihan/pengelolaan-keuangan-desa", "/materi/[^/]+/[0-9]+/[^/]+"], PAGE),
    ("glossary", _LEARNER, ["/pelatihan/pengelolaan-keuangan-desa/glosarium"], PAGE),
    ("test", _LEARNER, ["/pelatihan/pengelolaan-keuangan-desa", f"/tes/{_ID}"], PAGE),
    ("certificates", "Bambang Irawan", ["/sertifikat"], PAGE),
    ("certificate", "Bambang Irawan", ["/sertifikat", f"/sertifikat/{_ID}"], PAGE),
    ("transcript", "Bambang Irawan", ["/sertifikat", "/sertifikat/transkrip"], PAGE),
    ("programmes", _OFFICE, ["/program"], PAGE),
    ("programme", _OFFICE, _PROGRAMME, PAGE),
    ("cohort", _OFFICE, _COHORT, PAGE),
    ("delegates", _OFFICE, [*_COHORT, f"/angkatan/{_ID}/utusan"], TABLE),
    ("delegates from a table", _OFFICE, [*_COHORT, f"/angkatan/{_ID}/daftar"], PAGE),
    ("participants", _OFFICE, [*_COHORT, f"/angkatan/{_ID}/peserta"], TABLE),
    ("roll-out of a region", _OFFICE, [*_PROGRAMME, f"/program/{_ID}/wilayah/18.02"], PAGE),
    ("roll-outs below", _OFFICE, _ROLLOUTS, TABLE),
    ("home of a coordinator", _OFFICE, ["/"], PAGE),
    ("region", _OFFICE, ["/wilayah/18.02"], TABLE),
    ("three factors", _OFFICE, ["/wilayah/18.02/faktor"], TABLE),
    ("evaluations", _OFFICE, ["/wilayah/18.02/evaluasi"], PAGE),
    ("who has not started", _OFFICE, ["/wilayah/18.02/belum-mulai"], TABLE),
    ("tests after an outage", _OFFICE, ["/gangguan-tes"], PAGE),
    ("nation", "Dr. Bagus", ["/wilayah"], TABLE),
    ("drafts", _AUTHOR, ["/pelatihan/naskah"], PAGE),
    ("draft, unit by unit", _AUTHOR, _DESK, PAGE),
    ("writing a lesson", _AUTHOR, [*_DESK, f"/pelatihan/naskah/tulis/{_ID}/berkas/materi/.+"], PAGE),
    ("writing a test", _AUTHOR, [*_DESK, f"/pelatihan/naskah/tulis/{_ID}/berkas/tes/.+"], PAGE),
    ("trying a test", _AUTHOR, [*_DRAFT, f"/pelatihan/naskah/tulis/{_ID}/pratinjau/tes/.+"], PAGE),
    ("publishing", _AUTHOR, _DRAFT, PAGE),
    ("item analysis", _AUTHOR, [*_DRAFT, f"/tes/{_ID}/analisis"], TABLE),
]
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|mjs))"')
_LINK = re.compile(r'href="([^"#?]+)[^"]*"')


class Reader(Visitor):
    """A browser that says how much came over the wire."""

    def packed(self, path: str) -> tuple[str, int]:
        """A page or file as text, and its bytes as they were sent."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", quote(path), headers={"Accept-Encoding": "br", "Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, answer.headers.get("Location"))
        plain = brotli.decompress(body) if answer.headers.get("Content-Encoding") == "br" else body
        return plain.decode(), len(body)

    def walk(self, way: list[str]) -> str:
        """The address at the end of ``way``."""
        path = way[0]
        for pattern in way[1:]:
            page, _size = self.packed(path)
            links = [unquote(link) for link in _LINK.findall(page)]
            found = next((link for link in links if re.fullmatch(pattern, link)), None)
            assert found, (path, pattern, links)
            path = found
        return path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ["BALAI_DEMO_REGION"] = "18.02.07"
        port = _free_port()
        with ground.serving(Path(folder) / "data", port, "--demo"):
            _report(port)


def _report(port: int) -> None:
    readers: dict[str, Reader] = {}
    shell = set(_ASSET.findall(Reader(port).packed("/bantuan")[0]))
    sizes = {path: Reader(port).packed(path)[1] for path in shell}
    print(f"the shell, once: {sum(sizes.values()) / 1000:.1f} KB\n")
    print(f"{'KB':26}{'HTML':>7}{'limit':>7}{'own CSS':>9}{'own JS':>8}")
    over = 0
    for name, who, way, limit in PAGES:
        if who not in readers:
            readers[who] = Reader(port)
            if who:
                readers[who].become(who)
        reader = readers[who]
        page, size = reader.packed(reader.walk(way))
        own = set(_ASSET.findall(page)) - shell
        sizes |= {path: reader.packed(path)[1] for path in own - sizes.keys()}
        css, scripts = (sum(sizes[path] for path in own if path.endswith(kind)) / 1000 for kind in (".css", ".mjs"))
        over += size / 1000 > limit
        mark = "  over" if size / 1000 > limit else ""
        print(f"{name:26}{size / 1000:7.1f}{limit:7.0f}{css:9.1f}{scripts:8.1f}{mark}")
    print(f"\n{len(PAGES)} pages, {over} over their limit")


if __name__ == "__main__":
    main()
