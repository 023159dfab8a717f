"""Which fund somebody means: a key or a title as it was typed, among the funds that the book has."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from sqlalchemy.orm import Session

from partnerdesk.engine.outcome import FundMove
from partnerdesk.errors import Refused
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.funds.accounts import funds
from partnerdesk.queries.unknown import no_partner


def fund_named(session: Session, said: str, as_of: date, *, opens: bool = False) -> str:
    """The key of the fund that the words name, by its key or its title, in capitals or not.

    `opens` is for money that is put in: the words may be those of a fund that the book does not have yet. Raises
    Refused for any other name, with the nearest and all that there are, and where no program says what money is.
    """
    needed_programs(session)
    names, typed = funds(session, as_of).names, said.strip()
    known = {word.casefold(): key for pair in reversed(names) for word, key in (pair, pair[::-1])}
    known |= {key.casefold(): key for _, key in names}
    if found := known.get(typed.casefold()):
        return found
    if typed and opens:
        return typed
    if not names:
        raise Refused(f"There is no fund “{typed}”: the book has none yet.", "Allocate money to it first.")
    sentence = f"There is no fund “{typed}” in this book." if typed else "No fund is named."
    raise Refused(sentence, _remedy(typed, names, known))


def _remedy(typed: str, names: Sequence[tuple[str, str]], known: dict[str, str]) -> str:
    listed = ", ".join(key if key.casefold() == says.casefold() else f"{key} ({says})" for says, key in names)
    near = get_close_matches(typed.casefold(), list(known), 1, 0.6)
    return f"Did you mean {known[near[0]]}? Known: {listed}." if near else f"Known: {listed}."


def fund_currency(session: Session, partner: str, key: str, as_of: date) -> str:
    """The currency in which the partner's fund is kept; the program's where nothing ever moved in it."""
    found = evaluation(session, as_of).partners.get(partner)
    account = found.funds.get(key) if found is not None else None
    return account.currency if account is not None else needed_programs(session)[-1].currency


def fund_moves(session: Session, as_of: date, partner: str, fund: str) -> tuple[FundMove[Decimal], ...]:
    """The movements of one fund, oldest first. Raises Refused for a partner or a fund that the book does not have."""
    key = fund_named(session, fund, as_of)
    found = evaluation(session, as_of).partners.get(partner)
    if found is None:
        raise no_partner(session, partner)
    account = found.funds.get(key)
    return account.moves if account is not None else ()
