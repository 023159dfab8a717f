"""The pages of an agreement that is not issued yet, laid out in a process of their own, which imports no Qt here."""

from partnerdesk.program.agreement.content import Agreement
from partnerdesk.reports.agreement import compose


def draft_pages(made: Agreement) -> tuple[bytes, int]:
    """The PDF as it would be issued, marked as a draft, and its pages. Raises Refused where no font has a character."""
    composed = compose(made, is_draft=True)
    return composed.content, composed.pages
