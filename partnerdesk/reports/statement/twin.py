"""The CSV twins of the earnings and funds sheets: the same lines with the same figures, for the partner's finance.

What sums to the balances is in `moves_twin`. Each repeats on every record what a reader of one record needs
(statement, partner, currency), and leaves out what only people use: the recalculation and the columns to fill in.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from partnerdesk.engine.outcome import EarningLine
from partnerdesk.reports.atomic import write
from partnerdesk.reports.csvfile import Value, csv_content
from partnerdesk.reports.statement import ties
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.ledgers import FundSheet
from partnerdesk.reports.statement.reasons import reasons

HEAD = ("Statement", "Version", "Status", "Partner")
TITLES = (
    *HEAD,
    "Line",
    "Event date",
    "Process date",
    "Type",
    "Deal",
    "Customer",
    "Product",
    "Term",
    "Base",
    "Base currency",
    "Exchange rate",
    "Exchanged from",
    "Rate",
    "Factor",
    "Share",
    "Computed",
    "Limit effect",
    "Amount",
    "Currency",
    "Rule",
    "Rule version",
    "Reason",
    "Source",
)
SAMPLE_TITLE = "Sample data"


def write_csv(document: StatementDocument, path: Path) -> None:
    """Write the twin to `path`; the file that was there stays if anything fails. Raises what `write_statement` does."""
    write(path, twin(document))


def twin(document: StatementDocument) -> bytes:
    """The twin's bytes; the same document gives the same bytes."""
    ties.check(document)
    told = zip(document.statement.lines, reasons(document), strict=True)
    return records_of(document, TITLES, (_line(document, line, reason) for line, reason in told))


def records_of(document: StatementDocument, titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A file of a statement's records: before each row whose it is, behind it the mark of a sample.

    `titles` are those of whole records, without the mark's; they begin with `HEAD`.
    """
    head = (document.number, document.version, document.status, document.statement.partner)
    mark, more = (("invented",), (SAMPLE_TITLE,)) if document.sample else ((), ())
    return csv_content((*titles, *more), ((*head, *row, *mark) for row in rows))


FUND_TITLES = (
    *HEAD,
    *("Fund", "Movement", "Day", "Kind", "Amount", "Currency", "From", "To"),
    *("Request", "Joint project", "Activity", "Result", "Rule", "Note"),
)


def funds_twin(document: StatementDocument) -> bytes:
    """The movements of the funds as CSV, one a record, with the joint project and the result of their request."""
    return records_of(document, FUND_TITLES, _fund_rows(document))


def _fund_rows(document: StatementDocument) -> Iterator[tuple[Value, ...]]:
    found = document.funds or FundSheet()
    requests = {request.id: request for request in found.requests}
    for m in found.moves:
        moved = (m.fund, m.id, m.day, m.kind, m.amount, m.currency, m.source, m.target, m.request)
        request = requests.get(m.request)
        about = (request.project, request.activity, request.result) if request is not None else ("", "", "")
        yield (*moved, *about, m.rule, m.note)


def _line(document: StatementDocument, line: EarningLine[Decimal], reason: str) -> tuple[Value, ...]:
    detail = document.detail(line)
    return (
        line.id,
        line.event,
        line.process,
        line.type,
        detail.deal,
        detail.customer,
        detail.product,
        detail.term,
        line.base,
        "" if line.base_unit else line.currency,  # as in the workbook: what came in another one is exchanged
        line.exchange,
        line.base_currency if line.exchange is not None else "",
        line.rate,
        line.factor,
        line.share,
        line.computed,
        line.effect,
        line.amount,
        line.currency,
        line.rule.reference,
        line.rule.version,
        reason,
        detail.source,
    )
