"""Funds, payments and what is at stake in a statement: all eight sheets, their CSV twin, frozen and replayed."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnerdesk.engine.facts import Activity, FundEntry, Payment
from partnerdesk.ops.rows.facts import add_rows, change_row, remove_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.cli.conftest import make_book

DAY, AT = date(2026, 9, 30), "2026-09-30T12:00:00Z"


def entry(id: str, kind: str, day: date, amount: int | None = None, **more: Any) -> FundEntry:
    money = None if amount is None else Decimal(amount)
    return FundEntry(id=id, partner="P1", fund="Launch", kind=kind, day=day, amount=money, **more)


ROWS = (
    Activity(id="Y1", partner="P1", kind="co-marketing", title="Harbour roundtable", day=date(2026, 2, 20)),
    entry("F1", "allocation", date(2026, 1, 5), 3000, due=date(2026, 12, 31)),
    entry("F2", "request", date(2026, 1, 20), 1200, activity="Y1", project="Ports campaign"),
    entry("F3", "approval", date(2026, 1, 25), request="F2", approver="Vera"),
    entry("F4", "claim", date(2026, 2, 22), 1000, request="F2", due=date(2026, 3, 20)),
    entry("F5", "proof", date(2026, 3, 2), request="F2", evidence="photos"),
    entry("F6", "reimbursement", date(2026, 3, 9), 1000, request="F2", result="14 leads"),
    Payment(id="R1", partner="P1", day=date(2026, 2, 27), amount=Decimal(100), remittance="REM-7", method="SEPA"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    with Store.open(path, user="me") as store:
        store.transact("Rows", add_rows, ROWS)
        yield store


def rows_of(sheet: Any, title: str) -> list[dict[str, Any]]:
    """The lines of the table whose first title this is."""
    table = next(t for t in sheet.tables.values() if sheet[t.ref.split(":")[0]].value == title)
    cells = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def close(store: Store, label: str) -> None:
    who = {"maker": "Ann", "checker": "Ben", "total": store.read(run, label, DAY).total, "at": AT}
    store.transact("Close", close_period, label, DAY, **who)


def exported(store: Store, folder: Path, label: str = "2026-02") -> Any:
    (made,) = store.read(export_statements, label, DAY, folder, partners=["P1"])
    return made


def test_a_statement_has_eight_sheets_and_the_fund_as_it_stood_at_the_periods_end(store: Store, tmp_path: Path) -> None:
    made = exported(store, tmp_path / "out")
    book = openpyxl.load_workbook(made.workbook, data_only=True)
    assert [name[0] for name in book.sheetnames] == list("12345678")
    (fund,) = rows_of(book["6 Funds"], "Fund")
    told = {
        key: fund[key] for key in ("Opening", "Issued", "Reimbursed", "Closing", "Approved", "Claimed", "Available")
    }
    assert told == {
        "Opening": 3000,
        "Issued": 0,
        "Reimbursed": 0,
        "Closing": 3000,
        "Approved": 200,
        "Claimed": 1000,
        "Available": 1800,
    }
    (request,) = rows_of(book["6 Funds"], "Request")
    assert (request["State"], request["Proof"], request["Due for"]) == ("Claimed, proof due", "Due", "Proof")
    assert (request["Joint project"], request["Activity"]) == ("Ports campaign", "Harbour roundtable")
    assert [m["What"] for m in rows_of(book["6 Funds"], "Movement") if m["From"]] == ["Claimed"]


def test_what_is_at_stake_is_said_of_the_days_after_the_data_as_it_is_reckoned(store: Store, tmp_path: Path) -> None:
    """Whoever leaves on the day of the data itself loses a day more of a contract than whoever leaves on the next."""
    held = openpyxl.load_workbook(exported(store, tmp_path / "out").workbook, data_only=True)["3 Held and releases"]
    titles = [cell.value for cell in held["A"] if isinstance(cell.value, str)]
    (leaving,) = (title for title in titles if title.startswith("If one customer leaves"))
    (lines,) = (title for title in titles if title.startswith("What could still be clawed back"))
    assert leaving == "If one customer leaves after 30 Sep 2026"
    assert lines == "What could still be clawed back after 30 Sep 2026"


def test_the_movements_have_a_csv_twin_with_project_and_result(store: Store, tmp_path: Path) -> None:
    made = exported(store, tmp_path / "out", "2026-03")
    assert made.funds is not None
    records = list(csv.DictReader(made.funds.read_text("utf-8-sig").splitlines()))
    assert [(r["Kind"], r["Amount"], r["Joint project"], r["Result"]) for r in records] == [
        ("reimbursement", "1000.00", "Ports campaign", "14 leads")
    ]
    assert exported(store, tmp_path / "out", "2026-05").funds is None, "nothing moved"


def test_payments_stand_on_their_sheet_and_the_roll_forward_adds_them_up(store: Store, tmp_path: Path) -> None:
    made = exported(store, tmp_path / "out")
    (paid,) = rows_of(openpyxl.load_workbook(made.workbook, data_only=True)["7 Payments"], "Payment")
    assert (paid["Remittance"], paid["Method"], paid["Net"]) == ("REM-7", "SEPA", 100)
    live = openpyxl.load_workbook(made.workbook)["1 Summary"]
    assert "=-SUM(Payments[Fees],Payments[Net])" in {cell.value for row in live.iter_rows() for cell in row}


def test_what_is_closed_keeps_its_funds_whatever_comes_later_and_replays(store: Store, tmp_path: Path) -> None:
    close(store, "2026-02")
    late = [entry("F0", "allocation", date(2026, 2, 2), 500)]
    store.transact("Late", add_rows, late)
    made = exported(store, tmp_path / "out")
    (fund,) = rows_of(openpyxl.load_workbook(made.workbook, data_only=True)["6 Funds"], "Fund")
    assert fund["Available"] == 1800
    march = exported(store, tmp_path / "out", "2026-03")
    sheet = openpyxl.load_workbook(march.workbook, data_only=True)["6 Funds"]
    (fund,) = rows_of(sheet, "Fund")
    assert (fund["Opening"], fund["Issued"], fund["Reimbursed"], fund["Closing"]) == (3000, 500, 1000, 2500)
    assert fund["Closing minus parts"] == 0
    corrected = [m for m in rows_of(sheet, "Movement") if m["What"] == "Corrected"]
    assert [(m["Amount"], m["To"], m["Why"]) for m in corrected] == [
        (500, "Available", "known only after the close: allocated, 2 Feb 2026")
    ]
    close(store, "2026-03")
    store.transact("Correct", change_row, "fund_entry", "F0", {}, amount=Decimal(200))
    store.transact("Remove", remove_row, "fund_entry", "F6")
    sheet = openpyxl.load_workbook(exported(store, tmp_path / "out", "2026-04").workbook, data_only=True)["6 Funds"]
    (fund,) = rows_of(sheet, "Fund")
    assert (fund["Opening"], fund["Issued"], fund["Reimbursed"], fund["Closing"]) == (2500, -300, -1000, 3200)
    told = {m["Why"].partition(":")[0] for m in rows_of(sheet, "Movement")}
    assert told == {"changed since it was stated", "no longer in the book"}
    (later,) = rows_of(
        openpyxl.load_workbook(exported(store, tmp_path / "out", "2026-05").workbook, data_only=True)["6 Funds"], "Fund"
    )
    assert later["Opening"] == 3200, "what April corrects, May goes on from"
    close(store, "2026-04")
    for id in ("F0", "F3", "F4", "F5", "F2", "F1"):
        store.transact("Remove", remove_row, "fund_entry", id)
    sheet = openpyxl.load_workbook(exported(store, tmp_path / "out", "2026-05").workbook, data_only=True)["6 Funds"]
    (fund,) = rows_of(sheet, "Fund")
    assert (fund["Opening"], fund["Closing"], fund["Closing minus parts"]) == (3200, 0, 0), "a fund does not vanish"
    close(store, "2026-05")
    assert [row.difference for row in store.read(replay)] == [""] * len(store.read(replay))
    for row in store.read(closed_statements):
        body = store.read(canonical_statement, row.id)
        assert canonical(restored(body)) == body
