"""`balai course`: course folders in, out, and published."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from balai.common.problems import Refusal

from .frame import common
from .output import Output
from .texts import LANGUAGE, _

if TYPE_CHECKING:
    from balai.courses.models import Draft
    from balai.courses.source import Source

_existing = click.Path(exists=True, path_type=Path)


@click.group(help=_("Pelatihan: bawa masuk, keluarkan, terbitkan."))
def course() -> None:
    """The group itself does nothing."""


@course.command("list", help=_("Daftar pelatihan dan naskahnya."))
@common
def list_(output: Output) -> None:
    """Each course with the number of its published version, 0 for none."""
    output.open()
    from balai.courses.models import Course, Draft

    published = dict(Course.objects.filter(current__isnull=False).values_list("pk", "current__number"))
    titles = {row.pk: (row.slug, row.current.title) for row in Course.objects.select_related("current") if row.current}
    titles |= {draft.course: (draft.slug, draft.title) for draft in Draft.objects.newest()}
    rows = [{"slug": slug, "title": title, "version": published.get(id, 0)} for id, (slug, title) in titles.items()]
    rows.sort(key=lambda row: str(row["slug"]))
    output.answer(rows)
    output.table([_("Nama"), _("Judul"), _("Versi")], [(r["slug"], r["title"], r["version"] or "–") for r in rows])


@course.command("import", help=_("Bawa masuk folder atau ZIP pelatihan sebagai naskah."))
@click.argument("path", type=_existing, metavar=_("FOLDER|ZIP"))
@click.option("--publish", "at_once", is_flag=True, help=_("Langsung terbitkan."))
@common
def import_(output: Output, *, path: Path, at_once: bool) -> None:
    """Faults of the text are told and keep it from being published, not from being a draft."""
    output.open()
    from balai.courses import drafts, publishing

    draft = drafts.import_draft(_source(path), actor=None)
    faults = publishing.plan(draft.source()).build.found
    found = [{"path": fault.path, "line": fault.line, "text": fault.text} for fault in faults]
    if at_once:
        _publish(output, draft)
        return
    output.answer({"slug": draft.slug, "title": draft.title, "draft": str(draft.pk), "faults": found})
    output.say(_("Naskah {title} ({slug}) dibawa masuk.").format(title=draft.title, slug=draft.slug))
    for fault in faults:
        output.say(f"  {fault}")
    if not faults:
        output.say(_("Terbitkan dengan: balai course publish {slug}").format(slug=draft.slug))


@course.command(help=_("Terbitkan naskah terbaru sebuah pelatihan."))
@click.argument("slug", metavar=_("NAMA"))
@common
def publish(output: Output, *, slug: str) -> None:
    """Unchanged content makes no new version."""
    output.open()
    _publish(output, _draft(slug))


def _publish(output: Output, draft: "Draft") -> None:
    from balai.courses import publishing

    version, fresh = publishing.publish(draft.source(), None, draft)
    output.answer({"slug": version.slug, "title": version.title, "version": version.number, "fresh": fresh})
    said = _("{title} terbit sebagai versi {number}.") if fresh else _("{title} tidak berubah; tetap versi {number}.")
    output.say(said.format(title=version.title, number=version.number))


@course.command(help=_("Keluarkan naskah terbaru ke folder baru atau ke berkas .zip."))
@click.argument("slug", metavar=_("NAMA"))
@click.argument("target", type=click.Path(path_type=Path), metavar=_("FOLDER|ZIP"))
@common
def export(output: Output, *, slug: str, target: Path) -> None:
    """Byte for byte what was imported."""
    output.open()
    from balai.common import formats
    from balai.web import problems

    source = _draft(slug).source()
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise Refusal(problems.FILE_EXISTS, name=target)
    if target.suffix.lower() == ".zip":
        target.write_bytes(source.to_zip())
    else:
        source.to_folder(target)
    size = sum(len(content) for content in source.files.values())
    output.answer({"target": str(target), "files": len(source.files), "bytes": size})
    told = {"count": len(source.files), "size": formats.size(size, LANGUAGE), "target": target}
    output.say(_("{count} berkas, {size}, di {target}.").format(**told))


def _source(path: Path) -> "Source":
    from balai.courses.source import Source

    if path.is_dir():
        return Source.from_folder(path)
    with path.open("rb") as file:
        return Source.from_zip(file)


def _draft(slug: str) -> "Draft":
    from balai.courses.models import Draft
    from balai.web import problems

    draft = Draft.objects.newest().filter(slug=slug).first()
    if draft is None:
        raise Refusal(problems.NO_COURSE, slug=slug)
    return draft
