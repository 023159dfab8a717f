"""Payments that were learned late stand on the sheet of payments, and what is unpaid of a disputed line counts them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from partnerdesk.engine.facts import Adjustment, Deal, Partner, Payment
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.posted_rows import on_statement, unpaid
from partnerdesk.queries.why import why
from partnerdesk.store import Store
from tests.ops.statements.test_changed_partner import AS_OF, PROGRAM, close
from tests.reports.statement_reader import read


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A deal of January: 50 payable, 50 held until July. January is closed."""
    day = date(2026, 1, 5)
    deal = Deal(id="D", partner="P", status="won", closed=day, amount=Decimal(1000))
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, [Partner(id="P", name="P Ltd", joined=day), deal], system="t")
        store.transact("Add", add_version, PROGRAM, "p.toml")
        close(store, "2026-01")
        yield store


def pay(store: Store, id: str, day: date, amount: int, tax: int = 0) -> None:
    row = Payment(id=id, partner="P", day=day, amount=Decimal(amount), tax=Decimal(tax), currency="EUR")
    store.transact("Pay", add_rows, [row], system="t")


def payments(store: Store, folder: Path) -> list[tuple[object, ...]]:
    """Of February's statement: each payment with its day, its gross, tax and net, and when it was learned."""
    (made,) = store.read(export_statements, "2026-02", AS_OF, folder, partners=["P"])
    rows = read(made.workbook.read_bytes()).tables["Payments"]
    return [tuple(r[c] for c in ("Payment", "Gross", "Tax withheld", "Net", "Learned")) for r in rows]


def test_what_was_paid_in_a_closed_period_is_told_as_learned_late(store: Store, tmp_path: Path) -> None:
    pay(store, "LATE", date(2026, 1, 20), 20, 5)
    pay(store, "TIMELY", date(2026, 2, 20), 10)
    draft = payments(store, tmp_path / "draft")
    assert draft == [("TIMELY", 10, 0, 10, "in time"), ("LATE", 25, 5, 20, "late, under Corrections")]
    close(store, "2026-02")
    assert payments(store, tmp_path / "final") == draft
    assert all(row.is_same for row in store.read(replay))


def test_the_large_figure_says_what_was_learned_late_where_nothing_else_was_paid(store: Store, tmp_path: Path) -> None:
    pay(store, "LATE", date(2026, 1, 20), 20, 5)
    (made,) = store.read(export_statements, "2026-02", AS_OF, tmp_path, partners=["P"], pages=True)
    assert made.pdf is not None
    first = " ".join(PdfReader(made.pdf).pages[0].extract_text().split())
    assert "25.00 paid before" in first and "…" not in first, "nothing of it is cut off"
    told = [str(cell.value) for row in openpyxl.load_workbook(made.workbook).worksheets[0] for cell in row]
    assert "25.00 paid before, learned late" in told and "nothing paid" not in told


def test_a_period_lists_what_was_paid_late_as_paid_and_answers_why(store: Store) -> None:
    pay(store, "LATE", date(2026, 1, 20), 20, 5)
    pay(store, "TIMELY", date(2026, 2, 20), 10)
    (row,) = store.read(run, "2026-02", AS_OF).rows
    assert (row.adjusted, row.paid) == (0, -35)
    for column, amount in (("adjusted", row.adjusted), ("paid", row.paid)):
        assert store.read(why, "P", f"moved|{column}|2026-02", AS_OF).figure.value == amount


def test_what_is_payable_by_the_day_of_a_dispute_is_disputed_also_where_its_month_is_open(store: Store) -> None:
    pay(store, "PAID", date(2026, 2, 20), 30)

    def left(day: date) -> Decimal:
        return store.read(lambda session: unpaid(session, on_statement(session, "P", "share:D"), day))

    assert left(date(2026, 6, 20)) == 20
    assert left(date(2026, 9, 30)) == 70, "the other half was released in July, and no close has it yet"


def test_a_debt_that_is_waived_is_no_clawback_in_the_run(tmp_path: Path) -> None:
    day = date(2026, 1, 5)
    rows = [
        Partner(id="P", name="P Ltd", joined=day),
        Adjustment(id="J", partner="P", day=day, amount=Decimal(-100), reason="x", approver="y"),
        Deal(id="D", partner="P", status="won", closed=date(2026, 3, 5), amount=Decimal(1000)),
    ]
    text = PROGRAM + '\n[settlement]\nnegative = "next period"\n'
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add", add_rows, rows, system="t")
        store.transact("Add", add_version, text, "p.toml")
        (row,) = store.read(run, "2026-02", AS_OF).rows
        assert (row.clawed_back, row.adjusted, row.opening, row.closing) == (0, 100, -100, 0)
        for column, amount in (("clawed_back", 0), ("adjusted", 100)):
            assert store.read(why, "P", f"moved|{column}|2026-02", AS_OF).figure.value == amount
