"""What renews when over all partners: open renewals with what speaks against each, and those decided of late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import action
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.joint.actions import ActionRow, open_about
from partnerdesk.queries.partners.people import PartnerName, PersonRow, partner_rows, people
from partnerdesk.queries.pipeline.contracts import ContractRow, SurveyMark, decided_since, renewals_due
from partnerdesk.queries.pipeline.exchanged import book_exchange
from partnerdesk.queries.pipeline.renewal_signs import LOW, Known, Sign, band, signs

LOOK_BACK = timedelta(days=90)
USAGE_DAYS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ListedRenewal:
    """A contract with its yearly value in the currency of the list (None without an amount or a rate).

    `days` are those to its end, negative after it; `signs` make the `band` of an open one; `actions` are open.
    """

    contract: ContractRow
    value: Decimal | None
    days: int
    signs: tuple[Sign, ...]
    actions: tuple[ActionRow, ...]
    survey: SurveyMark | None
    as_of: date

    @property
    def id(self) -> str:
        return self.contract.id

    @property
    def is_open(self) -> bool:
        return self.contract.is_open

    @property
    def band(self) -> str:
        """High, medium or low risk; low for what is decided."""
        return band(self.signs) if self.is_open else LOW

    @property
    def is_notice_past(self) -> bool:
        notice = self.contract.notice_by
        return self.is_open and notice is not None and notice < self.as_of


@dataclass(frozen=True, slots=True)
class RenewalCalendar:
    """Open renewals by end, then what was decided; `people` are ours."""

    rows: tuple[ListedRenewal, ...]
    currency: str
    as_of: date
    reach: int
    people: tuple[PersonRow, ...]
    partners: tuple[PartnerName, ...]


def value_of(rows: Sequence[ListedRenewal], only: str = "") -> Decimal:
    """The yearly value of open renewals together, of one band where it is named."""
    return sum((r.value or ZERO for r in rows if r.is_open and only in ("", r.band)), ZERO)


def renewal_calendar(session: Session, as_of: date, days: int = 180) -> RenewalCalendar:
    """Open contracts that end within so many days or ended without an outcome, and those decided in the last ninety."""
    exchange, tasks = book_exchange(session), _tasks(session, as_of)
    usage, cases = _usage(session, as_of), _cases(session, as_of)
    rows = []
    for due in renewals_due(session, as_of, days):
        known = Known(usage.get((due.contract.customer, due.contract.product)), cases.get(due.contract.customer))
        speaks, todo = signs(due, known, as_of), tuple(tasks.get(due.contract.id, ()))
        value = exchange.amount(due.contract.recurring, due.contract.currency, as_of)
        rows.append(ListedRenewal(due.contract, value, due.days, speaks, todo, due.survey, as_of))
    rows += [_decided(contract, exchange, as_of) for contract in decided_since(session, as_of - LOOK_BACK)]
    return RenewalCalendar(tuple(rows), exchange.currency, as_of, days, people(session, None), partner_rows(session))


def _decided(contract: ContractRow, exchange: Exchange, as_of: date) -> ListedRenewal:
    value = exchange.amount(contract.recurring, contract.currency, as_of)
    days = (contract.end - as_of).days if contract.end is not None else 0
    return ListedRenewal(contract, value, days, (), (), None, as_of)


def _tasks(session: Session, as_of: date) -> dict[str, list[ActionRow]]:
    """Open actions about renewals by their contract."""
    tasks: dict[str, list[ActionRow]] = {}
    for row in open_about(session, as_of, action.c.contract.is_not(None)):
        tasks.setdefault(row.contract or "", []).append(row)
    return tasks


def _usage(session: Session, as_of: date) -> dict[tuple[str | None, str | None], Decimal]:
    """By customer and product, how far the usage of ninety days fell below that of the ninety days before."""
    row = TABLES["transaction"].c
    middle, first = as_of - USAGE_DAYS, as_of - 2 * USAGE_DAYS
    is_late = (row.day > middle).label("is_late")
    query = select(row.customer, row.product, is_late, func.sum(row.amount))
    query = query.where(row.kind == "usage", row.day > first, row.day <= as_of)
    found: dict[tuple[str | None, str | None], dict[bool, Decimal]] = {}
    for customer, product, late, total in session.execute(query.group_by(row.customer, row.product, is_late)):
        found.setdefault((customer, product), {})[bool(late)] = Decimal(total or 0)
    return {
        key: (parts[False] - parts.get(True, ZERO)) / parts[False] for key, parts in found.items() if parts.get(False)
    }


def _cases(session: Session, as_of: date) -> dict[str | None, date]:
    """By customer, since when its oldest ticket is open."""
    row = TABLES["case"].c
    query = select(row.customer, func.min(row.opened, type_=row.opened.type))
    query = query.where(row.closed.is_(None), row.opened <= as_of, row.customer.is_not(None)).group_by(row.customer)
    return {customer: opened for customer, opened in session.execute(query) if opened is not None}
