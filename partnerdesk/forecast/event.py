"""One open item of a partner, made ready to be evaluated as it stands, as it goes well and as it is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.evaluate import counts_groups, in_order, kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.figure import Arithmetic, N
from partnerdesk.engine.period import add_months, month_end
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Evaluation, PartnerOutcome
from partnerdesk.forecast.below import below, open_at
from partnerdesk.forecast.effects import Compared, Effect, effect
from partnerdesk.forecast.items import ENDS_BADLY, Alternative, Item, joined, without
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.open_items import OpenItems
from partnerdesk.forecast.own_world import own_world
from partnerdesk.forecast.prepared import Asked, Prepared, TierOf

MONTHS = 12
FAR = 120  # months within which anything open comes up
Run = Callable[..., Evaluation[N]]
_DAYS = ("closed", "live")


@dataclass(frozen=True, slots=True)
class Beside:
    """Up to the end of which month after the item's day, and whether every other open item goes its likeliest way
    or stands as it stands.
    """

    months: int = MONTHS
    likely: bool = False


class Event:
    """Evaluations of a partner with one item going one way or another."""

    def __init__(
        self,
        programs: Sequence[Program],
        learned: Learned,
        partner: str,
        key: tuple[str, str],
        asked: Beside,
        posted: Posted | None = None,
    ) -> None:
        """Raises LookupError where nothing of this key, (kind, id), is open at the partner."""
        self.partner, self.as_of = partner, learned.as_of
        self.day = _day(programs, learned, partner, key)
        self.horizon = month_end(add_months(self.day, asked.months))
        self.prepared = Prepared(programs, learned, partner, Asked(self.as_of, self.horizon, 1, 1))
        self.item: Item = next(item for item in self.prepared.items if item.key == key)
        self.facts = self._facts(asked.likely)
        self._posted = {partner: posted} if posted else None
        self.terms = Terms(self.prepared.programs, self.horizon)
        self.at_once = self.terms.statement_period(self.day).end

    def _facts(self, likely: bool) -> Facts:
        """What stands besides the item."""
        facts, others = self.prepared.as_it_stands, [i for i in self.prepared.items if i is not self.item]
        return at_likeliest(facts, others) if likely else facts

    def way(self, well: bool) -> Alternative | None:
        """How it goes on its day: well, or lost; None where the other way is only to wait."""
        return on_its_day(self.item, [a for a in self.item.alternatives if goes(a, well)])

    def outcome(self, run: Run[N], way: Alternative | None, held: TierOf | None = None) -> PartnerOutcome[N]:
        """The partner's figures on the last day if it goes this way, or as things stand."""
        facts = self.facts
        if way is not None:
            facts = joined(without(facts, [self.item]), way.rows)
        found = run(
            self.prepared.programs,
            facts,
            self.horizon,
            partners=[self.partner],
            posted=self._posted,
            tiers={self.partner: held} if held else None,
        )
        return found.partners[self.partner]

    def effect(
        self, ar: Arithmetic[N], run: Run[N], stands: PartnerOutcome[N], way: Alternative
    ) -> tuple[Effect[N], PartnerOutcome[N]]:
        """What a way does against things as they stand, and the figures with it."""
        held, follows = self.outcome(run, way, stands.tier_on), self.outcome(run, way)
        own = frozenset({self.item.id, *(row.id for _, row in way.rows)})
        return effect(ar, Compared(stands, held, follows), self.at_once, own), follows


def assumed(event: Event, way: Alternative | None) -> frozenset[tuple[str, str]]:
    """The rows, as (kind, id), that a way rests on and no book holds: what follows from it, what is due by then."""
    rows = [(kind, row) for kind, found in event.facts.rows.items() for row in found]
    rows += way.rows if way is not None else ()
    known = {kind: {row.id for row in event.prepared.learned.facts.of(kind)} for kind in {kind for kind, _ in rows}}
    return frozenset((kind, row.id) for kind, row in rows if row.id not in known[kind])


def at_likeliest(facts: Facts, items: Sequence[Item]) -> Facts:
    """The facts with open items each going its likeliest way."""
    ways = [on_its_day(item, [a for a in item.alternatives if a.name == likeliest(item)]) for item in items]
    return joined(without(facts, items), [row for way in ways for row in (way.rows if way else ())])


def goes(way: Alternative, well: bool) -> bool:
    """Whether it is a way that goes well, or one that is lost for good; waiting is neither."""
    return way.happens if well else way.name in ENDS_BADLY


def on_its_day(item: Item, ways: Sequence[Alternative]) -> Alternative | None:
    """Of some ways of an item the one on its own day, or the first."""
    on_day = (way for way in ways if item.day in (getattr(way.rows[0][1], name, None) for name in _DAYS))
    return next(on_day, ways[0] if ways else None)


def likeliest(item: Item) -> str:
    """The name of the likeliest way of an item; of equal ones the first."""
    chances: dict[str, float] = {}
    for way in item.alternatives:
        chances[way.name] = chances.get(way.name, 0.0) + way.chance
    return max(chances, key=lambda name: chances[name])


def _day(programs: Sequence[Program], learned: Learned, partner: str, key: tuple[str, str]) -> date:
    """When an item is due, however far that is."""
    own = own_world(learned.facts, partner, kinds_used(programs), groups=counts_groups(programs))
    far = add_months(learned.as_of, FAR)
    looked_at = below(in_order(programs), own, partner, far)
    items = open_at(OpenItems(own, learned.chances, learned.as_of, far), partner, looked_at)
    day = next((item.day for item in items if item.key == key), None)
    if day is None:
        raise LookupError(key)
    return day
