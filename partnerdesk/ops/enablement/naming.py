"""Whom a text names: partners, customers and people of the book, also without their legal form or first name."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.enablement import attendance
from partnerdesk.models.facts import TABLES
from partnerdesk.reports.release.terms import Terms

_LEGAL = re.compile(
    r"[\s,]+(?:ag|gmbh|kg|se|sa|s\.a\.?|sas|sarl|s\.r\.l\.?|srl|spa|s\.p\.a\.?|bv|b\.v\.?|nv|n\.v\.?|ab|as|a/s|aps|oy|"
    r"oyj|ltd\.?|limited|plc|llc|inc\.?|corp\.?|co\.?|pty|sp\. z o\.o\.?|kft|zrt|d\.o\.o\.?|s\.r\.o\.?)$",
    re.IGNORECASE,
)
_SURNAME = 5  # letters from which on a last name alone says who is meant


def names_in(session: Session, texts: Iterable[str]) -> tuple[str, ...]:
    """The names that stand in these texts as they are written there, each once, in the order of the texts."""
    terms, found = Terms(_names(session)), dict[str, None]()
    for text in texts:
        hits = sorted(terms.find(text), key=lambda hit: (hit.start, -hit.end))
        last = 0
        for hit in hits:
            if hit.end > last:  # a last name inside a full name is said already
                found[text[hit.start : hit.end]] = None
                last = hit.end
    return tuple(found)


def _names(session: Session) -> Iterator[str]:
    partner, customer, person = (TABLES[kind].c for kind in ("partner", "customer", "person"))
    for row in session.execute(select(partner.name, partner.legal_name, partner.document_name, partner.tax_id)):
        for name in row:
            yield from _company(name)
    for name in session.scalars(select(customer.name)):
        yield from _company(name)
    for column in (person.name, TABLES["certification"].c.person, attendance.c.person):
        for name in session.scalars(select(column).distinct()):
            yield from _person(name)


def _company(name: str) -> Iterator[str]:
    yield name
    yield _LEGAL.sub("", name)


def _person(name: str) -> Iterator[str]:
    yield name
    words = name.split()
    if len(words) > 1 and len(words[-1]) >= _SURNAME:
        yield words[-1]
