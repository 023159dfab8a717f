"""An earning made ready: its trigger, filters, base and rate table, shared by all partners and all its events."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.engine.earnings.triggers import TRIGGERS
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Earning, RateEntry
from partnerdesk.engine.where import Getter, Predicate, getter, money_attribute, predicate

if TYPE_CHECKING:
    from partnerdesk.engine.metric_terms import MetricTerms
    from partnerdesk.engine.terms import LimitTerms, Version
    from partnerdesk.engine.world import World


class Event(NamedTuple):
    """One occurrence: its day, the period it is judged in, and its fact (none at a period's end)."""

    day: date
    period: Period
    fact: Any = None


class EarningTerms:
    """One earning of one version; `kind` is the trigger's kind of fact, empty at a period's end."""

    def __init__(self, version: "Version", name: str, rule: Earning) -> None:
        self.version, self.name, self.rule = version, name, rule
        self.key = f"earning.{name}"
        self.ref = version.ref(self.key, rule.reference)
        self.origin = version.origin(self.key)
        self.rate_origin = version.origin(f"{self.key}.rate")
        self.factor_origin = version.origin(f"{self.key}.factor")
        self.trigger = TRIGGERS.get(rule.on)
        self.kind = self.trigger.kind if self.trigger else ""
        self.happens: Predicate | None = None
        self.passes: Predicate | None = None
        self.base: Getter | None = None
        self.base_is_money = False
        self.base_unit = ""
        if self.trigger:
            self._read_events(self.kind)
        elif rule.base_metric:
            unit = self.base_metric.unit
            self.base_unit = "" if unit == version.terms.currency else unit
        self._period_ends: dict[str, list[Event]] = {}
        self.entries = self._entries()
        bands = rule.rate.bands if rule.rate else None
        self.steps = [(s.floor, s.rate) for s in bands.steps] if bands else []
        self.over = bands.over if bands else ""
        self.factors = dict(rule.factor.by_tier) if rule.factor else {}
        by_tier = rule.rate is not None and rule.rate.kind == "by_tier"
        self.rates = {entry.tier[0]: entry.rate for entry, _ in self.entries} if by_tier else {}

    @cached_property
    def base_metric(self) -> "MetricTerms":
        """The metric that is paid on."""
        return self.version.metrics[self.rule.base_metric]

    def _read_events(self, kind: str) -> None:
        assert self.trigger
        self.happens, self.passes = predicate(kind, self.trigger.where), predicate(kind, self.rule.where)
        if self.rule.amount is None:
            self.base, self.base_is_money = getter(kind, self.rule.base), money_attribute(kind, self.rule.base)
            self.base_unit = "" if self.base_is_money else self.rule.base.replace("_", " ")

    def _entries(self) -> list[tuple[RateEntry, Predicate | None]]:
        """The rate's entries with what each asks of an event."""
        entries = self.rule.rate.entries if self.rule.rate else ()
        return [(e, predicate(self.kind, e.where) if self.kind else None) for e in entries]

    def counts(self, row: Any, world: "World") -> bool:
        """Whether a row of the trigger's kind is an event of this earning."""
        return all(passes is None or passes(row, world) for passes in (self.happens, self.passes))

    @cached_property
    def holdbacks(self) -> "list[LimitTerms]":
        """The holdbacks that are taken of each line."""
        return [h for h in self.version.holdbacks if not h.rule.every and self.key in h.covered]

    def period_ends(self, first: date, last: date) -> list[Event]:
        """The events of a `period end` rule: its periods that end from `first` to `last`, the same for all partners."""
        calendar, every = self.version.terms.calendar, self.rule.every or "quarter"
        label = calendar.at(first, every).label
        found = self._period_ends.get(label)
        if found is None:
            periods = calendar.between(first, last, every)
            found = self._period_ends[label] = [Event(p.end, p) for p in periods if p.end <= last]
        return found

    @cached_property
    def is_plain(self) -> bool:
        """Whether its lines are payable at once and for good, but for a holdback on a period's sum."""
        return not (self.rule.vests or self.rule.clawback or self.holdbacks)
