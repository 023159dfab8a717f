"""What people do with a fund and with benefits: each step follows the one before, and the ledger judges it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import ExchangeRate, FundEntry, Partner, Transaction
from partnerdesk.errors import Refused
from partnerdesk.ops.funds.delivering import deliver
from partnerdesk.ops.funds.steps import (
    BeyondFund,
    Money,
    allocate,
    claim,
    decide,
    expire,
    prove,
    reimburse,
    release,
    request_money,
)
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.funds.accounts import fund_request, funds
from partnerdesk.queries.funds.benefits import benefits
from partnerdesk.queries.funds.named import fund_moves, fund_named
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.today.ranked import today
from partnerdesk.store import Store

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01
[metric.sales]
says = "Purchases"
of = "transaction"
[[tier]]
name = "Base"
benefits = ["desk"]
[benefit.desk]
says = "Launch desk"
delivered = "once"
within_days = 30
[earning.share]
says = "Share"
type = "SHARE"
on = "invoice issued"
base = "amount"
rate = 0.1
[fund.mdf]
says = "Co-marketing fund"
accrues_on = "sales"
rate = 0.05
cost_share = 0.5
decide_days = 14
claim_days = 30
proof_days = 20
pay_days = 10
"""
DAY = date(2026, 7, 1)
WHO = {"by": "Ana"}
NONE = Money(amount=None)


def money(amount: int | str) -> Money:
    return Money(amount=Decimal(amount))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    rows: list[Any] = [
        Partner(id="P1", name="Alder", joined=date(2026, 1, 1)),
        Transaction(id="I1", partner="P1", kind="invoice", day=date(2026, 2, 3), amount=Decimal(20_000)),
    ]
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        store.transact("Facts", add_rows, rows)
        yield store


def asked(store: Store, amount: int = 600, on: date = DAY) -> str:
    said = {"on": on, "project": "Roundtable", **WHO}
    return str(store.transact("Request", request_money, "P1", "mdf", money(amount), **said).value)


def test_a_request_goes_from_ask_to_payment_and_undo_takes_a_step_back(store: Store) -> None:
    id = asked(store)
    row = store.read(fund_request, id, DAY)
    assert (row.state, row.due_for, row.days_left, row.project) == ("requested", "decision", 14, "Roundtable")
    store.transact("Approve", decide, id, "approve", NONE, on=DAY, approver="Vera", **WHO)
    store.transact("Claim", claim, id, NONE, cost=Decimal(900), on=DAY, **WHO)
    assert store.read(fund_request, id, DAY).claimed == 450
    store.transact("Proof", prove, id, "photos.zip", result="14 leads", on=DAY, **WHO)
    store.transact("Pay", reimburse, id, NONE, approver="Vera", on=DAY, **WHO)
    paid = store.read(fund_request, id, DAY)
    assert (paid.state, paid.paid, paid.result, paid.evidence) == ("approved", 450, "14 leads", "photos.zip")
    store.transact("Release", release, id, NONE, on=DAY, **WHO)
    (fund,) = store.read(funds, DAY).funds
    assert (fund.issued, fund.available, fund.paid, fund.approved) == (1000, 550, 450, 0)
    store.undo()
    assert store.read(funds, DAY).funds[0].approved == 150


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda s, id: s.transact("x", decide, id, "approve", money(5000), on=DAY, approver="V", **WHO), "available"),
        (lambda s, id: s.transact("x", claim, id, money(5), on=DAY, **WHO), "is requested"),
        (lambda s, id: s.transact("x", reimburse, id, NONE, on=DAY, approver="V", **WHO), "is requested"),
        (lambda s, id: s.transact("x", decide, id, "approve", NONE, on=DAY, approver=" ", **WHO), "names who decided"),
        (lambda s, id: s.transact("x", decide, "F-9", "deny", NONE, on=DAY, approver="V", **WHO), "no fund request"),
        (lambda s, id: s.transact("x", allocate, "P1", "mdf", money(0), on=DAY, **WHO), "changes nothing"),
        (lambda s, id: s.transact("x", expire, "P1", "mdf", money(-5), on=DAY, **WHO), "above zero"),
    ],
)
def test_a_step_that_does_not_follow_is_refused_and_writes_nothing(store: Store, step: Any, message: str) -> None:
    id = asked(store)
    before = store.read(funds, DAY)
    with pytest.raises(Refused, match=message):
        step(store, id)
    assert store.read(funds, DAY) == before


