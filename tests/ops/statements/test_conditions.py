"""What is held on a condition says the condition, what is measured now, and that it is else forfeited."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from partnerdesk.engine.facts import Partner, Transaction
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.reports.statement_reader import read

PROGRAM = """
program = "consumption"
version = "A"
effective_from = 2026-01-01
name = "Consumption program"
currency = "EUR"

[metric.consumption]
says = "Consumption of the quarter"
of = "transaction"
window = "period"

[[tier]]
name = "Base"

[earning.usage]
says = "Consumption rebate"
type = "REBATE"
on = "usage reported"
base = "amount"
rate = 0.1

[holdback.quality]
of = ["usage"]
share = 0.2
every = "quarter"
release_after = 1
release_unit = "quarter"
when = { metric = "consumption", at_least = 5_000 }
otherwise = "forfeit"
"""
SAID = "end of 2026Q2, if consumption of the quarter is at least 5,000 (on 5 Apr 2026: Consumption of the quarter 700)"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """100.00 earned in March, of which 20.00 are held back; 700.00 used in April."""
    days = {"U1": (date(2026, 3, 10), 1000), "U2": (date(2026, 4, 2), 700)}
    rows = [
        Transaction(id=id, partner="P1", kind="usage", day=day, amount=Decimal(amount), currency="EUR")
        for id, (day, amount) in days.items()
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P1", name="Alder", joined=date(2026, 1, 1)), *rows], system="test")
        store.transact("Add program", add_version, PROGRAM, "A.toml")
        yield store


def test_the_condition_of_a_holdback_is_on_the_statement_with_what_is_measured(store: Store, tmp_path: Path) -> None:
    day = date(2026, 4, 5)
    names = {"maker": "Ana", "checker": "Bo", "at": "2026-04-05T09:00:00Z"}
    store.transact("Close", close_period, "2026-03", day, total=store.read(run, "2026-03", day).total, **names)
    (made,) = store.read(export_statements, "2026-03", date(2026, 6, 3), tmp_path, pages=True)
    (hold,) = read(made.workbook.read_bytes()).tables["Holds"]
    assert hold["Condition"] == f"{SAID}, else forfeited"
    assert made.pdf is not None
    pdf = pypdfium2.PdfDocument(made.pdf.read_bytes())
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    pdf.close()
    assert "20.00 is held, 20.00 of it on a condition" in words.replace("\u00a0", " ")
    assert "if consumption of the quarter is at least 5,000" in words
    assert all(row.is_same for row in store.read(replay)), "it is no part of what was closed"
