"""Documents leave the house: what is closed leaves as it was closed, names never collide, a stop leaves whole files."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ops.pack import pack_data
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import make_book, won

DAY = date(2026, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    with Store.open(path, user="me") as store:
        yield store


def test_a_closed_statement_leaves_as_it_was_closed(store: Store, tmp_path: Path) -> None:
    (draft,) = store.read(export_statements, "2026-02", DAY, tmp_path / "draft", partners=["P1"])
    assert draft.status == "DRAFT"
    ready = store.read(run, "2026-02", DAY)
    names = {"maker": "Ann", "checker": "Ben"}
    store.transact("Close", close_period, "2026-02", DAY, **names, total=ready.total, at="2026-09-30T12:00:00Z")
    store.transact("Late", add_rows, [won("D9", "P1", date(2026, 2, 20), "5000")])
    (final,) = store.read(export_statements, "2026-02", DAY, tmp_path / "final", partners=["P1"])
    assert final.status == "FINAL"
    earned = [
        row[15]
        for row in openpyxl.load_workbook(final.workbook, data_only=True)["2 Earnings"].iter_rows(values_only=True)
        if row[0] == "upfront:D1" or row[0] == "upfront:D9"
    ]
    assert earned == [2400]


def test_partners_of_one_name_keep_their_own_files(store: Store, tmp_path: Path) -> None:
    rows = [Partner(id="P3", name="at&t <labs>"), won("D8", "P3", date(2026, 5, 1), "10")]
    store.transact("Another", add_rows, rows)
    written = store.read(export_statements, "2026-09", DAY, tmp_path / "out")
    assert len(written) == 3
    assert len({e.workbook.name.casefold() for e in written}) == 3
    assert len({e.csv.name.casefold() for e in written}) == 3
    assert len({e.movements.name.casefold() for e in written}) == 3
    assert all(e.workbook.exists() and e.csv.exists() and e.movements.exists() for e in written)


def test_a_stop_leaves_whole_files_only(store: Store, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, label: str = "") -> None:
            if done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        store.read(export_statements, "2026-09", DAY, tmp_path / "out", progress=Impatient())
    left = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert [Path(name).suffix for name in left] == [".json", ".csv", ".xlsx", ".csv"]
    openpyxl.load_workbook(tmp_path / "out" / left[2])


def test_exports_are_for_their_owner_alone(store: Store, tmp_path: Path) -> None:
    (statement,) = store.read(export_statements, "2026-09", DAY, tmp_path / "out", partners=["P1"])
    pack = store.read(export_pack, "P1", "2026Q3", DAY, tmp_path / "out")
    for path in (statement.workbook, statement.csv, statement.movements, pack.path):
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_nothing_is_written_for_a_partner_without_a_statement(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="P2 has no statement for 2026-02"):
        store.read(export_statements, "2026-02", DAY, tmp_path / "out", partners=["P1", "P2"])
    assert not (tmp_path / "out").exists()


def test_the_figures_of_the_file_are_those_of_the_book(store: Store, tmp_path: Path) -> None:
    (statement,) = store.read(export_statements, "2026-04", DAY, tmp_path / "out", partners=["P1"])
    from partnerdesk.queries.figures import outcome

    closing = store.read(outcome, "P1", DAY).statements["2026-04"].row("closing")
    cells = [
        [Decimal(str(c)) for c in row[2:5]]
        for row in openpyxl.load_workbook(statement.workbook, data_only=True)["1 Summary"].iter_rows(values_only=True)
        if row[1] == "Closing balance"
    ]
    assert cells[0] == [closing.held, closing.payable, closing.total]


def test_the_pack_says_what_was_earned_and_paid(store: Store) -> None:
    found = store.read(pack_data, "P1", "2026Q2", DAY).figures
    (earned,) = [f for f in found if f.label == "Earned"]
    assert len(found) <= 5
    assert earned.value == Decimal("960.04") and earned.paid == 0


def test_what_no_page_has_room_for_is_a_sum_that_was_computed(store: Store, tmp_path: Path) -> None:
    """Holds stand on the pages by the day of their release, in the ledger by their lines."""
    deals = [
        won(f"E{n:02}", "P1", date(2026, 8, 1 + n * 7 % 28), f"{1000 + n * n * 37}.{n % 90 + 10}") for n in range(60)
    ]
    store.transact("Many", add_rows, deals)
    (made,) = store.read(export_statements, "2026-08", DAY, tmp_path / "out", partners=["P1"], pages=True)
    assert made.pdf is not None and made.pdf.exists()
