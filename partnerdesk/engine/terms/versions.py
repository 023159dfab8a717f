"""What follows from the program versions and the as-of day alone, worked out once and shared by all partners.

`Terms` holds the versions and the calendar; a `Version` the names of its rules, its metrics and earnings made ready.
Nothing here knows a partner or a fact.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

from partnerdesk.engine.figures.figure import Origin
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.period import Calendar, Period
from partnerdesk.engine.rules import Need, Program, every_part
from partnerdesk.engine.semantics import KEEPS_COUNTED, NEWEST
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.terms.made_of import kinds_counted
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.terms.tiers import TierTerms
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.world.tree import OWN
from partnerdesk.engine.world.where import MADE, TIER_HELD

_DAY = timedelta(days=1)
_ENDLESS = Decimal("Infinity")
Climb: TypeAlias = Callable[[Any, Period], str]


class Terms:
    """The versions of one program, oldest first, as they stand on a day."""

    def __init__(
        self, programs: Sequence[Program], as_of: date, going_on: Collection[int] = (), semantics: int = NEWEST
    ) -> None:
        self.semantics, latest = semantics, programs[-1]
        self.as_of, self.currency, self.statements = as_of, latest.currency, latest.statements
        self.calendar = Calendar(latest.fiscal_year)
        self.draws, self.slots = dict[object, int](), 0
        self.works: list[Any] | None = None  # the rules with their days, kept by what makes their lines
        self.paid_scopes: dict[str, Any] | None = None  # through what lines add up for bands that ask, kept likewise
        self.versions = tuple(
            Version(self, i, program, start, last)
            for i, (program, (start, last)) in enumerate(zip(programs, stretches(programs, as_of), strict=True))
        )
        for version, next_ in pairwise(self.versions):
            if next_.number in going_on:
                next_.opens = version.opens
        self._share_days()
        # Versions by their first day as their rules name it, and their earnings by rule key.
        self.by_day = {version.program.effective_from: version for version in self.versions}
        self.earnings = {day: version.earnings for day, version in self.by_day.items()}
        self._latest_first = self.versions[:0:-1]
        self.alone = self.versions[0] if len(self.versions) == 1 else None  # the version of every day
        self._at_end: dict[str, Version] = {}
        # The caps in the order of the text: their period and scope, the cap in each version by the version's first day,
        # and the least that any of them allows.
        self.caps = self._caps()
        self.least_cap = min([least for *_, least in self.caps], default=ZERO)
        self.has_join = any(version.program.eligibility.join is not None for version in self.versions)
        is_plain = all(version.tiers.is_plain for version in self.versions)
        self.has_tier_line = not is_plain or any(map(self._keeps_tiers, self.versions[1:]))
        for version in self.versions:
            # The tier of a day is what the figures of its own period reach, and nothing else is asked.
            is_decided = self.has_tier_line or version.is_confirmed or version.tier_lag
            version.tier_is_reached = bool(version.program.tier) and not is_decided
        rules = [(t.key, t.rule) for version in self.versions for t in version.earnings.values()]
        # Earnings of which a version's rule stays with a stream that began under it.
        self.frozen = frozenset(key for key, rule in rules if rule.rules_as_of != "event")
        # Whether partners earn on those below them, and on lines of theirs.
        self.has_overrides = any(rule.of == "sub-partners" for _, rule in rules)
        self.earns_on_lines_below = any(rule.of == "sub-partners" and rule.on == LINES for _, rule in rules)

    @cached_property
    def deepest(self) -> int:
        """How many levels below a partner its earnings look; 0 where they look at none."""
        rules = [terms.rule for version in self.versions for terms in version.earnings.values()]
        return max((rule.level for rule in rules if rule.of == "sub-partners"), default=0)

    @cached_property
    def is_fed_back(self) -> bool:
        """Whether metrics, or bands of other rules, look at lines of earnings."""
        is_measured = any(m.of == "earning" for v in self.versions for m in v.program.metric.values())
        rates = [terms.rule.rate for v in self.versions for terms in v.earnings.values()]
        return is_measured or any(bands.paid_with for rate in rates if rate for bands in rate.all_bands)

    @cached_property
    def counts_of(self) -> frozenset[str]:
        """Whose facts metrics count beside the partner's own."""
        return frozenset(m.whose for v in self.versions for m in v.program.metric.values()) - {OWN}

    @cached_property
    def decides_for_groups(self) -> bool:
        """Whether a decision for the partner at the top of a tree may hold for those below it."""
        return any(version.tiers.is_of_group and version.tiers.is_decided for version in self.versions)

    @cached_property
    def looks_below(self) -> bool:
        """Whether partners below have to be worked out first: who earns on them, or counts what they earn or hold."""
        metrics = (metric for version in self.versions for metric in version.program.metric.values())
        return self.has_overrides or any(metric.of in MADE and metric.whose != OWN for metric in metrics)

    @cached_property
    def asks_tiers_below(self) -> bool:
        """Whether the tiers that partners below hold matter to the one above them."""
        rules = [(version.program.metric.values(), version.program.earning.values()) for version in self.versions]
        return any(m.of == TIER_HELD for metrics, _ in rules for m in metrics) or any(
            earning.tier_of != "own" for _, earnings in rules for earning in earnings
        )

    @cached_property
    def only_pays(self) -> bool:
        """Whether a line is payable at once and for good whatever its rule, but for holdbacks on sums of periods."""
        are_plain = all(terms.is_plain for version in self.versions for terms in version.earnings.values())
        return are_plain and not any(version.suspends for version in self.versions)

    @cached_property
    def sum_holdbacks(self) -> "tuple[LimitTerms, ...]":
        """The holdbacks on sums of periods, version by version."""
        return tuple(h for version in self.versions for h in version.holdbacks if h.rule.every)

    def _share_days(self) -> None:
        """Notes which versions share days with a later one: what began before it stays with them."""
        rules_to = self.versions[-1].rules_to
        for later, earlier in pairwise(reversed(self.versions)):
            if later.opens != later.start:
                continue  # it goes on with the text of the one before
            if later.only_new and later.start <= self.as_of:
                earlier.rules_to = rules_to
                earlier.shares_days = True
                for version in self.versions[later.number :]:
                    if version.opens == later.opens:
                        version.shares_days = True
            else:
                rules_to = earlier.rules_to

    def _keeps_tiers(self, version: "Version") -> bool:
        """Whether a version begins with the tiers of those before: decided, or inside a period that counts then."""
        if not version.tiers.names or version.start > version.last:
            return False
        if version.is_confirmed != self.versions[0].is_confirmed:
            return True
        earlier = self.versions[: version.number] if self.semantics >= KEEPS_COUNTED else ()
        units = {version.tier_unit, *(one.tier_unit for one in earlier if one.tiers.is_same_period)}
        starts = (self.calendar.at(version.start, unit).start for unit in units)
        return not version.is_confirmed and any(day != version.start for day in starts)

    @cached_property
    def may_lose(self) -> bool:
        """Whether settlement may take something off for good: most programs never do, and nobody settles for it."""
        return any(_takes_off(version.program) for version in self.versions)

    @cached_property
    def rounds_totals(self) -> bool:
        """Whether a version rounds sums of lines instead of each line."""
        return any(version.program.rounding.point == "total" for version in self.versions)

    def at(self, day: date) -> "Version":
        """The version in force on a day; the first one before any is."""
        for version in self._latest_first:
            if version.start <= day:
                return version
        return self.versions[0]

    def at_end(self, period: Period) -> "Version":
        """The version in force at a period's end, or on the as-of day while the period runs."""
        found = self._at_end.get(period.label)
        if found is None:
            found = self._at_end[period.label] = self.at(min(period.end, self.as_of))
        return found

    def _caps(self) -> "list[tuple[str, str, dict[date, LimitTerms], Decimal]]":
        found = []
        for name in dict.fromkeys(cap.name for version in self.versions for cap in version.caps):
            own = {v.program.effective_from: cap for v in self.versions for cap in v.caps if cap.name == name}
            for scope in dict.fromkeys((cap.rule.every, cap.rule.per) for cap in own.values()):
                alike = {day: cap for day, cap in own.items() if (cap.rule.every, cap.rule.per) == scope}
                found.append((*scope, alike, min(cap.bound for cap in alike.values())))
        return found

    def statement_period(self, day: date) -> Period:
        """The statement period that holds a day."""
        return self.calendar.at(day, self.statements)


