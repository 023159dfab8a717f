"""The past of the sample book: statements that were closed month by month, and commissions that were paid.

Each month is closed as it would have been: a few days after its end, on the facts known by then and with what earlier
closes had posted. What a month's statement leaves payable is paid on the twentieth of the month after.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Payment
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.period import Period, add_months, periods, statement_number
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from partnerdesk.engine.world.known import Known
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.sample.cast import FIRST
from partnerdesk.ops.statements.closing import Freezing
from partnerdesk.queries.figures import needed_programs

PAID_ON, ISSUED_ON = 20, 7
CLOSED_TO = date(2026, 9, 30)
MAKER, CHECKER = "Ines Roth", "Tomasz Wilk"


def tell_history(session: Session, as_of: date, *, system: str) -> None:
    """Closes every month up to September 2026 and adds the payments that followed, up to the as-of day."""
    past = _Past(session, needed_programs(session), as_of)
    for month in periods(FIRST, CLOSED_TO, "month"):
        past.close(month)
    payments = sorted(past.payments, key=lambda p: (p.partner, p.id))
    add_rows(session, payments, system=system, by=MAKER, checked=True)


class _Past:
    """The book as its months went by: what was known, what was posted, what was paid."""

    def __init__(self, session: Session, programs: tuple[Program, ...], as_of: date) -> None:
        self.programs, self.as_of = programs, as_of
        self.freezing = Freezing(session, programs, as_of, MAKER, CHECKER, _closed_at)
        self.known = Known(self.freezing.builder.facts)
        self.entries: dict[str, list[Entry[Decimal]]] = defaultdict(list)
        self.posted: Mapping[str, Posted] = {}
        self.payments: list[Payment] = []

    def close(self, month: Period) -> None:
        """Closes a month for everyone who has a statement, and pays what it left payable."""
        day = issued(month)
        facts = self.known.at(day)
        found = evaluate(self.programs, facts, day, posted=self.posted).partners.values()
        outcomes = [outcome for outcome in found if month.label in outcome.statements]
        self.freezing.on(day, facts).freeze([(outcome, month) for outcome in outcomes], issued)
        for outcome in outcomes:
            self.entries[outcome.partner] += outcome.statements[month.label].entries
        self.posted = {partner: Posted(month.end, tuple(entries)) for partner, entries in self.entries.items()}
        self.pay(outcomes, month)

    def pay(self, outcomes: Sequence[Outcome], month: Period) -> None:
        payments = [p for outcome in outcomes for p in _payment(outcome, month) if p.day and p.day <= self.as_of]
        self.known.pay(payments)
        self.payments += payments


def _payment(outcome: Outcome, month: Period) -> Iterator[Payment]:
    """What a month left payable, paid in the next one; a negative balance waits for better months."""
    amount = outcome.statements[month.label].row("closing").payable
    day = add_months(month.start, 1).replace(day=PAID_ON)
    number = f"REM-{day:%Y-%m}-{outcome.partner}"
    if amount > 0:
        yield Payment(
            id=number,
            partner=outcome.partner,
            day=day,
            amount=amount,
            currency=outcome.currency,
            remittance=number,
            method="bank transfer",
            bank_reference=f"BT{day:%y%m%d}/{outcome.partner.removeprefix('P-')}",
            statements=statement_number(month),
            known_on=day,
        )


def issued(month: Period) -> date:
    """The day on which a month was closed: a week after its end, or the Monday after that."""
    day = month.end + timedelta(days=ISSUED_ON)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _closed_at(month: Period) -> str:
    return f"{issued(month).isoformat()}T08:00:00Z"
