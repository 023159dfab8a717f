"""The one currency in which deals and contracts of all partners are added up: the program's, else the book's own."""

from sqlalchemy.orm import Session

from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.settings import book_settings


def book_exchange(session: Session) -> Exchange:
    """Amounts in the book's one currency, by its exchange rates."""
    versions = programs(session)
    currency = versions[-1].currency if versions else book_settings(session).currency
    return Exchange(facts(session, kinds=("exchange_rate",)), currency, versions)
