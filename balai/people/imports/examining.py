"""What will happen with each row: parsed, compared with the rows before it and with the people who are here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from balai.people.identities import niks
from balai.people.identities.matching import Acquaintances, Features, Match, Reason, elsewhere
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import Region

from . import comparing, problems, vault
from .doubles import Doubles
from .findings import ACCEPTABLE, Finding, Level, error, look, note
from .models import Import, Row, Trace
from .parsing import Parsed, parse
from .places import Places

Outcome, Verdict = Row.Outcome, Row.Verdict
#: How many people are shown beside a row.
_SHOWN = 3


@dataclass
class Case:
    """A row on its way to an outcome."""

    row: Row
    parsed: Parsed
    features: Features
    matches: list[Match] = field(default_factory=list)


class Examiner:
    """Examines rows of one import, in chunks; keeps what many rows share."""

    def __init__(self, batch: Import) -> None:
        self.batch = batch
        reach = batch.owner.reach
        self.people = reach.people(*CHANGE_PERSONS)
        self.places = Places(reach.prefixes(*CHANGE_PERSONS), batch.home)
        self._circle = Acquaintances(self.people)
        self._districts: dict[str, bool] = {}

    def examine(self, rows: Sequence[Row]) -> None:
        """Fill in ``values``, ``findings``, ``outcome``, ``person``, ``candidates``, ``changes`` of ``rows``."""
        typed = [vault.unlock_cell(bytes(row.nik)) for row in rows]
        self._learn_districts(typed)
        cases = [self._case(row, nik) for row, nik in zip(rows, typed, strict=True)]
        self._circle.prepare(case.features for case in cases)
        far = elsewhere({case.features.nik for case in cases} - {""}, self.people)
        traces = self._traces(cases)
        for case in cases:
            if case.features.nik in far:
                case.parsed.findings.append(error("nik", problems.NIK_ELSEWHERE))
            case.matches = self._circle.matches(case.features)
            self._identify(case, traces)
        doubles = Doubles(self.batch, cases)
        for case in cases:
            doubles.mark(case)
        self._conclude(cases)

    def _learn_districts(self, typed: list[str | int | float]) -> None:
        """Whether the kecamatan codes in front of the NIKs exist: one query for all new ones."""
        starts = {"".join(filter(str.isdigit, str(cell)))[:6] for cell in typed}
        codes = {f"{d[:2]}.{d[2:4]}.{d[4:]}" for d in starts if len(d) == 6} - self._districts.keys()
        there = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
        self._districts.update({code: code in there for code in codes})

    def _case(self, row: Row, nik: str | int | float) -> Case:
        parsed = parse({**row.cells, "nik": nik}, row.context, self.places, self._district_exists)
        said = parsed.values
        parsed.findings += [note(name, "formula") for name in row.context.get("formulas", ())]
        features = Features(
            parsed.name_key,
            parsed.region,
            niks.digest(parsed.nik) if parsed.nik else "",
            said.get("phone", ""),
            said.get("nip", ""),
            said.get("email", ""),
            parsed.born,
            said.get("sex", ""),
        )
        row.values, row.region, row.name_key, row.nik_digest = said, parsed.region, features.name_key, features.nik
        row.namesake = _namesake(features)
        row.fingerprint = vault.fingerprint(parsed.content())
        return Case(row, parsed, features)

    def _district_exists(self, code: str) -> bool:
        return self._districts.get(code, False)

    def _traces(self, cases: list[Case]) -> dict[str, UUID]:
        found = dict(Trace.objects.filter(pk__in=[c.row.fingerprint for c in cases]).values_list("pk", "person"))
        present = set(self.people.filter(pk__in=found.values()).values_list("pk", flat=True))
        return {fingerprint: person for fingerprint, person in found.items() if person in present}

    def _identify(self, case: Case, traces: dict[str, UUID]) -> None:
        """Who is it: as somebody decided, as it was imported before, or as it matches."""
        row, sure = case.row, [match for match in case.matches if match.certain]
        row.candidates = []
        if row.verdict == Verdict.OTHER:
            row.person = None
        elif row.verdict != Verdict.SAME:
            row.person = traces.get(row.fingerprint) or (sure[0].id if len(sure) == 1 else None)
            if row.person is None:
                row.candidates = [{"person": str(m.id), "reasons": list(m.reasons)} for m in case.matches[:_SHOWN]]

    def _conclude(self, cases: list[Case]) -> None:
        wanted = {case.row.person for case in cases if case.row.person}
        wanted |= {UUID(c["person"]) for case in cases for c in case.row.candidates if len(case.row.candidates) == 1}
        present = comparing.load(wanted)
        for case in cases:
            self._settle_identical(case, present)
            row = case.row
            person = present.get(row.person) if row.person and "name" in case.parsed.values else None
            row.changes = comparing.changes(row, case.parsed.nik_mask, person, self.places) if person else {}
            self._mention_shared_phone(case)
            if row.candidates:
                code = "nik_other_name" if Reason.NIK in row.candidates[0]["reasons"] else "alike"
                case.parsed.findings.append(look("name", code))
            row.findings = [finding.as_json() for finding in case.parsed.findings]
            row.doubted = any(finding.code in ACCEPTABLE for finding in case.parsed.findings)
            row.outcome = _outcome(row, case.parsed.findings)

    def _settle_identical(self, case: Case, present: dict[UUID, comparing.Present]) -> None:
        """The only candidate has the same name in the same place and nothing is new: there is nothing to decide."""
        row = case.row
        if len(row.candidates) != 1 or Reason.NAME not in row.candidates[0]["reasons"]:
            return
        person = present.get(UUID(row.candidates[0]["person"]))
        if person and not comparing.changes(row, case.parsed.nik_mask, person, self.places):
            row.person, row.candidates = person.id, []

    def _mention_shared_phone(self, case: Case) -> None:
        """Phones are shared in families; worth knowing, because only a number of one's own signs in."""
        if self._circle.holders("phone", case.features.phone) - {case.row.person}:
            case.parsed.findings.append(note("phone", "shared_phone"))


def _namesake(features: Features) -> str:
    if not features.name_key or not features.region:
        return ""
    return hashlib.blake2b(f"{features.region} {features.name_key}".encode(), digest_size=16).hexdigest()


def _outcome(row: Row, findings: list[Finding]) -> str:
    if row.verdict == Verdict.SKIP or any(finding.code == "same_row" for finding in findings):
        return Outcome.SKIPPED
    if any(finding.level == Level.ERROR for finding in findings):
        return Outcome.REFUSED
    if any(finding.level == Level.LOOK and not _settled(row, finding) for finding in findings):
        return Outcome.LOOK
    if row.person is None:
        return Outcome.NEW
    return Outcome.CHANGED if row.changes else Outcome.UNCHANGED


def _settled(row: Row, finding: Finding) -> bool:
    if finding.code in ACCEPTABLE:
        return row.accepted_at is not None
    return finding.code == "double" and row.verdict in {Verdict.OTHER, Verdict.SAME}
