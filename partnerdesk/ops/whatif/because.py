"""Why two cases differ, by cause and without a residual, and the Why of any figure of either of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.difference import Difference, difference, explained_difference
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.ops.statements.differences import Compared, Point, titles_of
from partnerdesk.ops.whatif.trying import Case, Tried, given, traced, tried
from partnerdesk.program.diff import Change, differences
from partnerdesk.queries.why import Why, why_of


def because(session: Session, partner: str, before: Case, after: Case, today: date, of: str = "balance") -> Compared:
    """The waterfall from one case to the other; `of` is one of the measures of a difference."""
    one, other = tried(session, partner, before, today), tried(session, partner, after, today)
    _same_currency(one, other)
    found = difference(one.side, other.side, partner, of=of)
    names = {c.id: c.name for side in (one, other) for c in side.facts.of("customer")}
    return Compared(
        given(session, partner, today).partner,
        _point(one),
        _point(other),
        found,
        (Decimal(0), Decimal(0)),
        names,
        (),
        titles_of((*one.programs, *other.programs)),
        _rules(one.programs, other.programs),
    )


def because_figures(
    session: Session, partner: str, before: Case, after: Case, today: date, of: str = "balance"
) -> Difference[Figure]:
    """The same with every step kept."""
    one, other = tried(session, partner, before, today), tried(session, partner, after, today)
    _same_currency(one, other)
    return explained_difference(one.side, other.side, partner, of=of)


def why_in(session: Session, partner: str, case: Case, named: str, today: date) -> Why:
    """The explanation of a figure of a case. Raises Refused where it is not evaluated there."""
    side, book = tried(session, partner, case, today), given(session, partner, today)
    known = {kind: {row.id for row in rows} for kind, rows in book.facts.rows.items()}
    pairs = ((kind, row.id) for kind, rows in side.facts.rows.items() for row in rows)
    taken = frozenset((kind, id) for kind, id in pairs if id not in known.get(kind, ()))
    found = why_of(traced(session, partner, case, today), side.programs, book.partner.name, named)
    return replace(found, assumed=taken)


def _point(side: Tried) -> Point:
    held = [p for p in side.programs if p.effective_from <= side.day] or [side.programs[0]]
    return Point("", side.day, held[-1].version, says=side.case.name)


def _rules(before: tuple[Program, ...], after: tuple[Program, ...]) -> tuple[Change, ...]:
    """The rules that differ in any version, in words."""
    pairs = zip(before, after, strict=True)
    return tuple(change for one, other in pairs if one != other for change in differences(one, other))


def _same_currency(one: Tried, other: Tried) -> None:
    first, second = one.programs[-1].currency, other.programs[-1].currency
    if first != second:
        raise Refused(f"Amounts in {first} and in {second} have no difference.", "Leave the currency as it is.")
