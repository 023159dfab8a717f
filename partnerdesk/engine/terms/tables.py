"""Bands, entries of rate tables and multipliers made ready, each with its place in the program's text."""

from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from partnerdesk.engine.figures.called import listed
from partnerdesk.engine.figures.figure import Cut, Excess, cut_into_bands
from partnerdesk.engine.figures.numbers import sliced
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Bands, Factor, FactorEntry, Program, RateEntry
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.world.where import Getter, Predicate, predicate
from partnerdesk.engine.world.where import number as number_of
from partnerdesk.engine.world.where_words import condition_words, spoken, test_words

if TYPE_CHECKING:
    from partnerdesk.engine.terms.earnings import EarningTerms
    from partnerdesk.engine.terms.metrics import MetricTerms

EVENTS = "events"


# What an age is counted of, as a person calls it.
AGED = {
    "customer": "customer",
    "contract": "contract",
    "deal": "deal",
    "product": "product with the customer",
    "stream": "stream",
}


class BandTerms:
    """Bands of an earning, numbered: several entries of a table may have bands of their own."""

    def __init__(self, earning: "EarningTerms", number: int, bands: Bands) -> None:
        self.earning, self.number = earning, number
        self.bands, self.how, self.edge = bands, bands.how, bands.edge
        self.over, self.each = bands.over, bands.each
        # Where what stood before them lies.
        self.through = "before" if bands.over == "ever" else f"earlier in the {bands.over}"
        # Whether the floors count what was paid, and not bases.
        self.fills = bands.floors_of == "paid"
        # Whether that is a fee, which fills them by what it took off.
        self.takes = self.fills and any(step.rate < ZERO for step in bands.steps)
        # The number of an event that the floors count in place of its base, where it is one; else each event is one.
        self.counts = bands.floors_of if bands.floors_of not in ("bases", "paid") else ""
        is_number = self.counts not in ("", EVENTS) and earning.kind
        self.size: Getter | None = number_of(earning.kind, self.counts) if is_number else None
        # The other earnings whose lines of earlier days they count, too.
        self.beside = tuple(f"earning.{name}" for name in bands.paid_with)
        # What names the running sum of their bases, whatever the version.
        self.name = f"{earning.key}.{number}"
        self.steps = [(s.floor, s.rate) for s in bands.steps]
        self.amounts = [(s.floor, s.amount) for s in bands.steps if s.amount] and [
            (s.floor, s.amount) for s in bands.steps
        ]
        self.has_rates = not self.amounts or any(s.rate for s in bands.steps)
        self.excess = Excess(tuple(self.steps), bands.excess_over, bands.edge)
        self.by: MetricTerms | None = earning.version.metrics[bands.by] if bands.by else None
        # Slices of each base by itself, without fixed amounts.
        self.is_plain = (
            bands.how == "marginal"
            and bands.floors_of == "bases"
            and not (bands.by or bands.over or self.amounts or bands.floors_times)
        )
        # The number of the event that every floor is multiplied by.
        self.measure: Getter | None = number_of(earning.kind, bands.floors_times) if bands.floors_times else None
        self._measured: dict[Decimal, BandTerms] = {}
        self.first = bands.steps[0].floor if bands.steps else ZERO
        self.floors = [step.floor for step in bands.steps]
        self._starts = [max(ZERO, floor) for floor in self.floors]
        # By how many bands an amount fills: their slices and what they earn.
        self._filled = [self._full(count) for count in range(len(self.steps))]

    def _full(self, count: int) -> tuple[Cut, Decimal]:
        """The slices of so many bands from the lowest, filled from zero up, and what they earn."""
        cut = cut_into_bands(max(ZERO, self.floors[count]), ZERO, self.steps)
        return cut, sliced(cut)

    def cut(self, base: Decimal) -> tuple[Cut, Decimal]:
        """An amount above zero cut into slices, and what they earn at their own rates; nothing below the first band."""
        band = bisect_left(self.floors, base) - 1
        if band < 0:
            return (), ZERO
        rate = self.steps[band][1]
        filled, earned = self._filled[band]
        part = base - self._starts[band]
        return (*filled, (part, rate)), earned + part * rate

    def times(self, measure: Decimal) -> "BandTerms":
        """The same with each floor times a number of zero or more. Kept."""
        found = self._measured.get(measure)
        if found is None:
            by, bands = max(measure, ZERO), self.bands
            steps = tuple(replace(step, floor=step.floor * by) for step in bands.steps)
            more = replace(bands, floors_times="", excess_over=bands.excess_over * by, steps=steps)
            found = self._measured[measure] = BandTerms(self.earning, self.number, more)
        return found

    def is_below(self, value: Decimal) -> bool:
        """Whether a value lies below the first band."""
        return value < self.first or (value == self.first and self.edge == "above")


class EntryTerms:
    """A line of a rate table: what it asks of an event, and how many conditions that is."""

    def __init__(self, earning: "EarningTerms", number: int, rule: RateEntry) -> None:
        self.rule = rule
        self.passes = _filter(earning, rule)
        self.conditions = conditions_of(rule)
        self.bands = BandTerms(earning, number + 1, rule.bands) if rule.bands else None
        self.words = rule.says or entry_words(earning.version.program, rule)
        self._earning = earning

    @cached_property
    def reason(self) -> str:
        """Why the entry fits, as half a sentence: product's family is Pro and the contract is 12 months old or more."""
        rule, earning = self.rule, self._earning
        parts = [f"the tier is {' or '.join(rule.tier)}"] if rule.tier else []
        parts += [condition_words(earning.kind, test) for test in rule.where]
        if rule.when is not None:
            parts.append(need_words(earning.version.program, rule.when))
        if rule.from_months:
            months = f"{rule.from_months} month{'' if rule.from_months == 1 else 's'}"
            parts.append(f"the {AGED[earning.age_of]} is {months} old or more")
        what = "rate" if rule.amount is None else "amount"
        return listed(parts) if parts else f"this is the {what} for every event"


class FactorTerms:
    """A multiplier of an earning: a table by tier, a metric on a scale, entries, or a share of days."""

    def __init__(self, earning: "EarningTerms", number: int, factor: Factor) -> None:
        version = earning.version
        many = len(earning.rule.factor) > 1
        self.rule = factor
        self.origin = version.origin(f"{earning.key}.factor.{number}" if many else f"{earning.key}.factor")
        self.by_tier = dict(factor.by_tier)
        self.metric: MetricTerms | None = version.metrics[factor.metric] if factor.metric else None
        self.points = [(p.at, p.points) for p in factor.scale]
        self.entries = [(e, _filter(earning, e), conditions_of(e)) for e in factor.entries]


def _filter(earning: "EarningTerms", entry: RateEntry | FactorEntry) -> Predicate | None:
    return predicate(earning.kind, entry.where) if earning.kind else None


def conditions_of(entry: RateEntry | FactorEntry) -> int:
    """How many conditions an entry has: the one with the most wins."""
    return len(entry.where) + bool(entry.tier) + (entry.when is not None)


def entry_words(program: Program, entry: RateEntry | FactorEntry) -> str:
    """What an entry of a table is for, in words."""
    parts = [f"{spoken(t.attribute)} {test_words(t)}" for t in entry.where]
    if entry.tier:
        parts.insert(0, f"tier {' or '.join(entry.tier)}")
    if entry.when is not None:
        parts.append(need_words(program, entry.when))
    if isinstance(entry, RateEntry) and entry.from_months:
        parts.append(f"from {entry.from_months} months of age on")
    return ", ".join(parts) or "every event"
