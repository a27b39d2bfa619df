"""What the access test walks through: people of every role, and one of everything that has an address.

Whatever belongs to somebody belongs to the secretary or lies in Kabupaten Lampung Tengah.
"""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from balai.assessments import sitting
from balai.assessments.contents import Content, content
from balai.assessments.models import Test
from balai.assessments.tests.conftest import source as small_source
from balai.common import clock
from balai.common.ids import uuid7
from balai.courses import progress
from balai.courses.drafts import import_draft
from balai.courses.models import CourseVersion
from balai.courses.page_files import pictures_of
from balai.courses.publishing import publish
from balai.courses.source import Source
from balai.credentials import archiving, keys, scanning
from balai.credentials.models import ArchivedCertificate, ArchiveImport, Certificate
from balai.credentials.prints import jobs as print_jobs
from balai.credentials.prints.choosing import Choice
from balai.log import blobs, handlers
from balai.log.envelopes import enclose
from balai.log.models import Revision
from balai.log.record import Deed, _entry, record
from balai.log.storing import store
from balai.monitoring.evaluations import asking as evaluations
from balai.monitoring.models import Evaluation
from balai.people.accounts import codes, inviting
from balai.people.accounts.models import AccessCode
from balai.people.accounts.second import SecondFactor
from balai.people.entries import PersonChanged, RoleRevoked
from balai.people.identities import pairing
from balai.people.identities.entries import PersonMerged
from balai.people.imports import applying, checking, vault
from balai.people.imports.models import Import, Row, Run
from balai.people.models import Account, ErasureRequest, Pair, Person, Role
from balai.programmes import enrolling
from balai.programmes.models import NameList
from balai.programmes.rollout.entries import File, RolloutChanged
from balai.programmes.tests.making import intake, rolled_out, said, step
from balai.regions.models import Region
from balai.regions.payloads import InstitutionRegistered
from conftest import new_person

COURSE = Path(__file__).resolve().parents[1] / "balai" / "demo" / "courses" / "kenal-hp-dan-internet"
KAMPUNG, NEIGHBOUR = "18.02.07.2009", "18.02.07.2008"
#: Name, home, role, over which regions. ``former`` loses the role again; a visitor is nobody.
CAST: dict[str, tuple[str, str, str, tuple[str | None, ...]]] = {
    "secretary": ("Siti Rahayu, S.Pd.", KAMPUNG, "", ()),
    "colleague": ("Bambang", KAMPUNG, "", ()),
    "stranger": ("I Wayan Sudarma", "51.02.10.2007", "", ()),
    "facilitator": ("Yusuf", "18.02", "facilitator", ("18.02",)),
    "coordinator": ("Drs. Hendra Wijaya", "18.02", "coordinator", ("18.02",)),
    "province": ("Nurhayati", "18", "coordinator", ("18",)),
    "neighbour": ("Paimin", NEIGHBOUR, "coordinator", (NEIGHBOUR,)),
    "other_coordinator": ("Ni Made Ayu Lestari", "51.02", "coordinator", ("51.02",)),
    "former": ("Sudarsono", "18.02", "coordinator", ("18.02",)),
    "auditor": ("Maria Goreti", "18", "auditor", ("18",)),
    "partner": ("Lukas Tarigan", "18", "partner", ("18",)),
    "local_author": ("Wulandari", "18", "author", ("18",)),
    "author": ("Dr. Ratna Dewi, M.Si.", "18", "author", (None,)),
    "admin": ("Agus Santoso", "18", "admin", (None,)),
}


