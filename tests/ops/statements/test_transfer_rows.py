"""The ledger of a statement on the screen: what moves between held and payable is one row, whatever it is held of."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.partners.earned import earned
from partnerdesk.store import Store

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01
statements = "month"

[earning.share]
says = "Revenue share"
type = "SHARE"
on = "deal won"
base = "amount"
rate = 0.10

[holdback.quarter]
of = ["share"]
share = 0.15
every = "quarter"
release_after = 1
"""


def test_a_holdback_of_a_sum_is_one_row_and_moves_no_balance(tmp_path: Path) -> None:
    rows = [
        Partner(id="P", name="P Ltd", joined=date(2026, 1, 2)),
        Deal(id="D", partner="P", status="won", closed=date(2026, 2, 3), amount=Decimal(1000)),
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ann") as store:
        store.transact("Add facts", add_rows, rows, by="Ann")
        store.transact("Add program", add_version, PROGRAM, "1.toml")
        ledger = store.read(earned, "P", "2026-03", date(2026, 4, 2)).ledger
    assert [(row.held, row.payable, row.amount, row.balance) for row in ledger] == [(15, -15, 0, 100)]
