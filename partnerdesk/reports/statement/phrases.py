"""What workbook and pages say of a statement in the same words."""

from decimal import Decimal

from partnerdesk.engine.outcome import Row
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.making import amounts


def paid_words(document: StatementDocument, formats: Formats) -> str:
    """What stands under the amount paid."""
    statement = document.statement
    days = sorted(entry.day for entry in statement.entries if entry.kind == "payment")
    if not days:
        return "carried forward" if statement.rows[-1].payable < 0 else "nothing paid"
    if days[0] == days[-1]:
        return f"paid, value date {formats.day(days[0])}"
    return f"paid in {len(days)} parts by {formats.day(days[-1])}"


def held_words(document: StatementDocument, formats: Formats) -> str:
    """What stands under the amount held: when the last of it is due, as far as that is known."""
    statement = document.statement
    due = [(day, amount) for hold in statement.held for day, amount in hold.schedule]
    if not statement.rows[-1].held:
        return "held"
    last = max((day for day, _ in due), default=None)
    if last is None:
        return "held, no date yet"
    dated = amounts([amount for _, amount in due])
    known = "released by" if dated == statement.rows[-1].held else "in part by"
    return f"held, {known} {formats.day(last)}"


def reference_words(document: StatementDocument, movement: Row[Decimal]) -> str:
    """Where the detail of a row stands, or in a word why there is none."""
    if movement.key == "opening":
        return f"{document.previous} closing" if document.previous else "no earlier statement"
    if movement.key == "closing":
        return f"opening of {document.following}" if document.following else movement.reference
    if movement.held or movement.payable:
        return movement.reference
    if movement.key == "paid":
        due = document.statement.rows[-1].payable
        return "carried forward, no payment" if due < 0 else "none in this period" if due else "none due"
    return {"topup": "not reached"}.get(movement.key, "none in this period")


def restated_words(document: StatementDocument) -> str:
    """What a restated statement says of the one before it; empty for any other."""
    if document.restates is None:
        return ""
    because = (document.restated_because or "").rstrip(".")
    return f"Takes the place of {document.restates}, with every figure the same: {because}."
