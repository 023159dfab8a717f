"""One course through the engine for many scenarios of a partner, and what comes of it in each of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from partnerdesk.engine.evaluate import evaluate_one, reached_at_end
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.modules import Roster
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import PartnerOutcome
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.world import World
from partnerdesk.forecast.below import looks_below
from partnerdesk.forecast.counting import Counted, Days, Months
from partnerdesk.forecast.many import Many
from partnerdesk.forecast.possible import Members, Outlooks, Together
from partnerdesk.forecast.prepared import Prepared, TierOf
from partnerdesk.forecast.sums import added
from partnerdesk.forecast.varied import Apart, Course, Varied, Where, is_everywhere
from partnerdesk.forecast.worlds import ManyIndex, ManyWorld

Amounts = tuple[Days, Days, Decimal]


class Runner:
    """Takes many scenarios of a partner through the engine at once: for what they earn, and for their tiers."""

    def __init__(self, prepared: Prepared, months: Months, counts: Counted, held: TierOf | None) -> None:
        self.prepared, self.months, self.counts, self.held = prepared, months, counts, held
        self.outlooks = Outlooks(prepared)
        self.known: dict[int, str] = {}  # tiers that were found with amounts, as long as those decided about them
        self.tiers_follow = True
        roster = Roster(prepared.programs, prepared.asked.horizon, Index(prepared.base))
        self.partner = next(row for row in prepared.base.of("partner") if row.id == prepared.partner)
        self.terms = roster.world(self.partner).terms
        is_apart = prepared.base.of("hold") or _names_lines(prepared) or _is_shared(prepared)
        self.is_able = not (_counts_lines(self.terms) or is_apart)

    def amounts(self, members: Members) -> tuple[dict[int, Amounts], list[Members]]:
        """What some of these scenarios earn, and the groups of the others. Raises Apart."""
        way = self._begun(members)
        outcome: PartnerOutcome[Any] = evaluate_one(way.reckoning, way.facts, self.prepared.posted)
        _check(way.course, outcome, _places(way.together))
        columns, others, here = self._columns(outcome), way.others(members), way.course.among(None)
        if self.tiers_follow:
            tier = outcome.reached_at_end()
            self.known |= {int(members[i]): tier for i in way.course.among(None)}
            self.tiers_follow = len(way.course.left) == len(others)
        return {int(members[i]): _amounts(columns, i) for i in here}, others

    def tiers(self, members: Members) -> tuple[dict[int, str], list[Members]]:
        """The tiers that some of these scenarios reach, and the groups of the others. Raises Apart."""
        way = self._begun(members)
        tier = reached_at_end(way.reckoning, way.facts)
        return {int(members[i]): tier for i in way.course.among(None)}, way.others(members)

    def tier(self, scenario: int) -> str:
        """The tier that one scenario reaches."""
        facts = self.prepared.facts(scenario)
        reckoning = Reckoning(VALUES, World(Index(facts), self.partner, self.terms), self.terms)
        reckoning.tier_held = self.held
        return reached_at_end(reckoning, facts)

    def _begun(self, members: Members) -> "Way":
        course = Course(len(members))
        together = self.outlooks.of(members, course)
        index = ManyIndex(together, course)
        reckoning = Reckoning(Many(course), ManyWorld(index, self.partner, self.terms), self.terms)
        reckoning.tier_held = self.held
        everything = {**index.facts.rows}
        for kind, rows in together.possible.items():
            everything[kind] = (*everything.get(kind, ()), *(p.row for p in rows))
        return Way(course, together, reckoning, Facts(everything))

    def _columns(self, outcome: PartnerOutcome[Any]) -> tuple[dict[date, Any], dict[date, Any], Any]:
        """Earned and payable by day, and what is taken back, each in all scenarios."""
        first, as_of = self.months.first, self.prepared.asked.as_of
        earned = ((x.process, x.amount) for x in outcome.lines if x.process >= first and self.counts(x))
        payable = ((e.day, e.amount) for e in outcome.entries if self.months.is_payable(e))
        clawed = [e.amount for e in outcome.entries if e.kind == "clawback" and e.day > as_of]
        return _by_day(earned), _by_day(payable), added(clawed)


class Way(NamedTuple):
    """A course that has begun: its rows, its reckoning, and all facts that there may be."""

    course: Course
    together: Together
    reckoning: Reckoning[Any]
    facts: Facts

    def others(self, members: Members) -> list[Members]:
        """The groups that were left out."""
        return [members[np.flatnonzero(left)] for left in self.course.left]


def _counts_lines(terms: Terms) -> bool:
    """Whether lines of earnings are looked at in ways that hang on how many there are, or on partners below."""
    rules = [t for version in terms.versions for t in version.earnings.values()]
    return looks_below(terms) or terms.is_fed_back or any(t.rule.on == LINES and t.is_sifted for t in rules)


def _names_lines(prepared: Prepared) -> bool:
    """Whether an adjustment or a dispute names a line of something that is open."""
    named = [row.line for kind in ("adjustment", "dispute") for row in prepared.base.of(kind) if row.line]
    return any(item.id in line for line in named for item in prepared.items)


def _is_shared(prepared: Prepared) -> bool:
    """Whether something open is another partner's, and this one only credited on it."""
    return any(item.alternatives[0].rows[0][1].partner != prepared.partner for item in prepared.items)


def _by_day(pairs: Iterable[tuple[date, Any]]) -> dict[date, Any]:
    found: dict[date, list[Any]] = defaultdict(list)
    for day, amount in pairs:
        found[day].append(amount)
    return {day: added(amounts) for day, amounts in found.items()}


def _amounts(columns: tuple[dict[date, Any], dict[date, Any], Any], place: int) -> Amounts:
    earned, payable, clawed = columns
    return _days(earned, place), _days(payable, place), -_at(clawed, place)


def _days(amounts: dict[date, Any], place: int) -> Days:
    return {day: _at(amount, place) for day, amount in amounts.items()}


def _at(amount: Any, place: int) -> Decimal:
    found: Decimal = amount.at(place) if isinstance(amount, Varied) else amount
    return found


def _places(together: Together) -> dict[tuple[str, str], Where]:
    """Where each fact is that is not there in all scenarios, by its id as it is written."""
    return {(kind, str.__str__(p.row.id)): p.where for kind, rows in together.possible.items() for p in rows}


def _check(course: Course, outcome: PartnerOutcome[Any], places: dict[tuple[str, str], Where]) -> None:
    """Raises Apart unless every line and entry is there exactly where the fact is that it came from."""
    lines: dict[str, Where | None] = {}
    for line in sorted(outcome.lines, key=lambda line: line.fact_kind == LINES):  # those on own lines come last
        where = (
            lines.get(line.fact_id)
            if line.fact_kind == LINES
            else places.get((line.fact_kind, str.__str__(line.fact_id)))
        )
        lines[line.id] = where
        _is_where(course, line.amount, where)
    for entry in outcome.entries:
        _is_where(course, entry.amount, lines.get(entry.line))
        if entry.kind == "trueup" and not is_everywhere(entry.amount):
            raise Apart("a closed period that differs")


def _is_where(course: Course, amount: Any, where: Where | None) -> None:
    own = amount.where if isinstance(amount, Varied) else None
    if not isinstance(amount, Varied) and amount == ZERO:
        return
    here, there = (course.active if one is None else course.active & one for one in (own, where))
    if not np.array_equal(here, there):
        raise Apart("an amount that is not there where its fact is")
