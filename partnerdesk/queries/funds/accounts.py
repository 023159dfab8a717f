"""Funds of all partners or of one: balances, requests with their clocks, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.outcome import FundAccount, FundRequest
from partnerdesk.meant import unknown
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs

OPEN = ("requested", "approved", "claimed", "proven")


@dataclass(frozen=True, slots=True)
class FundRow:
    """One fund of a partner, in the fund's own currency. `expires` is the next day on which some of it is lost."""

    id: str  # partner|fund
    partner: str
    partner_name: str
    key: str
    says: str
    kind: str
    currency: str
    issued: Decimal
    requested: Decimal
    approved: Decimal
    claimed: Decimal
    paid: Decimal
    expired: Decimal
    available: Decimal
    expires: date | None
    expiring: Decimal | None
    open: int  # requests that wait for somebody
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as lists show it. `days_left` counts to its due day, below zero when late; `value` is what it is about.

    `due_for` says what is due: decision and payment are ours, claim and proof the partner's.
    """

    id: str
    partner: str
    partner_name: str
    fund: str
    fund_says: str
    currency: str
    project: str
    activity: str
    day: date
    requested: Decimal
    approved: Decimal
    claimed: Decimal
    paid: Decimal
    lapsed: Decimal
    cost: Decimal | None
    state: str
    due: date | None
    due_for: str
    days_left: int | None
    proof: str
    evidence: str
    result: str
    approver: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def value(self) -> Decimal:
        """What is at stake until its due day."""
        return {"approved": self.approved, "claimed": self.claimed, "proven": self.claimed}.get(
            self.state, self.requested
        )


@dataclass(frozen=True, slots=True)
class FundsView:
    """All funds and requests, those that wait for somebody first; `version` is that of the program.

    `partners` and `names` (of funds) are (words, key): what a new entry may be for.
    """

    version: str
    funds: tuple[FundRow, ...]
    requests: tuple[RequestRow, ...]
    partners: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def funds(session: Session, as_of: date, partner: str | None = None) -> FundsView:
    """The funds of all partners, or of one, as of a day; nothing without a program."""
    versions = programs(session)
    if not versions:
        return FundsView("", (), ())
    named = facts(session, kinds=("partner", "activity"))
    found = evaluation(session, as_of)
    names = {p.id: p.name for p in named.of("partner")}
    titles = _titles(named)
    rows: list[FundRow] = []
    requests: list[RequestRow] = []
    for id, outcome in found.partners.items():
        if partner in (None, id):
            for account in outcome.funds.values():
                rows.append(_fund(account, id, names[id]))
                requests += (_request(account, r, id, names[id], titles, as_of) for r in account.requests)
    requests.sort(key=lambda r: (not r.is_open, r.due or date.max, r.partner_name, r.day, r.id))
    rows.sort(key=lambda r: (r.partner_name, r.says))
    known = {name: rule.says for version in versions for name, rule in version.fund.items()}
    known |= {row.key: row.says for row in rows if row.key not in known}
    whose = tuple(sorted((name, id) for id, name in names.items()))
    return FundsView(found.version, tuple(rows), tuple(requests), whose, tuple((says, k) for k, says in known.items()))


def fund_request(session: Session, id: str, as_of: date) -> RequestRow:
    """One request. Raises Refused where there is none of this id."""
    known = {row.id: row for row in funds(session, as_of).requests}
    if id not in known:
        raise unknown(
            "fund request", id, known.keys(), "Funds and `partnerdesk funds list --all` show those there are."
        )
    return known[id]


def _titles(found: Facts) -> dict[str, str]:
    return {row.id: row.title or row.id for row in found.of("activity")}


def _fund(account: FundAccount[Decimal], partner: str, name: str) -> FundRow:
    first = min(account.expiring, default=None)
    amounts = {k: getattr(account, k) for k in ("issued", "requested", "approved", "claimed", "paid", "expired")}
    return FundRow(
        id=f"{partner}|{account.key}",
        partner=partner,
        partner_name=name,
        key=account.key,
        says=account.says,
        kind=account.kind,
        currency=account.currency,
        available=account.available,
        expires=first[0] if first else None,
        expiring=sum((a for day, a in account.expiring if first and day == first[0]), Decimal(0)) if first else None,
        open=sum(r.state in OPEN for r in account.requests),
        problems=tuple(str(p) for p in account.problems),
        **amounts,
    )


def _request(
    account: FundAccount[Decimal],
    request: FundRequest[Decimal],
    partner: str,
    name: str,
    titles: dict[str, str],
    as_of: date,
) -> RequestRow:
    kept = {k: getattr(request, k) for k in FundRequest.__slots__ if k != "activity"}
    return RequestRow(
        partner=partner,
        partner_name=name,
        fund=account.key,
        fund_says=account.says,
        currency=account.currency,
        activity=titles.get(request.activity, request.activity),
        days_left=(request.due - as_of).days if request.due else None,
        **kept,
    )


def expiring(found: FundsView, as_of: date, last: date) -> Iterator[FundRow]:
    """The funds of which something is lost between two days."""
    return (row for row in found.funds if row.expires is not None and as_of <= row.expires <= last)
