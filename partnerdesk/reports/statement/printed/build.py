"""Puts the two pages together: frame, watermark of a draft, metadata, and the bytes."""

from pathlib import Path

from partnerdesk.reports import fonts
from partnerdesk.reports.atomic import write
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT, Look
from partnerdesk.reports.page import A4_PORTRAIT, Document, Meta
from partnerdesk.reports.page.composed import Composed, finished
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import Frame, draw_frame
from partnerdesk.reports.statement import ties
from partnerdesk.reports.statement.document import DRAFT, StatementDocument
from partnerdesk.reports.statement.phrases import versions_words
from partnerdesk.reports.statement.printed import detail, front

RESTATE = ", and restate this statement then, for a closed one keeps the names that it was closed with"


def write_pdf(document: StatementDocument, formats: Formats, path: Path) -> None:
    """Write the pages to `path`; the file that was there stays if anything fails.

    Raises Refused where the statement does not tie or no font has a character of it, Damaged where the disk is in
    the way.
    """
    write(path, compose(document, formats).content)


def compose(document: StatementDocument, formats: Formats, look: Look = DOCUMENT) -> Composed:
    """The PDF of a statement with the record of its texts; the same document gives the same bytes."""
    ties.check(document)
    name = document.legal_name or document.partner_name
    try:
        pages = Document(A4_PORTRAIT, _meta(document, formats), look, name)
        _front(pages, document, formats)
        _detail(pages, document, formats)
    except fonts.Undrawable as error:
        raise undrawable(error, name, kept="" if document.status == DRAFT else RESTATE) from error
    return finished(pages)


def _front(pages: Document, document: StatementDocument, formats: Formats) -> None:
    paper = pages.page("Roll-forward", "page-1")
    if document.status == DRAFT:
        paper.watermark(DRAFT, "bar_bad")
    top = draw_frame(paper, _frame(document, formats), _number(document), front.title(document, formats), "1/2")
    front.draw(paper, top, document, formats)


def _detail(pages: Document, document: StatementDocument, formats: Formats) -> None:
    paper = pages.page("Detail", "page-2")
    if document.status == DRAFT:
        paper.watermark(DRAFT, "bar_bad")
    top = draw_frame(paper, _frame(document, formats), _number(document), "", "2/2")
    detail.draw(paper, top, document, formats)


def _number(document: StatementDocument) -> str:
    return f"Statement {document.number}"


def _frame(document: StatementDocument, formats: Formats) -> Frame:
    words = f"{document.title}  ·  {formats.period(document.period)}  ·  {document.currency}"
    sample = "Sample data  ·  " if document.sample else ""
    return Frame(
        document.legal_name or document.partner_name,
        words,
        f"{sample}Confidential: prepared for {document.partner_name}",
        f"Data as of {formats.day(document.data_as_of)} · Program {versions_words(document)}",
    )


def _meta(document: StatementDocument, formats: Formats) -> Meta:
    """Title, payer and period, nothing else; dated like the workbook."""
    title = fonts.plain(f"{document.title} {document.number}")
    day = document.issued or document.data_as_of
    return Meta(title, fonts.plain(document.payer), formats.period(document.period), day)
