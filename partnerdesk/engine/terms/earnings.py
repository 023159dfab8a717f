"""An earning made ready: its trigger, filters, base, rate table and bands, shared by all partners."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.figures.reasons import WHOLE_ONES
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Earning, Formula, Rate
from partnerdesk.engine.rules.earnings import REGISTRATION, THEIRS, alone
from partnerdesk.engine.rules.timing import CAUSED_BY, CLAWED_BACK
from partnerdesk.engine.semantics import COUNTS_WHOLE_ONES
from partnerdesk.engine.terms.tables import BandTerms, EntryTerms, FactorTerms
from partnerdesk.engine.terms.triggers import LINES, PERIOD_END, TIER_REACHED, trigger_of
from partnerdesk.engine.world.where import Getter, Predicate, getter, money_attribute, number, predicate
from partnerdesk.engine.world.where_words import spoken

if TYPE_CHECKING:
    from partnerdesk.engine.terms.metrics import MetricTerms
    from partnerdesk.engine.terms.versions import Version
    from partnerdesk.engine.world.world import World

# The days other than its own whose tier may count for an event.
OF_STREAMS = ("stream start", "stream renewal")
OF_FACTS = (*OF_STREAMS, REGISTRATION)
OTHER_DAYS = ("period start", "period end", *OF_FACTS)


@dataclass(slots=True)
class Event:
    """One occurrence: its day, the period it is judged in, its statement's, its fact (none at a period's end).

    `world` is that of the sub-partner whose event it is, `tier` the tier that was reached.
    `began` is its stream's start by the rule that asked last.
    `line` is the id of its line where that is the same for all partners.
    `ruled` is the last day of a version that ended inside the period whose days it pays for.
    A `pause` is no event: it stands before a day that must not be looked at before what lies ahead of it is made.
    """

    day: date
    period: Period
    statement: Period
    fact: Any = None
    world: "World | None" = None
    tier: str = ""
    began: "tuple[EarningTerms, date] | None" = None
    ruled: date | None = None
    pause: bool = False
    line: str = ""


class EarningTerms:
    """One earning of one version; `kind` is the trigger's kind of fact, empty where no fact triggers it."""

    def __init__(self, version: "Version", name: str, rule: Earning) -> None:
        self.version, self.name, self.rule = version, name, rule
        self.key = f"earning.{name}"
        self.ref = version.ref(self.key, rule.reference)
        self.origin = version.origin(self.key)
        self.rate_origin = version.origin(f"{self.key}.rate")
        self.base_origin = version.origin(f"{self.key}.base")
        self.rounding = version.program.rounding
        self.decimals, self.mode = self.rounding.decimals, self.rounding.mode
        self.exchange = rule.exchange or version.program.exchange
        self.increments_in = "" if rule.increment_over == "ever" else f" in the {rule.increment_over}"
        self.rounds_later = self.rounding.point == "total"  # on the sum of a statement's lines
        self.trigger = trigger_of(rule)
        self.is_below, self.level = rule.of == "sub-partners", rule.level
        self.kind = self.trigger.kind if self.trigger else LINES if rule.on == LINES else ""
        self._read_events()
        self._read_base()
        # The holdbacks that are taken of each line.
        self.holdbacks = [h for h in version.holdbacks if not h.rule.every and self.key in h.covered]
        # Whether its lines are payable at once and for good, but for a holdback on a period's sum.
        self.is_plain = not (rule.vests or rule.clawback or self.holdbacks or version.suspends)
        self._period_ends: dict[tuple[str, bool], list[Event]] = {}
        self._read_rate(rule.rate or Rate())
        self.factors = [FactorTerms(self, i, factor) for i, factor in enumerate(rule.factor)]
        # Whether it pays for the days on which its version is in force.
        self.is_prorated = any(factor.days and factor.days_of != "partner" for factor in rule.factor)
        # The tier of the event's own day counts; a metric whose nothing means that there is no line.
        self.tier_is_of_day = self._goes_by_own_day()
        self.idle_without = None if rule.increment_over or self.base_is_changed or self.trigger else self.base_metric
        self.is_quiet = self._read_quiet()
        # Whether a line is bounded, or pays the rest of what its unit earned.
        self.is_bounded = rule.least is not None or rule.most is not None
        # What bounds it by another base at another rate, as an earning by itself.
        self.formulas = {
            name: self._bound(name, bound)
            for name, bound in (("least", rule.least), ("most", rule.most))
            if isinstance(bound, Formula)
        }
        # Whether a credited share counts; a fixed amount is paid in full.
        self.is_shared = rule.credit == "share" and rule.amount is None and self.kind == "deal"

    def _goes_by_own_day(self) -> bool:
        """Whether the partner's own tier on the event's own day counts."""
        is_other = self.rule.on == TIER_REACHED or self.rule.tier_of == THEIRS or self.is_prorated
        return not is_other and self.rule.tier_as_of not in OTHER_DAYS

    def _bound(self, name: str, formula: Formula) -> "EarningTerms":
        """A formula that bounds a line, as the earning that it would be without the rest of the rule."""
        found = EarningTerms(self.version, self.name, alone(self.rule, formula))
        found.origin = self.version.origin(f"{self.key}.{name}")
        found.rate_origin = self.version.origin(f"{self.key}.{name}.rate")
        found.base_origin = self.version.origin(f"{self.key}.{name}.base")
        return found

    def _read_events(self) -> None:
        """What makes a fact an event of this earning, and whether the events before it must be known."""
        rule = self.rule
        self.happens: Predicate | None = predicate(self.kind, self.trigger.where) if self.trigger else None
        self.passes: Predicate | None = predicate(self.kind, rule.where) if self.kind and rule.where else None
        self.needs_past = bool(rule.once_per) or rule.count is not None
        rate, count = rule.rate, rule.count
        # Whether what is clawed back of the line that it pays on is taken back of its own.
        self.follows = self.kind == LINES and any(clawback.cause == CLAWED_BACK for clawback in rule.clawback)
        # Which causes count, by the clawbacks that do not count each of theirs.
        self.takes_where = {
            c: predicate(CAUSED_BY[c.cause], c.where) for c in rule.clawback if c.where and c.cause in CAUSED_BY
        }
        self.has_stream = (
            rule.for_months is not None
            or not {rule.tier_as_of, rule.rules_as_of}.isdisjoint(OF_STREAMS)
            or (rate is not None and rate.age_of == "stream" and any(e.from_months for e in rate.entries))
            or (count is not None and count.per == "stream")
        )
        # The metrics in whose groups the event's own must, or must not, count; and what tells the event's group.
        metrics = self.version.metrics
        self.groups = [(metrics[n], is_in) for n, is_in in ((rule.among, True), (rule.without, False)) if n]
        self.is_measured_at_event = rule.measured == "event"
        self.is_sifted = self.needs_past or rule.for_months is not None or rule.while_active

    def _read_base(self) -> None:
        base = self.rule.base
        self.base: Getter | None = None
        self.less: Getter | None = None
        self.times: Getter | None = None
        self.times_is_money = False
        self.base_is_money = False
        self.base_unit = self.part_unit = ""
        self.rate_unit = "%"  # the program's currency where each one of what is counted has its amount
        self.base_metric: MetricTerms | None = None
        self.currency_of: Getter | None = None  # says in which currency an amount by currency is
        is_bounded = base.not_below is not None or base.per is not None or base.whole
        self.base_is_changed = is_bounded or bool(base.less or base.times)
        if base.less and self.kind:
            self.less = number(self.kind, base.less)
        if base.times and self.kind:
            self.times, self.times_is_money = number(self.kind, base.times), money_attribute(self.kind, base.times)
        if self.rule.amount is not None:
            return
        if base.metric:
            self.base_metric = self.version.metrics[base.metric]
            self.base_unit = "" if self.base_metric.unit == self.version.terms.currency else self.base_metric.unit
        elif self.kind == LINES:
            self.base_is_money = True
        elif self.kind and base.by_currency:
            self.base_is_money, self.currency_of = True, getter(self.kind, base.currency or "currency")
        elif self.kind and base.attribute:
            name = base.attribute
            self.base, self.base_is_money = number(self.kind, name), money_attribute(self.kind, name)
            self.base_unit = "" if self.base_is_money else spoken(name)
        self._read_units()

    def _read_units(self) -> None:
        """What the base is in, where it is no money, and whether its rate is an amount for each one."""
        times = self.rule.base.times
        if self.times_is_money:
            self.base_unit = ""
        elif times and self.base_unit:
            self.base_unit = f"({self.base_unit} × {spoken(times)})"
        self.part_unit = self.base_unit  # of the base before it is counted in whole ones
        if self._counts_whole_ones():
            self.base_unit = WHOLE_ONES
        is_each = self.base_unit and not self.base_unit.startswith("(")  # so many at a price are money again
        self.rate_unit = self.version.terms.currency if is_each else "%"

    def _counts_whole_ones(self) -> bool:
        """Whether its base is a count of whole ones, and not of its own unit."""
        is_plain = self.base_unit and self.rule.base.per is None and not self.base_unit.startswith("(")
        return self.rule.base.whole and not is_plain and self.version.terms.semantics >= COUNTS_WHOLE_ONES

    def _read_rate(self, rate: Rate) -> None:
        """The rate as what it is: bands, a table by tier or by age, one number, or entries of all kinds."""
        self.bands = BandTerms(self, 0, rate.bands) if rate.bands else None
        self.entries = [EntryTerms(self, i, entry) for i, entry in enumerate(rate.entries)]
        is_plain = all(e.rule.rate is not None and not (e.rule.where or e.rule.when) for e in self.entries)
        by_tier = rate.kind == "by_tier"
        self.rates = {e.rule.tier[0]: e.rule.rate or ZERO for e in self.entries} if by_tier else {}
        # Ages alone: a step.
        self.ages = []
        if rate.kind == "by_age" and is_plain and not any(e.rule.tier for e in self.entries):
            self.ages = sorted((e.rule.from_months, e.rule.rate or ZERO) for e in self.entries)
        # One number for every event.
        is_flat = rate.kind == "flat" and len(rate.entries) == 1 and rate.bands is None
        self.flat = rate.entries[0].rate if is_flat else None
        self.has_ages = any(e.rule.from_months for e in self.entries)
        self.resolve, self.age_of, self.otherwise = rate.resolve, rate.age_of, rate.otherwise
        # An amount in place of a rate needs no base.
        self.needs_base = self.rule.amount is None and not (
            self.entries and all(e.rule.amount is not None for e in self.entries)
        )

    def _read_quiet(self) -> bool:
        """Whether it pays slices or a rate of a metric at a period's end, times at most a factor by tier, and no more.

        Every tier must have its factor, and no line hang on a gate, a bound or another line.
        """
        version, rule = self.version, self.rule
        if rule.on != PERIOD_END or self.idle_without is None or not self.tier_is_of_day:
            return False
        bounds = (rule.least, rule.most, rule.nothing_below)
        if version.has_gate or self.rounds_later or any(bound is not None for bound in bounds):
            return False
        by_tier = self.factors[0].by_tier.keys() if len(self.factors) == 1 else set()
        is_rated = self.bands.is_plain if self.bands is not None else self.flat is not None
        return is_rated and (not self.factors or (bool(version.tiers.names) and by_tier >= set(version.tiers.names)))

    def counts(self, row: Any, world: "World") -> bool:
        """Whether a row of the trigger's kind is an event of this earning."""
        return all(passes is None or passes(row, world) for passes in (self.happens, self.passes))

    def period_ends(self, first: date, last: date) -> list[Event]:
        """The events of a `period end` rule: its periods that end from `first` to `last`, the same for all partners
        whose first day lies in the same period, and before the version's end or after it.
        """
        calendar, every = self.version.terms.calendar, self.rule.every or "quarter"
        key = calendar.at(first, every).label, first > self.version.last
        found = self._period_ends.get(key)
        if found is None:
            periods, unit = calendar.between(first, last, every), self.version.terms.statements
            over = [p for p in periods if p.end <= last]
            found = [Event(p.end, p, calendar.at(p.end, unit), line=f"{self.name}:{p.label}") for p in over]
            found = self._period_ends[key] = found + self._cut_short(first, every)
        return found

    def _cut_short(self, first: date, every: str) -> list[Event]:
        """The period in which the version ended, where its days of it are paid: at that period's end."""
        version, terms = self.version, self.version.terms
        if not self.is_prorated or version.last >= terms.as_of or first > version.last:
            return []
        period = terms.calendar.at(version.last, every)
        if not version.last < period.end <= terms.as_of:
            return []
        return [Event(period.end, period, terms.calendar.at(period.end, terms.statements), ruled=version.last)]

    @property
    def source(self) -> tuple[str, ...]:
        """What its events are and whose: under one source no fact has two events."""
        day = self.trigger.day if self.trigger else self.rule.earning
        return self.kind or self.rule.on, day, self.rule.of

    @property
    def is_at_period_end(self) -> bool:
        return self.rule.on == PERIOD_END