@dataclass(frozen=True, slots=True)
class LimitTerms:
    """A cap, safety net or holdback of a version: its name and place in the text, and the rule keys it covers."""

    version: "Version"
    name: str
    number: int
    key: str
    rule: Any
    ref: RuleRef
    origin: Origin
    covered: frozenset[str]
    bound: Decimal  # the amount below which a cap never cuts, from which a safety net never pays
    ends: dict[str, Any] = field(default_factory=dict, compare=False)  # of holdbacks: when and how, by period
    sums: dict[str, Any] = field(default_factory=dict, compare=False)  # of those on a period's sum: what is shared


def _bound(kind: str, rule: Any) -> Decimal:
    """The amount at which nobody needs to look at a limit more closely: what a cap allows at least, a net at most."""
    if kind not in ("cap", "safety_net"):
        return ZERO
    is_cap = kind == "cap"
    entries = rule.at_most if is_cap else rule.at_least
    if any(entry.metric or entry.attribute or entry.by_currency for entry in entries):
        return ZERO if is_cap else _ENDLESS
    return (min if is_cap else max)([entry.amount for entry in entries if entry.amount is not None], default=ZERO)


def _takes_off(program: Program) -> bool:
    rule, gate = program.settlement, program.eligibility.pay
    if gate is not None and gate.otherwise == "forfeit":
        return True
    return rule.lapses_after_months is not None or rule.on_leaving == "forfeit" or rule.negative == "next period"


