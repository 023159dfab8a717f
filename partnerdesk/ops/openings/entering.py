"""Entering the opening balances of a partner that is taken over; a file of them comes in through the import.

They are of the last day of a statement period and name their evidence. Closing that period confirms and freezes them,
with its total typed in and two names (`ops.statements.closing`); until then they can be entered anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Opening
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.period import period_at
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.rows.facts import TYPED, add_rows
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import closed_statements


def enter_opening(
    session: Session,
    partner: str,
    day: date,
    balances: Sequence[Mapping[str, Any]],
    *,
    evidence: str,
    by: str = "",
) -> tuple[str, ...]:
    """Puts a partner's opening balances in the place of those typed before; returns their ids.

    Each balance has the fields of the fact `opening` besides partner, day and evidence; `business` in the place of
    deal and contract is the id of either; without a currency it is in the program's. Raises Refused for a partner with
    a closed statement or with balances from a file, a day that ends no statement period, an amount that is not above
    zero, an unknown earning, and without evidence.
    """
    closed = closed_statements(session, partner)
    if closed:
        sentence = f"{closed[-1].number} of {partner} is closed already: its ledger has begun."
        raise Refused(sentence, "A correction is an adjustment in the open period.")
    if not evidence.strip():
        raise Refused("Opening balances name their evidence.", "Name the file, statement or confirmation.")
    if not balances:
        raise Refused("An opening statement has at least one balance.", "Enter what is held, payable or paid.")
    versions = needed_programs(session)
    _check_day(versions[-1], day)
    for balance in balances:
        _check(versions, balance)
    _remove_typed(session, partner)
    found: list[Opening] = []
    first, number = next_id(session, "opening").split("-")
    for n, balance in enumerate(balances, int(number)):
        fields = {"currency": versions[-1].currency} | _named(session, balance)
        found.append(Opening(id=f"{first}-{n}", partner=partner, day=day, evidence=evidence.strip(), **fields))
    return add_rows(session, found, by=by)


def remove_opening(session: Session, partner: str) -> None:
    """Takes the typed balances of a partner away again. Raises Refused where its opening statement is confirmed."""
    if closed_statements(session, partner):
        raise Refused(f"The opening statement of {partner} is confirmed.", "A correction is an adjustment.")
    _remove_typed(session, partner)


def _named(session: Session, balance: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a balance, its business named as the contract or deal that it is."""
    found = {name: value for name, value in balance.items() if name != "business"}
    if id := balance.get("business"):
        found["contract" if fact(session, "contract", id) is not None else "deal"] = id
    return found


def _remove_typed(session: Session, partner: str) -> None:
    table = TABLES["opening"]
    own = table.c.partner == partner
    if session.scalars(select(table.c.id).where(own, table.c.system != TYPED)).first():
        raise Refused("The opening balances of this partner came from a file.", "Take that import back first (Data).")
    session.execute(delete(table).where(own))


def _check_day(program: Program, day: date) -> None:
    period = period_at(day, program.statements, program.fiscal_year)
    if period.end != day:
        sentence = f"{day_words(day)} ends no statement period of the program."
        raise Refused(sentence, f"The one that holds it ends on {day_words(period.end)}.")


def _check(versions: Sequence[Program], balance: Mapping[str, Any]) -> None:
    amount, earning = balance.get("amount"), balance.get("earning", "")
    if not isinstance(amount, Decimal) or amount <= 0:
        raise Refused("An opening balance is above zero.", "Its kind says which way it goes.")
    known = {name for version in versions for name in version.earning}
    if earning and earning not in known:
        raise Refused(f"The program has no earning “{earning}”.", f"It has {', '.join(sorted(known))}.")
    if balance.get("kind") in ("vesting", "holdback") or not (balance.get("due") or balance.get("waits_for")):
        return
    raise Refused(f"What is {balance.get('kind')} has no day of release.", "Vesting and holdback have one.")
