"""The whitespace of a plan as people work on it: what they say about a cell, and what they make of a gap.

A gap becomes an objective of the plan or a deal of the partner, in one step, and the objective remembers what it works
on. Owned and in pipeline are never written: they are read from the book.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import minor
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plan_blocks import objective_link, whitespace_cell
from partnerdesk.models.plans import objective
from partnerdesk.ops import edits
from partnerdesk.ops.joint.parts import living_plan
from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.rows.deals import add_deal, change_deal

_SAID = {"eligible", "value", "fit", "next_step"}


def set_cell(
    session: Session,
    plan: int,
    customer: str,
    product: str,
    /,
    *,
    axis: str = "product",
    currency: str = "EUR",
    **said: Any,
) -> None:
    """What a person says about a cell: `eligible`, `value` (per year, in `currency`), `fit`, `next_step`."""
    if set(said) - _SAID:
        raise TypeError(f"a cell has no {', '.join(sorted(set(said) - _SAID))}")
    living_plan(session, plan)
    if "value" in said:
        value: Decimal | None = said["value"]
        if value is not None and value < 0:
            raise Refused("A gap is worth nothing or more.", "Leave it empty where nobody knows.")
        said |= {"value": None if value is None else minor(value, currency), "currency": currency}
    at = whitespace_cell.c
    same = (at.plan == plan, at.customer == customer, at.product == product, at.axis == axis)
    row = session.execute(select(whitespace_cell).where(*same)).mappings().one_or_none()
    if row is None:
        place = {"customer": customer, "product": product, "axis": axis}
        edits.add_part(session, whitespace_cell, "plan", plan, **place, **said)
    else:
        edits.change(session, whitespace_cell, row, "cell", {}, said)


def link_deal(session: Session, objective_id: int, deal: str) -> None:
    """The objective works on a deal."""
    _link(session, objective_id, deal=deal)


def link_cell(session: Session, objective_id: int, customer: str, product: str, *, axis: str = "product") -> None:
    """The objective works on a cell of the whitespace."""
    _link(session, objective_id, customer=customer, product=product, axis=axis)


def unlink(session: Session, id: int) -> None:
    """The objective no longer works on that."""
    row = edits.present(session, objective_link, id, "link")
    living_plan(session, edits.present(session, objective, row["objective"], "objective")["plan"])
    edits.remove(session, objective_link, id)


def objective_from_gap(
    session: Session,
    plan: int,
    customer: str,
    product: str,
    /,
    *,
    axis: str = "product",
    value: Decimal | None = None,
    currency: str = "EUR",
    due: date | None = None,
) -> int:
    """An objective that closes a gap, linked to it; returns its id."""
    title = f"{_product(session, product, axis)} at {_name(session, 'customer', customer)}"
    measured = {"metric": "New recurring revenue", "unit": currency, "target": value}
    id = add_objective(session, plan, title=title, due=due, **measured)  # type: ignore[arg-type]
    link_cell(session, id, customer, product, axis=axis)
    return id


def deal_from_gap(
    session: Session,
    plan: int,
    customer: str,
    product: str,
    /,
    *,
    on: date,
    axis: str = "product",
    value: Decimal | None = None,
    currency: str = "EUR",
    objective: int | None = None,
    by: str = "",
) -> str:
    """An open deal with the customer, linked to an objective where one is named; returns the deal's id."""
    partner = living_plan(session, plan)["partner"]
    name = f"{_product(session, product, axis)} for {_name(session, 'customer', customer)}"
    known: dict[str, Any] = {"product": product} if axis == "product" else {}
    worth: dict[str, Any] = {"amount": value, "recurring": value, "currency": currency}
    id = add_deal(session, partner=partner, name=name, on=on, by=by, kind="cross-sell", **known, **worth)
    change_deal(session, id, {}, by=by, customer=customer)
    if objective is not None:
        link_deal(session, objective, id)
    return id


def _link(session: Session, objective_id: int, **to: str) -> None:
    living_plan(session, edits.present(session, objective, objective_id, "objective")["plan"])
    same = [objective_link.c.objective == objective_id]
    same += [objective_link.c[name] == value for name, value in to.items() if name != "axis"]
    if session.scalar(select(objective_link.c.id).where(*same)) is not None:
        raise Refused("The objective works on that already.")
    edits.add(session, objective_link, objective=objective_id, **to)


def _product(session: Session, product: str, axis: str) -> str:
    return _name(session, "product", product) if axis == "product" else product


def _name(session: Session, kind: str, id: str) -> str:
    table = TABLES[kind].c
    return session.scalar(select(table.name).where(table.id == id)) or id