def test_a_request_for_more_than_there_is_asks_first(store: Store) -> None:
    asked(store, 600)
    said = {"on": DAY, "project": "Fair", **WHO}
    with pytest.raises(BeyondFund, match=r"for 1,000\.01 EUR; .* has 1,000\.00 EUR available, of which 600\.00 EUR is"):
        store.transact("x", request_money, "P1", "mdf", money("1000.01"), **said)
    assert len(store.read(funds, DAY).requests) == 1
    store.transact("x", request_money, "P1", "mdf", money("1000.01"), anyway=True, **said)
    store.transact("x", request_money, "P1", "mdf", money(1000), **said)
    assert len(store.read(funds, DAY).requests) == 3


def test_a_day_in_a_closed_period_is_refused(store: Store) -> None:
    ready = store.read(run, "2026-02", DAY)
    close = {"maker": "A", "checker": "B", "total": ready.total, "at": "2026-07-01T09:00:00Z"}
    store.transact("Close", close_period, "2026-02", DAY, **close)
    with pytest.raises(Refused, match="is closed"):
        store.transact("x", allocate, "P1", "mdf", money(10), on=date(2026, 2, 20), **WHO)


def test_deadlines_stand_on_today_with_what_is_at_stake(store: Store) -> None:
    id = asked(store)
    (decision,) = [n for n in store.read(today, DAY).needs if n.kind == "fund"]
    assert (decision.event, decision.value, decision.count, decision.subject) == ("decision", 600, 14, "Roundtable")
    (late,) = [n for n in store.read(today, date(2026, 7, 20)).needs if n.kind == "fund"]
    assert (late.event, late.count) == ("decision-late", 5)
    store.transact("Approve", decide, id, "approve", NONE, on=DAY, approver="Vera", **WHO)
    (due,) = [n for n in store.read(today, date(2026, 7, 20)).needs if n.kind == "fund"]
    assert (due.event, due.due) == ("claim", date(2026, 7, 31))


def test_a_benefit_that_was_not_delivered_stands_on_today_until_it_is(store: Store) -> None:
    (need,) = [n for n in store.read(today, DAY).needs if n.kind == "benefit"]
    assert (need.event, need.subject, need.about) == ("undelivered", "Launch desk", "Base")
    with pytest.raises(Refused, match="not promised"):
        store.transact("x", deliver, "P1", "gift", on=DAY, **WHO)
    store.transact("Deliver", deliver, "P1", "desk", on=DAY, evidence="mail", **WHO)
    assert not [n for n in store.read(today, DAY).needs if n.kind == "benefit"]
    (row,) = store.read(benefits, DAY)
    assert (row.benefit.state, row.benefit.delivered, row.benefit.by) == ("delivered", DAY, "Ana")


def test_a_partner_of_another_currency_asks_in_the_funds_own_by_key_or_title(store: Store) -> None:
    rows: list[Any] = [
        Partner(id="P2", name="Birch", joined=date(2026, 1, 1), currency="GBP"),
        ExchangeRate(id="X1", day=date(2026, 1, 1), base="GBP", quote="EUR", rate=Decimal("1.2")),
        FundEntry(id="F-7", partner="P2", fund="mdf", kind="allocation", day=DAY, amount=Decimal(900), currency="GBP"),
    ]
    store.transact("Facts", add_rows, rows)
    said = {"on": DAY, "project": "Fair", **WHO}
    id = store.transact("Request", request_money, "P2", "co-marketing FUND", money(500), **said).value
    row = store.read(fund_request, id, DAY)
    assert (row.fund, row.requested, row.currency) == ("mdf", 500, "EUR")
    store.transact("Approve", decide, id, "approve", money(400), approver="Vera", on=DAY, **WHO)
    store.transact("Claim", claim, id, NONE, cost=Decimal(700), on=DAY, **WHO)
    row = store.read(fund_request, id, DAY)
    assert (row.claimed, row.cost) == (350, 700)  # half of the cost, neither turned into another currency
    assert next(m.amount for m in store.read(fund_moves, DAY, "P2", "Co-marketing fund")) == 1080


def test_an_unknown_fund_is_refused_at_once_with_the_nearest(store: Store) -> None:
    said = {"on": DAY, "project": "Fair", **WHO}
    with pytest.raises(Refused, match=r"no fund “comarketing fund”.* Did you mean mdf\? Known: mdf \(Co-marketing"):
        store.transact("x", request_money, "P1", "comarketing fund", money(9), **said)
    with pytest.raises(Refused, match=r"Known: mdf \(Co-marketing fund\)\.$"):
        store.transact("x", allocate, "P1", "Zebra", money(9), on=DAY, **WHO)
    store.transact("Open", allocate, "P1", "Zebra", money(9), on=DAY, new=True, **WHO)
    assert store.read(fund_named, "zebra", DAY) == "Zebra"