class World:
    """People by role (``people``) and what stands in addresses and forms, by name (``at``)."""

    def __init__(self) -> None:
        self.people = {role: new_person(*figure) for role, figure in CAST.items()}
        self.at: dict[str, Any] = {role: person.pk for role, person in self.people.items()}
        self.at |= {
            "username": self.people["colleague"].account.username,
            "admin_account": self.people["admin"].account.pk,
        }
        self.at |= {
            "village": KAMPUNG,
            "neighbouring": NEIGHBOUR,
            "kabupaten": "18.02",
            "number": 1,
            "first": 0,
            "event": "nama",
            "json": "json",
        }
        self._people()
        self._imports()
        self.course = self._courses()
        self._study()
        self._programmes()
        self._evaluation()
        self.sessions = {role: _signed_in(person) for role, person in self.people.items()}

    def client(self, role: str) -> Client:
        """A fresh browser of ``role``; whoever it is signed in a moment ago."""
        browser = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        if role in self.sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return browser

    def _people(self) -> None:
        person = self.people
        secretary, coordinator = person["secretary"], person["coordinator"]
        self.at["facilitator_role"] = Role.objects.get(person=person["facilitator"]).pk
        self.at["held"] = self._held(person["former"], secretary)
        self.at["code"] = codes.make([person["colleague"].pk], AccessCode.Purpose.FIRST, None)[person["colleague"].pk]
        newcomer = new_person("Sumarni", KAMPUNG)
        Account.objects.exclude(person=newcomer).update(first_signed_in_at=clock.wall(), notice_read_at=clock.wall())
        self.at["sheet"] = inviting.invite(coordinator, [newcomer], "Terbanggi Besar").pk
        self.at["request"] = ErasureRequest.objects.create(person=secretary).pk
        self.at["merged"] = twin = new_person("Siti Rahayu", KAMPUNG).pk
        record("person.merged", PersonMerged(into=secretary.pk), subject=twin, proof="hub")
        alike = new_person("Bambang", KAMPUNG).pk
        pairing.refresh([alike])
        self.at["pair"] = Pair.objects.of([alike]).get().pk
        self.at["version_of_email"] = _disagreement(secretary)
        SecondFactor(person["author"].account).set_up_app("JBSWY3DPEHPK3PXP")
        self.at["factor"] = Authenticator.objects.get(type=Authenticator.Type.TOTP).pk
        payload = InstitutionRegistered(kind="lainnya", name="Balai Latih", region=_region("18.02"))
        self.at["institution"] = record("institution.registered", payload, proof="hub").id

    def _imports(self) -> None:
        """A table that the coordinator looks through, and one that was saved."""
        coordinator = self.people["coordinator"]
        self.at["import"] = _import(coordinator, "Rohayah", Run.Work.CHECK)
        self.at["import_row"] = Row.objects.get(batch=self.at["import"]).pk
        self.at["other_import"] = _import(coordinator, "Rohayah", Run.Work.CHECK)
        self.at["saved_import"] = _import(coordinator, "Sukarman", Run.Work.CHECK, Run.Work.APPLY)

    def _held(self, former: Person, secretary: Person) -> UUID:
        """What a coordinator did while the role was held, arrived after it was taken back."""
        payload = PersonChanged(changes={"name": handlers.Change("Siti Rahayu", (secretary.pk,))})
        deed = Deed("person.changed", payload, actor=former.pk, subject=secretary.pk, audience=secretary.region_id)
        entry = _entry(deed)
        revoked = RoleRevoked(Role.objects.get(person=former).pk)
        record("role.revoked", revoked, subject=former.pk, proof="hub")
        store(enclose([entry]), [entry], clock.wall())
        return entry.id

    def _courses(self) -> CourseVersion:
        """An open course, a restricted one that the secretary was brought into, a draft of each."""
        keys.ensure()
        author = self.people["author"]
        draft = import_draft(Source.from_folder(COURSE), author.pk)
        version, _is_new = publish(draft.source(), author.pk, draft)
        self.at |= _addresses(version, "") | {"draft": draft.pk, "draft_lesson": version.lessons[0].slug}
        self.at["draft_picture"] = pictures_of(version)[0]
        written = "pelatihan.md"
        self.at |= {"draft_course": draft.course, "draft_file": written, "draft_base": draft.files[written]}
        restricted, _is_new = publish(_restricted(), author.pk)
        enrolling.ask(self.people["coordinator"], self.people["secretary"], restricted.course)
        self.at |= _addresses(restricted, "closed_")
        return version

    def _programmes(self) -> None:
        """A programme of the nation with a cohort, in which the secretary asked for a seat; a list of delegates."""
        version, _is_new = publish(small_source(uuid7()), self.people["author"].pk)
        made = intake(version.course_id, asking="approval")
        self.at |= {"programme": made.programme.pk, "cohort": made.cohort.pk, "batch": made.batch.pk}
        self.at |= {"session": made.session.pk, "theme": version.course_id}
        self.at["place"] = made.ask(self.people["secretary"]).pk
        self._rollout(made.programme.pk)
        where = {"cohort": made.cohort, "course": version.course_id, "session": made.session.pk}
        owned = NameList.objects.create(owner=self.people["coordinator"], file_name="utusan.csv", **where)
        self.at["list"] = owned.pk

    def _rollout(self, programme: UUID) -> None:
        """The programme in the village: a step with its paper, and a field that two people wrote at once."""
        village = _region(KAMPUNG)
        made = rolled_out(programme, village)
        paper = File(blobs.put(_PAPER), "sk.pdf", "application/pdf", len(_PAPER))
        self.at["paper_of_step"] = step(made, "running", date(2024, 1, 1), file=paper)
        changes = {"budget": handlers.Change("APB Desa", (made,))}
        edits = [said("rollout.changed", RolloutChanged(changes), made) for _time in range(2)]
        self.at["version_of_budget"] = edits[0]

    def _evaluation(self) -> None:
        """An evaluation of the kabupaten, made by its coordinator."""
        today = clock.wall().date()
        owner = self.people["coordinator"].pk
        asked = Evaluation(place="18.02", first=today, last=today, language="id", asked_by=owner)
        evaluations.ask(asked, [owner])
        self.at |= {"evaluation": asked.pk, "year": f"{today.year - 1}-1-1"}

    def _study(self) -> None:
        """The secretary has a certificate, a submitted attempt and one that she is still writing."""
        secretary = self.people["secretary"]
        for lesson in self.course.lessons:
            progress.complete(secretary, self.course, lesson)
        practice, final = (_test(self.course, kind) for kind in (Test.Kind.PRACTICE, Test.Kind.CERTIFICATE))
        moment = clock.wall() - timedelta(minutes=1)
        done = sitting.start(secretary, final, moment)
        right = {place.question: final.keys[place.question].right for place in final.paper(done.pk)}
        sitting.submit(secretary, done.pk, lambda draft: right, clock.wall())
        writing = sitting.start(secretary, practice, clock.wall())
        certificate = Certificate.objects.get(person=secretary)
        self.at |= {"result": done.pk, "paper": writing.pk}
        place = practice.paper(writing.pk)[0]
        self.at |= {"question": f"j.{place.question}", "option": place.options[0]}
        self.at |= {"certificate": certificate.pk, "statement": certificate.signed}
        scanning.attach(certificate, _PAPER, self.people["admin"])
        archiving.archive(secretary, "1/2019", "Aset", 8, date(2019, 1, 1), self.people["admin"])
        self.at["archived"] = ArchivedCertificate.objects.get().pk
        self.at["archive"] = ArchiveImport.objects.create(owner=self.people["coordinator"], file_name="arsip.csv").pk
        coordinator = Choice(self.people["coordinator"])
        self.at |= {"print_run": print_jobs.start(coordinator).pk, "other_print_run": print_jobs.start(coordinator).pk}


