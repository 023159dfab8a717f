"""The worth of one event: what a deal that is won, or a contract that is renewed, brings; and what losing it costs.

Each way is compared with things as they stand by full evaluations up to a year after the event's day, so that bands,
caps, schedules, clawbacks and tiers act as in a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.figures.arithmetic import FIGURES, VALUES
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.chances import BY_PERSON, THIN
from partnerdesk.forecast.effects import Effect, is_earned
from partnerdesk.forecast.event import Beside, Event
from partnerdesk.forecast.items import Alternative, Item
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import TierOf

AS_IT_STANDS = Beside()


@dataclass(frozen=True, slots=True)
class Confirming:
    """Where a person decides on tiers: the effect's total if what the figures of every coming review call for is
    confirmed, with the event as without it.

    The first review that calls for another tier with the event is `period`: `tier`, not `instead_of`; else all empty.
    """

    total: Decimal
    period: str = ""
    tier: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """The contract that is taken to follow: its days and its yearly amount, where that is known."""

    start: date
    end: date | None
    recurring: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way an event goes (won, lost, renewed, churned ...) and what it does to the partner's money.

    `tiers` are the reviews that end under another tier in force: (period, tier, instead of which). `term` is the
    contract that is taken to follow, None where there is none.
    """

    name: str
    effect: Effect[Decimal]
    tiers: tuple[tuple[str, str, str], ...]
    confirming: Confirming | None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What an open item is worth up to `horizon`. `ill` is None where the other way is only to wait."""

    kind: str
    id: str
    partner: str
    says: str
    day: date
    chance: Decimal
    rests_on: str
    is_thin: bool
    currency: str
    as_of: date
    horizon: date
    version: str
    well: Way
    ill: Way | None

    @property
    def at_stake(self) -> Decimal:
        """What lies between both ways."""
        return self.well.effect.total - (self.ill.effect.total if self.ill else ZERO)


def worth(
    programs: Sequence[Program],
    learned: Learned,
    partner: str,
    key: tuple[str, str],
    asked: Beside = AS_IT_STANDS,
    posted: Posted | None = None,
) -> Worth:
    """What an open item, as (kind, id), is worth. Raises LookupError if it is not open."""
    event = Event(programs, learned, partner, key, asked, posted)
    stands = event.outcome(evaluate, None)
    well, ill = (_way(event, stands, way) if way else None for way in map(event.way, (True, False)))
    assert well is not None, "an item that is due goes well on some day"
    item = event.item
    return Worth(
        *key,
        partner=partner,
        says=item.says,
        day=event.day,
        chance=Decimal(f"{item.odds:.4f}"),
        rests_on=item.rests_on,
        is_thin=_is_thin(item),
        currency=stands.currency,
        as_of=event.as_of,
        horizon=event.horizon,
        version=event.terms.at(event.as_of).program.version,
        well=well,
        ill=ill,
    )


def traced(event: Event, well: bool) -> Effect[Figure]:
    """The effect of a way with every step kept. Raises LookupError where there is no such way."""
    way = event.way(well)
    if way is None:
        raise LookupError(event.item.key)
    return event.effect(FIGURES, explain, event.outcome(explain, None), way)[0]


def _is_thin(item: Item) -> bool:
    return item.cases < THIN and item.rests_on != BY_PERSON


def _way(event: Event, stands: Outcome, way: Alternative) -> Way:
    found, follows = event.effect(VALUES, evaluate, stands, way)
    tiers = tuple(_differing(stands, follows, "tier"))
    return Way(way.name, found, tiers, _confirming(event, stands, follows, way, found.total), _term(event, way))


def _term(event: Event, way: Alternative) -> Term | None:
    """The contract among the facts of a way that is not the item itself."""
    found = (row for kind, row in way.rows if kind == "contract" and row.id != event.item.id and row.start)
    return next((Term(row.start, row.end, row.recurring, row.currency) for row in found), None)


def _differing(stands: Outcome, follows: Outcome, name: str) -> list[tuple[str, str, str]]:
    """The reviews in which a tier is another one: (period, the one that follows, the one as things stand)."""
    pairs = [(label, view, stands.standings.get(label)) for label, view in follows.standings.items()]
    found = [(label, getattr(view, name), getattr(was, name)) for label, view, was in pairs if was]
    return [(label, then, now) for label, then, now in found if then != now]


def _confirming(event: Event, stands: Outcome, follows: Outcome, way: Alternative, total: Decimal) -> Confirming | None:
    """What a person's decisions would change; None where figures move tiers by themselves, or it is nothing."""
    if not any(d.moves == "confirmed" for d in event.terms.versions[-1].tiers.directions):
        return None
    over = {label for label, view in follows.standings.items() if event.as_of < view.period.end < event.horizon}
    first = next((row for row in _differing(stands, follows, "reached") if row[0] in over), ("", "", ""))
    without_it = event.outcome(evaluate, None, as_confirmed(stands, event.as_of))
    with_it = event.outcome(evaluate, way, as_confirmed(follows, event.as_of))
    found = Confirming(_earned(with_it) - _earned(without_it), *first)
    return found if found.total != total or found.period else None


def as_confirmed(outcome: Outcome, as_of: date) -> TierOf:
    """The tier of a day if every review that ends after the as-of day is confirmed once it is over."""
    coming = [(view.period.end, view.reached) for view in outcome.standings.values() if view.period.end > as_of]

    def tier(day: date) -> str:
        return next((reached for end, reached in reversed(coming) if end < day), "")

    return tier


def _earned(outcome: Outcome) -> Decimal:
    return sum((e.amount for e in outcome.entries if is_earned(e)), ZERO)
