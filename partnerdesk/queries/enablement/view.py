"""A partner's enablement on one page: gaps, people on their pathways, certificates with their last days, sessions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.enablement import attendance
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.enablement.gaps import EnablementGap, enablement_gaps
from partnerdesk.queries.enablement.held import LATER, SOON, Held, Walker, holdings, walkers
from partnerdesk.queries.enablement.pathways import CERTIFICATE, SESSION_KINDS, Pathway, pathways
from partnerdesk.queries.partners.people import partner_card
from partnerdesk.queries.unknown import no_partner

IN_FORCE, RUNS_OUT_SOON, RUNS_OUT, RAN_OUT = "in force", "soon", "later", "over"


@dataclass(frozen=True, slots=True)
class OnPathway:
    """A person on a pathway, with the next day on which something of it runs out."""

    pathway: Pathway
    walker: Walker
    runs_out: Held | None

    @property
    def key(self) -> tuple[int, str]:
        return self.pathway.id, self.walker.person


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate; `state` is in force, soon (ends within 90 days), later (within 180), or over."""

    held: Held
    state: str


@dataclass(frozen=True, slots=True)
class Attendee:
    id: int
    person: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A training or clinic that took place, or will, with who is on its list."""

    id: str
    kind: str
    title: str
    day: date | None
    verified_by: str
    evidence: str
    people: tuple[Attendee, ...] = ()

    @property
    def present(self) -> tuple[Attendee, ...]:
        return tuple(a for a in self.people if a.result != "absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enablement:
    gaps: tuple[EnablementGap, ...]
    on_pathways: tuple[OnPathway, ...]
    certificates: tuple[CertificateRow, ...]
    sessions: tuple[SessionRow, ...]
    ways: tuple[Pathway, ...]

    @property
    def soon(self) -> int:
        """How many certificates end within 90 days."""
        return sum(row.state == RUNS_OUT_SOON for row in self.certificates)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who holds, or held, a certificate or was in a session."""
        named = [row.held.person for row in self.certificates]
        named += [a.person for session in self.sessions for a in session.people]
        return tuple(dict.fromkeys(sorted(named, key=str.casefold)))


def enablement(session: Session, partner: str, as_of: date) -> Enablement:
    """Everything of a partner's enablement as of a day. Raises Refused for an unknown partner."""
    if partner_card(session, partner) is None:
        raise no_partner(session, partner)
    held, ways = holdings(session, partner, as_of), pathways(session)
    on_it = (OnPathway(way, walker, _first_end(walker)) for way in ways for walker in walkers(way, held, as_of))
    own = [CertificateRow(h, _state(h, as_of)) for h in held if h.form == CERTIFICATE]
    return Enablement(
        gaps=enablement_gaps(session, partner, as_of),
        on_pathways=tuple(on_it),
        certificates=tuple(sorted(own, key=lambda row: (row.state == RAN_OUT, row.held.expires or date.max))),
        sessions=sessions(session, partner),
        ways=ways,
    )


def sessions(session: Session, partner: str) -> tuple[SessionRow, ...]:
    """The sessions of a partner with their lists, the newest first."""
    people: dict[str, list[Attendee]] = defaultdict(list)
    found = select(attendance).where(attendance.c.partner == partner).order_by(attendance.c.id)
    for row in session.execute(found):
        people[row.activity].append(Attendee(row.id, row.person, row.result))
    person, activity = TABLES["person"].c, TABLES["activity"].c
    names = {row.id: row.name for row in session.execute(select(person.id, person.name))}
    taught = select(TABLES["activity"]).where(activity.partner == partner, activity.kind.in_(SESSION_KINDS))
    rows = session.execute(taught.order_by(activity.day.desc(), activity.id)).all()
    return tuple(
        SessionRow(
            id=row.id,
            kind=row.kind,
            title=row.title,
            day=row.day,
            verified_by=names.get(row.verified_by, row.verified_by),
            evidence=row.evidence,
            people=tuple(people[row.id]),
        )
        for row in rows
    )


def _first_end(walker: Walker) -> Held | None:
    ending = [s.held for s in walker.steps if s.is_held and s.held is not None and s.held.expires is not None]
    return min(ending, key=lambda h: h.expires or date.max, default=None)


def _state(held: Held, as_of: date) -> str:
    if held.is_over(as_of):
        return RAN_OUT
    if held.runs_out(as_of, SOON):
        return RUNS_OUT_SOON
    return RUNS_OUT if held.runs_out(as_of, LATER) else IN_FORCE
