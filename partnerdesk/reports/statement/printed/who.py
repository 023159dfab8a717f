"""Who and when: the names and values below the title of page 1, in two columns."""

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import BODY, Role
from partnerdesk.reports.page import MM, Paper
from partnerdesk.reports.page.portrait import LEFT, WIDTH
from partnerdesk.reports.page.text import fitted, plain_text
from partnerdesk.reports.statement.document import StatementDocument

BETWEEN = 10 * MM
HALF = (WIDTH - BETWEEN) / 2
_NAME, _PITCH, _LINES = 24 * MM, 5.2 * MM, 4
_MUTED, _SMALLER = Role(9, 12.5, "regular", "muted"), Role(9, 12.5, "regular")


def facts(paper: Paper, top: float, document: StatementDocument, formats: Formats) -> float:
    """Two columns of names and values; returns their bottom."""
    statement = document.statement
    score = f", {formats.number(statement.score, 1)}" if statement.score is not None else ""
    left = (
        ("Statement", f"{document.number}, version {document.version}, {document.status}"),
        ("Partner", f"{document.legal_name or document.partner_name}, {statement.partner}"),
        ("Tax ID", document.tax_id),
        ("Period", formats.days(document.period.start, document.period.end)),
        ("Issued", formats.day(document.issued) if document.issued else "not issued yet"),
    )
    right = (
        ("Payer", document.payer),
        ("Program", f"{document.program}, rules {', '.join(version for version, _ in document.ruling)}"),
        ("Agreement", document.agreement),
        ("Tier, score", f"{statement.tier}{score}"),
        ("Contact", document.contact),
    )
    for pair in zip(left, right, strict=True):
        bottoms = [
            _fact(paper, x, top, name, value or "–")
            for x, (name, value) in zip((LEFT, LEFT + HALF + BETWEEN), pair, strict=True)
        ]
        top = max(top + _PITCH, *bottoms)
    return top


def _fact(paper: Paper, x: float, top: float, name: str, value: str) -> float:
    """A name and its value, in up to four lines where one cannot hold it; returns its bottom."""
    paper.text(x, top, name, _MUTED, room=(x, x + _NAME))
    room = (x + _NAME, x + HALF)
    line = fitted(value, BODY, room[1] - room[0])
    if plain_text(line) == value or len(paper.broken(value, _SMALLER, room[1] - room[0])) > _LINES:
        paper.text(room[0], top, line, BODY, room=room)
        return top + _PITCH
    return paper.paragraph(room[0], top, room[1] - room[0], value, _SMALLER) + 1 * MM
