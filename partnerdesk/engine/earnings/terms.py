"""An earning made ready: its trigger, filters, base and rate table, shared by all partners and all its events."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.earnings.triggers import TRIGGERS
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Earning, RateEntry
from partnerdesk.engine.where import Getter, Predicate, getter, money_attribute, predicate

if TYPE_CHECKING:
    from partnerdesk.engine.metric_terms import MetricTerms
    from partnerdesk.engine.terms import Version
    from partnerdesk.engine.world import World


@dataclass(slots=True)
class Event:
    """One occurrence: its day, the period it is judged in, its statement's, its fact (none at a period's end)."""

    day: date
    period: Period
    statement: Period
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
        self.rounding = version.program.rounding
        self.rounds_later = self.rounding.point == "total"  # on the sum of a statement's lines
        self.trigger = TRIGGERS.get(rule.on)
        self.kind = self.trigger.kind if self.trigger else ""
        self.happens: Predicate | None = None
        self.passes: Predicate | None = None
        self.base: Getter | None = None
        self.base_is_money = False
        self.base_unit = ""
        self.base_metric: MetricTerms | None = None
        if self.trigger:
            self._read_events(self.kind)
        elif rule.base.metric:
            self.base_metric = version.metrics[rule.base.metric]
            self.base_unit = "" if self.base_metric.unit == version.terms.currency else self.base_metric.unit
        # The holdbacks that are taken of each line.
        self.holdbacks = [h for h in version.holdbacks if not h.rule.every and self.key in h.covered]
        # Whether its lines are payable at once and for good, but for a holdback on a period's sum.
        self.is_plain = not (rule.vests or rule.clawback or self.holdbacks)
        self._period_ends: dict[str, list[Event]] = {}
        self.entries = self._entries()
        bands = rule.rate.bands if rule.rate else None
        self.steps = [(s.floor, s.rate) for s in bands.steps] if bands else []
        self.over = bands.over if bands else ""
        self.factors = dict(rule.factor[0].by_tier) if rule.factor else {}
        by_tier = rule.rate is not None and rule.rate.kind == "by_tier"
        self.rates = {entry.tier[0]: entry.rate or ZERO for entry, _ in self.entries} if by_tier else {}

    def _read_events(self, kind: str) -> None:
        assert self.trigger
        self.happens, self.passes = predicate(kind, self.trigger.where), predicate(kind, self.rule.where)
        if self.rule.amount is None:
            name = self.rule.base.attribute
            self.base, self.base_is_money = getter(kind, name), money_attribute(kind, name)
            self.base_unit = "" if self.base_is_money else name.replace("_", " ")

    def _entries(self) -> list[tuple[RateEntry, Predicate | None]]:
        """The rate's entries with what each asks of an event."""
        entries = self.rule.rate.entries if self.rule.rate else ()
        return [(e, predicate(self.kind, e.where) if self.kind else None) for e in entries]

    def counts(self, row: Any, world: "World") -> bool:
        """Whether a row of the trigger's kind is an event of this earning."""
        return all(passes is None or passes(row, world) for passes in (self.happens, self.passes))

    def period_ends(self, first: date, last: date) -> list[Event]:
        """The events of a `period end` rule: its periods that end from `first` to `last`, the same for all partners."""
        calendar, every = self.version.terms.calendar, self.rule.every or "quarter"
        label = calendar.at(first, every).label
        found = self._period_ends.get(label)
        if found is None:
            periods, unit = calendar.between(first, last, every), self.version.terms.statements
            found = [Event(p.end, p, calendar.at(p.end, unit)) for p in periods if p.end <= last]
            self._period_ends[label] = found
        return found
