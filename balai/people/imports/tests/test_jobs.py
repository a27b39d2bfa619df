from datetime import timedelta

import pytest

from balai.common import clock
from balai.common.problems import Refusal
from balai.people.imports import jobs, vault
from balai.people.imports.models import KEPT, Import, Row, Run
from balai.people.imports.tests.conftest import SITI, outcomes

pytestmark = pytest.mark.django_db


def test_one_work_at_a_time(upload) -> None:
    batch = upload([SITI])
    Run.objects.create(batch=batch, work=Run.Work.APPLY)
    with pytest.raises(Refusal) as caught:
        jobs.start(batch, Run.Work.UNDO)
    assert caught.value.problem.code == "B2145"


def test_a_run_that_a_crash_broke_off_is_done_again(upload) -> None:
    batch = upload([SITI])
    run = Run.objects.create(batch=batch, work=Run.Work.CHECK)
    jobs.do.enqueue(str(run.id))
    run.refresh_from_db()
    assert (run.ended_at is not None, outcomes(batch)) == (True, ["new"])


def test_a_run_that_ended_is_not_done_again(upload) -> None:
    batch = upload([SITI])
    before = Row.objects.get().pk
    jobs.do.enqueue(str(batch.last_run.id))
    assert Row.objects.get().pk == before


def test_an_unexpected_error_is_told_with_a_reference(upload, monkeypatch, caplog) -> None:
    batch = upload([SITI])
    monkeypatch.setitem(jobs._WORK, "apply", lambda batch, run: 1 / 0)
    jobs.start(batch, Run.Work.APPLY)
    run = batch.last_run
    assert (run.problem, run.facts["reference"] in caplog.text, "1802075510800001" in caplog.text) == (
        "B2147",
        True,
        False,
    )


def test_what_is_late_is_deleted_with_its_file(upload) -> None:
    old, fresh = upload([SITI]), upload([SITI])
    Import.objects.filter(pk=old.pk).update(uploaded_at=clock.wall() - KEPT - timedelta(hours=1))
    assert (jobs.forget_old(), list(Import.objects.all())) == (1, [fresh])
    assert (
        vault._path(old.pk).exists(),
        vault._path(fresh.pk).exists(),
        set(Row.objects.values_list("batch", flat=True)),
    ) == (
        False,
        True,
        {fresh.pk},
    )
