"""What vests and is released when, what is at risk until when, and what one customer's leaving would take."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.trace import name
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs

VESTS, RELEASED, AT_RISK, LEAVING = "vests", "released", "risk", "leaving"


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Something dated about money that is not safe yet.

    vests and released: `amount` becomes payable on `day`; risk: it can be clawed back up to `day`; leaving: what the
    customer's leaving tomorrow would take, nothing of it after `day`. No day: it is not known, or without end.
    """

    id: str
    kind: str
    day: date | None
    customer: str
    line: str
    amount: Decimal
    note: str
    figure: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """All rows by day, and the customer whose leaving would cost most."""

    currency: str
    rows: tuple[CalendarRow, ...]
    worst: CalendarRow | None
    held: Decimal
    at_risk: Decimal  # the most of each line, all lines together


def calendar(session: Session, partner: str, as_of: date) -> Calendar:
    """The calendar of one partner as of a day; empty without a program."""
    if not programs(session):
        return Calendar("", (), None, ZERO, ZERO)
    outcome = evaluation(session, as_of).partners[partner]
    names = {c.id: c.name for c in facts(session, kinds=("customer",)).of("customer")}
    lines = {line.id: line for line in outcome.lines}
    leaving = tuple(_leaving(outcome, names))
    rows = [*leaving, *_held(outcome, lines, names), *_risks(outcome, lines, names)]
    rows.sort(key=lambda r: (r.day is None, r.day or date.max, r.kind, r.id))
    last = next(reversed(list(outcome.statements.values())), None)
    risk = sum((max(r.amount for r in found) for found in outcome.at_risk.values()), ZERO)
    held = last.rows[-1].held if last is not None else ZERO
    return Calendar(outcome.currency, tuple(rows), leaving[0] if leaving else None, held, risk)


def _leaving(outcome: Outcome, names: Mapping[str, str]) -> Iterator[CalendarRow]:
    for found in outcome.exposures.values():
        count = len(found.lines)
        note = f"{count} line{'s' * (count != 1)}"
        customer = names.get(found.customer, found.customer)
        figure = name("exposure", found.customer)
        yield CalendarRow(figure, LEAVING, found.until, customer, "", found.amount, note, figure)


def _held(
    outcome: Outcome, lines: Mapping[str, EarningLine[Decimal]], names: Mapping[str, str]
) -> Iterator[CalendarRow]:
    """What is held now, by the days on which it comes; the rest of a hold has no day."""
    label = next(reversed(list(outcome.statements)), "")
    for hold in outcome.statements[label].held if label else ():
        line = lines.get(hold.line)
        customer = names.get(line.customer or "", line.customer or "") if line is not None else ""
        kind, figure = VESTS if hold.kind == "vesting" else RELEASED, name("held", hold.id, label)
        parts: list[tuple[date | None, Decimal]] = [*hold.schedule]
        rest = hold.remaining - sum((amount for _, amount in hold.schedule), ZERO)
        for n, (day, amount) in enumerate([*parts, *([(None, rest)] if rest else [])]):
            yield CalendarRow(f"{figure}|{n}", kind, day, customer, hold.line, amount, hold.condition, figure)


def _risks(
    outcome: Outcome, lines: Mapping[str, EarningLine[Decimal]], names: Mapping[str, str]
) -> Iterator[CalendarRow]:
    for found in outcome.at_risk.values():
        for n, risk in enumerate(found):
            customer = lines[risk.line].customer or ""
            figure = name("at_risk", risk.line, risk.cause)
            note = f"if {risk.cause}, rule {risk.rule.reference}"
            yield CalendarRow(
                f"{figure}|{n}",
                AT_RISK,
                risk.until,
                names.get(customer, customer),
                risk.line,
                risk.amount,
                note,
                figure,
            )
