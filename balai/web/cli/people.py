"""`balai people import`: a table of officials, as a kabupaten sends it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from balai.common.problems import CATALOGUE, Refusal

from .frame import common
from .output import Output
from .texts import LANGUAGE, _

if TYPE_CHECKING:
    from balai.people.imports.models import Import
    from balai.people.models import Person

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("Orang: impor dari tabel."))
def people() -> None:
    """The group itself does nothing."""


@people.command("import", help=_("Periksa tabel orang (.xlsx, .xls, .ods, .csv); dengan --save juga simpan."))
@click.argument("file", type=_existing, metavar=_("BERKAS"))
@click.option("--as", "username", required=True, help=_("Nama pengguna koordinator atau admin yang mengimpor."))
@click.option("--save", is_flag=True, help=_("Simpan baris yang siap. Tanpa ini hanya pratinjau."))
@click.option("--result", type=click.Path(dir_okay=False, path_type=Path), help=_("Tulis tabel hasil (.xlsx) ke sini."))
@common
def import_(output: Output, *, file: Path, username: str, save: bool, result: Path | None) -> None:
    """The same preview that the page shows; decisions about doubtful rows are taken there."""
    output.open()
    from django.conf import settings

    from balai.people.imports import results
    from balai.people.imports.models import Run
    from balai.web import problems

    if result and result.exists():
        raise Refusal(problems.FILE_EXISTS, name=result.name)
    batch = _receive(file, _owner(username))
    _work(output, batch, Run.Work.CHECK)
    saved = 0
    if save and batch.rows.savable().exists():
        _work(output, batch, Run.Work.APPLY)
        saved = batch.rows.filter(saved__isnull=False).count()
    if result:
        result.write_bytes(results.workbook(batch))
    counts, page = batch.counts(), f"{settings.BALAI_URL}/orang/impor/{batch.pk}"
    output.answer({"import": str(batch.pk), "page": page, "rows": counts, "saved": saved})
    _tell(output, batch, saved, page)


def _tell(output: Output, batch: "Import", saved: int, page: str) -> None:
    from balai.common import formats
    from balai.people.imports.models import Row

    counts = batch.counts()
    labels = dict(Row.Outcome.choices)
    rows = [(labels[name], formats.number(count, LANGUAGE)) for name, count in counts.items() if count]
    output.table([_("Hasil"), _("Baris")], rows)
    output.say(_("{count} baris disimpan.").format(count=formats.number(saved, LANGUAGE)))
    output.say(_("Lihat barisnya, atau batalkan: {page}").format(page=page))


def _owner(username: str) -> "Person":
    """Who imports: only people of their own regions are taken in."""
    from balai.people.models import Account
    from balai.people.reach import CHANGE_PERSONS
    from balai.web import problems

    account = Account.objects.called(username, "")
    if account is None or not account.owner.reach.holds(*CHANGE_PERSONS):
        raise Refusal(problems.NO_IMPORTER, username=username)
    return account.owner


def _receive(file: Path, owner: "Person") -> "Import":
    """Look at the file before anything opens it, then keep it locked."""
    from balai.common import formats
    from balai.common.problems import TOO_LARGE
    from balai.people.imports import checking, vault
    from balai.people.imports.models import Import
    from balai.people.spreadsheets import limits
    from balai.people.spreadsheets.inspection import inspect
    from balai.web import problems

    size = file.stat().st_size
    if size > limits.FILE_SIZE:
        raise Refusal(TOO_LARGE, size=formats.size(size), limit=formats.limit(limits.FILE_SIZE))
    inspect(file)
    batch = Import.objects.create(owner=owner, file_name=file.name[:200], size=size)
    with file.open("rb") as content:
        vault.keep(batch.id, content)
    checking.describe(batch)
    if not checking.is_certain(batch):
        raise Refusal(problems.COLUMNS_UNCERTAIN)
    return batch


def _work(output: Output, batch: "Import", work: str) -> None:
    """Do one piece of work here and now, and tell how far it is."""
    from balai.people.imports import jobs
    from balai.people.imports.models import Run

    run = Run.objects.create(batch=batch, work=work)
    noted = run.advance
    with output.progress(str(Run.Work(work).label)) as told:

        def advance(done: int) -> bool:
            told(done, run.total)
            return noted(done)

        run.advance = advance  # type: ignore[method-assign]
        jobs.perform(run)
    if run.problem:
        raise Refusal(CATALOGUE[run.problem], **run.facts)