def stretches(programs: Sequence[Program], as_of: date) -> list[tuple[date, date]]:
    """The first and last day of each version, as far as the as-of day; none where the last comes before the first.

    A retroactive version begins on its `since` as soon as it is in force, and ends the ones before it there.
    """
    starts = [(p.effective_from <= as_of and since(p)) or p.effective_from for p in programs]
    lasts = [min([as_of, *(day - _DAY for day in starts[i + 1 :])]) for i in range(len(starts))]
    return list(zip(starts, lasts, strict=True))


def since(program: Program) -> date | None:
    """The day from which a retroactive version is run again."""
    return program.transition.since if program.transition.applies_to == "retroactive" else None


class Version:
    """One program version, numbered in order; it rules the days from `start` to `last`, as far as the as-of day.

    It `opens` its text: on `start`, but where it goes on with the text of the one before under other modules.
    `rules_to` is the last day on which it may still rule events: later than `last` where the next version is for new
    streams only.
    """

    def __init__(self, terms: Terms, number: int, program: Program, start: date, last: date) -> None:
        self.terms, self.number, self.program, self.start, self.last = terms, number, program, start, last
        self.opens, self.rules_to, self.shares_days = start, last, False
        self.only_new = program.transition.applies_to == "new streams"
        self.climb: Climb | None = None  # finds the highest tier that a period reaches
        self.needs: dict[int, Callable[..., bool]] = {}
        self.once: dict[int, Need] = {}  # what requirements of several periods ask of one
        self.tiers = TierTerms(program)
        self.is_confirmed = program.tiers.moves == "confirmed"
        self.tier_is_reached = False
        self.tier_unit, self.tier_lag = program.tiers.every, -(program.tiers.in_force == "next period")
        earn, join = program.eligibility.earn, program.eligibility.join
        self.has_gate = join is not None or (earn is not None and earn.otherwise == "forfeit")
        self.suspends = earn is not None and earn.otherwise == "suspend"
        self._modules = dict(program.from_module)
        self._refs: dict[str, RuleRef] = {}
        self._origins: dict[str, Origin] = {}
        self.metrics = {name: MetricTerms(self, name, metric) for name, metric in program.metric.items()}
        # The metrics without which no tier above the lowest is reached.
        self.blocking = [terms for terms in self.metrics.values() if terms.metric.missing == "blocks"]
        self.may_hold_back = bool(self.blocking or program.score)
        self.caps = self._limits("cap", program.cap)
        self.safety_nets = self._limits("safety_net", program.safety_net)
        self.holdbacks = self._limits("holdback", program.holdback)
        # The earnings by rule key, `earning.upfront`, in the order of the text.
        self.earnings = {f"earning.{name}": EarningTerms(self, name, rule) for name, rule in program.earning.items()}

    @cached_property
    def scored_kinds(self) -> tuple[tuple[str, str], ...]:
        """The kinds of fact that the score's metrics read, each with whose they count."""
        rule = self.program.score
        parts = [*rule.parts, *(part for track in rule.track for part in track.parts)] if rule else []
        return kinds_counted(self.program, [part.metric for part in every_part(parts)])

    def _limits(self, kind: str, rules: Mapping[str, Any]) -> list[LimitTerms]:
        found = []
        for number, (name, rule) in enumerate(rules.items()):
            key, covered = f"{kind}.{name}", frozenset(f"earning.{earning}" for earning in rule.of)
            ref, origin = self.ref(key, rule.reference), self.origin(key)
            found.append(LimitTerms(self, name, number, key, rule, ref, origin, covered, _bound(kind, rule)))
        return found

    def ref(self, key: str, reference: str = "") -> RuleRef:
        """The name of a rule of this version."""
        found = self._refs.get(key)
        if found is None:
            program, module = self.program, self._module(key)
            found = RuleRef(key, reference or self._path(key), program.version, program.effective_from, module)
            self._refs[key] = found
        return found

    def origin(self, key: str) -> Origin:
        """A key of this version's text as the origin of a number."""
        found = self._origins.get(key)
        if found is None:
            found = self._origins[key] = Origin("rule", self._path(key), version=self.program.version)
        return found

    def _module(self, key: str) -> str | None:
        """The module that a rule comes from, by the rule's key or one below it; None for the version itself."""
        return self._modules.get(".".join(key.split(".")[:2])) if self._modules else None

    def _path(self, key: str) -> str:
        """Where a key stands in the text."""
        module = self._module(key)
        return f"module.{module}.{key}" if module else key
