"""The calendar of a partner: what vests when, until when it can be clawed back, the worst case of a customer."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, Customer, Deal, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.partners.calendar import calendar
from partnerdesk.queries.why import why
from partnerdesk.store import Store

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
reference = "U-1"
on = "deal won"
base = "amount"
rate = 0.1
vests = [{ share = 0.6, at = "event" }, { share = 0.4, at = "event", after_months = 6 }]
clawback = [{ if = "churned", within_months = 12 }]
"""
DAY = date(2026, 3, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    rows: list[Any] = [Partner(id="P1", name="Alder"), Customer(id="C1", name="One"), Customer(id="C2", name="Two")]
    for id, customer, amount in (("D1", "C1", 10_000), ("D2", "C2", 30_000)):
        day = date(2026, 2, 1)
        rows.append(Deal(id=id, partner="P1", customer=customer, status="won", amount=Decimal(amount), closed=day))
        rows.append(Contract(id=f"K{id}", partner="P1", customer=customer, deal=id, start=day, end=date(2027, 1, 31)))
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        store.transact("Facts", add_rows, rows)
        yield store


def test_it_says_what_vests_what_is_at_risk_and_the_worst_case(store: Store) -> None:
    found = store.read(calendar, "P1", DAY)
    told = [(r.kind, r.day, r.customer, r.amount) for r in found.rows]
    assert told == [
        ("vests", date(2026, 8, 1), "One", Decimal("400.00")),
        ("vests", date(2026, 8, 1), "Two", Decimal("1200.00")),
        ("leaving", date(2027, 2, 1), "One", Decimal("1000.00")),
        ("leaving", date(2027, 2, 1), "Two", Decimal("3000.00")),
        ("risk", date(2027, 2, 1), "One", Decimal("1000.00")),
        ("risk", date(2027, 2, 1), "Two", Decimal("3000.00")),
    ]
    assert found.worst is not None and found.worst.customer == "Two"
    assert (found.held, found.at_risk) == (1600, 4000)


def test_every_row_answers_why(store: Store) -> None:
    for row in store.read(calendar, "P1", DAY).rows:
        assert store.read(why, "P1", row.figure, DAY).figure.value == row.amount
