"""Forecasts of the past, made with what was known then, against what came: nothing is looked at ahead of its day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import CALENDAR_YEAR, Calendar, FiscalYear, Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Evaluation
from partnerdesk.forecast.counting import Counted, all_lines
from partnerdesk.forecast.keeping import Said, said
from partnerdesk.forecast.known_facts import known_facts
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import forecast
from partnerdesk.forecast.prepared import Asked
from partnerdesk.forecast.ranges import Stretch
from partnerdesk.forecast.scoring import Judged
from partnerdesk.forecast.windows import moved

Chosen = Callable[[Learned, str], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tested: the days on which forecasts are made, how many months they reach, by month or quarter."""

    days: Sequence[date]
    months: int = 12
    unit: str = "quarter"
    scenarios: int = 200
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Tested:
    """Every period that was forecast and is over, and every chance that was given and came out."""

    rows: tuple[Judged, ...]
    odds: tuple[tuple[Decimal, bool], ...]


def everybody(learned: Learned, partner: str) -> bool:
    """Every partner that had business."""
    return any(who == partner for who, _ in learned.habits) or any(
        d.partner == partner for d in learned.facts.of("deal")
    )


def backtest(
    programs: Sequence[Program],
    facts: Facts,
    until: date,
    test: Trial,
    chosen: Chosen = everybody,
    counts: Counted = all_lines,
    step: Callable[[int, int], None] | None = None,
) -> Tested:
    """Forecasts on each day of the test for the partners chosen, judged by the facts as they stand on `until`."""
    truth = Truth(programs, facts, until, test.unit, counts)
    rows: list[Judged] = []
    odds: list[tuple[Decimal, bool]] = []
    for number, day in enumerate(test.days):
        if step:
            step(number, len(test.days))
        learned = Learned(known_facts(facts, day), day)
        asked = Asked(day, moved(day, test.months), test.scenarios, test.seed)
        for partner in sorted(p.id for p in learned.facts.of("partner")):
            if chosen(learned, partner):
                found = forecast(programs, learned, partner, asked, counts=counts, with_drivers=False)
                rows += truth.judged(said(found))
                odds += truth.came_out(said(found))
    return Tested(tuple(rows), tuple(odds))


class Truth:
    """What came, by partner and period, from the facts of a later day."""

    def __init__(self, programs: Sequence[Program], facts: Facts, until: date, unit: str, counts: Counted) -> None:
        self.until, self.unit, self.counts = until, unit, counts
        self.calendar: Calendar = Terms(programs, until).calendar
        self.found: Evaluation[Decimal] = evaluate(programs, facts, until)
        self.deals = {d.id: d.status for d in facts.of("deal") if d.status != "open"}
        self.contracts = {c.id: c.outcome for c in facts.of("contract") if c.outcome != "open"}
        self._sums: dict[str, dict[str, Decimal]] = {}

    def of(self, partner: str, period: Period) -> Decimal:
        """What a partner earned in a period."""
        if partner not in self._sums:
            sums = self._sums[partner] = {}
            for line in self.found.partners[partner].lines:
                if self.counts(line):
                    label = self.calendar.at(line.process, self.unit).label
                    sums[label] = sums.get(label, ZERO) + line.amount
        return self._sums[partner].get(period.label, ZERO)

    def judged(self, made: Said) -> Iterator[Judged]:
        """The periods of a forecast that began after its day and are over."""
        stretches = made.months if self.unit == "month" else made.quarters
        begun = [s for s in stretches if s.period.start > made.as_of]
        for ahead, stretch in enumerate(begun, 1):
            if stretch.period.end <= min(self.until, made.horizon):
                yield self._judged(made, stretch, ahead)

    def _judged(self, made: Said, stretch: Stretch, ahead: int) -> Judged:
        whose, period = made.whose, stretch.period
        since = min((self._since(partner) for partner in whose), default=self.until)
        last_year = self.calendar.months_before(period, 12)
        known = last_year.end <= made.as_of and last_year.end >= since
        return Judged(
            partner=made.partner,
            made=made.as_of.isoformat(),
            period=period.label,
            ahead=ahead,
            said=stretch.earned,
            came=self._of_all(whose, period),
            last_year=self._of_all(whose, last_year) if known else None,
            trailing=self._trailing(whose, made.as_of, since),
            pipeline=stretch.pipeline,
        )

    def _since(self, partner: str) -> date:
        """The day of a partner's first line."""
        first = self.found.partners[partner].lines[:1]
        return first[0].process if first else self.until

    def _of_all(self, partners: Sequence[str], period: Period) -> Decimal:
        return sum((self.of(partner, period) for partner in partners), ZERO)

    def _trailing(self, partners: Sequence[str], day: date, since: date) -> Decimal | None:
        """The mean of the year of finished periods before a day, as far back as there were lines."""
        count = self.calendar.year.count(self.unit)
        running = self.calendar.at(day, self.unit)
        last = running if running.end == day else self.calendar.after(running, -1)
        periods = [p for n in range(count) if (p := self.calendar.after(last, -n)).end >= since]
        return sum((self._of_all(partners, p) for p in periods), ZERO) / len(periods) if periods else None

    def came_out(self, made: Said) -> Iterator[tuple[Decimal, bool]]:
        """The chances of a forecast whose deal or contract has come out since."""
        for odds in made.odds:
            if odds.kind == "deal" and odds.id in self.deals:
                yield odds.chance, self.deals[odds.id] == "won"
            elif odds.kind == "contract" and odds.id in self.contracts:
                yield odds.chance, self.contracts[odds.id] != "churned"


def days_between(first: date, last: date, unit: str, year: FiscalYear = CALENDAR_YEAR) -> tuple[date, ...]:
    """The last days of the months or quarters from one day to another."""
    calendar = Calendar(year)
    found: Iterable[Period] = calendar.between(first, last, unit)
    return tuple(p.end for p in found if first <= p.end <= last)
