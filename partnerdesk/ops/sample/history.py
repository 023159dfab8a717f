"""The past of the sample book: commissions that were paid, and statements that were closed month by month.

Both follow from the program: what a month's statement left payable is paid on the twentieth of the month after.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Payment
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, Outcome
from partnerdesk.engine.period import Period, add_months
from partnerdesk.engine.rules import Program
from partnerdesk.ops.closing import Freezing
from partnerdesk.ops.facts import add_rows
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs

PAID_ON, ISSUED_ON = 20, 7
CLOSED_TO = date(2026, 9, 30)
MAKER, CHECKER = "Ines Roth", "Tomasz Wilk"


def tell_history(session: Session, as_of: date, *, system: str) -> None:
    """Adds the payments up to the as-of day and closes every month up to September 2026."""
    programs = needed_programs(session)
    kinds = kinds_used(programs)
    outcomes = evaluate(programs, facts(session, kinds=kinds), as_of).partners
    payments = [payment for outcome in outcomes.values() for payment in _payments(outcome, as_of)]
    add_rows(session, payments, system=system, by=MAKER, checked=True)
    paid = evaluate(programs, facts(session, kinds=kinds), as_of).partners
    _close(session, programs, list(paid.values()), as_of)


def _payments(outcome: Outcome, as_of: date) -> Iterator[Payment]:
    """What each month left payable, paid in the next one; a negative balance waits for better months."""
    open_ = ZERO
    for label in outcome.statements:
        period = _period(outcome, label)
        open_ += sum((e.amount for e in outcome.entries if e.bucket == PAYABLE and e.period == period), ZERO)
        day = add_months(period.start, 1).replace(day=PAID_ON)
        if open_ <= 0 or day > as_of:
            continue
        number = f"REM-{day:%Y-%m}-{outcome.partner}"
        yield Payment(
            id=number,
            partner=outcome.partner,
            day=day,
            amount=open_,
            currency=outcome.currency,
            remittance=number,
            method="bank transfer",
            known_on=day,
        )
        open_ = ZERO


def _period(outcome: Outcome, label: str) -> Period:
    return outcome.statements[label].period


def _close(session: Session, programs: tuple[Program, ...], outcomes: Sequence[Outcome], as_of: date) -> None:
    months = sorted(
        {
            period
            for outcome in outcomes
            for label in outcome.statements
            if (period := _period(outcome, label)).end <= CLOSED_TO
        },
        key=lambda p: p.start,
    )
    at = "{0}T08:00:00Z"
    freezing = Freezing(session, programs, as_of, MAKER, CHECKER, lambda p: at.format(_issued(p).isoformat()))
    freezing.freeze([(o, month) for month in months for o in outcomes if month.label in o.statements], _issued)


def _issued(period: Period) -> date:
    return period.end + timedelta(days=ISSUED_ON)
