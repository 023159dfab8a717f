"""A metric made ready: its unit, the readers of its attributes, its multipliers, the days that its windows cover."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.rules.keys import OWN_YEARS
from partnerdesk.engine.rules.metrics import ways_of
from partnerdesk.engine.semantics import EXCHANGES_REFERRED_APART
from partnerdesk.engine.terms.heeded import heeded
from partnerdesk.engine.terms.made_of import made_of
from partnerdesk.engine.terms.multipliers import Multipliers
from partnerdesk.engine.terms.window_cuts import Cuts, Days
from partnerdesk.engine.terms.windows import bounds, own_day
from partnerdesk.engine.world.derived import Getter
from partnerdesk.engine.world.filtered import filtered
from partnerdesk.engine.world.tree import LEG, OWN
from partnerdesk.engine.world.where import (
    EARNING,
    TIER_HELD,
    Predicate,
    choices_of,
    getter,
    is_own,
    money_attribute,
    number,
    predicate,
    referred_currency,
)
from partnerdesk.engine.world.where_words import spoken

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.engine.terms.versions import Version
    from partnerdesk.engine.world.world import World

COUNTS = ("count", "distinct")


class MetricTerms:
    """One metric of one version, shared by all partners; `draw` numbers what it reads, so that metrics share it."""

    def __init__(self, version: "Version", name: str, metric: Metric) -> None:
        self.version, self.name, self.metric = version, name, metric
        self.way = ways_of(metric)[0]
        self.unit = unit_of(version.program, name, version.terms.currency)
        # The unit of what it counts of facts: of partners with two customers each, customers.
        is_of_groups = metric.groups is not None and metric.groups.take == "count" and bool(metric.of)
        self.fact_unit = _own_unit(metric, version.terms.currency) if is_of_groups else self.unit
        self.origin = version.origin(f"metric.{name}")
        self.words, self.value_says = str(metric.window), spoken(metric.value)
        self.nothing_is_zero = metric.missing in ("", "zero") and not metric.minimum_rows
        # Whether its number is bounded, rounded, or made zero where there is none.
        limits = (metric.not_below, metric.not_above, metric.decimals)
        self.is_finished = metric.missing == "zero" or any(limit is not None for limit in limits)
        self.slot, version.terms.slots = version.terms.slots, version.terms.slots + 1
        self._follows: dict[int, bool] = {}
        self._windows: dict[tuple[str, str, int], list[Days]] = {}
        self._pairs: dict[tuple[str, str], dict[object, str]] = {}
        self._cuts: dict[tuple[str, str, int], Cuts] = {}
        self._read_facts(metric)

    def _read_facts(self, metric: Metric) -> None:
        """What an aggregate reads of its facts, and how each counts."""
        kind, is_counted = metric.of or "contract", metric.take in COUNTS
        self.is_aggregate = bool(metric.of) and metric.of != EARNING and metric.groups is None
        self.tables = [
            Multipliers(kind, table, self.version.origin(f"metric.{self.name}.times.{i}"))
            for i, table in enumerate(metric.times)
        ]
        self.counts, self.weighs = is_counted and not metric.times, is_counted and bool(metric.times)
        self.is_own = metric.whose == OWN
        self.sums = metric.take == "sum" or self.weighs
        # A sum that is nothing but its facts' numbers, so that one more fact adds its own and changes nothing else.
        is_whole = self.is_aggregate and metric.take != "distinct" and metric.window.span != "in force"
        self.is_plain_sum = self.sums and is_whole and self.nothing_is_zero and not self.is_finished
        self.is_money = bool(metric.of) and not is_counted and money_attribute(metric.of, metric.value)
        self.is_credited = metric.of == "deal" and metric.credit == "share"
        self.draw = self._drawn(metric, is_counted)
        self.own_currency = frozenset({self.version.terms.currency})
        self.passes: Predicate | None = predicate(kind, metric.where)
        self.filtered = filtered(kind, metric.where)
        # The values of one attribute that pass the filter, where it asks no more; None where all pass.
        self.choices = choices_of(kind, metric.where) if metric.where else None
        self.get: Getter | None = None
        self.own_value = ""  # the attribute's name where it stands in the row itself
        if metric.of and metric.take != "count":
            self.get = (getter if metric.take == "distinct" else number)(kind, metric.value)
            self.own_value = metric.value if is_own(kind, metric.value) else ""
        # What ends a fact of an `in force` metric.
        self.until: Getter | None = None
        if metric.of and metric.window.span == "in force":
            self.until = getter(kind, ends_of(metric))
        is_itself = self.is_own and not (metric.per or metric.times or metric.each)
        self.is_plain_money = self.is_money and bool(self.own_value) and is_itself
        self.group_of = _group_of(self.version.program, metric)

    def _drawn(self, metric: Metric, is_counted: bool) -> int:
        """The number of what it reads: filter, day and value, the rule by which an amount is exchanged, what counts."""
        terms, value = self.version.terms, "" if is_counted else metric.value
        per, credit = tuple(metric.per.items()), metric.credit if self.is_money else ""
        is_sum_of_money, semantics = self.is_money and is_plain_sum(metric), terms.semantics
        # The flags of which one makes an adjustment count.
        self.adjustments = heeded(self.version.program, self.name, metric, is_sum_of_money, semantics)
        counts = (self.counts, per, metric.times, metric.each, credit, self.adjustments, self.is_plain_sum)
        is_referred = semantics >= EXCHANGES_REFERRED_APART and bool(referred_currency(metric.of, value))
        exchange = self.version.program.exchange if self.is_money or is_referred else None
        drawn = (metric.of, metric.whose, metric.day, metric.where, value, exchange, *counts)
        return terms.draws.setdefault(drawn, len(terms.draws))

    @cached_property
    def parts(self) -> "tuple[MetricTerms, ...]":
        """The metrics that it is made of."""
        return tuple(self.version.metrics[name] for name in made_of(self.metric))

    def follows(self, back: int) -> bool:
        """Whether its window, and those of what it is made of, lie so many steps before as the period does.

        A whole unit ends on the as-of day where that comes first, what is counted from the partner's first day stays
        there, calendar units are those of the window's last day, and the parts of a series stay whole ones.
        """
        found = self._follows.get(back)
        if found is None:
            found = self._follows[back] = self._moves_along(back)
        return found

    @cached_property
    def looks_ahead(self) -> bool:
        """Whether parts to come make it: the as-of day ends them, wherever the period lies."""
        if self.metric.series and self.metric.window.span == "next":
            return True
        return any(part.looks_ahead for part in self.parts)

    def _moves_along(self, back: int) -> bool:
        window, groups, metrics = self.metric.window, self.metric.groups, self.version.metrics
        if window.span == "whole" or self.is_of_partner:
            return False
        year = self.version.terms.calendar.year
        is_whole, is_counted = year.moves_whole, window.span in ("trailing", "before", "next") or window.earlier_months
        if not year.is_even and is_counted and back % year.steps_in("year"):
            return False  # quarters differ in length: what is counted back from one is not what another counts
        if (window.is_calendar or window.span == "to date") and not is_whole(window.unit, back):
            return False
        if self.metric.series and not is_whole(self.metric.series.each, back):
            return False
        others = [metrics[name] for name in (groups.among, groups.without) if name] if groups else []
        return all(part.follows(back) for part in (*self.parts, *others))

    @cached_property
    def grows_plainly(self) -> bool:
        """Whether it is the growth of a plain sum of facts whose windows move along with their periods."""
        return (
            self.way == "growth"
            and self.metric.groups is None
            and self.parts[0].is_aggregate
            and self.parts[0].follows(self.version.terms.calendar.year.steps_in("year"))
            and self.metric.growth_from == "a year before"
            and self.metric.minimum_base >= 0
        )

    def pairs(self, periods: Sequence[Period]) -> dict[object, str]:
        """The labels of those periods that are over, each with that of the one that growth compares it to."""
        named = periods[0].label, periods[-1].label
        found = self._pairs.get(named)
        if found is None:
            calendar, as_of = self.version.terms.calendar, self.version.terms.as_of
            found = self._pairs[named] = {
                period.label: calendar.steps_before(period, self.earlier(period)).label
                for period in periods
                if period.end <= as_of
            }
        return found

    def earlier(self, period: Period) -> int:
        """How many steps of the fiscal year growth looks back from a period."""
        unit = "year" if self.metric.growth_from == "a year before" else period.unit
        return self.version.terms.calendar.year.steps_in(unit)

    def reader(self, world: "World", get: Getter | None) -> Callable[[Any], Any]:
        """Reads something of a row in a partner's world; the metric's own value as it stands in the row."""
        assert get
        return attrgetter(self.own_value) if self.own_value and get is self.get else lambda row: get(row, world)

    def windows(self, periods: Sequence[Period], back: int, partner: "Partner") -> list[Days]:
        """For each period its key, and the first and last day that count for it, `back` steps earlier."""
        if self.is_of_partner:
            return self._bounds(periods, back, own_day(self.metric.window, partner))
        named = periods[0].label, periods[-1].label, back
        found = self._windows.get(named)
        if found is None:
            found = self._windows[named] = self._bounds(periods, back, None)
        return found

    def cuts(self, periods: Sequence[Period], back: int, partner: "Partner") -> Cuts:
        """The same windows by the days that cut them."""
        named = periods[0].label, periods[-1].label, back
        found = self._cuts.get(named)
        if found is None:
            found = Cuts.of(self.windows(periods, back, partner))
            if not self.is_of_partner:
                self._cuts[named] = found
        return found

    @cached_property
    def is_of_partner(self) -> bool:
        """Whether its window is counted from a day of each partner's own."""
        return self.metric.window.span == "first" or self.metric.window.unit in OWN_YEARS

    def _bounds(self, periods: Sequence[Period], back: int, own: date | None) -> list[Days]:
        terms, window = self.version.terms, self.metric.window
        return [
            ((p.label, back) if back else p.label, *bounds(window, p, terms.as_of, terms.calendar, back, own))
            for p in periods
        ]

    def window(self, period: Period, back: int, partner: "Partner") -> tuple[date | None, date]:
        """First and last day that count for a period."""
        return self.windows((period,), back, partner)[0][1:]


