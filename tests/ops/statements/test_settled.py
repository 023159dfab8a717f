"""What is invoiced, and what a draw advanced, stands on the statement as what it is, and adds up to the balance."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from partnerdesk.engine.facts import Contract, Customer, Partner, Payment
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import ExportedStatement, export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.returned import read_returned
from partnerdesk.queries.payments.due import due
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.reports.statement_reader import read

PROGRAM = """
program = "broker"
version = "2026"
effective_from = 2026-01-01
name = "Broker scheme"
vendor = "Kaze Mutual"
currency = "JPY"
rounding = { decimals_of = "currency" }

[settlement]
every = "month"
pays_after_days = 15
negative = "invoice"
draw = { amount = 50_000, months = 2 }

[[tier]]
name = "Growth"

[earning.placement]
says = "Placement commission"
type = "UPFRONT"
on = "contract started"
base = "recurring"
rate = 0.1
clawback = [{ if = "churned", within_months = 12, shape = "full" }]
"""
NAMES = {"maker": "Ana", "checker": "Bo", "at": "2026-06-15T09:00:00Z"}


def contract(id: str, start: date, amount: int) -> Contract:
    end = date(start.year + 1, start.month, 28)
    return Contract(id=id, partner="P1", start=start, end=end, customer="C1", recurring=Decimal(amount), currency="JPY")


PAID = Payment(id="Y1", partner="P1", day=date(2026, 3, 15), amount=Decimal(100_000), currency="JPY")
K2 = contract("K2", date(2026, 3, 10), 800_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A draw of 50,000 in January and February; 20,000 earned in January, 80,000 in March."""
    rows = [
        Partner(id="P1", name="Yamada", joined=date(2026, 1, 1)),
        Customer(id="C1", name="Client"),
        contract("K1", date(2026, 1, 10), 200_000),
        K2,
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, rows, system="test")
        store.transact("Add program", add_version, PROGRAM, "2026.toml")
        yield store


def close(store: Store, label: str, as_of: date) -> None:
    total = store.read(run, label, as_of).total
    store.transact("Close", close_period, label, as_of, total=total, **NAMES)


def written(store: Store, label: str, as_of: date, folder: Path) -> ExportedStatement:
    (made,) = store.read(export_statements, label, as_of, folder, pages=True)
    return made


def parts(made: ExportedStatement, table: str, word: str, amount: str) -> list[tuple[str, Decimal]]:
    rows = read(made.workbook.read_bytes()).tables.get(table, [])
    return [(str(row[word]), row[amount]) for row in rows]


def balance(made: ExportedStatement) -> list[tuple[str, Decimal]]:
    return parts(made, "PayableBalance", "Part", "In the balance")


def draw(made: ExportedStatement) -> list[tuple[str, Decimal]]:
    return parts(made, "Advances", "Of the draw", "To be recovered")


def words(made: ExportedStatement) -> str:
    assert made.pdf is not None
    pdf = pypdfium2.PdfDocument(made.pdf.read_bytes())
    found = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return " ".join(found.split())


def test_an_advance_is_told_with_what_of_it_was_recovered(store: Store, tmp_path: Path) -> None:
    made = written(store, "2026-01", date(2026, 2, 3), tmp_path)
    assert balance(made) == [("To be paid", 50_000), ("Advance", -30_000)], "20,000 were earned"
    assert draw(made) == [("Advanced", 30_000)]
    made = written(store, "2026-02", date(2026, 3, 3), tmp_path)
    assert balance(made) == [("To be paid", 50_000), ("To be paid", 50_000), ("Advance", -80_000)]
    assert draw(made) == [("Before", 30_000), ("Advanced", 50_000)]
    assert "100,000 is to be paid by 15 Mar 2026, 80,000 is an advance to be recovered" in words(made)
    store.transact("Pay", add_rows, [PAID])
    made = written(store, "2026-03", date(2026, 4, 3), tmp_path)
    assert read(made.workbook.read_bytes()).rows["Closing balance"][1] == 0
    assert balance(made) == [], "80,000 earned, all of it recovered"
    assert draw(made) == [("Before", 80_000), ("Recovered", -80_000)]


def test_a_debt_that_is_invoiced_says_so_and_when(store: Store, tmp_path: Path) -> None:
    store.transact("Pay", add_rows, [PAID])
    for label, day in (("2026-01", date(2026, 2, 3)), ("2026-02", date(2026, 3, 3)), ("2026-03", date(2026, 4, 3))):
        close(store, label, day)
    left: dict[str, Any] = {"outcome": "churned", "outcome_on": date(2026, 4, 20)}
    store.transact("Left", change_row, "contract", "K2", K2, **left)
    day = date(2026, 5, 3)
    draft = written(store, "2026-04", day, tmp_path / "draft")
    close(store, "2026-04", day)
    made = written(store, "2026-04", date(2026, 6, 3), tmp_path / "final")
    assert balance(made) == balance(draft) == [("Invoiced", -80_000)]
    assert "JPY −80,000 after April 2026: 80,000 is invoiced on 15 May 2026" in words(made).replace("\u00a0", " ")
    assert "carried forward" not in words(made)
    assert "invoiced, see 7 Payments" in words(made)
    assert all(row.is_same for row in store.read(replay)), "it is no part of what was closed"
    assert store.read(read_returned, made.workbook).altered == ()


def test_only_what_earlier_payouts_do_not_bear_is_called_invoiced(store: Store, tmp_path: Path) -> None:
    left: dict[str, Any] = {"outcome": "churned", "outcome_on": date(2026, 4, 20)}
    store.transact("Left", change_row, "contract", "K2", K2, **left)
    day = date(2026, 5, 20)
    for label in ("2026-01", "2026-02", "2026-03", "2026-04"):
        close(store, label, day)
    made = written(store, "2026-04", day, tmp_path)
    assert balance(made) == [("To be paid", 30_000), ("To be paid", 50_000), ("Invoiced", -60_000)]
    assert {row.kind: row.gross for row in store.read(due, day, day)} == {"pay": 80_000, "invoice": 60_000}
