"""One partner made ready for many futures: what stands in all of them, what is open, and what new business may come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from partnerdesk.engine.evaluate import counts_groups, evaluate, in_order, kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.forecast import billed
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.beginners import beginning
from partnerdesk.forecast.below import below, open_at
from partnerdesk.forecast.carried import carried
from partnerdesk.forecast.draws import mixed, stream
from partnerdesk.forecast.items import Alternative, joined, without
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.new_business import Coming, coming
from partnerdesk.forecast.open_items import OpenItems
from partnerdesk.forecast.own_world import own_world
from partnerdesk.forecast.windows import windows_until

Rows = Iterable[tuple[str, Any]]
TierOf = Callable[[date], str]
Step = Callable[[int, int], None]
# How far open items of a kind share their luck in the whole book: one market, and chances learned from one record.
COMMON = {"deal": 0.05, "contract": 0.05}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is forecast: from which day up to which, in how many scenarios, with which seed."""

    as_of: date
    horizon: date
    scenarios: int = 500
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """Tells `step` how far one part of a work is, of which so much was done before and so much is to do in all."""

    step: Step
    before: int
    whole: int

    def __call__(self, done: int, _total: int) -> None:
        self.step(self.before + done, self.whole)


class Prepared:
    """The futures of one partner. `besides` stands in all of them and does not come again in a year."""

    def __init__(
        self,
        programs: Sequence[Program],
        learned: Learned,
        partner: str,
        asked: Asked,
        posted: Posted | None = None,
        besides: Rows = (),
    ) -> None:
        self.programs, self.learned, self.partner, self.asked = in_order(programs), learned, partner, asked
        self.posted = posted
        own = own_world(learned.facts, partner, kinds_used(programs), groups=counts_groups(programs))
        day, horizon = asked.as_of, asked.horizon
        due = (("transaction", row) for c in own.of("contract") for row in billed(c, day, horizon))
        self.as_it_stands = joined(own, [*due, *carried(own, day, horizon), *besides])
        self.below = below(self.programs, own, partner, horizon)
        self.items = open_at(OpenItems(own, learned.chances, day, horizon), partner, self.below) if partner else ()

    @cached_property
    def base(self) -> Facts:
        """What stands in every future: all but the rows of open items."""
        return without(self.as_it_stands, self.items)

    @cached_property
    def lucks(self) -> list[list[float]]:
        """A number for every item in every scenario; the deals and the contracts of a book have a little in common."""
        seed, count = self.asked.seed, self.asked.scenarios
        common = {kind: stream(seed, f"every {kind}", count) for kind in COMMON}
        lucks = ((item.kind, stream(seed, f"{item.kind} {item.id}", count)) for item in self.items)
        return [mixed(own, common[kind], COMMON[kind]) if kind in COMMON else own for kind, own in lucks]

    @cached_property
    def coming(self) -> list[Coming]:
        """New business, window by window; that of partners below that are looked at as well."""
        return [c for who in (self.partner, *(p.id for p in self.below.partners)) for c in self._coming(who)]

    def _coming(self, partner: str) -> list[Coming]:
        asked, learned = self.asked, self.learned
        drawn = (partner, windows_until(asked.as_of, asked.horizon), asked.seed, asked.scenarios)
        found = [c for kind, record in learned.records.items() for c in coming(record, learned.follows, kind, *drawn)]
        if not found and "deal" in learned.records:
            return beginning(learned.records["deal"], learned.follows, learned.facts, *drawn)
        return found

    def drawn(self, scenario: int) -> list[Alternative]:
        """How each item goes in a scenario."""
        return [item.drawn(luck[scenario]) for item, luck in zip(self.items, self.lucks, strict=True)]

    def new(self, scenario: int) -> Iterator[tuple[str, Any]]:
        """The new business of a scenario, as facts."""
        for one in self.coming:
            yield from one.facts(scenario, self.asked.as_of, self.asked.horizon)

    def outcome(self, rows: Rows, held: TierOf | None = None) -> Outcome:
        """The partner's figures on the last day with these facts besides what stands."""
        return self.run(joined(self.base, rows), held)

    def run(self, facts: Facts, held: TierOf | None = None) -> Outcome:
        """The partner's figures on the last day from these facts, by the engine itself.

        `held` is the tier that the partner is taken to have on a day, where it names one.
        """
        tiers = {self.partner: held} if held else None
        day, one = self.asked.horizon, [self.partner]
        found = evaluate(
            self.programs,
            facts,
            day,
            partners=one,
            posted={self.partner: self.posted} if self.posted else None,
            tiers=tiers,
        )
        return found.partners[self.partner]

    def facts(self, scenario: int) -> Facts:
        """The facts of one scenario."""
        rows = [row for way in self.drawn(scenario) for row in way.rows]
        return joined(self.base, [*rows, *self.new(scenario)])

    def scenario(self, scenario: int, held: TierOf | None = None) -> Outcome:
        """The figures of one scenario, by the engine itself."""
        return self.run(self.facts(scenario), held)

    def with_all(self, happens: bool) -> Outcome:
        """The figures if every open item goes well, or none does."""
        rows = [row for item in self.items if (way := item.likeliest(happens)) for row in way.rows]
        still = [row for item in self.items if not item.likeliest(happens) for row in item.alternatives[0].rows]
        return self.outcome([*rows, *still])
