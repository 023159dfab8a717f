"""A statement's movements as CSV: the balances carried over, then whatever changed them, so that its columns sum to the
closing balances.

The twin of the earnings sheet has what was earned, this file everything that makes what is payable and held: earnings,
transfers, clawbacks, corrections, adjustments, payments. They are named as on the workbook's sheets.
"""

from collections.abc import Iterator

from partnerdesk.engine.outcome import LOSS, OPENING, REMITTED
from partnerdesk.errors import Refused
from partnerdesk.reports.csvfile import Value
from partnerdesk.reports.statement import corrections, held, ties
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.making import amounts
from partnerdesk.reports.statement.pairs import Moved, movements
from partnerdesk.reports.statement.phrases import reference_words
from partnerdesk.reports.statement.twin import HEAD, records_of

MOVE_TITLES = (
    *HEAD,
    *("Day", "Movement", "Kind", "Line", "Type", "Held", "Payable", "Currency"),
    *("Reference", "Posted in", "Rule", "Rule version", "Approved by", "Text"),
)
CARRIED = "Carried over"
KINDS = {
    "accrual": "Earned",
    "topup": "Top-up",
    OPENING: "Taken over",
    "payment": "Paid",
    "tax": "Tax withheld",
    **held.KINDS,
    **corrections.KINDS,
    LOSS: "Forfeited or waived",  # as in the roll-forward: a debt that is waived is no forfeit
}


def moves_twin(document: StatementDocument) -> bytes:
    """The movements' bytes: the opening balance, then a record a movement by day, a transfer's two sides in one.

    Held and Payable are in the statement's currency and sum to its closing balances. Reference is what the movement
    rests on: a remittance, an adjustment, of a correction the entry that it corrects. Raises Refused where the
    statement does not tie, or its movements do not sum to its closing balances.
    """
    ties.check(document)
    moved = movements(document, KINDS)
    _check(document, moved)
    return records_of(document, MOVE_TITLES, _rows(document, moved))


def _check(document: StatementDocument, moved: list[Moved]) -> None:
    opening, closing = document.statement.rows[0], document.statement.rows[-1]
    ends = (opening.held + amounts([m.held for m in moved]), opening.payable + amounts([m.payable for m in moved]))
    if ends != (closing.held, closing.payable):
        raise Refused(
            f"Statement {document.number} closes with {closing.held} held and {closing.payable} payable, "
            f"and its movements give {ends[0]} and {ends[1]}.",
            "Evaluate the period again; if it stays, open the closing balance's Why.",
        )


def _rows(document: StatementDocument, moved: list[Moved]) -> Iterator[tuple[Value, ...]]:
    opening = document.statement.rows[0]
    balances = (opening.held, opening.payable, document.currency)
    words = reference_words(document, opening)
    yield (document.period.start, opening.label, CARRIED, "", "", *balances, "", "", "", "", "", words)
    says = {line.id: line.says for line in document.statement.lines}
    for m in moved:
        entry, detail, rule = m.entry, document.correction(m.entry), document.rule(m.entry)
        kind = entry.kind
        name = m.id.removeprefix(f"{kind}:") if kind in REMITTED else m.id
        text = document.note(entry) or (says.get(entry.line, "") if kind in ("accrual", "topup") else "")
        yield (
            *(entry.day, name, KINDS[kind], entry.line, entry.type, m.held, m.payable, document.currency),
            *(entry.reference, detail.statement, rule.reference if rule else "", rule.version if rule else ""),
            *(detail.approver, text),
        )
