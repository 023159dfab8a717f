"""The evaluation of one partner in progress: its world, the program's terms, the arithmetic, and a memory.

Metrics are computed once per period and shared by score, tiers and earnings, whoever asks first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from partnerdesk.engine.figures.figure import Arithmetic, Excluded, N, Origin
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine, Score, TierHeld
from partnerdesk.engine.period import Period, years_since
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import Exchange
from partnerdesk.engine.rules.keys import CUSTOMER_YEAR, OWN_YEARS, YEARS_OF
from partnerdesk.engine.semantics import NEWEST
from partnerdesk.engine.terms.measured import Drawn as Drawn
from partnerdesk.engine.terms.measured import Measured as Measured
from partnerdesk.engine.terms.measured import Plain
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.terms.windows import first_of_own_years
from partnerdesk.engine.world.world import World

if TYPE_CHECKING:
    from partnerdesk.engine.settling.clawback import Taking
    from partnerdesk.engine.terms.earnings import Event
    from partnerdesk.engine.tiers.line import TierLine


_ROUNDING = Origin("rule", "rounding")
EARNED = "earned in the period"
# Read faster than by their names.
AMOUNT = itemgetter(EarningLine._fields.index("amount"))
_RULE_AND_DAY = itemgetter(*map(EarningLine._fields.index, ("rule", "event")))
_RULE_DAY_AMOUNT = itemgetter(*map(EarningLine._fields.index, ("rule", "event", "amount")))


def _no_lines(*asked: object) -> Sequence[EarningLine[Any]]:
    """What is asked of the lines of earnings that nobody has made."""
    return ()


# Days of first facts, each behind the first day of the first version that looks at it.
FirstFacts: TypeAlias = tuple[tuple[date, date], ...]


class Reckoning(Generic[N]):
    """What the stages of an evaluation share for one partner."""

    # One is made for each partner, and a dictionary of so many attributes costs more than all of them.
    # fmt: off
    __slots__ = (
        "arithmetic", "as_of", "began", "begun", "below", "calendar", "currency", "drawn", "first", "first_facts",
        "grouped", "kin", "left_out", "lines_below", "lines_of", "nothing", "numbers", "opening", "paid_by_day",
        "paid_on", "parted", "partner", "plain", "problems", "reached", "renewals", "runs", "scopes", "scores",
        "semantics", "streams", "summed", "taken", "terms", "tier_held", "tier_line", "tiers_below", "totals",
        "world",
    )
    # fmt: on

    def __init__(self, arithmetic: Arithmetic[N], world: World, terms: Terms) -> None:
        self.arithmetic, self.world, self.terms = arithmetic, world, terms
        self.partner = world.partner.id
        self.as_of, self.currency, self.calendar = terms.as_of, terms.currency, terms.calendar
        self.numbers: list[dict[object, Measured[N]]] = [{} for _ in range(terms.slots)]
        self.drawn: dict[int, Drawn[N]] = {}
        self.plain: dict[int, Plain | tuple[()]] = {}  # the same read from columns; empty where that is not possible
        self.left_out: dict[int, list[Excluded]] = {}  # what does not count in a metric, once asked for
        self.grouped: dict[tuple[int, object], frozenset[Any]] = {}  # the groups that count in a metric
        self.parted: dict[tuple[str, Any], Reckoning[N]] = {}  # of the facts of one value of an attribute alone
        self.scores: dict[tuple[int, str], Score[N]] = {}
        self.reached: list[dict[str, str]] = [{} for _ in terms.versions]
        self.nothing = arithmetic.rule(ZERO, self.currency, "nothing", _ROUNDING)
        self.first = self.as_of  # the first day of the partner's periods
        self.first_facts: FirstFacts = ()  # its own, and those of partners below that it earns on or counts
        self.begun = [self.as_of for _ in terms.versions]  # the day it joined or its first fact, under each version
        self.began = self.as_of  # the same, under the version of the day
        self.opening: date | None = None  # the last day whose movements are in the balances taken over
        self.tier_line: TierLine[N] | None = None  # where a policy needs one
        self.tier_held: Callable[[date], str] | None = None  # the tier of each day, where it is held for a comparison
        self.scopes: dict[str, dict[str, list[int]]] = {}
        self.summed: dict[tuple[frozenset[str], str], dict[str, list[EarningLine[N]]]] = {}
        self.totals: dict[tuple[frozenset[str], str], dict[str, N]] = {}
        self.runs: dict[str, tuple[Period, ...]] = {}
        self.problems: list[Problem] = []
        self.semantics = NEWEST  # what the figures mean
        # First days of streams, by rule and partner; the worlds of the partners directly below, and their lines.
        self.streams: dict[object, dict[object, date]] = {}
        self.renewals: dict[object, dict[object, list[date]]] = {}
        self.below: Sequence[World] = ()
        self.lines_below: Callable[[str], Sequence[EarningLine[N]]] = _no_lines
        self.tiers_below: Mapping[str, Sequence[TierHeld]] = {}  # the tiers that partners below held, by partner
        self.kin: Mapping[str, Reckoning[N]] = {}  # those of partners that are worked out, where lines follow lines
        self.paid_on: dict[str, Event] = {}  # the line below, of each line that falls with it
        # What earnings paid, line by line with its day, for those whose bands go by it; by what names their sum.
        self.paid_by_day: dict[object, list[tuple[date, N]]] = {}
        self.taken: dict[str, Sequence[Taking[N]]] = {}  # what is clawed back of a line that others fall with
        # The lines of an earning by their event day, up to a day and in its order, before caps. Made as far as they
        # are asked for: a tier may rest on what was earned in the periods before.
        self.lines_of: Callable[[str, date], Sequence[EarningLine[N]]] = _no_lines

    @property
    def opens(self) -> date | None:
        """The first day whose movements are posted; None for a partner that was not taken over."""
        return None if self.opening is None else self.opening + timedelta(days=1)

    def scoped(self, lines: Sequence[EarningLine[N]], unit: str) -> dict[str, list[int]]:
        """The places of earning lines by the label of their period of a unit. Kept: lines never move."""
        found = self.scopes.get(unit)
        if found is None:
            found = self.scopes[unit] = {}
            periods = self.calendar.by_day.get(unit)
            for i, line in enumerate(lines):
                if periods is not None:
                    label = periods[line.event].label
                else:
                    label = self.label(line.event, unit, getattr(line, YEARS_OF[unit]) if unit in YEARS_OF else None)
                if label in found:
                    found[label].append(i)
                else:
                    found[label] = [i]
        return found

    def covered(
        self, lines: Sequence[EarningLine[N]], keys: frozenset[str], unit: str
    ) -> dict[str, list[EarningLine[N]]]:
        """The lines of some earnings by the label of their period of a unit. Kept once their caps are applied."""
        found = self.summed.get((keys, unit))
        if found is None:
            found, periods = {}, self.calendar.by_day.get(unit)
            for line, (rule, day) in zip(lines, map(_RULE_AND_DAY, lines), strict=True):
                if rule.key in keys:
                    label = self.label(day, unit) if periods is None else periods[day].label
                    if label in found:
                        found[label].append(line)
                    else:
                        found[label] = [line]
            self.summed[keys, unit] = found
        return found

    def earned(self, lines: Sequence[EarningLine[N]], keys: frozenset[str], unit: str) -> dict[str, N]:
        """What the lines of some earnings come to in their periods of a unit, by label. Kept."""
        found = self.totals.get((keys, unit))
        if found is None and self.arithmetic.plain and (keys, unit) not in self.summed:
            found = self.totals[keys, unit] = self._added(lines, keys, unit)
        if found is None:
            total, currency = self.arithmetic.sum, self.currency
            groups = self.covered(lines, keys, unit).items()
            found = {name: total([*map(AMOUNT, own)], currency, EARNED) for name, own in groups}
            self.totals[keys, unit] = found
        return found

    def _added(self, lines: Sequence[EarningLine[N]], keys: frozenset[str], unit: str) -> dict[str, N]:
        """The same sums in plain values, without the lines of each."""
        found: dict[str, Any] = {}
        periods = self.calendar.by_day.get(unit)
        for rule, day, amount in map(_RULE_DAY_AMOUNT, lines):
            if rule.key in keys:
                label = self.label(day, unit) if periods is None else periods[day].label
                found[label] = found.get(label, ZERO) + amount
        return found

    def below_at(self, level: int) -> "Sequence[World]":
        """The facts of the partners so many levels below, each in order of its id; none stands on two levels."""
        found = self.below
        seen = {self.partner, *(world.partner.id for world in found)}
        for _ in range(level - 1):
            if not found:
                break
            index = self.world.index
            children = [c for world in found for c in index.belonging("partner", "parent", world.partner.id)]
            fresh = sorted((child for child in children if child.id not in seen), key=lambda child: child.id)
            seen |= {child.id for child in fresh}
            found = [self.kin[c.id].world if c.id in self.kin else self.world.of(c) for c in fresh]
        return found

    def forget(self) -> None:
        """Drops what can be worked out again, where nothing says how it came about: memory that the next one takes."""
        if self.arithmetic.plain:
            for table in self.numbers:
                table.clear()
            self.drawn, self.plain, self.scopes, self.summed, self.totals = {}, {}, {}, {}, {}
            if self.terms.counts_of:
                self.world.tree.forget()

    def posts_only(self, lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
        """Goes on with some of the lines: what is known of all of them is forgotten."""
        self.scopes, self.summed, self.totals = {}, {}, {}
        return lines

    def label(self, day: date, unit: str, owner: object = None) -> str:
        """The name of the period of a unit that holds a day; all days are in one where the unit is `ever`.

        Years of a contract or customer are those of the `owner`. A partner, contract or customer whose first day is
        not known has the program's years.
        """
        if unit == "ever":
            return unit
        has_own = unit in OWN_YEARS or unit in YEARS_OF
        begins = self._begins(unit, owner) if has_own else None
        if begins is not None:
            return f"{unit} {years_since(begins, day)}"
        return self.calendar.at(day, "year" if has_own else unit).label

    def _begins(self, unit: str, owner: object) -> date | None:
        """The day on which years begin that are none of the program; None where it is not known."""
        if unit in OWN_YEARS:
            return first_of_own_years(unit, self.world.partner)
        if not isinstance(owner, str):
            return None
        if unit == CUSTOMER_YEAR:
            return self.world.customer_since(owner)
        contract = self.world.row("contract", owner)
        return None if contract is None else contract.start

    def alongside(self, period: Period) -> Sequence[Period]:
        """The periods that are worked out together with one: all of the partner's in values mode."""
        if not self.arithmetic.traced and period.is_whole:
            run = self.runs.get(period.unit)
            if run is None:
                # From a year before the first: growth asks for it.
                run = self.calendar.with_year_before(self.first, self.as_of, period.unit)
                self.runs[period.unit] = run
            if run[0].start <= period.start <= run[-1].start:
                return run
        return (period,)

    def money(self, rule: Exchange, row: Any, amount: Decimal, attribute: str, label: str, day: date) -> N:
        """An amount of a row in the program's currency, the exchange rate a visible step. Raises MissingRate."""
        own = self.arithmetic.leaf(row, attribute, amount, row.currency, label)
        return own if row.currency == self.currency else self.exchanged(rule, own, row.currency, label, day)

    def exchanged(self, rule: Exchange, own: N, currency: str, label: str, day: date) -> N:
        """An amount of a currency in the program's, by the rate of a day. Raises MissingRate."""
        if currency == self.currency:
            return own
        ar, found = self.arithmetic, self.world.exchange(currency, day, rule)
        words = " to ".join((currency, self.currency)[:: -1 if found.is_inverse else 1])
        rates = [ar.leaf(row, "rate", row.rate, "1", f"{words}, {day_words(row.day)}") for row in found.rows]
        rate = rates[0] if len(rates) == 1 else ar.pick("mean", rates, "1", f"{words}, mean")
        if found.is_inverse:
            return ar.quotient(own, rate, self.currency, label)
        return ar.product([own, rate], self.currency, label)
