"""What clawbacks, corrections and adjustments of a statement refer to: the line as it was, and who approved them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from partnerdesk.engine.outcome import OPENING, Entry, Outcome, Statement
from partnerdesk.ops.statements.numbers import statement_number
from partnerdesk.reports.statement.document import CorrectionDetail

Rows = Mapping[tuple[str, str], Any]


def corrections_of(outcome: Outcome, statement: "Statement[Decimal]", rows: Rows) -> dict[str, CorrectionDetail]:
    """The details by entry; `rows` are the facts by kind and id."""
    lines = {line.id: line for line in outcome.lines}
    found: dict[str, CorrectionDetail] = {}
    for entry in statement.entries:
        if entry.kind == "adjustment":
            row = rows.get(("adjustment", entry.id.removeprefix("adjustment:")))
            found[entry.id] = CorrectionDetail(approver=row.approver if row is not None else "")
        elif entry.kind in ("clawback", "trueup", "forfeiture") and entry.line in lines:
            line = lines[entry.line]
            found[entry.id] = _original(outcome, statement_number(line.period), line.amount, entry)
        elif entry.kind == "clawback" and entry.line.startswith(f"{OPENING}:"):
            found[entry.id] = _taken_over(outcome, entry, rows)
    return found


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
    own = (e for e in outcome.entries if e.line == entry.line and e.bucket == "held" and e.day < entry.day)
    return CorrectionDetail(number, amount, amount - sum((e.amount for e in own), Decimal(0)))
