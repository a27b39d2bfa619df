"""Course folders for tests, as small as they can be."""

from uuid import UUID

COURSE = UUID("01928d79-7400-73c1-b00c-000000000001")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'


def head(**values: object) -> str:
    """The head of a file."""
    lines = "\n".join(f"{key}: {value}" for key, value in values.items())
    return f"---\n{lines}\n---\n"


def lesson(slug: str, title: str = "", body: str = "Satu kalimat.", minutes: int = 5) -> bytes:
    return (head(id=slug, judul=title or slug.title(), menit=minutes) + body + "\n").encode()


def folder(
    course: UUID = COURSE,
    slug: str = "kursus",
    title: str = "Kursus",
    lessons: int = 2,
    bodies: dict[str, str] | None = None,
    tests: bool = False,
    is_open: bool = True,
    certificate: str = "",
    order: list[str] | None = None,
) -> dict[str, bytes]:
    """``lessons`` files called materi-1 …, in one unit; with ``tests`` an (empty) practice after them."""
    names = [f"materi-{number}" for number in range(1, lessons + 1)]
    paths = order or [f"materi/{name}.md" for name in names] + ["tes/latihan.md"] * tests
    study = "".join(f"\n      - {path}" for path in paths)
    text = head(
        id=course,
        slug=slug,
        judul=title,
        ringkasan="Ringkas.",
        jp=2,
        terbuka=str(is_open).lower(),
        modul=f"\n  - judul: Modul satu\n    isi:{study}{certificate}",
    )
    files = {"pelatihan.md": (text + "Tentang kursus.\n").encode()}
    for name in names:
        files[f"materi/{name}.md"] = lesson(name, body=(bodies or {}).get(name, "Satu kalimat."))
    if tests:
        files["tes/latihan.md"] = b"---\nid: latihan\njudul: Latihan\njenis: latihan\n---\n"
    return files
