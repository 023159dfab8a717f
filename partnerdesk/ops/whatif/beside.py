"""Two cases side by side: tier, score, metrics, money, by period and line by line; why they differ is in `because`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, EarningLine, is_remitted
from partnerdesk.engine.period import Period
from partnerdesk.engine.trace import name
from partnerdesk.engine.whole import Outcome
from partnerdesk.ops.whatif.facts_changed import Left
from partnerdesk.ops.whatif.trying import Case, Tried, given, tried

TIER, METRICS, MONEY = "Tier and score", "Metrics", "Money"
MONTHS_SHOWN = 12
Value = Decimal | str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of both sides; `figure` is the name of its Why, empty for a word. A share has the unit %."""

    key: str
    group: str
    label: str
    unit: str
    before: Value
    after: Value
    figure: str = ""
    period: str = ""  # the label of its period, for a figure of one

    @property
    def words(self) -> str:
        """What it is called, with its period."""
        return f"{self.label}, {self.period}" if self.period else self.label

    @property
    def change(self) -> Decimal | None:
        """What the second side has more; None for words, and where a side has no figure."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal):
            return self.after - self.before
        return None

    @property
    def is_moved(self) -> bool:
        """Whether the sides differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A statement period: earned, what became payable before any payment, and the closing balance of both sides."""

    period: Period
    earned: tuple[Decimal, Decimal]
    payable: tuple[Decimal, Decimal]
    closing: tuple[Decimal, Decimal]

    @property
    def is_moved(self) -> bool:
        """Whether the sides differ."""
        return any(before != after for before, after in (self.earned, self.payable, self.closing))


@dataclass(frozen=True, slots=True)
class LineRow:
    """An earning line that differs; None on the side that does not have it. `tiers` are those of both sides."""

    id: str
    says: str
    type: str
    day: date
    customer: str
    rule: str
    before: Decimal | None
    after: Decimal | None
    tiers: tuple[str, str]

    @property
    def change(self) -> Decimal:
        """What the second side pays more."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Beside:
    """Both sides of a partner. `left` are changes of either side that are left out."""

    partner: Partner
    currency: str
    before: Case
    after: Case
    days: tuple[date, date]
    version: str  # of the program in force on the second side's day
    figures: tuple[FigureRow, ...]
    periods: tuple[PeriodRow, ...]  # the latest ones and those that differ, newest first
    lines: tuple[LineRow, ...]
    left: tuple[Left, ...]
    taken_as_paid: int

    def figure(self, key: str) -> FigureRow | None:
        """A figure by its key."""
        return next((row for row in self.figures if row.key == key), None)


def beside(session: Session, partner: str, before: Case, after: Case, today: date) -> Beside:
    """Two cases of a partner. Raises Refused as `trying.tried` does."""
    book = given(session, partner, today)
    one, other = tried(session, partner, before, today), tried(session, partner, after, today)
    names = {c.id: c.name for side in (one, other) for c in side.facts.of("customer")}
    held = [p for p in other.programs if p.effective_from <= other.day] or [other.programs[0]]
    return Beside(
        partner=book.partner,
        currency=other.outcome.currency,
        before=before,
        after=after,
        days=(one.day, other.day),
        version=held[-1].version,
        figures=tuple(_figures(one, other)),
        periods=tuple(_periods(one.outcome, other.outcome)),
        lines=tuple(_lines(one.outcome, other.outcome, names)),
        left=(*one.left, *(left for left in other.left if left not in one.left)),
        taken_as_paid=max(one.taken_as_paid, other.taken_as_paid),
    )


def _figures(one: Tried, other: Tried) -> Iterator[FigureRow]:
    sides = one.outcome, other.outcome
    yield from _standing(one, other)
    label = _last(sides[1].standings or sides[1].scores)
    for (metric, period), found in sides[1].metrics.items():
        if period == label:
            was = sides[0].metrics.get((metric, period))
            before = was.value if was else None
            figure = name("metric", metric, period)
            yield FigureRow(metric, METRICS, found.label, found.unit, before, found.value, figure)
    yield from _money(*sides)


def _row(
    key: str, group: str, label: str, unit: str, sides: Sequence[Value], figure: str = "", period: str = ""
) -> FigureRow:
    before, after = sides
    return FigureRow(key, group, label, unit, before, after, figure, period)


def _last(labels: Mapping[str, Any]) -> str:
    """The label of the last period, or nothing."""
    return next(reversed(list(labels)), "")


