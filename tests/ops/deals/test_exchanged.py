"""One deal in another currency is worth the same in every list and on every page: by the program's own table."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Deal, ExchangeRate, Partner
from partnerdesk.ops.pack.gathered import gather
from partnerdesk.ops.pack.money import renewals
from partnerdesk.ops.pack.pipeline import open_deals
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.pipeline.deal_list import deal_list
from partnerdesk.queries.pipeline.renewal_calendar import renewal_calendar
from partnerdesk.queries.today.ranked import today
from partnerdesk.store import Store

DAY = date(2026, 9, 30)
PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01
currency = "EUR"
[exchange]
table = "bank"
"""


def rate(id: str, table: str, day: date, base: str, quote: str, rate: str) -> ExchangeRate:
    return ExchangeRate(id=id, table=table, day=day, base=base, quote=quote, rate=Decimal(rate))


def deal(id: str, currency: str) -> Deal:
    return Deal(id=id, partner="P1", customer="C1", amount=Decimal(1000), currency=currency, registered=DAY)


ROWS = [
    Partner(id="P1", name="Nordlys", currency="EUR"),
    Customer(id="C1", name="Auental"),
    rate("X1", "program", DAY, "USD", "EUR", "9"),
    rate("X2", "bank", date(2026, 1, 1), "USD", "EUR", "0.9"),
    rate("X3", "bank", date(2026, 9, 1), "USD", "EUR", "0.8"),
    rate("X4", "bank", date(2026, 9, 1), "EUR", "CHF", "2"),
    deal("D1", "USD"),
    deal("D2", "CHF"),
    deal("D3", "SEK"),
    Contract(id="K1", partner="P1", customer="C1", recurring=Decimal(500), currency="USD", end=date(2026, 11, 1)),
]


def test_a_foreign_amount_is_worth_the_same_wherever_it_is_shown(tmp_path: Path) -> None:
    with Store.create(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Facts", add_rows, ROWS)
        store.transact("Program", add_version, PROGRAM, "p.toml")
        store.read(seen)


def seen(session: Session) -> None:
    known = {"D1": Decimal(800), "D2": Decimal(500), "D3": None}
    gathered = gather(session, "P1", "2026Q3", DAY)
    assert {d.deal: d.amount for d in open_deals(gathered)} == known
    assert {row.id: row.amount for row in deal_list(session, DAY).rows} == known
    (page,) = renewals(gathered)
    (listed,) = renewal_calendar(session, DAY, 90).rows
    (need,) = [n for n in today(session, DAY).needs if n.kind == "renewal"]
    assert page.value == listed.value == need.value == Decimal(400)
