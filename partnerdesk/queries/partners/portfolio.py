"""All partners side by side: tier, score, its parts, earnings, what is held, the next review and what stands out.

Every figure is taken from the evaluation; this file only picks the period and sets figures beside dates and names.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.outcome import Score, Standing
from partnerdesk.engine.period import Period, period_at
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.joint.actions import ActionRow, actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.quarters import program_year

QUARTERS = 8
CLIFF = Decimal(2)  # points above its tier's floor from which a partner counts as standing on the edge
DRIFT = 4  # scores in a row that fall


@dataclass(frozen=True, slots=True)
class Measure:
    """A part of the score as a column: `value` is None where it is not evaluated."""

    metric: str
    label: str
    unit: str
    value: Decimal | None
    points: Decimal
    missing: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner in the list; amounts in `currency`, figures of `period` (the last finished score period)."""

    id: str
    name: str
    type: str
    country: str
    segment: str
    status: str
    owner: str
    tier: str
    rank: int
    tiers: int
    score: Decimal | None
    period: str
    history: tuple[Decimal, ...]  # up to eight scores, oldest first
    next_tier: str | None
    points_short: Decimal | None
    floor_above: Decimal | None  # points above the floor of the tier that it holds
    measures: tuple[Measure, ...]
    earned: Decimal | None  # in the running quarter; None without a program
    earned_year: Decimal | None
    held: Decimal | None
    currency: str
    next_review: date | None
    review_late: bool
    last_contact: date | None
    late_actions: int
    signal: str  # drift, edge, proposal, late, or nothing
    signal_words: str
    proposal: str  # the tier that the figures propose


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The list with what its header says."""

    rows: tuple[PartnerRow, ...]
    program: str
    version: str
    currency: str
    period: str
    quarter: Period  # the running one of the book
    as_of: date


def portfolio(session: Session, as_of: date) -> Portfolio:
    """Every partner of the book; without a program the figures are absent and the names stand."""
    versions = programs(session)
    people = facts(session, kinds=("partner", "person"))
    names = {p.id: p.name for p in people.of("person")}
    dates, year = _dates(session, as_of), program_year(session)
    quarter = period_at(as_of, "quarter", year)
    if not versions:
        rows = [_bare(p, names, dates) for p in people.of("partner")]
        return Portfolio(tuple(sorted(rows, key=lambda r: r.name.casefold())), "", "", "", "", quarter, as_of)
    found = evaluation(session, as_of)
    program = _in_force(versions, as_of)
    since = _Since(quarter.start, period_at(as_of, "year", year).start, as_of)
    rows = [
        _row(p, found.partners[p.id], program, names, dates, since)
        for p in people.of("partner")
        if p.id in found.partners
    ]
    label = rows[0].period if rows else ""
    ordered = tuple(sorted(rows, key=lambda r: r.name.casefold()))
    return Portfolio(ordered, program.name or program.program, program.version, program.currency, label, quarter, as_of)


def _in_force(versions: Sequence[Program], as_of: date) -> Program:
    return ([p for p in versions if p.effective_from <= as_of] or [versions[0]])[-1]


@dataclass(frozen=True, slots=True)
class _Since:
    """The days on which the running quarter and year began, and the day on which the list is looked at."""

    quarter: date
    year: date
    as_of: date


@dataclass(frozen=True, slots=True)
class _Dates:
    next_review: Mapping[str, date]
    late_review: Mapping[str, date]
    last_contact: Mapping[str, date]
    late: Mapping[str, tuple[ActionRow, ...]]


def _dates(session: Session, as_of: date) -> _Dates:
    coming: dict[str, date] = {}
    late: dict[str, date] = {}
    for review in reviews(session):
        if review.is_held or review.day is None:
            continue
        group = coming if review.day >= as_of else late
        group[review.partner] = min(review.day, group.get(review.partner, review.day))
    contact: dict[str, date] = {}
    for note in notes(session):
        if note.day <= as_of:
            contact[note.partner] = max(note.day, contact.get(note.partner, note.day))
    slipped: dict[str, list[ActionRow]] = defaultdict(list)
    for action in actions(session, as_of):
        if action.days_late:
            slipped[action.partner].append(action)
    return _Dates(coming, late, contact, {k: tuple(v) for k, v in slipped.items()})


def last_score(outcome: Outcome, as_of: date) -> Score[Decimal] | None:
    """The score of the last period that has ended; the running one where none has."""
    labels = list(outcome.scores)
    finished = [label for label in labels if outcome.scores[label].period.end <= as_of]
    chosen = finished[-1:] or labels[-1:]
    return outcome.scores[chosen[0]] if chosen else None


def last_standing(outcome: Outcome, as_of: date) -> Standing[Decimal] | None:
    """The standing at the end of the last finished review period; the running one where none has ended."""
    finished = [s for label in outcome.standings if (s := outcome.standings[label]).period.end <= as_of]
    if finished:
        return finished[-1]
    labels = list(outcome.standings)
    return outcome.standings[labels[-1]] if labels else None


def score_history(outcome: Outcome, as_of: date, count: int = QUARTERS) -> tuple[tuple[Period, Decimal], ...]:
    """Finished scores, oldest first, at most `count`."""
    scores = [outcome.scores[label] for label in outcome.scores]
    return tuple((s.period, s.total) for s in scores if s.period.end <= as_of)[-count:]


def earned_between(outcome: Outcome, first: date, last: date) -> Decimal:
    """What a partner's lines amount to whose day lies between two days, both included."""
    return sum((line.amount for line in outcome.lines if first <= line.event <= last), Decimal(0))