def _group_of(program: Program, metric: Metric) -> Getter | None:
    """Reads what puts its facts, or those of the metric whose growth it is, in groups, where that is an attribute."""
    rule, kind = metric.groups, program.metric[metric.growth].of if metric.growth else metric.of
    return getter(kind, rule.by) if kind and rule and rule.by != LEG else None


def is_plain_sum(metric: Metric) -> bool:
    """Whether it adds what its facts say, so that an adjustment can be added to it."""
    further = metric.per or metric.times or metric.groups or metric.window.span == "in force"
    return metric.take == "sum" and not further


# The attribute that ends a fact of a kind, where it is not `end`.
_ENDS = {"certification": "expires", "contract": "ended", "case": "closed"}


def ends_of(metric: Metric) -> str:
    """The attribute that ends a fact of an `in force` metric."""
    return metric.until or _ENDS.get(metric.of, "end")


def unit_of(program: Program, name: str, currency: str) -> str:
    """The unit of a metric's number: a currency, "%", "1", or what is counted."""
    metric = program.metric[name]
    if metric.unit:
        return metric.unit
    if metric.of:
        return _fact_unit(metric, currency)
    if metric.growth:
        return _growth_unit(program, metric, currency)
    if metric.fixed is not None:
        return "1"
    if metric.months_since:
        return "months"
    if metric.series and metric.series.take == "count":
        return plural(metric.series.each)
    if metric.ratio or metric.mix or metric.retention:
        return "%"
    units = [unit_of(program, part, currency) for part in made_of(metric)]
    if metric.product:
        named = [unit for unit in units if unit not in ("%", "1")]
        return named[0] if len(named) == 1 else "%" if set(units) == {"%"} else "1"
    return next((unit for unit in units if unit != "1"), "1")


def _growth_unit(program: Program, metric: Metric, currency: str) -> str:
    """The unit of a growth, or of how many groups have one."""
    if metric.groups and metric.groups.take == "count":
        return plural(metric.groups.by)
    if metric.growth_as == "amount":
        return unit_of(program, metric.growth, currency)
    return "%" if metric.growth_as == "share" else "1"


def _fact_unit(metric: Metric, currency: str) -> str:
    """The unit of an aggregate of facts."""
    if metric.groups and metric.groups.take == "count":
        return plural(metric.groups.by)
    return _own_unit(metric, currency)


def _own_unit(metric: Metric, currency: str) -> str:
    """The unit of what an aggregate of facts puts together, whatever is made of groups of it."""
    if metric.times and metric.take in COUNTS:
        return "points"
    if metric.take in COUNTS:
        kind = "tier" if metric.of == TIER_HELD else metric.of
        return plural(metric.value if metric.take == "distinct" else kind)
    if metric.per:
        return "points"
    return currency if money_attribute(metric.of, metric.value) else "1"
