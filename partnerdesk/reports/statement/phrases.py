"""What workbook and pages say of a statement in the same words."""

from decimal import Decimal
from functools import partial

from partnerdesk.engine.money import decimals
from partnerdesk.engine.outcome import EarningLine, Row
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.balance import below_zero_words
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.earnings import version_words
from partnerdesk.reports.statement.making import amounts


def paid_words(document: StatementDocument, formats: Formats) -> str:
    """What stands under the amount paid; where nothing was, the payments that are known by now stand for it."""
    statement = document.statement
    days = sorted(entry.day for entry in statement.entries if entry.kind == "payment")
    if not days:
        usual = below_zero_words(document) if statement.rows[-1].payable < 0 else "nothing paid"
        return late_words(document, formats) or usual
    if days[0] == days[-1]:
        return f"paid, value date {formats.day(days[0])}"
    return f"paid in {len(days)} parts by {formats.day(days[-1])}"


def late_words(document: StatementDocument, formats: Formats) -> str:
    """What of the payments was learned when their own period was closed; empty where nothing was."""
    before = before_words(document, formats)
    return f"{before}, learned late" if before else ""


def before_words(document: StatementDocument, formats: Formats) -> str:
    """The same without the reason, where there is no room for it: the sheet of payments has it."""
    late = amounts([row.gross for row in document.payments or () if row.learned_late])
    return f"{formats.number(late, decimals(document.currency))} paid before" if late else ""


def held_words(document: StatementDocument, formats: Formats) -> str:
    """What stands under the amount held: when all of it is due, or the first part where a day of some is not known."""
    statement = document.statement
    due = [(day, amount) for hold in statement.held for day, amount in hold.schedule]
    if not statement.rows[-1].held:
        return "holds offset each other" if any(h.remaining for h in statement.held) else "nothing held"
    if on_condition := amounts([h.remaining for h in statement.held if h.id in (document.conditions or {})]):
        return f"held, {formats.number(on_condition, decimals(document.currency))} of it on a condition"
    if not due:
        return "held, no date yet"
    days = [day for day, _ in due]
    if amounts([amount for _, amount in due]) == statement.rows[-1].held:
        return f"held, released {'on' if min(days) == max(days) else 'by'} {formats.day(max(days))}"
    return f"held, first release {formats.day(min(days))}"


def covered(document: StatementDocument) -> str:
    """The statements that the period's payments are for, where that is known; empty where it is not.

    What is exactly the opening balance pays the statement before.
    """
    told = {row.statements for row in document.payments or () if row.statements and not row.learned_late}
    if told:
        return ", ".join(sorted(told))
    paid, opening = -document.statement.row("paid").total, document.statement.rows[0].payable
    return document.previous if paid == opening != 0 else ""


def versions_words(document: StatementDocument) -> str:
    """The versions that the lines are under: v2026.1, v2026.2."""
    return ", ".join(version_words(version) for version, _ in document.ruling)


def rules_words(document: StatementDocument, formats: Formats) -> str:
    """The versions that the lines are under; of a single one since when, and whether it reaches back."""
    versions = versions_words(document)
    first = document.ruling[0][1]
    if len(document.ruling) > 1 or first is None:
        return versions
    return f"{versions}, from {formats.day(first)}{', reaching back' if first > document.period.end else ''}"


def reference_words(document: StatementDocument, movement: Row[Decimal]) -> str:
    """Where the detail of a row stands, or in a word why there is none."""
    if movement.key == "opening":
        return f"{document.previous} closing" if document.previous else "no earlier statement"
    if movement.key == "closing":
        return f"opening of {document.following}" if document.following else movement.reference
    if movement.held or movement.payable:
        paid_for = covered(document) if movement.key == "paid" else ""
        return f"{movement.reference} for {paid_for}" if movement.reference and paid_for else movement.reference
    if movement.key == "paid" and any(row.learned_late for row in document.payments or ()):
        return "learned late, see Payments"
    if movement.key == "paid":
        due = document.statement.rows[-1].payable
        if due < 0:
            return "carried forward, no payment" if document.settled is None else below_zero_words(document)
        return "none in this period" if due else "none due"
    return {"topup": "not reached"}.get(movement.key, "none in this period")


def restated_words(document: StatementDocument) -> str:
    """What a restated statement says of the one before it; empty for any other."""
    if document.restates is None:
        return ""
    because = (document.restated_because or "").rstrip(".")
    return f"Takes the place of {document.restates}, with every figure the same: {because}."


def limit_words(line: EarningLine[Decimal], formats: Formats) -> str:
    """What else than rate, factor and share made the amount of a line: what was paid before, the least or the most
    that a line pays, a cap or a floor over several; empty where nothing did."""
    money = partial(formats.amount, currency=line.currency)
    said = []
    if (workings := line.workings) is not None:
        if workings.paid:
            said.append(f"less {money(workings.paid)} paid before")
        for bound, word in ((workings.least, "least"), (workings.most, "most")):
            if bound and abs(line.computed) == bound:
                said.append(f"{money(bound)} is the {word} that a line pays")
    if line.effect:
        said.append(f"{money(line.computed)} before limits, {line.effect_note}".rstrip(", "))
    return "; ".join(said)
