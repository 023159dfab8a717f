"""Noting which documents left, right after they were written and checked by those who make them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.models.outgoing import outgoing_document
from partnerdesk.ops.keeping import keep_said
from partnerdesk.ops.statements.issued import keep_issues
from partnerdesk.reports.release.outgoing import Outgoing


def note_outgoing(session: Session, left: Sequence[Outgoing], *, on: date, by: str, at: str) -> None:
    """Keeps a line for each document, the forecast that it shows, and the cells of a closed statement's workbook.

    `on` is the day of the book, `at` the moment in UTC.

    Run by `Store.keep`: it is no step, because nobody decided anything about the book.
    """
    rows = [
        {
            "at": at,
            "day": on,
            "by": by,
            "kind": one.kind,
            "partner": one.partner,
            "about": one.about,
            "file": one.file,
            "sha256": one.sha256,
            "recipients": one.recipients,
            "total": None if one.total is None else format(one.total, "f"),
            "currency": one.currency,
        }
        for one in left
    ]
    if rows:
        session.execute(insert(outgoing_document), rows)
    keep_issues(session, left, at)
    for one in left:
        if one.said:
            keep_said(session, one.said, on=on, at=at)
