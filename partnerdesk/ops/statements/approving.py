"""Who prepared and who checked what cannot be taken back: a close, a payment run, a restatement.

One person alone may do both unless the book asks for two; the step in the history says so then.
"""

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.queries.settings import book_settings
from partnerdesk.queries.statements.approvals import same_person


def check_two(session: Session, what: str, maker: str, checker: str) -> None:
    """Raises Refused where a name is missing, or where this book asks for two people and one person is both."""
    if not maker.strip() or not checker.strip():
        raise Refused(f"{what} names who prepared it and who checked it.", "Enter both names.")
    if same_person(maker, checker) and book_settings(session).two_people:
        sentence = f"{maker.strip()} has prepared it, and this book asks for another person to check."
        raise Refused(sentence, "Name who else has checked it, or change this under Settings > This book.")
