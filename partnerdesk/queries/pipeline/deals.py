"""Deals with the names that a person reads, and one deal with its way through the stages, its credits and its lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, func
from sqlalchemy.orm import Session

from partnerdesk.models.base import Day
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.shape import rows, shaped, table_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRow:
    """Amounts in the deal's own `currency`."""

    id: str
    name: str
    partner: str | None
    partner_name: str
    customer: str | None
    customer_name: str
    product: str | None
    product_name: str
    kind: str
    role: str
    stage: str
    status: str
    registered: date | None
    created: date | None
    expected_close: date | None
    closed: date | None
    lost_reason: str
    amount: Decimal | None
    recurring: Decimal | None
    currency: str
    probability: Decimal | None
    owner: str | None
    owner_name: str
    next_step: str


# Where a row of the way through the stages says that the deal slipped: the stage stays, the day it should close moves.
SLIP_FROM, SLIP_TO, SLIP_WHY = '$."slipped from"', '$."slipped to"', '$."slipped because"'


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """A deal enters a stage; or, where `slipped_to` is a day, it slips to that day and stays in the stage."""

    day: date | None
    stage: str
    amount: Decimal | None
    currency: str
    slipped_from: date | None = None
    slipped_to: date | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    partner: str
    partner_name: str
    role: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class DealView:
    """A deal with everything that hangs on it."""

    deal: DealRow
    stages: tuple[StageRow, ...]
    credits: tuple[CreditRow, ...]


def deals(session: Session, partner: str | None = None, status: str | None = None) -> tuple[DealRow, ...]:
    """Deals, open ones by expected close first, then closed ones with the newest first."""
    deal = TABLES["deal"]
    where = [c == v for c, v in ((deal.c.partner, partner), (deal.c.status, status)) if v is not None]
    return _deals(session, *where)


def deals_due(session: Session, as_of: date, until: date, partner: str | None = None) -> tuple[DealRow, ...]:
    """Open deals that should close by a day, overdue ones included."""
    found = deals(session, partner, "open")
    return tuple(d for d in found if d.expected_close is not None and d.expected_close <= until)


def deal_view(session: Session, id: str) -> DealView | None:
    """One deal with its stages and credits, or None."""
    found = _deals(session, TABLES["deal"].c.id == id)
    return DealView(found[0], _stages(session, id), _credits(session, id)) if found else None


def _deals(session: Session, *where: ColumnElement[bool]) -> tuple[DealRow, ...]:
    return table_rows(session, DealRow, _select(*where).order_by(*_order()), "amount", "recurring")


def _select(*where: ColumnElement[bool]) -> Select[Any]:
    deal = TABLES["deal"]
    names = {kind: TABLES[kind].alias() for kind in ("partner", "customer", "product")} | {
        "owner": TABLES["person"].alias()
    }
    labels = {f"{n}_name": func.coalesce(t.c.name, deal.c[n], "") for n, t in names.items()}
    query = shaped(DealRow, deal, **labels).select_from(deal)
    for name, table in names.items():
        query = query.outerjoin(table, table.c.id == deal.c[name])
    return query.where(*where)


def _order() -> tuple[Any, ...]:
    deal = TABLES["deal"]
    return (
        deal.c.status != "open",
        deal.c.closed.desc(),
        deal.c.expected_close.is_(None),
        deal.c.expected_close,
        deal.c.id,
    )


def _stages(session: Session, id: str) -> tuple[StageRow, ...]:
    stage = TABLES["stage_change"]
    told = stage.c.attributes
    slip: dict[str, ColumnElement[Any]] = {
        "slipped_from": func.json_extract(told, SLIP_FROM, type_=Day()),
        "slipped_to": func.json_extract(told, SLIP_TO, type_=Day()),
        "because": func.json_extract(told, SLIP_WHY, type_=Text()),
    }
    query = shaped(StageRow, stage, **slip).where(stage.c.deal == id).order_by(stage.c.day, stage.c.id)
    return table_rows(session, StageRow, query, "amount")


def _credits(session: Session, id: str) -> tuple[CreditRow, ...]:
    credit, partner = TABLES["credit"], TABLES["partner"]
    query = (
        shaped(CreditRow, credit, partner_name=func.coalesce(partner.c.name, credit.c.partner))
        .select_from(credit)
        .outerjoin(partner, partner.c.id == credit.c.partner)
        .where(credit.c.deal == id)
    )
    return rows(session, CreditRow, query.order_by(credit.c.id))
