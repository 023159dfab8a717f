"""What clawbacks, corrections and adjustments of a statement refer to: the line as it was, and who approved them."""

from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from partnerdesk.engine.outcome import HELD, OPENING, Entry, Statement
from partnerdesk.engine.period import Period, statement_number
from partnerdesk.engine.semantics import TELLS_CORRECTED, TELLS_POSTED
from partnerdesk.engine.whole import Outcome
from partnerdesk.reports.statement.document import CorrectionDetail

Rows = Mapping[tuple[str, str], Any]

# Kinds of entries by which a line comes onto a statement.
_EARNED = ("accrual", "topup", OPENING)
_START = attrgetter("start")


def corrections_of(
    outcome: Outcome, statement: "Statement[Decimal]", rows: Rows, semantics: int
) -> dict[str, CorrectionDetail]:
    """The details by entry; `rows` are the facts by kind and id, `semantics` what the figures mean."""
    lines = {line.id: line for line in outcome.lines}
    found: dict[str, CorrectionDetail] = {}
    for entry in statement.entries:
        if entry.kind == "adjustment":
            row = rows.get(("adjustment", entry.id.removeprefix("adjustment:")))
            found[entry.id] = CorrectionDetail(approver=row.approver if row is not None else "")
        elif entry.kind == "trueup" and semantics >= TELLS_POSTED:
            if entry.line:
                found[entry.id] = _as_posted(outcome, entry)
            elif semantics >= TELLS_CORRECTED and (posting := _posting(outcome, entry)) is not None:
                found[entry.id] = CorrectionDetail(statement_number(posting))
        elif entry.kind in ("clawback", "trueup", "forfeiture") and entry.line in lines:
            line = lines[entry.line]
            found[entry.id] = _original(outcome, statement_number(line.period), line.amount, entry)
        elif entry.kind == "clawback" and entry.line.startswith(f"{OPENING}:"):
            found[entry.id] = _taken_over(outcome, entry, rows)
    return found


def _as_posted(outcome: Outcome, entry: Entry[Decimal]) -> CorrectionDetail:
    """The corrected line as the first statement that has it says: what it had earned, and what of it had vested.

    A line that was known too late for its own period stands on a later statement by corrections alone. Nothing is
    told of one that no statement before this one has.
    """
    before = [e for e in outcome.entries if e.line == entry.line and e.period.end < entry.period.start]
    if not before:
        return CorrectionDetail()
    posting = min((e.period for e in before if _is_earned(e)), key=_START, default=None)
    if posting is None:  # no line of its own, such as what is held back of a sum
        return CorrectionDetail(statement_number(min((e.period for e in before), key=_START)))
    own = [e for e in before if e.period == posting]
    amount = sum((e.amount for e in own if _is_earned(e)), Decimal(0))
    held = sum((e.amount for e in own if e.bucket == HELD), Decimal(0))
    return CorrectionDetail(statement_number(posting), amount, amount - held)


def _posting(outcome: Outcome, entry: Entry[Decimal]) -> Period | None:
    """The first period that posted what belongs to no line, such as a holdback on a sum; None where none did."""
    before = (e for e in outcome.entries if entry.reference in (e.id, e.reference))
    return min((e.period for e in before if e.period.end < entry.period.start), key=_START, default=None)


def _is_earned(entry: Entry[Decimal]) -> bool:
    """Whether an entry, or the one that it corrects, brings a line onto a statement."""
    if entry.kind != "trueup":
        return entry.kind in _EARNED
    return any(entry.reference.endswith(f":{kind}:{entry.bucket}") for kind in _EARNED)


def _taken_over(outcome: Outcome, entry: Entry[Decimal], rows: Rows) -> CorrectionDetail:
    """What a line of the former ledger had earned by its opening balances: what is held, payable and paid of it."""
    line = entry.line.removeprefix(f"{OPENING}:")
    balances = [row for (kind, _), row in rows.items() if kind == OPENING and row.partner == outcome.partner]
    own = [row for row in balances if (row.line or row.id) == line]
    parts = [row.amount for row in own if row.amount is not None and row.kind != "receivable"]
    first = next((e for e in outcome.entries if e.kind == OPENING and e.line == entry.line), entry)
    if not parts or any(row.currency != outcome.currency for row in own):
        return CorrectionDetail()
    return _original(outcome, statement_number(first.period), sum(parts, Decimal(0)), entry)


def _original(outcome: Outcome, number: str, amount: Decimal, entry: Entry[Decimal]) -> CorrectionDetail:
    """What a corrected line was, and what of it had vested by then."""
    own = (e for e in outcome.entries if e.line == entry.line and e.bucket == HELD and e.day < entry.day)
    return CorrectionDetail(number, amount, amount - sum((e.amount for e in own), Decimal(0)))
