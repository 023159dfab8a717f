"""Puts the pages of an agreement together: text and signatures first, then the schedule; outline, metadata, bytes."""

from collections.abc import Iterator

from partnerdesk.program.agreement.content import Agreement
from partnerdesk.reports import fonts
from partnerdesk.reports.agreement import schedule, text
from partnerdesk.reports.guide.phrases import short
from partnerdesk.reports.look import DOCUMENT, Look
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.page import A4_PORTRAIT, Document, Meta
from partnerdesk.reports.page.composed import Composed, Page, drawn
from partnerdesk.reports.page.flow import paged
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import BOTTOM, Frame, content_top

DRAFT = "DRAFT, not issued"


def compose(made: Agreement, *, is_draft: bool = False, look: Look = DOCUMENT) -> Composed:
    """The PDF of an agreement; one that is not issued yet says so on every page.

    Equal input gives equal bytes. Raises Refused when no font has a character of it.
    """
    try:
        pages = list(_pages(made))
        document = Document(A4_PORTRAIT, _meta(made, is_draft), look, made.name)
        return drawn(document, pages, _frame(made, is_draft), "part")
    except fonts.Undrawable as error:
        raise undrawable(error, made.name) from error


def _pages(made: Agreement) -> Iterator[Page]:
    day = text.day(made.holds_from)
    first = f"{short(made.vendor)} and {short(made.name)} agree on the terms from {day}"
    second = f"The terms that apply to {short(made.name)} from {day}"
    for name, title, parts in (
        ("Agreement", first, text.parts(made)),
        ("Schedule", second, schedule.parts(made)),
    ):
        pages = paged(parts, BOTTOM - content_top(title), BOTTOM - content_top(""))
        for number, found in enumerate(pages):
            yield Page(name, "" if number else title, found)


def _frame(made: Agreement, is_draft: bool) -> Frame:
    issued = DRAFT if is_draft else f"issued {text.day(made.issued_on)}"
    middle = f"{short(made.number)}  ·  {issued}  ·  program v{short(made.program_version)}"
    return Frame(
        short(made.program), f"Agreement {short(made.number)}", f"Confidential: for {short(made.name)}", middle
    )


def _meta(made: Agreement, is_draft: bool) -> Meta:
    """Number, partner and vendor, nothing else; its day is that of the issue."""
    draft = " (draft)" if is_draft else ""
    return Meta(
        fonts.plain(f"Agreement {made.number}, {made.name}{draft}"), fonts.plain(made.vendor), "", made.issued_on
    )


def file_name(made: Agreement) -> str:
    """`Agreement_<partner>_v<version>.pdf`, safe on every system."""
    return safe_name(f"{made.name}_v{made.version}", before="Agreement_", after=".pdf", key=made.partner)
