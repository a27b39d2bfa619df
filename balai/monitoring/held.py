"""Entries that are stored and not applied: shown to whoever may see them, and ruled on where a person decides."""

from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from balai.common import clock
from balai.common.problems import CATALOGUE, NOT_ALLOWED, NOT_FOUND, Refusal
from balai.log import kinds
from balai.log.entries import Ruled
from balai.log.models import Entry, Standing
from balai.log.record import record
from balai.people.models import Person
from balai.people.privacy.purposes import BY_KIND
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import Region

DECISION = "decision:"


def within_reach(person: Person) -> QuerySet[Standing]:
    """Held entries for the regions that ``person`` coordinates; all of them for who coordinates the nation."""
    held = Standing.objects.held().select_related("entry")
    if "" in person.reach.prefixes(*CHANGE_PERSONS):
        return held
    return held.filter(entry__audience__in=person.reach.regions(*CHANGE_PERSONS).values("pk"))


def to_decide(person: Person) -> QuerySet[Standing]:
    """Those that wait for a person's decision; nobody rules on their own deeds."""
    return within_reach(person).filter(awaits__startswith=DECISION).exclude(entry__actor__in=person.identities)


def kind_in_words(kind: str) -> str:
    """What was done, as the page about privacy names it; a kind that is not known here by its own name."""
    policy = BY_KIND.get(kind)
    return str(policy.name) if policy else kind


@dataclass(frozen=True)
class Line:
    """A held entry in words."""

    standing: Standing
    who: str
    where: str

    @property
    def kind(self) -> str:
        return kind_in_words(self.standing.entry.kind)

    @property
    def problem(self) -> Refusal | None:
        """Why it is held, with the detail that was noted."""
        problem = CATALOGUE.get(self.standing.reason)
        return Refusal(problem, detail=self.standing.detail or _("tanpa keterangan")) if problem else None

    @property
    def decidable(self) -> bool:
        return self.standing.awaits.startswith(DECISION)


def lines(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """``standings`` with the names of actor and region, in the same query."""
    actor = Person.objects.filter(pk=OuterRef("entry__actor")).values("name")[:1]
    place = Region.objects.filter(pk=OuterRef("entry__audience")).values("name")[:1]
    return standings.annotate(who=Subquery(actor), where=Subquery(place)).order_by("-received_at", "-pk")


def line(standing: Standing) -> Line:
    """One row of ``lines``."""
    return Line(standing, getattr(standing, "who", "") or "", getattr(standing, "where", "") or "")


def _could_do(person: Person, entry: Entry) -> bool:
    """Whether ``person`` may do now what ``entry`` did. To whom an entry is addressed is only what its maker says."""
    kind, theirs = kinds.KINDS[entry.kind], copy(entry)
    theirs.actor, theirs.made_at = person.id, clock.wall()
    taken = kinds.Taken(theirs, kind.decode(entry.schema, entry.payload))
    return kind.may(kinds.Ask(taken, theirs.made_at)) is None


def rule(person: Person, entry: UUID, *, admit: bool, reason: str) -> Entry:
    """Admit or refuse one entry that waits for a decision within reach. Raises ``Refusal``."""
    standing = to_decide(person).filter(pk=entry).first()
    if standing is None:
        raise Refusal(NOT_FOUND)
    if not _could_do(person, standing.entry):
        raise Refusal(NOT_ALLOWED)
    kind = "entry.admitted" if admit else "entry.refused"
    payload = Ruled((entry,), reason)
    return record(kind, payload, actor=person.id, audience=standing.entry.audience, proof=Entry.Proof.HUB)
