"""A book whose program counts in weeks: its periods close, stand, replay and are followed by the next one."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.fiscal import FiscalYear, Weeks
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.settings import set_book_setting
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.fiscal import fiscal_year
from partnerdesk.queries.forecasts import horizon_of
from partnerdesk.queries.settings import AS_PROGRAM
from partnerdesk.queries.statements.closing import run, statement_periods
from partnerdesk.store import Store

AS_OF = date(2026, 1, 30)
LAST_OF_JULY = FiscalYear(8, weeks=Weeks(5))
PERIODS = FiscalYear(8, weeks=Weeks(5, longer=13, quarters=(3, 3, 3, 4)))
TEXT = """\
program = "weeks"
version = "1"
effective_from = 2025-07-27
fiscal_year_starts = "08-01"
fiscal_weeks = { ends_on = "Saturday" }
statements = "UNIT"

[earning.commission]
says = "Commission"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.1
"""


def deal(id: str, day: date, amount: int) -> Deal:
    return Deal(id=id, partner="P1", status="won", closed=day, amount=Decimal(amount))


@pytest.fixture(params=["month", "quarter"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    rows = [Partner(id="P1", name="Alder", joined=date(2025, 7, 27))]
    rows += [deal("D1", date(2025, 10, 25), 100), deal("D2", date(2025, 10, 26), 200), deal("D3", AS_OF, 400)]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, rows, system="test")
        store.transact("Add program", add_version, TEXT.replace("UNIT", request.param), "weeks.toml")
        yield store


def close(store: Store, label: str) -> None:
    said = {"maker": "Ana", "checker": "Bo", "at": "2026-01-30T09:00:00Z"}
    total = store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, total=total, **said)


def test_closed_periods_stand_and_are_closed_in_order(book: Store) -> None:
    labels = [period.label for period in reversed(book.read(statement_periods, AS_OF))]
    first, second = labels[:2]
    assert first in ("FY2026M03", "FY2026Q1") and labels[-1] in ("FY2026M07", "FY2026Q3")
    (row,) = book.read(run, second, AS_OF).rows
    assert (row.status, row.why) == ("blocked", f"{first} is not closed yet")
    close(book, first)
    close(book, second)
    statements = book.read(evaluation, AS_OF).partners["P1"].statements
    assert statements[first].row("closing").payable == 10
    assert statements[second].row("opening").payable == 10
    assert statements[second].row("closing").payable == 30
    (row,) = book.read(run, second, AS_OF).rows
    assert (row.status, row.change) == ("closed", 10)


def test_the_fiscal_year_of_files_is_the_one_of_the_program_where_that_is_chosen(book: Store) -> None:
    assert book.read(fiscal_year) == FiscalYear(1)
    book.transact("Set", set_book_setting, "year_start", AS_PROGRAM)
    assert book.read(fiscal_year) == LAST_OF_JULY


def test_a_forecast_ends_with_a_fiscal_month() -> None:
    assert horizon_of(AS_OF, 1, LAST_OF_JULY) == date(2026, 2, 21)
    assert horizon_of(date(2026, 2, 21), 1, LAST_OF_JULY) == date(2026, 3, 21)
    assert horizon_of(date(2026, 6, 27), 1, PERIODS) == date(2026, 7, 25)


def test_the_thirteenth_period_of_a_year_closes_leaves_and_replays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, end = tmp_path / "Book.partnerdesk", date(2026, 7, 25)
    rows = [Partner(id="P1", name="Alder", joined=date(2026, 5, 31))]
    rows += [deal("D1", date(2026, 6, 27), 100), deal("D2", date(2026, 6, 28), 200), deal("D3", end, 400)]
    text = TEXT.replace('"Saturday"', '"Saturday", periods = "3-3-3-4"').replace("UNIT", "month")
    with Store.create(path, user="Ana") as store:
        store.transact("Add facts", add_rows, rows, system="test")
        store.transact("Add program", add_version, text, "weeks.toml")
        labels = [period.label for period in reversed(store.read(statement_periods, end))]
        assert labels == ["FY2026M12", "FY2026M13"]
        for label in labels:
            said = {"maker": "Ana", "checker": "Bo", "at": "2026-07-30T09:00:00Z"}
            total = store.read(run, label, end).total
            store.transact("Close", close_period, label, end, total=total, **said)
        found = store.read(evaluation, end).partners["P1"].statements["FY2026M13"]
        assert (found.row("opening").payable, found.row("closing").payable) == (10, 70)
    given = ["--book", str(path), "--as-of", "2026-07-25"]
    assert main(["statement", "FY2026M13", "--all", "--pdf", "--out", str(tmp_path / "out"), *given]) == 0
    assert main(["replay", str(path)]) == 0
    assert main(["qbr", "P1", "FY2026Q4", "--out", str(tmp_path / "pack"), *given]) == 0, capsys.readouterr().err
    assert list((tmp_path / "pack").rglob("*FY2026Q4*.pdf"))
