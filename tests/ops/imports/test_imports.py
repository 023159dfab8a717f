"""Importing as a user does it: look, answer, apply, again, in any order, and back."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops import imports
from partnerdesk.queries.imports import batch_detail, batches, facts_of, source_cells
from partnerdesk.store.file import Store
from tests.files import bring, csv_file, look, workbook
from tests.hostile.tables import DEALS, GOOD
from tests.ops.imports.overlaps import overlap
from tests.ops.imports.putting import HEADER, ONE, TWO, content, held


def test_a_preview_says_everything_and_writes_nothing(book: Store, tmp_path: Path) -> None:
    before = book.revision
    shown = look(book, csv_file(tmp_path, HEADER + ONE + TWO + "Total,,,,150.00,,\n"))
    assert book.revision == before
    assert (shown.encoding, shown.delimiter, shown.line, shown.origin) == ("UTF-8", "comma", 1, "Plain table")
    assert (shown.kind, shown.read, shown.accepted, shown.ignored) == ("deal", 3, 2, 1)
    assert shown.reasons == (("total", 1),)
    assert [(c.header, c.target, c.first, c.how, c.state) for c in shown.columns][4:7] == [
        ("Amount", "deal.amount", "100.00", "decimal point", "guessed"),
        ("Currency", "deal.currency", "EUR", "", "guessed"),
        ("Close date", "deal.close", "2024-03-15", "year first", "guessed"),
    ]
    assert [(s.header, s.currency, s.total, s.count) for s in shown.sums] == [("Amount", "EUR", Decimal("150.00"), 2)]
    assert Counter(p.kind for p in shown.placeholders) == {"partner": 2, "customer": 2}
    assert [(c.kind, c.new, c.changed, c.same) for c in shown.counts] == [("deal", 2, 0, 0)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Order ID,Order Date,Product ID,Reseller,Quantity,Unit Price,Sales\nS,2024-01-02,P,A,2,5,10\n", ["Sales"]),
        (
            "Order ID,Order Date,Product ID,Reseller,Quantity,Unit Price\nS,2024-01-02,P,A,2,5\n",
            ["Unit Price × Quantity"],
        ),
        ("Contract number,Partner,Start date,End date,ARR,MRR\nC,A,2024-02-01,2025-01-31,60,5\n", ["ARR or MRR"]),
        ("Contract number,Partner,Start date,MRR,Interval\nC,A,2024-02-01,5,month\n", ["MRR"]),
        ("Partner,Year,Jan,Feb,Mar\nAcme,2024,1,2,3\n", ["Jan to Mar"]),
    ],
)
def test_a_sum_is_called_after_the_columns_it_was_made_from(
    book: Store, tmp_path: Path, text: str, titles: list[str]
) -> None:
    assert [s.header for s in look(book, csv_file(tmp_path, text)).sums] == titles


def test_rows_are_new_changed_same_or_problems(book: Store, put: Any, tmp_path: Path) -> None:
    put(HEADER + ONE + TWO)
    later = "D-2,Beta,Bar,Closed Won,60.00,EUR,2024-05-20\nD-3,Acme,Foo,Talks,tbd,EUR,2024-06-01\n"
    shown = look(book, csv_file(tmp_path, HEADER + ONE + later + "D-4,Acme,Foo,Talks,5,EUR,2024-06-01\n"))
    assert (shown.rows_new, shown.rows_changed, shown.rows_same, shown.rejected) == (1, 1, 1, 1)


def test_an_open_question_leaves_the_book_as_it_is(book: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{DEALS}{GOOD}".replace("2024-03-15", "02/03/2024"))
    shown = look(book, path)
    before = book.revision
    with pytest.raises(Refused, match=r"What day is 02/03/2024 in column Closed\?"):
        book.transact("Import", imports.apply, shown)
    assert book.revision == before
    bring(book, path, {"date:Closed": "month first"})
    assert str(held(book, "deal")["D-1"].closed) == "2024-02-03"


def test_nothing_to_import_is_said(book: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"No row of q3.csv can be imported. q3.csv line 2, column Amount"):
        bring(book, csv_file(tmp_path, HEADER + ONE.replace("100.00", "tbd")))
    with pytest.raises(Refused, match=r"q3\.csv has no rows"):
        bring(book, csv_file(tmp_path, HEADER))


def test_good_rows_come_in_and_every_fact_knows_its_row(book: Store, put: Any) -> None:
    done = put(HEADER + ONE + TWO + "D-3,Acme,Foo,Talks,tbd,EUR,2024-06-01\n")
    assert (done.new, done.placeholders, done.rejected) == (2, 4, 1)
    deal = held(book, "deal")["D-1"]
    assert (deal.partner, deal.customer, deal.amount, deal.status) == ("Acme", "Foo", Decimal("100.00"), "won")
    assert str(deal.source) == "q3.csv, row 2"
    assert str(deal.known_on) == "2024-03-15"
    (cell,) = book.read(source_cells, "deal", "D-1", "amount")
    assert (str(cell), cell.text) == ("q3.csv line 2, column Amount", "100.00")
    (cell,) = book.read(source_cells, "deal", "D-2", "expected_close")
    assert (cell.column, cell.text) == ("Close date", "2024-05-15")
    (row,) = book.read(batches)
    assert (row.file, row.by, row.read, row.accepted, row.rejected, row.ignored) == ("q3.csv", "Ann", 3, 2, 1, 0)
    detail = book.read(batch_detail, row.id)
    assert detail is not None
    assert detail.problems[0].place == "q3.csv line 4, column Amount"
    assert ("Close date", "deal.close", "year first") in detail.columns
    assert dict(book.read(facts_of, row.id)) == {"partner": 2, "customer": 2, "deal": 2}


def test_an_amount_that_was_summed_opens_back_to_all_its_lines(book: Store, put: Any) -> None:
    put("Order ID,Order Date,Product ID,Reseller,Sales\nSO1,2024-01-02,P1,Acme,10\nSO1,2024-01-02,P2,Acme,5.5\n")
    cells = book.read(source_cells, "deal", "SO1", "amount")
    assert [(c.row, c.column, c.text) for c in cells] == [(2, "Sales", "10"), (3, "Sales", "5.5")]


def test_a_workbook_comes_in_like_a_text(book: Store, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Deal ID", "Partner", "Closed", "Amount"], ["D-1", "Acme", "2024-03-15", 12.5]]
    bring(book, workbook(tmp_path, rows))
    (cell,) = book.read(source_cells, "deal", "D-1", "amount")
    assert str(cell) == "q3.xlsx sheet Deals row 2, column Amount"
    assert held(book, "deal")["D-1"].amount == Decimal("12.5")


def test_the_second_time_changes_nothing(book: Store, put: Any) -> None:
    put(HEADER + ONE + TWO)
    before = book.revision
    again = put(HEADER + ONE + TWO)
    assert (again.batch, again.new, again.changed, again.same) == (None, 0, 0, 2)
    assert book.revision == before


def test_a_later_file_changes_only_what_it_says(book: Store, put: Any) -> None:
    put(HEADER + ONE + TWO)
    done = put("Deal ID,Stage,Amount\nD-2,Closed Lost,50.00\n", {"set:deal.closed": "2024-06-01"}, "later.csv")
    assert (done.changed, done.same) == (1, 0)
    deal = held(book, "deal")["D-2"]
    assert (deal.status, deal.customer, str(deal.closed)) == ("lost", "Bar", "2024-06-01")
    assert deal.source.file == "later.csv"


def test_a_book_that_changed_since_the_preview_is_compared_again(book: Store, put: Any, tmp_path: Path) -> None:
    shown = look(book, csv_file(tmp_path, HEADER + ONE + TWO, "all.csv"))
    put(HEADER + ONE)
    done = book.transact("Import", imports.apply, shown, by="Ann").value
    assert (done.new, done.same) == (1, 1)


def test_choices_are_remembered_for_files_with_the_same_headers(book: Store, put: Any, tmp_path: Path) -> None:
    header = "Opp,Partner,Wert,Zuletzt,Note\n"
    choices = {
        "kind": "deal",
        "column:Zuletzt": "deal.closed",
        "column:Note": "deal.attributes.note",
        "date:Zuletzt": "day first",
    }
    put(f"{header}D-1,Acme,5,02/03/2024,x\n", choices)
    shown = look(book, csv_file(tmp_path, f"{header}D-2,Acme,5,04/03/2024,y\n", "october.csv"))
    assert not shown.questions
    assert {c.header: c.state for c in shown.columns}["Note"] == "remembered"
    book.transact("Import", imports.apply, shown)
    deals = held(book, "deal")
    assert [str(d.closed) for d in deals.values()] == ["2024-03-02", "2024-03-04"]
    assert [d.attributes for d in deals.values()] == [{"note": "x"}, {"note": "y"}]
    shown = look(book, csv_file(tmp_path, f"{header}D-3,Acme,5,04/03/2024,y\n"), {"date:Zuletzt": "month first"})
    assert shown.choices["date:Zuletzt"] == "month first"


def test_undo_and_redo_are_one_step_each(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    before = content(book)
    put(HEADER + ONE.replace("100.00", "120.00") + TWO)
    after = content(book)
    book.undo()
    assert content(book) == before
    book.redo()
    assert content(book) == after


def test_a_broken_import_leaves_nothing_behind(book: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerdesk.ops.imports import writing

    shown = look(book, csv_file(tmp_path, HEADER + ONE + TWO))
    before, revision = content(book), book.revision
    monkeypatch.setattr(writing, "insert", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        book.transact("Import", imports.apply, shown)
    assert (content(book), book.revision, book.read(batches)) == (before, revision, ())


DOLLARS = "Deal ID,Partner,Closed,Amount,Currency\nD-1,Acme,2024-03-15,100,USD\n"


def test_an_amount_that_a_file_does_not_give_keeps_its_currency(book: Store, put: Any, tmp_path: Path) -> None:
    put(DOLLARS)
    cost = "Deal ID,Partner,Closed,Cost\nD-1,Acme,2024-03-15,40\n"
    shown = look(book, csv_file(tmp_path, cost))
    assert "The file does not say its currency; 1 row stays in USD, as in the book." in str(shown.problems[0])
    book.transact("Import", imports.apply, shown)
    deal = held(book, "deal")["D-1"]
    assert (deal.amount, deal.cost, deal.currency) == (Decimal("100.00"), Decimal("40.00"), "USD")
    said = cost.replace("Cost", "Cost (EUR)")
    with pytest.raises(Refused, match="“D-1” is in USD in the book, and the file says EUR without its amount"):
        look(book, csv_file(tmp_path, said))
    both = "Deal ID,Partner,Closed,Amount,Cost,Currency\nD-1,Acme,2024-03-15,90,35,EUR\n"
    put(both)
    deal = held(book, "deal")["D-1"]
    assert (deal.amount, deal.cost, deal.currency) == (Decimal("90.00"), Decimal("35.00"), "EUR")


def test_yen_never_become_cents(book: Store, put: Any, tmp_path: Path) -> None:
    put(DOLLARS.replace("USD", "JPY"))
    with pytest.raises(Refused, match="“D-1” is in JPY in the book, and the file does not say its currency"):
        look(book, csv_file(tmp_path, "Deal ID,Partner,Closed,Amount\nD-1,Acme,2024-03-15,100\n"))
    with pytest.raises(Refused, match="the file says EUR without its amount"):
        look(book, csv_file(tmp_path, "Deal ID,Partner,Closed,Currency\nD-1,Acme,2024-03-15,EUR\n"))
    put("Deal ID,Partner,Closed,Amount\nD-1,Acme,2024-03-15,120\n", choices={"currency": "JPY"})
    assert held(book, "deal")["D-1"].amount == Decimal(120)


def test_an_empty_currency_cell_changes_no_currency(book: Store, put: Any) -> None:
    put("Partner ID,Partner,Currency\nP1,Acme,USD\n")
    put("Partner ID,Partner,Currency,City\nP1,Acme,,Oslo\n")
    partner = held(book, "partner")["P1"]
    assert (partner.currency, partner.city) == ("USD", "Oslo")


def test_overlapping_exports_without_identifiers_lose_and_double_nothing(tmp_path: Path) -> None:
    for seed in range(12):
        overlap(tmp_path, seed)


@pytest.mark.parametrize(
    ("name", "delimiter", "columns"),
    [
        ("dw_DimReseller.csv", "bar", {"A": "key", "E": "type", "F": "name"}),
        ("oltp_Store.csv", "“+|”, rows end in “&|”", {"A": "key", "B": "name"}),
    ],
)
def test_a_table_without_header_and_with_odd_separators(
    book: Store, shared: Path, name: str, delimiter: str, columns: dict[str, str]
) -> None:
    path = shared / "data" / "adventureworks_resellers" / "as_published" / name
    shown = look(book, path)
    assert (shown.delimiter, shown.read, [q.key for q in shown.questions]) == (delimiter, 701, ["header", "kind"])
    choices = {"header": "none", **{f"column:Column {c}": f"partner.{field}" for c, field in columns.items()}}
    done = bring(book, path, choices)
    assert (done.new, done.rejected) == (701, 0)
    assert bring(book, path).batch is None  # the choices are remembered


def test_a_value_set_for_all_rows_is_summed_under_its_own_name_and_nothing_under_none(
    book: Store, tmp_path: Path
) -> None:
    contracts = "Contract ID,Partner,Start date,End date\nK-1,Acme,2024-01-01,2024-12-31\n"
    path = csv_file(tmp_path, contracts)
    assert look(book, path).sums == ()
    (total,) = look(book, path, {"set:contract.recurring": "1200.00"}).sums
    assert (total.header, total.total) == ("Recurring amount per year", Decimal(1200))
