"""One partner on the screen: the call brief and where it stands, each in one read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Score, StageView, Standing
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.tiers.levers import Lever, levers, target_points
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.joint.actions import ActionRow, actions
from partnerdesk.queries.joint.notes import NoteRow, notes
from partnerdesk.queries.partners.portfolio import QUARTERS, last_score, last_standing, score_history
from partnerdesk.queries.partners.record import is_main
from partnerdesk.queries.partners.tier_group import TierGroup, tier_group
from partnerdesk.queries.unknown import no_partner

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OpenDeal:
    id: str
    name: str
    customer: str
    stage: str
    amount: Decimal | None
    currency: str
    expected_close: date | None
    next_step: str


@dataclass(frozen=True, slots=True)
class DueRenewal:
    id: str
    customer: str
    product: str
    amount: Decimal | None
    currency: str
    end: date
    notice_by: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    role: str
    email: str
    phone: str
    side: str
    main: bool = False  # who is written to first


@dataclass(frozen=True, slots=True)
class Brief:
    """One screen before a call."""

    partner: Partner
    owner: str
    standing: Standing[Decimal] | None
    score: Score[Decimal] | None
    deals: tuple[OpenDeal, ...]
    renewals: tuple[DueRenewal, ...]
    actions: tuple[ActionRow, ...]
    notes: tuple[NoteRow, ...]
    contacts: tuple[Contact, ...]
    version: str = ""  # of the program that made the score; empty without one
    stages: tuple[StageView[Decimal], ...] = ()


def brief(session: Session, partner: str, as_of: date) -> Brief:
    """The call brief. Raises Refused for an unknown partner."""
    world = facts(session, partner, kinds=("partner", "deal", "contract", "customer", "product", "person"))
    row = named_partner(session, world.of("partner"), partner)
    people = {p.id: p.name for p in world.of("person")}
    found = _outcome(session, partner, as_of)
    standing = last_standing(found, as_of) if found else None
    return Brief(
        partner=row,
        owner=people.get(row.owner or "", ""),
        standing=standing,
        score=last_score(found, as_of) if found else None,
        version=version_on(needed_programs(session), min(standing.period.end, as_of)).version if standing else "",
        stages=tuple(found.stages.values()) if found else (),
        deals=_open_deals(world, partner),
        renewals=_due_renewals(world, partner, people, as_of),
        actions=tuple(a for a in actions(session, as_of, partner, only_open=True)),
        notes=notes(session, partner)[:3],
        contacts=_contacts(world, partner),
    )


def _contacts(world: Facts, partner: str) -> tuple[Contact, ...]:
    """The partner's people, the main contact first."""
    own = (p for p in world.of("person") if p.partner == partner)
    found = (Contact(p.name, p.role, p.email, p.phone, p.side, is_main(p.attributes)) for p in own)
    return tuple(sorted(found, key=lambda contact: not contact.main))


def _open_deals(world: Facts, partner: str) -> tuple[OpenDeal, ...]:
    """The partner's open deals, the largest first."""
    names = {c.id: c.name for c in world.of("customer")}
    own = (d for d in world.of("deal") if d.status == "open" and d.partner == partner)
    return tuple(
        OpenDeal(
            d.id, d.name, names.get(d.customer or "", ""), d.stage, d.amount, d.currency, d.expected_close, d.next_step
        )
        for d in sorted(own, key=lambda d: (-(d.amount or ZERO), d.id))
    )


def _due_renewals(world: Facts, partner: str, people: dict[str, str], as_of: date) -> tuple[DueRenewal, ...]:
    """The partner's open contracts that end within ninety days, by day."""
    customers = {c.id: c.name for c in world.of("customer")}
    products = {p.id: p.name for p in world.of("product")}
    own = (c for c in world.of("contract") if c.partner == partner and c.outcome == "open")
    due = [c for c in own if c.end is not None and as_of <= c.end <= as_of + SOON]
    return tuple(
        DueRenewal(
            c.id,
            customers.get(c.customer or "", c.customer or ""),
            products.get(c.product or "", ""),
            c.recurring,
            c.currency,
            c.end,
            c.end - timedelta(days=c.notice_days) if c.notice_days else None,
            people.get(c.owner or "", ""),
        )
        for c in sorted(due, key=lambda c: (c.end, c.id))
    )


def named_partner(session: Session, rows: tuple[Partner, ...], id: str) -> Partner:
    """The one row that was asked for. Raises Refused where there is none."""
    if not rows:
        raise no_partner(session, id)
    return rows[0]


def _outcome(session: Session, partner: str, as_of: date) -> Outcome | None:
    from partnerdesk.queries.figures import programs

    return outcome(session, partner, as_of) if programs(session) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Score and tier of a review period; `periods` are all of them, newest first."""

    partner: Partner
    period: Period
    periods: tuple[Period, ...]
    version: str
    standing: Standing[Decimal]
    score: Score[Decimal] | None
    before: Score[Decimal] | None
    levers: tuple[Lever, ...]
    targets: Mapping[str, Decimal]  # points of each measure's plan target, by metric
    points: Decimal  # the sum of what the components add, before the score is rounded
    history: tuple[tuple[Period, Decimal, str], ...]  # finished scores with their version, oldest first
    group: TierGroup | None = None  # of a proposed move, where a decision may be the group's


def progress(session: Session, partner: str, label: str, as_of: date) -> Progress:
    """Score and tier as of a period's end; the last finished one for an empty label. Raises Refused without tiers."""
    row = named_partner(session, facts(session, partner, kinds=("partner",)).of("partner"), partner)
    versions = needed_programs(session)
    found = outcome(session, partner, as_of)
    if not found.standings:
        raise Refused("This program has no tiers and no score.", "Its earnings are under Earnings.")
    chosen = found.standings.get(label) or last_standing(found, as_of)
    assert chosen is not None
    label = chosen.period.label
    score = found.scores.get(label)
    labels = list(found.standings)
    earlier = labels[labels.index(label) - 1] if labels.index(label) else ""
    program = version_on(versions, min(chosen.period.end, as_of))
    history = tuple(
        (period, total, found.scores[period.label].rule.version)
        for period, total in score_history(found, min(chosen.period.end, as_of), QUARTERS)
    )
    return Progress(
        partner=row,
        period=chosen.period,
        periods=tuple(found.standings[key].period for key in reversed(labels)),
        version=program.version,
        standing=chosen,
        score=score,
        before=found.scores.get(earlier),
        levers=levers(program.score, score) if program.score and score else (),
        targets=target_points(program.score, score) if program.score and score else {},
        points=sum((c.adds for c in score.components), ZERO) if score else ZERO,
        history=history,
        group=tier_group(session, partner, program) if chosen.proposal is not None else None,
    )


def version_on(versions: tuple[Program, ...], day: date) -> Program:
    """The version in force on a day, the first one before there was any."""
    return ([p for p in versions if p.effective_from <= day] or [versions[0]])[-1]
