"""An evaluation on paper: A4, a title page, tables whose heads are repeated."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from balai.common import typesetting
from balai.monitoring.models import Evaluation
from balai.regions.models import Region

from .words import Words

_TEMPLATE = Path(__file__).parent / "evaluation.typ"


def pdf(evaluation: Evaluation, region: Region | None, assessor: str) -> bytes:
    """The paper of ``evaluation``, whose figures are there; ``assessor``: who asked for it."""
    words = Words(evaluation)
    said = _front(words, region, assessor) | ({} if words.closed else _inner(words))
    return typesetting.pdf(_TEMPLATE, said, standards=("ua-1",))


def _inner(words: Words) -> dict[str, Any]:
    """What stands on the pages behind the first one."""
    figures = words.figures
    return {
        **_factors(figures["factors"]),
        "steps_title": _("Partisipasi dan hasil"),
        "steps_head": words.steps_head,
        "steps": words.steps,
        "lines": words.lines,
        "note_title": _("Catatan penilai"),
        "note": [line for line in words.evaluation.note.splitlines() if line.strip()],
        "rows_title": _("Per wilayah"),
        "rows_head": [name for name, _width in words.columns],
        "rows": [words.row(row) for row in figures["rows"]],
        "villages_title": _("Per desa"),
        "villages_head": [name for name, _width in words.village_columns],
        "villages": [words.village(row) for row in figures["villages"]],
    }


def _front(words: Words, region: Region | None, assessor: str) -> dict[str, Any]:
    name = region.title if region else _("Indonesia")
    return {
        "title": _("Evaluasi berkala"),
        "language": words.language,
        "name": name,
        "region": name,
        "above": region.path if region else "",
        "period": words.period,
        "facts": [
            [_("Dibuat"), words.moment(words.evaluation.asked_at)],
            [_("Keadaan data"), words.state],
            [_("Disusun oleh"), assessor],
            *([] if words.closed else [[_("Cakupan"), words.coverage]]),
        ],
        "closed": words.closed,
        "how": words.how,
        "foot": f"{_('Evaluasi berkala')}, {name}, {words.period}",
        "assessor_title": _("Penilai,"),
        "assessor": assessor,
        "demo": settings.BALAI_DEMO,
    }


def _factors(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "factors_title": _("Tiga faktor"),
        "word": told["word"],
        "met": told["met"],
        "sentence": told["sentence"],
        "cards": [_card(card) for card in told["cards"]],
    }


def _card(card: dict[str, Any]) -> dict[str, Any]:
    there = {True: _("ada"), False: _("belum")}
    return {
        **card,
        "line": "".join(f"{line}. " for line in card["lines"]).strip(),
        "coverage": f"{card['coverage']}." if card["coverage"] else "",
        "checks": [[name, is_there, there[is_there], evidence] for name, is_there, evidence in card["checks"]],
    }
