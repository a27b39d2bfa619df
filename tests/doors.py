"""Every address and who gets in by which method: the table that the access test walks through."""

from dataclasses import dataclass, field
from typing import Any

from tests.world import CAST, COURSE, drawing, packed, scanned, table

VISITOR = "visitor"
ROLES = (VISITOR, *CAST)
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {VISITOR}
NOBODY: frozenset[str] = frozenset()
#: Held anywhere; then: over the village of the secretary too.
CHANGE = frozenset({"coordinator", "province", "neighbour", "other_coordinator", "admin"})
CHANGE_INSIDE = CHANGE - {"neighbour", "other_coordinator"}
SEE = CHANGE | {"facilitator", "auditor"}
SEE_INSIDE = CHANGE_INSIDE | {"facilitator", "auditor"}
#: Helping learners along: more time for a test.
HELP = SEE - {"auditor"}
HELP_INSIDE = SEE_INSIDE - {"auditor"}
TOTALS = SEE | {"partner"}
TOTALS_INSIDE = SEE_INSIDE | {"partner"}
SECRETARY = frozenset({"secretary"})
COORDINATOR = frozenset({"coordinator"})
ADMIN = frozenset({"admin"})
AUTHORS = frozenset({"author", "local_author", "admin"})
NATIONAL_AUTHORS = AUTHORS - {"local_author"}
#: Who may set up programmes somewhere; of the nation.
STEERERS = AUTHORS | CHANGE
STEER_NATION = NATIONAL_AUTHORS


@dataclass(frozen=True)
class Door:
    """Who gets in by ``method`` at an address.

    ``where``: the parts of the address, ``form``: what is sent; "@name" in either stands for what the world has
    under that name.
    """

    roles: frozenset[str]
    method: str = "get"
    where: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)


def page(roles: frozenset[str], **where: Any) -> Door:
    """Looking at a page."""
    return Door(roles, "get", where)


def post(roles: frozenset[str], form: dict[str, Any] | None = None, **where: Any) -> Door:
    """Sending a form."""
    return Door(roles, "post", where, form or {})


_LETTERHEAD = {"organisation": "B", "signer_title": "K", "city": "J", "pattern": "{seq}/{year}"}
PASSWORD = "jagung kuning muda"
_PERSON = {
    "name": "Rohani", "region": "@village", "title": "", "phone": "", "nik": "", "sex": "", "birth_date": "", "nip": "",
    "email": "",
}  # fmt: skip
_NAME = {"name": "Terbanggi", "kind": "desa", "since": "2026-01-02", "basis": "Perda 1/2026"}
_INSTITUTION = {"kind": "lainnya", "name": "Balai Baru", "region": "@village"}
_LESSON = {"slug": "@course", "number": "@number", "lesson": "@lesson"}
_CLOSED = {"slug": "@closed_course", "number": "@number"}
_IMPORT, _ROW = {"id": "@import"}, {"id": "@import", "row_id": "@import_row"}
_COLUMNS = {"s0-chosen": "on", "s0-header": "1", "s0-k0": "name", "s0-k1": "code", "home": ""}
_EXTENSION = {"region": "@village", "minutes": "30", "reason": "listrik padam"}
_JOIN = {"name": "Suryani", "region": "@village", "phone": "", "username": "warga.baru", "password": PASSWORD}
_DRAFT_FILE = {"course": "@draft_course", "path": "@draft_file"}
_DRAFT_TEXT = (COURSE / "pelatihan.md").read_text() + "Satu kalimat lagi.\n"
_COURSE = {"title": "Beternak ayam", "summary": "Dari nol.", "hours": "2", "readers": "terbuka"}
_COHORT, _SEAT = {"id": "@cohort"}, {"tema": "@theme", "sesi": "@session"}
_QUOTAS = {f"kuota{place}-level": "4" for place in range(3)}
_EVALUATION = {"period": "@year"}
_SESSION = {"part": "noon", "starts": "13:00", "ends": "15:00", "zone": "WIB", "capacity": "30"}
_ROLLOUT = {"id": "@programme", "code": "@village"}
_STEP = {"status": "running", "on": "2024-01-02"}
_SIGNED = {"leader": "Kepala Kampung", "title": "Kepala Kampung", "signed_on": "2024-01-02"}
_READERS = SECRETARY | AUTHORS
_COORDINATORS = {"id": "@secretary"}

