"""Bands, caps and counts that go on through years of a contract or of a customer."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, Transaction
from tests.engine.cases import problems, worked
from tests.engine.test_earning_triggers import amounts

AS_OF = date(2026, 12, 31)
CONTRACTS = [
    Contract(id="K1", partner="A", customer="C1", start=date(2025, 4, 10)),
    Contract(id="K2", partner="A", customer="C1", start=date(2026, 2, 1)),
]


def invoice(id: str, day: date, contract: str | None = "K1", amount: int = 1000) -> Transaction:
    return Transaction(id=id, partner="A", kind="invoice", customer="C1", contract=contract, day=day, amount=D(amount))


ROWS = [
    *CONTRACTS,
    invoice("i1", date(2026, 3, 1)),
    invoice("i2", date(2026, 4, 9)),
    invoice("i3", date(2026, 4, 10)),
    invoice("i4", date(2026, 5, 1), "K2"),
]


def sold(rate: str, more: str = "") -> str:
    head = '[earning.sold]\nsays = "Sold"\ntype = "SOLD"\non = "invoice issued"\nbase = "amount"\n'
    return f"{head}rate = {rate}\n{more}\n"


def paid(text: str, rows: list[Any] = ROWS) -> dict[str, D]:
    return {id.partition(":")[2]: amount for id, amount in amounts(worked(text, rows, AS_OF)).items()}


def bands(over: str, each: str, more: str = "") -> str:
    steps = "[{ from = 0, rate = 0.10 }, { from = 1000, rate = 0.02 }]"
    return sold(f'{{ bands = "marginal", over = "{over}", each = "{each}", steps = {steps}{more} }}')


def test_bands_begin_anew_on_each_anniversary_of_the_contract() -> None:
    assert paid(bands("contract year", "contract")) == {"i1": 100, "i2": 20, "i3": 100, "i4": 100}
    assert paid(bands("year", "contract")) == {"i1": 100, "i2": 20, "i3": 20, "i4": 100}


def test_what_was_paid_adds_up_through_the_contract_s_year() -> None:
    found = paid(bands("contract year", "contract", ', floors_of = "paid"').replace("from = 1000", "from = 150"))
    assert found == {"i1": 100, "i2": 60, "i3": 100, "i4": 100}


def test_bands_begin_anew_on_each_anniversary_of_the_customer() -> None:
    assert paid(bands("customer year", "customer")) == {"i1": 100, "i2": 20, "i3": 100, "i4": 20}


def test_without_a_contract_it_is_the_fiscal_year() -> None:
    rows = [invoice("i1", date(2025, 12, 31), None), invoice("i2", date(2026, 1, 1), None)]
    assert paid(bands("contract year", "contract"), rows) == {"i1": 100, "i2": 100}
    assert paid(bands("contract year", "contract"), [*rows, invoice("i3", date(2026, 2, 1), None)])["i3"] == 20


@pytest.mark.parametrize(
    ("every", "per", "i3", "i4"), [("contract", "contract", 100, 100), ("customer", "customer", 100, 20)]
)
def test_a_cap_holds_for_each_of_these_years(every: str, per: str, i3: int, i4: int) -> None:
    cap = f'[cap.x]\nof = ["sold"]\nevery = "{every} year"\nper = "{per}"\nat_most = 120\n'
    assert paid(sold("0.1", cap)) == {"i1": 100, "i2": 20, "i3": i3, "i4": i4}


def test_the_first_one_in_each_of_these_years_counts() -> None:
    count = 'count = { per = "contract", to = 1, over = "contract year" }'
    assert paid(sold("0.1", count)) == {"i1": 100, "i3": 100, "i4": 100}


@pytest.mark.parametrize(
    "text",
    [
        bands("contract year", "customer"),
        sold("0.1", 'count = { per = "customer", to = 1, over = "contract year" }'),
        sold("0.1", '[cap.x]\nof = ["sold"]\nevery = "contract year"\nat_most = 120\n'),
    ],
)
def test_years_of_a_contract_go_with_sums_by_contract(text: str) -> None:
    assert any("every contract has contract years of its own" in str(problem) for problem in problems(text))
