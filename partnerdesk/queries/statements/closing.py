"""What a period's close would freeze: every partner's statement, its checks, and what stands in the way."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import decimals, rounded
from partnerdesk.engine.outcome import OPENING, Statement
from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Program
from partnerdesk.engine.trace import ADJUSTED, CLAWED_BACK, MOVEMENTS, PAID, moves
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs, programs
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.disputes import DisputeRow, disputes
from partnerdesk.queries.statements.openings import first_opening
from partnerdesk.queries.statements.wording import NOT_CLOSED
from partnerdesk.queries.vanished import Waiting, waiting

READY, BLOCKED, CLOSED, OPEN = "ready", "blocked", "closed", "running"


def moment_in(own: date | None, at: str) -> str:
    """The moment of a close in a book: on its own day where it stands at one, so that what follows can be of that day.

    `at` is the clock's moment as UTC text.
    """
    return f"{own.isoformat()}{at[10:]}" if own is not None else at


@dataclass(frozen=True, slots=True)
class RunRow:
    """One partner in a period's run; amounts in `currency`. `why` says what blocks it."""

    partner: str
    name: str
    currency: str
    opening: Decimal
    earned: Decimal
    transfers: Decimal
    clawed_back: Decimal
    adjusted: Decimal
    paid: Decimal
    held: Decimal
    payable: Decimal
    status: str  # ready, blocked, closed, running
    why: str
    checks: tuple[tuple[str, Decimal], ...]
    statement_id: int | None = None
    sha256: str = ""
    revision: int = 1  # of a closed statement, the latest one
    disputes: tuple[DisputeRow, ...] = ()  # of this statement's lines, open ones first
    number: str = ""  # of a closed statement
    before: Decimal | None = None  # earned in the period before; None in a partner's first one

    @property
    def closing(self) -> Decimal:
        return self.held + self.payable

    @property
    def change(self) -> Decimal | None:
        """Earned against the period before; None in a partner's first one."""
        return None if self.before is None else self.earned - self.before


@dataclass(frozen=True, slots=True)
class Run:
    """A period's run over all partners."""

    period: str
    start: date
    end: date
    currency: str
    as_of: date
    rows: tuple[RunRow, ...]
    version: str = ""  # of the program that is in force at the period's end

    @property
    def is_closed(self) -> bool:
        return bool(self.rows) and all(r.status == CLOSED for r in self.rows)

    @property
    def ready(self) -> tuple[RunRow, ...]:
        return tuple(r for r in self.rows if r.status == READY)

    @property
    def changed(self) -> tuple[RunRow, ...]:
        """Those that earn something else than in the period before, the largest change first."""
        found = [(abs(row.change), row.name, row) for row in self.rows if row.change]
        return tuple(row for _, _, row in sorted(found, key=lambda f: (-f[0], f[1])))

    @property
    def taken_back(self) -> tuple[RunRow, ...]:
        """Those of which this close claws back, or forfeits, something; the most first."""
        return tuple(sorted((r for r in self.ready if r.clawed_back < 0), key=lambda r: (r.clawed_back, r.name)))

    @property
    def total(self) -> Decimal:
        """The closing balances of all that are ready, together: what the second confirmation types in."""
        return sum((r.closing for r in self.ready), Decimal(0))


def statement_periods(session: Session, as_of: date) -> tuple[Period, ...]:
    """All statement periods of the book, newest first; none where it has no program yet."""
    found: dict[str, Period] = {}
    versions = programs(session)
    if not versions:
        return ()
    since = first_opening(session)
    for outcome in evaluation(session, as_of).partners.values():
        for label in outcome.statements:
            found.setdefault(label, period_named(versions, label, as_of, since))
    return tuple(sorted(found.values(), key=lambda p: p.start, reverse=True))


def period_named(versions: tuple[Program, ...], label: str, as_of: date, since: date | None = None) -> Period:
    """The statement period of a label such as 2026-09; none earlier than the first version, or than the day `since`
    of the first opening statement. Raises Refused for one that the program does not have.
    """
    program, began = versions[-1], versions[0].effective_from
    period = last = first = period_at(as_of, program.statements, program.fiscal_year)
    while period.end >= min(began, since or began):
        if period.label == label:
            return period
        first, period = period, previous_period(period, program.fiscal_year)
    sentence = f"There is no statement period {label}."
    if last.end < began:
        raise Refused(sentence, f"They begin on {began}.")
    raise Refused(sentence, f"There are those from {first.label} to {last.label}.")


def run(session: Session, label: str, as_of: date) -> Run:
    """The period's statements as they would close now, or as they were closed."""
    versions = needed_programs(session)
    period = period_named(versions, label, as_of, first_opening(session))
    found = evaluation(session, as_of)
    names = {p.id: p.name for p in facts(session, kinds=("partner",)).of("partner")}
    closed = {row.partner: row for row in closed_statements(session, period=label)}
    last = _last_closed(session)
    gone = waiting(session)
    rows = [
        run_row(outcome, names.get(id, id), period, as_of, closed.get(id), last.get(id), gone.get(id))
        for id, outcome in found.partners.items()
        if label in outcome.statements
    ]
    if closed:
        rows = _with_disputes(session, rows, closed, as_of)
    begun = [p for p in versions if p.effective_from <= period.end] or [versions[0]]
    ordered = tuple(sorted(rows, key=lambda r: r.name))
    return Run(label, period.start, period.end, versions[-1].currency, as_of, ordered, begun[-1].version)