def _standing(one: Tried, other: Tried) -> Iterator[FigureRow]:
    sides = one.outcome, other.outcome
    if not sides[1].standings and not sides[1].scores:
        return
    label = _last(sides[1].standings or sides[1].scores)
    if sides[1].standings:
        held = [side.outcome.tier_on(side.day) for side in (one, other)]
        yield _row("tier", TIER, "Tier in force", "", held)
        standings = [side.standings.get(label) for side in sides]
        reached = [s.reached if s else None for s in standings]
        yield _row("reached", TIER, "Tier reached", "", reached, period=label)
        short = [s.points_short if s else None for s in standings]
        nexts = {s.next_tier for s in standings if s}
        if len(nexts) == 1 and short[1] is not None:
            words = f"Short of {nexts.pop()}"
            yield _row("short", TIER, words, "points", short, name("short", label))
    scores = [side.scores.get(label) for side in sides]
    if scores[1] is not None:
        totals = [s.total if s else None for s in scores]
        yield _row("score", TIER, "Score", "points", totals, name("score", label), label)


def _money(one: Outcome, other: Outcome) -> Iterator[FigureRow]:
    """The running statement period of the second side, and what all lines come to."""
    label = _last(other.statements)
    if not label:
        return
    unit = other.currency
    earned = [_earned(side).get(label, ZERO) for side in (one, other)]
    yield _row("earned", MONEY, "Earned", unit, earned, name("moved", "earned", label), label)
    for bucket, words in (("payable", "Payable"), ("held", "Held"), ("total", "Balance")):
        amounts = [_closing(side, label, bucket) for side in (one, other)]
        yield _row(bucket, MONEY, f"{words}, closing", unit, amounts, name("row", "closing", bucket, label))
    whole = [sum((line.amount for line in side.lines), ZERO) for side in (one, other)]
    yield _row("whole", MONEY, "Earned in all", unit, whole)


def _closing(side: Outcome, label: str, bucket: str) -> Decimal:
    """The closing balance of a period; of the last one before it where the side has no such period."""
    found = side.statements.get(label) or next(iter(reversed(list(side.statements.values()))), None)
    return getattr(found.row("closing"), bucket) if found else ZERO


def _earned(side: Outcome) -> dict[str, Decimal]:
    """What each statement period earned, corrections of closed periods apart."""
    found: dict[str, Decimal] = {}
    for label, statement in side.statements.items():
        rows = (r for r in statement.rows if r.key.startswith("earned.") or r.key == "topup")
        found[label] = sum((r.total for r in rows), ZERO)
    return found


def _payable(side: Outcome) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for entry in side.entries:
        if entry.bucket == PAYABLE and not is_remitted(entry):
            found[entry.period.label] = found.get(entry.period.label, ZERO) + entry.amount
    return found


def _periods(one: Outcome, other: Outcome) -> Iterator[PeriodRow]:
    sides = one, other
    earned, payable = [_earned(side) for side in sides], [_payable(side) for side in sides]
    periods: dict[str, Period] = {label: s.period for side in sides for label, s in side.statements.items()}
    ordered = sorted(periods.values(), key=lambda p: p.start, reverse=True)
    for number, period in enumerate(ordered):
        label = period.label
        row = PeriodRow(
            period,
            (earned[0].get(label, ZERO), earned[1].get(label, ZERO)),
            (payable[0].get(label, ZERO), payable[1].get(label, ZERO)),
            (_at_end(one, label), _at_end(other, label)),
        )
        if number < MONTHS_SHOWN or row.is_moved:
            yield row


def _at_end(side: Outcome, label: str) -> Decimal:
    statement = side.statements.get(label)
    return statement.row("closing").total if statement else ZERO


def _lines(one: Outcome, other: Outcome, names: Mapping[str, str]) -> Iterator[LineRow]:
    """The lines that differ, the greatest difference first."""
    before = {line.id: line for line in one.lines}
    after = {line.id: line for line in other.lines}
    rows = [
        _line(before.get(id), after.get(id), names)
        for id in {**before, **after}
        if _amount(before.get(id)) != _amount(after.get(id))
    ]
    yield from sorted(rows, key=lambda row: (-abs(row.change), row.id))


def _amount(line: EarningLine[Decimal] | None) -> Decimal | None:
    return line.amount if line is not None else None


def _line(before: Any, after: Any, names: Mapping[str, str]) -> LineRow:
    line = after or before
    tiers = (before.tier if before else "", after.tier if after else "")
    customer = names.get(line.customer or "", line.customer or "")
    amounts = _amount(before), _amount(after)
    return LineRow(line.id, line.says, line.type, line.event, customer, line.rule.key, *amounts, tiers)
