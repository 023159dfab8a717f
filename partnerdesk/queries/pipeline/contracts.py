"""Contracts and renewals: what ends when, by when notice is due, who owns it, and what the customer last answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import action
from partnerdesk.queries.shape import shaped, table_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """Amounts per year in the contract's own `currency`."""

    id: str
    partner: str | None
    partner_name: str
    customer: str | None
    customer_name: str
    product: str | None
    product_name: str
    deal: str | None
    start: date | None
    end: date | None
    recurring: Decimal | None
    cadence: str
    currency: str
    seats: int | None
    renewal_of: str | None
    notice_days: int | None
    outcome: str
    outcome_on: date | None
    outcome_amount: Decimal | None
    reason: str
    probability: Decimal | None
    owner: str | None
    owner_name: str

    @property
    def notice_by(self) -> date | None:
        """The last day on which the customer can give notice."""
        if self.end is None or self.notice_days is None:
            return None
        return self.end - timedelta(days=self.notice_days)

    @property
    def is_open(self) -> bool:
        return self.outcome == "open"


@dataclass(frozen=True, slots=True)
class SurveyMark:
    """The last answer of a customer, on its scale."""

    day: date
    score: Decimal
    scale_max: Decimal | None
    comment: str
    scale_min: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """An open contract that ends soon. `days` is negative once the end has passed without an outcome."""

    contract: ContractRow
    days: int
    is_notice_past: bool
    survey: SurveyMark | None
    actions: tuple[int, ...]

    @property
    def is_unowned(self) -> bool:
        return self.contract.owner is None


def contracts(session: Session, partner: str | None = None) -> tuple[ContractRow, ...]:
    """All contracts by end, the latest last."""
    where = [] if partner is None else [TABLES["contract"].c.partner == partner]
    return _contracts(session, *where)


def contract_row(session: Session, id: str) -> ContractRow | None:
    """One contract, or None."""
    return next(iter(_contracts(session, TABLES["contract"].c.id == id)), None)


def renewals_due(session: Session, as_of: date, days: int = 180, partner: str | None = None) -> tuple[RenewalRow, ...]:
    """Open contracts that end within so many days, and those that ended without an outcome, by end."""
    contract = TABLES["contract"]
    where = [contract.c.outcome == "open", contract.c.end <= as_of + timedelta(days=days)]
    if partner is not None:
        where.append(contract.c.partner == partner)
    found = _contracts(session, *where)
    answers = _answers(session, as_of, {c.customer for c in found if c.customer})
    tasks = _open_actions(session)
    return tuple(
        RenewalRow(
            c,
            (c.end - as_of).days,
            c.notice_by is not None and c.notice_by < as_of,
            answers.get(c.customer or ""),
            tuple(tasks.get(c.id, ())),
        )
        for c in found
        if c.end is not None
    )


def decided_since(session: Session, first: date) -> tuple[ContractRow, ...]:
    """Contracts whose outcome became known on a day or after it, by end."""
    contract = TABLES["contract"].c
    return _contracts(session, contract.outcome != "open", contract.outcome_on >= first)


def _contracts(session: Session, *where: ColumnElement[bool]) -> tuple[ContractRow, ...]:
    contract = TABLES["contract"]
    names = {kind: TABLES[kind].alias() for kind in ("partner", "customer", "product")} | {
        "owner": TABLES["person"].alias()
    }
    labels = {f"{n}_name": func.coalesce(t.c.name, contract.c[n], "") for n, t in names.items()}
    query = shaped(ContractRow, contract, **labels).select_from(contract)
    for name, table in names.items():
        query = query.outerjoin(table, table.c.id == contract.c[name])
    query = query.where(*where).order_by(contract.c.end, contract.c.id)
    return table_rows(session, ContractRow, query, "recurring", "outcome_amount")


def _answers(session: Session, as_of: date, customers: set[str]) -> dict[str, SurveyMark]:
    survey = TABLES["survey"].c
    query = select(survey.customer, survey.day, survey.score, survey.scale_max, survey.comment, survey.scale_min)
    query = query.where(survey.kind == "csat", survey.day <= as_of, survey.score.is_not(None))
    found = session.execute(query.order_by(survey.day, survey.id)).all()
    return {c: SurveyMark(day, score, top, said, low) for c, day, score, top, said, low in found if c in customers}


def _open_actions(session: Session) -> dict[str, list[int]]:
    tasks: dict[str, list[int]] = {}
    query = select(action.c.contract, action.c.id).where(action.c.status == "open", action.c.contract.is_not(None))
    for contract, id in session.execute(query.order_by(action.c.id)):
        tasks.setdefault(contract, []).append(id)
    return tasks