def _with_disputes(session: Session, rows: list[RunRow], closed: Mapping[str, ClosedRow], as_of: date) -> list[RunRow]:
    """The rows with the disputes of their closed statements' lines."""
    found: dict[tuple[str, str], list[DisputeRow]] = defaultdict(list)
    for dispute in disputes(session, as_of):
        found[dispute.partner, dispute.statement].append(dispute)
    numbers = {row.partner: closed[row.partner].number if row.partner in closed else "" for row in rows}
    return [replace(row, disputes=tuple(found.get((row.partner, numbers[row.partner]), ()))) for row in rows]


def _last_closed(session: Session) -> dict[str, date]:
    last: dict[str, date] = {}
    for row in closed_statements(session):
        last[row.partner] = max(row.end, last.get(row.partner, row.end))
    return last


def run_row(
    outcome: Outcome,
    name: str,
    period: Period,
    as_of: date,
    closed: ClosedRow | None,
    last: date | None,
    gone: Waiting | None = None,
) -> RunRow:
    """One partner's row of a run; rows that are `gone` from their source wait for an answer before it."""
    statement = outcome.statements[period.label]
    status, why = _status(outcome, statement, period, as_of, closed, last)
    if status == READY and gone is not None:
        status, why = BLOCKED, gone.why
    return RunRow(
        partner=outcome.partner,
        name=name,
        currency=statement.currency,
        **_told(statement),
        status=status,
        why=why,
        checks=tuple((c.name, c.difference) for c in statement.checks),
        statement_id=closed.id if closed else None,
        sha256=closed.sha256 if closed else "",
        revision=closed.revision if closed else 1,
        disputes=(),
        number=closed.number if closed else "",
        before=_earned_before(outcome, period),
    )


def _earned_before(outcome: Outcome, period: Period) -> Decimal | None:
    before = _label_before(outcome, period)
    return movements(outcome.statements[before])["earned"] if before else None


def _label_before(outcome: Outcome, period: Period) -> str:
    """The label of the statement before a period's; empty before the first one."""
    labels = list(outcome.statements)
    place = labels.index(period.label)
    return labels[place - 1] if place else ""


def movements(statement: "Statement[Decimal]") -> dict[str, Decimal]:
    """The columns of a run from a statement's roll-forward, as a close keeps them."""
    columns = {
        column: sum((r.total for r in statement.rows if moves(column, r.key)), Decimal(0))
        for column in MOVEMENTS
        if column != "closing"
    }
    closing = statement.row("closing")
    return columns | {"held": closing.held, "payable": closing.payable}


def _told(statement: "Statement[Decimal]") -> dict[str, Decimal]:
    """The same where a payment that was learned late is paid, which the roll-forward has among its corrections, and a
    debt that was waived is adjusted, which it has beside what was forfeited.
    """
    columns = movements(statement)
    late = sum((entry.amount for entry in statement.paid_late), Decimal(0))
    waived = sum((entry.amount for entry in statement.losses if entry.amount > 0), Decimal(0))
    return columns | {
        CLAWED_BACK: columns[CLAWED_BACK] - waived,
        ADJUSTED: columns[ADJUSTED] - late + waived,
        PAID: columns[PAID] + late,
    }


def _finer(statement: "Statement[Decimal]") -> Decimal | None:
    """An amount that no payment can be, nor a ledger hold; None where all are whole smallest units."""
    places = decimals(statement.currency)
    amounts = (*(row.total for row in statement.rows), *(entry.amount for entry in statement.entries))
    return next((amount for amount in amounts if amount != rounded(amount, places)), None)


def _status(
    outcome: Outcome,
    statement: "Statement[Decimal]",
    period: Period,
    as_of: date,
    closed: ClosedRow | None,
    last: date | None,
) -> tuple[str, str]:
    if closed is not None:
        return CLOSED, ""
    if period.end > as_of:
        return OPEN, f"the period ends on {period.end.isoformat()}"
    wrong = [c for c in statement.checks if not c.is_ok]
    if wrong:
        return BLOCKED, f"{wrong[0].name}: differs by {amount_words(wrong[0].difference, statement.currency)}"
    if stopping := errors(outcome.problems):
        return BLOCKED, str(stopping[0])
    if (finer := _finer(statement)) is not None:
        return (
            BLOCKED,
            f"{finer:,f} {statement.currency} is finer than its smallest unit (the program's rounding.decimals)",
        )
    if any(e.kind == OPENING and not e.reference for e in statement.entries):
        return BLOCKED, "its opening balances name no evidence"
    if last is not None and last > period.end:
        return BLOCKED, f"a later period is closed already ({last.isoformat()})"
    before = _label_before(outcome, period)
    if before and (last is None or last < period.start - timedelta(days=1)):
        return BLOCKED, f"{before}{NOT_CLOSED}"
    return READY, ""
