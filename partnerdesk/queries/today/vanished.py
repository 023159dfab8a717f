"""Rows that are gone from their source on Today: a question per partner whose statements wait for the answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from partnerdesk.queries.today.view import Need
from partnerdesk.queries.vanished import VanishedRow, vanished_rows


def gone_rows(session: Session, names: Mapping[str, str]) -> Iterator[Need]:
    """A need per partner with rows that wait; an open deal, which no statement counts, needs nobody."""
    by_partner: dict[str, list[VanishedRow]] = defaultdict(list)
    for row in vanished_rows(session, waiting=True):
        for partner in row.partners[:1]:
            by_partner[partner].append(row)
    for partner, rows in by_partner.items():
        first = rows[-1]
        yield Need(
            f"gone|{partner}|{first.id}",
            "source",
            "gone",
            partner,
            names.get(partner, first.partner_name),
            None,
            None,
            "Answer",
            ("data", "gone"),
            subject=first.says,
            about=first.missing,
            count=len(rows),
        )