def _row(
    partner: Partner, outcome: Outcome, program: Program, names: Mapping[str, str], dates: _Dates, since: _Since
) -> PartnerRow:
    as_of = since.as_of
    score, standing = last_score(outcome, as_of), last_standing(outcome, as_of)
    history = tuple(total for _, total in score_history(outcome, as_of))
    floor = _floor_above(standing, score)
    signal, words = _signal(partner.id, history, floor, standing, dates)
    proposal = standing.proposal.to_tier if standing and standing.proposal else ""
    return PartnerRow(
        **_plain(partner, names, dates),  # type: ignore[arg-type]
        tier=standing.tier if standing else "",
        rank=standing.rank if standing else 0,
        tiers=len(program.tier),
        score=score.total if score else None,
        period=score.period.label if score else "",
        history=history,
        next_tier=standing.next_tier if standing else None,
        points_short=standing.points_short if standing else None,
        floor_above=floor,
        measures=_measures(score),
        earned=earned_between(outcome, since.quarter, as_of),
        earned_year=earned_between(outcome, since.year, as_of),
        held=held_now(outcome),
        currency=outcome.currency,
        signal=signal,
        signal_words=words,
        proposal=proposal,
    )


def _plain(partner: Partner, names: Mapping[str, str], dates: _Dates) -> "dict[str, object]":
    """What a row says without any figure."""
    coming = dates.next_review.get(partner.id)
    return {
        "id": partner.id,
        "name": partner.name,
        "type": partner.type,
        "country": partner.country,
        "segment": partner.segment,
        "status": partner.status,
        "owner": names.get(partner.owner or "", partner.owner or ""),
        "next_review": coming or dates.late_review.get(partner.id),
        "review_late": coming is None and partner.id in dates.late_review,
        "last_contact": dates.last_contact.get(partner.id),
        "late_actions": len(dates.late.get(partner.id, ())),
    }


def _bare(partner: Partner, names: Mapping[str, str], dates: _Dates) -> PartnerRow:
    return PartnerRow(
        **_plain(partner, names, dates),  # type: ignore[arg-type]
        tier="",
        rank=0,
        tiers=0,
        score=None,
        period="",
        history=(),
        next_tier=None,
        points_short=None,
        floor_above=None,
        measures=(),
        earned=None,
        earned_year=None,
        held=None,
        currency=partner.currency,
        signal="",
        signal_words="",
        proposal="",
    )


def held_now(outcome: Outcome) -> Decimal:
    """What is held today: all movements of the held bucket."""
    return sum((e.amount for e in outcome.entries if e.bucket == "held"), Decimal(0))


def _measures(score: Score[Decimal] | None) -> tuple[Measure, ...]:
    if score is None:
        return ()
    return tuple(Measure(c.metric, c.label, c.unit, c.measured, c.points, c.missing) for c in score.components)


def _floor_above(standing: Standing[Decimal] | None, score: Score[Decimal] | None) -> Decimal | None:
    """How far the score lies above the floor of the tier in force; negative below it."""
    if standing is None or score is None or not standing.tiers:
        return None
    floor = standing.tiers[standing.rank].score_floor
    return None if floor is None else score.total - floor


def _signal(
    partner: str,
    history: tuple[Decimal, ...],
    floor: Decimal | None,
    standing: Standing[Decimal] | None,
    dates: _Dates,
) -> tuple[str, str]:
    """What stands out, the weightiest first."""
    if standing and standing.proposal:
        word = "up" if standing.proposal.up else "down"
        return "proposal", f"{standing.proposal.to_tier} proposed, {word}"
    recent = history[-(DRIFT + 1) :]
    if len(recent) > DRIFT and all(b < a for a, b in pairwise(recent)):
        return "drift", f"Down {DRIFT} quarters running"
    if floor is not None and Decimal(0) <= floor <= CLIFF:
        return "edge", f"{floor:.1f} above its floor"
    late = len(dates.late.get(partner, ()))
    if late:
        return "late", f"{late} action{'s' if late > 1 else ''} late"
    return "", ""