DOORS: dict[str, tuple[Door, ...]] = {
    "web:front": (page(EVERYONE),),
    "web:me": (page(EVERYONE),),
    "web:look": (post(EVERYONE, {"tema": "gelap"}),),
    "web:help": (page(EVERYONE),),
    "web:codes": (page(EVERYONE),),
    # regions
    "regions:find": (page(SIGNED_IN),),
    "regions:found": (page(SIGNED_IN),),
    "regions:about": (page(SIGNED_IN, key="@village"),),
    "regions:change": (
        page(ADMIN, key="@village", event="@event"),
        post(ADMIN, _NAME, key="@village", event="@event"),
    ),
    "regions:institutions": (page(SEE),),
    "regions:add-institution": (page(CHANGE), post(CHANGE_INSIDE, _INSTITUTION)),
    "regions:institution": (page(SEE_INSIDE, id="@institution"),),
    "regions:change-institution": (
        page(CHANGE_INSIDE, id="@institution"),
        post(CHANGE_INSIDE, _INSTITUTION, id="@institution"),
    ),
    # coming in
    "accounts:sign_in": (page(EVERYONE), post(EVERYONE, {"username": "@username", "password": "padi menguning"})),
    "accounts:demo": (post(NOBODY, {"orang": "@admin_account"}),),
    "accounts:sign_in_passkey": (page(EVERYONE), post(NOBODY, {"credential": "{}"})),
    "accounts:code": (page(EVERYONE), post(EVERYONE, {"kode": "@code"})),
    "accounts:use_code": (post(EVERYONE, {"kode": "@code", "password": PASSWORD}),),
    "joining:join": (page(EVERYONE), post(EVERYONE, _JOIN)),
    "joining:villages": (page(EVERYONE),),
    "accounts:second": (page(NOBODY), post(NOBODY, {"code": "123456"})),
    "accounts:second_passkey": (page(NOBODY), post(NOBODY, {"credential": "{}"})),
    "accounts:leave": (page(EVERYONE), post(EVERYONE)),
    "accounts:link": (page(EVERYONE, text="@code"),),
    # one's own account
    "accounts:own": (page(SIGNED_IN),),
    "accounts:profile": (page(SIGNED_IN), post(SIGNED_IN, {"name": "Nama Baru", "phone": "", "email": ""})),
    "accounts:security": (page(SIGNED_IN),),
    "accounts:offer": (page(SIGNED_IN),),
    "accounts:confirm": (page(SIGNED_IN), post(SIGNED_IN, {"password": "padi menguning"})),
    "accounts:password": (page(SIGNED_IN), post(SIGNED_IN, {"password": PASSWORD})),
    "accounts:devices": (post(SIGNED_IN),),
    "accounts:passkey": (page(SIGNED_IN), post(NOBODY, {"name": "HP", "credential": "{}"})),
    "accounts:passkey_options": (page(SIGNED_IN),),
    "accounts:app": (page(SIGNED_IN), post(NOBODY, {"code": "000000"})),
    "accounts:spare": (page(frozenset({"author"})), post(frozenset({"author"}))),
    "accounts:remove": (post(SIGNED_IN, id="@factor"),),
    # other people's accounts
    "accounts:account": (page(CHANGE_INSIDE, **_COORDINATORS),),
    "accounts:recovery": (page(CHANGE_INSIDE, **_COORDINATORS), post(CHANGE_INSIDE, **_COORDINATORS)),
    "accounts:see": (post(CHANGE_INSIDE, **_COORDINATORS),),
    "accounts:stop_seeing": (post(EVERYONE),),
    "accounts:number": (
        page(CHANGE_INSIDE, **_COORDINATORS),
        post(CHANGE_INSIDE, {"number": "081234567899", "yakin": "1"}, **_COORDINATORS),
    ),
    "accounts:release_number": (post(CHANGE_INSIDE, **_COORDINATORS),),
    "accounts:sheet_new": (page(CHANGE), post(CHANGE_INSIDE, {"wilayah": "@village"})),
    "accounts:sheet": (page(COORDINATOR, id="@sheet"),),
    "accounts:paper": (page(COORDINATOR, id="@sheet", number="@number"),),
    "accounts:messages": (page(COORDINATOR, id="@sheet"),),
    "accounts:pick": (page(CHANGE),),
    "accounts:move": (
        page(CHANGE),
        post(CHANGE_INSIDE, {"orang": "@secretary", "to": "@neighbouring", "on": "2026-01-02", "title": ""}),
    ),
    "accounts:end_terms": (
        page(CHANGE),
        post(CHANGE_INSIDE, {"orang": "@secretary", "on": "2026-01-02", "reason": "pindah"}),
    ),
    # people
    "persons:people": (page(SEE),),
    "persons:excel": (page(SEE),),
    "persons:new": (page(CHANGE), post(CHANGE_INSIDE, _PERSON)),
    "persons:person": (page(SEE_INSIDE, **_COORDINATORS),),
    "persons:edit": (page(CHANGE_INSIDE, **_COORDINATORS), post(CHANGE_INSIDE, _PERSON, **_COORDINATORS)),
    "persons:decision": (post(CHANGE_INSIDE, {"isian": "email", "versi": "@version_of_email"}, **_COORDINATORS),),
    "persons:merge": (
        page(CHANGE_INSIDE, **_COORDINATORS),
        post(CHANGE_INSIDE, {"dengan": "@colleague"}, **_COORDINATORS),
        post(CHANGE_INSIDE, {"dengan": "@colleague", "keputusan": "dua"}, **_COORDINATORS),
    ),
    "persons:parting": (post(CHANGE_INSIDE, {"orang": "@merged"}, **_COORDINATORS),),
    "pairs:pairs": (page(CHANGE),),
    "pairs:excel": (page(CHANGE),),
    "pairs:pair": (
        page(CHANGE_INSIDE, id="@pair"),
        post(CHANGE_INSIDE, {"keputusan": "satu"}, id="@pair"),
        post(CHANGE_INSIDE, {"keputusan": "dua"}, id="@pair"),
    ),
    "imports:imports": (page(CHANGE), post(CHANGE, {"file": table})),
    "imports:template": (page(CHANGE),),
    "imports:batch": (page(COORDINATOR, **_IMPORT),),
    "imports:columns": (page(COORDINATOR, **_IMPORT), post(COORDINATOR, _COLUMNS, **_IMPORT)),
    "imports:checking": (post(COORDINATOR, **_IMPORT),),
    "imports:row": (page(COORDINATOR, **_ROW), post(COORDINATOR, {"putusan": "skip"}, **_ROW)),
    "imports:acceptance": (post(COORDINATOR, **_IMPORT),),
    "imports:saving": (post(COORDINATOR, **_IMPORT),),
    "imports:stopping": (post(COORDINATOR, **_IMPORT),),
    "imports:undoing": (page(COORDINATOR, id="@saved_import"), post(COORDINATOR, id="@saved_import")),
    "imports:discarding": (post(COORDINATOR, id="@other_import"),),
    "imports:result": (page(COORDINATOR, **_IMPORT),),
    # roles
    "delegation:holders": (page(CHANGE | {"auditor"}),),
    "delegation:teams": (page(CHANGE),),
    "delegation:candidates": (page(CHANGE),),
    "delegation:roles": (
        page(CHANGE_INSIDE, **_COORDINATORS),
        post(CHANGE_INSIDE, {"role": "facilitator", "wilayah": "@village"}, **_COORDINATORS),
    ),
    "delegation:revoke": (post(CHANGE_INSIDE, id="@facilitator", role="@facilitator_role"),),
    # privacy
    "privacy:page": (page(EVERYONE),),
    "privacy:notice": (page(SIGNED_IN), post(SIGNED_IN)),
    "privacy:mine": (page(SIGNED_IN),),
    "privacy:export": (page(SIGNED_IN, form="@json"),),
    "privacy:ask_erasure": (page(SIGNED_IN), post(SIGNED_IN, {"reason": "", "sure": "on"})),
    "privacy:cancel_erasure": (post(SIGNED_IN),),
    "privacy:requests": (page(CHANGE),),
    "privacy:decide": (
        page(CHANGE_INSIDE, id="@request"),
        post(CHANGE_INSIDE, {"answer": "Masih menjabat"}, id="@request"),
        post(CHANGE_INSIDE, {"answer": "", "hapus": "1", "sure": "on"}, id="@request"),
    ),
    # courses
    "courses:catalogue": (page(EVERYONE),),
    "courses:drafts": (page(AUTHORS), Door(AUTHORS, "post", {}, {"berkas": packed})),
    "courses:draft": (page(NATIONAL_AUTHORS, draft="@draft"),),
    "courses:draft-lesson": (page(NATIONAL_AUTHORS, draft="@draft", lesson="@draft_lesson"),),
    "courses:draft-picture": (page(NATIONAL_AUTHORS, draft="@draft", name="@draft_picture"),),
    "courses:draft-export": (page(NATIONAL_AUTHORS, draft="@draft"),),
    "courses:draft-publication": (post(NATIONAL_AUTHORS, draft="@draft"),),
    "courses:draft-restoration": (post(NATIONAL_AUTHORS, draft="@draft"),),
    "courses:draft-new": (page(AUTHORS), post(AUTHORS, _COURSE)),
    "courses:write": (page(NATIONAL_AUTHORS, course="@draft_course"),),
    "courses:write-arrange": (
        post(NATIONAL_AUTHORS, {"aksi": "modul", "judul": "Modul baru"}, course="@draft_course"),
    ),
    "courses:write-picture": (
        Door(NATIONAL_AUTHORS, "post", {"course": "@draft_course"}, {"gambar": drawing, "keterangan": "Garis"}),
    ),
    "courses:write-history": (page(NATIONAL_AUTHORS, course="@draft_course"),),
    "courses:write-compare": (page(NATIONAL_AUTHORS, course="@draft_course", draft="@draft"),),
    "courses:write-file": (
        page(NATIONAL_AUTHORS, **_DRAFT_FILE),
        post(NATIONAL_AUTHORS, {"teks": _DRAFT_TEXT, "dasar": "@draft_base"}, **_DRAFT_FILE),
    ),
    "courses:write-preview": (
        page(NATIONAL_AUTHORS, **_DRAFT_FILE),
        page(NATIONAL_AUTHORS, course="@draft_course", path="tes/latihan.md"),
    ),
    "courses:glossary": (page(EVERYONE, slug="@course"),),
    "courses:course": (page(EVERYONE, slug="@course"), page(EVERYONE, slug="@closed_course")),
    "courses:progress": (
        page(SIGNED_IN, slug="@course"),
        page(_READERS, slug="@closed_course"),
        post(SIGNED_IN, slug="@course"),
        post(_READERS, slug="@closed_course"),
    ),
    "courses:lesson": (page(EVERYONE, **_LESSON), page(_READERS, lesson="@closed_lesson", **_CLOSED)),
    "courses:completion": (post(EVERYONE, **_LESSON), post(_READERS, lesson="@closed_lesson", **_CLOSED)),
    "courses:picture": (
        page(EVERYONE, slug="@course", number="@number", name="@picture"),
        page(_READERS, name="@closed_picture", **_CLOSED),
    ),
    "programmes:enrolment": (page(SIGNED_IN, slug="@course"), post(SIGNED_IN, slug="@course")),
    "programmes:requests": (
        page(CHANGE, slug="@course"),
        post(CHANGE_INSIDE, {"orang": "@colleague"}, slug="@closed_course"),
    ),
    "programmes:programmes": (page(EVERYONE),),
    "programmes:add": (page(STEERERS), post(STEER_NATION, {"name": "Program Baru", "region": ""})),
    "programmes:programme": (page(EVERYONE, id="@programme"),),
    "programmes:change": (
        page(STEER_NATION, id="@programme"),
        post(STEER_NATION, {"name": "Nama Baru"}, id="@programme"),
    ),
    "programmes:add-cohort": (
        page(STEER_NATION, id="@programme"),
        post(STEER_NATION, {"name": "Baru", "courses": "@theme", "asking": "open", **_QUOTAS}, id="@programme"),
    ),
    "programmes:cohort": (page(EVERYONE, **_COHORT),),
    "programmes:change-cohort": (
        page(STEER_NATION, **_COHORT),
        post(STEER_NATION, {"name": "Baru", "courses": "@theme", "asking": "open", **_QUOTAS}, **_COHORT),
    ),
    "programmes:deviations": (
        page(STEER_NATION, **_COHORT),
        post(STEER_NATION, {"region": "@village", "course": "", "number": "3"}, **_COHORT),
    ),
    "programmes:add-batch": (page(STEER_NATION, **_COHORT), post(STEER_NATION, {"name": "Tahap 2"}, **_COHORT)),
    "programmes:change-batch": (
        page(STEER_NATION, id="@batch"),
        post(STEER_NATION, {"name": "Tahap I"}, id="@batch"),
    ),
    "programmes:add-session": (page(STEER_NATION, id="@batch"), post(STEER_NATION, _SESSION, id="@batch")),
    "programmes:change-session": (page(STEER_NATION, id="@session"), post(STEER_NATION, _SESSION, id="@session")),
    "programmes:joining": (
        page(SIGNED_IN - SECRETARY, **_COHORT),
        post(SIGNED_IN - SECRETARY, _SEAT, **_COHORT),
    ),
    "programmes:rollouts": (page(TOTALS, id="@programme"),),
    "programmes:rollouts-excel": (page(TOTALS, id="@programme"),),
    "programmes:rollout": (page(TOTALS_INSIDE, **_ROLLOUT),),
    "programmes:rollout-step": (page(CHANGE_INSIDE, **_ROLLOUT), post(CHANGE_INSIDE, _STEP, **_ROLLOUT)),
    "programmes:rollout-sheet": (page(CHANGE_INSIDE, **_ROLLOUT), post(CHANGE_INSIDE, {"team": "Camat"}, **_ROLLOUT)),
    "programmes:rollout-decision": (
        post(CHANGE_INSIDE, {"isian": "budget", "versi": "@version_of_budget"}, **_ROLLOUT),
    ),
    "programmes:rollout-history": (page(SEE_INSIDE, **_ROLLOUT),),
    "programmes:rollout-commitment": (
        page(CHANGE_INSIDE, **_ROLLOUT),
        Door(CHANGE_INSIDE, "post", _ROLLOUT, {**_SIGNED, "file": scanned}),
    ),
    "programmes:rollout-file": (page(SEE_INSIDE, paper="@paper_of_step", **_ROLLOUT),),
    "programmes:rollout-withdrawal": (post(CHANGE_INSIDE, {"alasan": "keliru"}, paper="@paper_of_step", **_ROLLOUT),),
    "programmes:place": (page(SECRETARY | CHANGE_INSIDE, id="@place"),),
    "programmes:withdrawal": (post(SECRETARY | CHANGE_INSIDE, id="@place"),),
    "programmes:delegates": (
        page(CHANGE, **_COHORT),
        post(CHANGE_INSIDE, {"orang": "@colleague", **_SEAT}, **_COHORT),
    ),
    "programmes:answers": (
        page(CHANGE, **_COHORT),
        post(CHANGE_INSIDE, {"permintaan": "@place", "setuju": "1"}, **_COHORT),
        post(CHANGE_INSIDE, {"permintaan": "@place", "tolak": "1", "alasan": "penuh"}, **_COHORT),
    ),
    "programmes:participants": (page(CHANGE, **_COHORT),),
    "programmes:participants-excel": (page(CHANGE, **_COHORT),),
    "programmes:lists": (page(CHANGE, **_COHORT), post(CHANGE, {"file": table, **_SEAT}, **_COHORT)),
    "programmes:list": (page(COORDINATOR, id="@list"),),
    "programmes:list-sending": (post(COORDINATOR, id="@list"),),
    "programmes:list-discarding": (post(COORDINATOR, id="@list"),),
    "programmes:list-result": (page(COORDINATOR, id="@list"),),
    # tests
    "assessments:test": (page(SIGNED_IN, identity="@test"), page(SECRETARY, identity="@closed_test")),
    "assessments:start": (
        post(SIGNED_IN - SECRETARY, {"terbitan": "@sealed"}, identity="@test"),
        post(SECRETARY, {"terbitan": "@closed_sealed"}, identity="@closed_test"),
    ),
    "assessments:keys": (
        page(EVERYONE, published="@practice"),
        page(NOBODY, published="@sealed"),
        page(SECRETARY, published="@closed_practice"),
    ),
    "assessments:attempt": (page(SECRETARY, attempt="@paper"), page(SECRETARY, attempt="@result")),
    "assessments:answers": (post(SECRETARY, {"@question": "@option"}, attempt="@paper"),),
    "assessments:overview": (page(SECRETARY, attempt="@paper"),),
    "assessments:submission": (post(SECRETARY, attempt="@paper"),),
    "assessments:analysis": (page(NATIONAL_AUTHORS, published="@sealed"),),
    "assessments:analysis_excel": (page(NATIONAL_AUTHORS, published="@sealed"),),
    "assessments:outages": (page(SEE),),
    "assessments:person_tests": (page(HELP_INSIDE, **_COORDINATORS),),
    "assessments:person_extension": (
        page(HELP_INSIDE, identity="@test", **_COORDINATORS),
        post(HELP_INSIDE, {"minutes": "30", "reason": "listrik padam"}, identity="@test", **_COORDINATORS),
    ),
    "assessments:test_extension": (
        page(HELP, identity="@test"),
        post(HELP_INSIDE, _EXTENSION, identity="@test"),
    ),
    # certificates
    "credentials:certificates": (page(SIGNED_IN),),
    "credentials:letterhead": (
        page(ADMIN),
        post(ADMIN, _LETTERHEAD),
    ),
    "credentials:programme-letterhead": (
        page(ADMIN, id="@programme"),
        post(ADMIN, _LETTERHEAD, id="@programme"),
    ),
    "credentials:correction": (
        page(ADMIN, id="@certificate"),
        post(ADMIN, {"name": "Siti", "place": "", "reason": "salah nama"}, id="@certificate"),
    ),
    "credentials:issuing": (page(CHANGE), post(CHANGE, {"pelatihan": "@course"})),
    "credentials:print-runs": (
        page(CHANGE),
        post(CHANGE_INSIDE, {"pelatihan": "", "tahap": "", "wilayah": "@village"}),
    ),
    "credentials:print-run": (page(COORDINATOR, id="@print_run"),),
    "credentials:print-part": (page(COORDINATOR, id="@print_run", number="@number"),),
    "credentials:print-discarding": (post(COORDINATOR, id="@other_print_run"),),
    "credentials:archives": (page(CHANGE), Door(CHANGE, "post", {}, {"file": table})),
    "credentials:archive-template": (page(CHANGE),),
    "credentials:archive": (page(COORDINATOR, id="@archive"),),
    "credentials:archive-recording": (post(COORDINATOR, id="@archive"),),
    "credentials:archive-undoing": (post(COORDINATOR, id="@archive"),),
    "credentials:archive-discarding": (post(COORDINATOR, id="@archive"),),
    "credentials:archive-result": (page(COORDINATOR, id="@archive"),),
    "credentials:archive-withdrawal": (page(CHANGE_INSIDE, id="@archived"), post(CHANGE_INSIDE, id="@archived")),
    "credentials:scan": (Door(ADMIN, "post", {"id": "@certificate"}, {"berkas": scanned}),),
    "credentials:office-paper": (page(SECRETARY | SEE_INSIDE, id="@certificate"),),
    "credentials:own-transcript": (page(SIGNED_IN),),
    "credentials:transcript": (page(SECRETARY | SEE_INSIDE, id="@secretary"),),
    "credentials:archived": (
        page(CHANGE_INSIDE, id="@secretary"),
        post(CHANGE_INSIDE, {"title": "Aset", "number": "1", "hours": "8", "issued_on": "2019-10-17"}, id="@secretary"),
    ),
    "credentials:transcript-pdf": (page(SECRETARY | SEE_INSIDE, id="@secretary"),),
    "credentials:transcript-excel": (page(SECRETARY | SEE_INSIDE, id="@secretary"),),
    "credentials:certificate": (page(SECRETARY | SEE_INSIDE, id="@certificate"),),
    "credentials:paper": (page(SECRETARY | SEE_INSIDE, id="@certificate"),),
    "credentials:credential": (page(SECRETARY | SEE_INSIDE, id="@certificate"),),
    "credentials:revocation": (
        page(ADMIN, id="@certificate"),
        post(ADMIN, {"reason": "salah nama"}, id="@certificate"),
    ),
    "credentials:verification": (page(EVERYONE), post(EVERYONE)),
    "credentials:shared": (page(EVERYONE, id="@certificate"),),
    "credentials:keys": (page(EVERYONE),),
    "credentials:revocations": (page(EVERYONE),),
    "credentials:status-list": (page(EVERYONE, number="@first"),),
    "credentials:did": (page(EVERYONE),),
    "credentials:scanned": (page(EVERYONE, text="@statement"),),
    # regions' pictures
    "monitoring:held": (page(CHANGE),),
    "monitoring:ruling": (
        post(CHANGE_INSIDE, {"keputusan": "terima"}, entry="@held"),
        post(CHANGE_INSIDE, {"keputusan": "tolak"}, entry="@held"),
    ),
    "monitoring:mine": (page(TOTALS),),
    "monitoring:nation-excel": (page(ADMIN),),
    "monitoring:excel": (page(TOTALS_INSIDE, code="@kabupaten"),),
    "monitoring:region": (page(TOTALS_INSIDE, code="@kabupaten"),),
    "monitoring:nation-factors": (page(ADMIN),),
    "monitoring:nation-factors-excel": (page(ADMIN),),
    "monitoring:factors": (page(TOTALS_INSIDE, code="@kabupaten"),),
    "monitoring:factors-excel": (page(TOTALS_INSIDE, code="@kabupaten"),),
    "monitoring:nation-not-started": (page(ADMIN),),
    "monitoring:not-started": (page(SEE_INSIDE, code="@kabupaten"),),
    "monitoring:not-started-excel": (page(SEE_INSIDE, code="@kabupaten"),),
    "monitoring:nation-evaluations": (page(ADMIN), post(ADMIN, _EVALUATION)),
    "monitoring:evaluations": (
        page(TOTALS_INSIDE, code="@kabupaten"),
        post(TOTALS_INSIDE, _EVALUATION, code="@kabupaten"),
    ),
    "monitoring:evaluation-pdf": (page(COORDINATOR, id="@evaluation"),),
    "monitoring:evaluation-excel": (page(COORDINATOR, id="@evaluation"),),
}
