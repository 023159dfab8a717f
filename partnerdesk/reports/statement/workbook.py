"""The statement as a workbook: the sheets in order, and the file put in its place whole.

Statements of releases before 0.2 know no funds, and their list of payments was not kept: those two sheets are left out.
"""

from pathlib import Path

from partnerdesk.reports.atomic import write
from partnerdesk.reports.format import Formats
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.sheet import Book
from partnerdesk.reports.statement import ties
from partnerdesk.reports.statement.canonical import fingerprint
from partnerdesk.reports.statement.corrections import write_corrections
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.earnings import write_earnings
from partnerdesk.reports.statement.funds import write_funds
from partnerdesk.reports.statement.held import write_held
from partnerdesk.reports.statement.help import write_rules
from partnerdesk.reports.statement.making import Making
from partnerdesk.reports.statement.payments import write_payments
from partnerdesk.reports.statement.summary import write_summary
from partnerdesk.reports.statement.uncounted import write_uncounted


def write_statement(document: StatementDocument, formats: Formats, path: Path) -> None:
    """Write the workbook to `path`, in the locale of `formats`; the file that was there stays if anything fails.

    Raises Refused where the statement does not tie or holds what Excel cannot, Damaged where the disk is in the way.
    """
    write(path, workbook(document, formats))


def workbook(document: StatementDocument, formats: Formats) -> bytes:
    """The workbook's bytes: the same document gives the same bytes."""
    ties.check(document)
    title = f"{document.title} {document.number}"
    created = document.issued or document.data_as_of
    book = Book(title, formats.period(document.period), document.payer, created)
    making = Making(document, formats, book)
    write_summary(making)
    write_earnings(making)
    write_held(making)
    write_corrections(making)
    write_uncounted(making)
    write_funds(making)
    write_payments(making)
    write_rules(making, fingerprint(document))
    return book.content()


def file_name(document: StatementDocument, suffix: str = ".xlsx", taken: tuple[str, ...] = ()) -> str:
    """`ST-2026-09_NORTHWIND_v1.xlsx`; `taken` are names that other partners' statements have."""
    return safe_name(
        document.partner_name.upper(),
        before=f"{document.number}_",
        after=f"_v{document.version}{suffix}",
        key=document.statement.partner,
        taken=taken,
    )