def _region(code: str) -> UUID:
    return Region.objects.get(code=code).pk


def _import(owner: Person, name: str, *works: str) -> UUID:
    table = f"Nama,Kode\n{name},{KAMPUNG}\n".encode()
    batch = Import.objects.create(owner=owner, file_name="perangkat.csv", size=len(table))
    vault.keep(batch.pk, BytesIO(table))
    checking.describe(batch)
    for work in works:
        run = Run.objects.create(batch=batch, work=work)
        {Run.Work.CHECK: checking.check, Run.Work.APPLY: applying.apply}[work](batch, run)
        Run.objects.filter(pk=run.pk).update(ended_at=clock.wall())
    return batch.pk


def table() -> BytesIO:
    """A table as an office sends it."""
    file = BytesIO(f"Nama,Kode\nSuryani,{KAMPUNG}\n".encode())
    file.name = "perangkat.csv"
    return file


def _disagreement(person: Person) -> UUID:
    """Two e-mail addresses, written without seeing each other's. Returns the entry of one."""
    for address in ("siti@example.id", "rahayu@example.id"):
        payload = PersonChanged(changes={"email": handlers.Change(address, (person.pk,))})
        record("person.changed", payload, subject=person.pk, proof="hub")
    return Revision.objects.filter(document=person.pk, field="email").order_by("made_at")[0].entry


def _test(version: CourseVersion, kind: str) -> Content:
    return content(Test.objects.get(version=version, kind=kind).pk)


def _addresses(version: CourseVersion, prefix: str) -> dict[str, Any]:
    practice, final = (_test(version, kind) for kind in (Test.Kind.PRACTICE, Test.Kind.CERTIFICATE))
    return {
        f"{prefix}course": version.slug,
        f"{prefix}lesson": version.lessons[0].slug,
        f"{prefix}picture": pictures_of(version)[0],
        f"{prefix}test": final.identity,
        f"{prefix}practice": practice.id,
        f"{prefix}sealed": final.id,
    }


def _restricted() -> Source:
    """A small course that is not open, with one picture."""
    files = dict(small_source(uuid7(), open="false").files)
    files["materi/01-layar.md"] += b"\n![Layar](../gambar/layar.svg)\n"
    files["gambar/layar.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    return Source.of(files.items())


def _signed_in(person: Person) -> str:
    """The key of a session that began a moment ago."""
    browser = Client()
    browser.force_login(person.account, backend="balai.people.backends.UsernameOrPhoneBackend")
    session = browser.session
    session["confirmed_at"] = clock.wall().isoformat()
    session.save()
    return str(session.session_key)


def drawing() -> BytesIO:
    """A picture as an author sends it."""
    file = BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4"/></svg>')
    file.name = "garis.svg"
    return file


_PAPER = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def scanned() -> BytesIO:
    """The office's own paper as somebody brings it."""
    file = BytesIO(_PAPER)
    file.name = "kantor.pdf"
    return file


def packed() -> BytesIO:
    """A course folder as an author sends it."""
    file = BytesIO(small_source(uuid7()).to_zip())
    file.name = "kursus.zip"
    return file
