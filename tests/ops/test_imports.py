"""Importing as a user does it: look, answer, apply, again, in any order, and back."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.ops import imports
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import facts
from partnerdesk.queries.imports import batch_detail, batches, facts_of, source_cells
from partnerdesk.store.file import Store
from tests.files import bring, csv_file, look, workbook
from tests.hostile.tables import DEALS, GOOD
from tests.ops.overlaps import overlap
from tests.store.steps import dump

HEADER = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\n"
ONE = "D-1,Acme,Foo,Closed Won,100.00,EUR,2024-03-15\n"
TWO = "D-2,Beta,Bar,Talks,50.00,EUR,2024-05-15\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        yield store


@pytest.fixture
def put(tmp_path: Path, book: Store) -> Callable[..., Any]:
    """Import a text as a file."""

    def put(text: str, choices: dict[str, str] | None = None, name: str = "q3.csv") -> Any:
        return bring(book, csv_file(tmp_path, text, name), choices)

    return put


def held(store: Store, kind: str) -> dict[str, Any]:
    """The facts of a kind by id."""
    return {row.id: row for row in store.read(facts, kinds=(kind,)).of(kind)}


def content(store: Store) -> dict[str, Any]:
    """All facts without where they were read."""
    with store._reader_alone() as raw:
        found = dump(raw)
    return {name: rows for name, rows in found.items() if name not in ("book", "batch", "source_row", "setting")}


# Look


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


# Apply


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


# Names and identifiers


def test_an_identifier_that_another_system_took_is_told_apart(book: Store, put: Any) -> None:
    book.transact("Add", add_rows, [Partner(id="7", name="Own Seven"), Deal(id="D-1", partner="7")])
    put(HEADER + ONE)
    deals = held(book, "deal")
    assert set(deals) == {"D-1", "D-1 (files)"}
    assert (deals["D-1"].partner, deals["D-1 (files)"].partner) == ("7", "Acme")
    assert put(HEADER + ONE).batch is None


def test_a_name_links_to_the_only_row_of_that_name_and_to_none_of_two(book: Store, put: Any, tmp_path: Path) -> None:
    put("Partner ID,Partner,Country\nP1,Acme,DE\nP2,Twin,DE\nP3,Twin,FR\n")
    shown = look(book, csv_file(tmp_path, HEADER + ONE + TWO.replace("Beta", "Twin")))
    assert "Several partners are called “Twin”" in str(shown.problems[0])
    book.transact("Import", imports.apply, shown)
    assert [d.partner for d in held(book, "deal").values()] == ["P1", "Twin"]


def test_who_is_named_first_and_described_later_is_one(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    assert held(book, "partner")["Acme"].status == "unknown"
    done = put("Partner ID,Partner,Country\nP1,Acme,DE\n", name="partners.csv")
    assert done.new == 1
    assert set(held(book, "partner")) == {"P1"}
    assert held(book, "deal")["D-1"].partner == "P1"
    assert put(HEADER + ONE).batch is None


def test_a_placeholder_by_key_is_filled_in_place(book: Store, put: Any) -> None:
    put("Order ID,Order Date,Product ID,Reseller ID,Sales\nSO1,2024-01-02,P1,R7,10\n")
    partner = held(book, "partner")["R7"]
    assert (partner.name, partner.status, partner.attributes) == ("R7", "unknown", {"known by": "key"})
    put("Reseller ID,Reseller,Country\nR7,Acme,DE\n", name="resellers.csv")
    partner = held(book, "partner")["R7"]
    assert (partner.name, partner.status, partner.attributes) == ("Acme", "active", {})


ACCOUNTS = (
    "Id,Name,Type,BillingCity,BillingCountry,NumberOfEmployees\n"
    "001A,Acme,Partner,Berlin,DE,5\n001B,Beta,Customer,Rom,IT,6\n"
)
OPPORTUNITIES = (
    "Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon\n"
    "006A,001A,One,Closed Won,5,2024-01-02,true,true\n006B,001B,Two,Closed Won,6,2024-01-02,true,true\n"
    "006C,001C,Three,Talks,7,2024-01-02,false,false\n"
)
CONTACTS = (
    "Id,AccountId,FirstName,LastName,MailingCity,ReportsToId,Email\n"
    "003A,001A,Jane,Roe,Berlin,,j@x.com\n003B,001B,Jo,Doe,Rom,,d@x.com\n"
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_accounts_are_partners_or_customers_whenever_they_come(book: Store, put: Any, order: tuple[int, ...]) -> None:
    files = (ACCOUNTS, OPPORTUNITIES, CONTACTS)
    for i in order:
        put(files[i], name=f"{i}.csv")
    deals = held(book, "deal")
    assert [(d.partner, d.customer) for d in deals.values()] == [("001A", None), (None, "001B"), (None, "001C")]
    assert set(held(book, "partner")) == {"001A"}
    assert {id: c.name for id, c in held(book, "customer").items()} == {"001B": "Beta", "001C": "001C"}
    people = held(book, "person")
    assert [(p.name, p.side, p.partner) for p in people.values()] == [
        ("Jane Roe", "partner", "001A"),
        ("Jo Doe", "customer", None),
    ]
    for i in order:
        assert put(files[i], name=f"{i}.csv").batch is None


def test_an_account_that_becomes_a_partner_takes_its_deals_along(book: Store, put: Any) -> None:
    put(ACCOUNTS.replace("Partner", "Prospect"))
    put(OPPORTUNITIES)
    assert held(book, "deal")["006A"].customer == "001A"
    put(ACCOUNTS)
    assert held(book, "deal")["006A"].partner == "001A"
    assert set(held(book, "customer")) == {"001B", "001C"}


def test_a_partner_is_never_demoted_silently(book: Store, put: Any, tmp_path: Path) -> None:
    put(ACCOUNTS)
    shown = look(book, csv_file(tmp_path, ACCOUNTS.replace("Partner", "Customer")))
    assert "is a partner in the book, and the file calls it a customer" in str(shown.problems[0])


def test_people_named_by_number_are_the_people_with_that_number(book: Store, put: Any) -> None:
    targets = "EmployeeID,Target,TargetMonth\n9001,5000,2024-01-01\n"
    people = "EmployeeKey,EmployeeID,Salesperson,Title,UPN\n7,9001,Jane Roe,Rep,j@x.com\n"
    put(targets)
    assert held(book, "person")["9001"].name == "9001"
    put(people)
    assert set(held(book, "person")) == {"7"}
    (target,) = held(book, "target").values()
    assert target.person == "7"
    assert put(targets).batch is None


def test_lines_that_come_in_two_files_make_one_deal(book: Store, put: Any) -> None:
    header = "Order ID,Order Date,Product ID,Reseller,Quantity,Sales\n"
    put(f"{header}SO1,2024-01-02,P1,Acme,1,10\n")
    put(f"{header}SO1,2024-01-03,P2,Acme,1,5\n")
    deal = held(book, "deal")["SO1"]
    assert (deal.amount, str(deal.closed)) == (Decimal("15.00"), "2024-01-02")
    assert put(f"{header}SO1,2024-01-02,P1,Acme,1,10\n").batch is None


def test_lines_do_not_overrule_a_deal_with_an_amount_of_its_own(book: Store, put: Any) -> None:
    put("Deal ID,Partner,Stage,Amount,Close date\nSO1,Acme,Closed Won,99,2024-01-02\n")
    put("Order ID,Order Date,Product ID,Reseller,Quantity,Sales\nSO1,2024-01-02,P1,Acme,1,10\n")
    assert held(book, "deal")["SO1"].amount == Decimal("99.00")


# Currencies


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


# Overlaps


def test_overlapping_exports_without_identifiers_lose_and_double_nothing(tmp_path: Path) -> None:
    for seed in range(12):
        overlap(tmp_path, seed)


# Take back a batch


def test_a_batch_further_back_can_be_taken_back(book: Store, put: Any) -> None:
    put("Partner,Country\nZeta,DE\n", name="partners.csv")
    before = content(book)
    batch = put(HEADER + ONE + TWO).batch
    put("Partner,Country\nOmega,DE\n", name="more.csv")
    undone = book.transact("Take back", imports.undo_batch, batch).value
    assert (undone.removed, undone.kept_as_placeholders) == (6, 0)
    assert [r.file for r in book.read(batches)] == ["more.csv", "partners.csv"]
    partners = held(book, "partner")
    assert set(partners) == {"Zeta", "Omega"}
    after = content(book)
    after["partner"] = [row for row in after["partner"] if row[0] != "Omega"]
    assert after == before
    book.undo()
    assert set(held(book, "deal")) == {"D-1", "D-2"}


def test_taking_back_restores_what_the_batch_changed(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    before = content(book)
    batch = put(HEADER + ONE.replace("100.00", "120.00")).batch
    book.transact("Take back", imports.undo_batch, batch)
    assert content(book) == before


def test_taking_back_brings_merged_placeholders_back(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    before = content(book)
    batch = put("Partner ID,Partner,Country\nP1,Acme,DE\n", name="partners.csv").batch
    assert held(book, "deal")["D-1"].partner == "P1"
    book.transact("Take back", imports.undo_batch, batch)
    assert content(book) == before


def test_rows_that_others_name_stay_as_placeholders(book: Store, put: Any) -> None:
    batch = put("Partner,Country\nAcme,DE\n", name="partners.csv").batch
    put(HEADER + ONE)
    undone = book.transact("Take back", imports.undo_batch, batch).value
    assert (undone.removed, undone.kept_as_placeholders) == (0, 1)
    partner = held(book, "partner")["Acme"]
    assert (partner.status, partner.country) == ("unknown", "")
    put("Partner,Country\nAcme,FR\n", name="partners.csv")
    assert held(book, "partner")["Acme"].country == "FR"


def test_a_batch_that_later_steps_built_on_stays(book: Store, put: Any) -> None:
    batch = put(HEADER + ONE).batch
    put(HEADER + ONE.replace("100.00", "120.00"), name="october.csv")
    with pytest.raises(Refused, match=r"“Import october\.csv” came later and changed the same rows"):
        book.transact("Take back", imports.undo_batch, batch)
    book.undo()
    book.redo()
    with pytest.raises(Refused):
        book.transact("Take back", imports.undo_batch, batch)
    book.undo()
    book.transact("Take back", imports.undo_batch, batch)
    assert held(book, "deal") == {}
    with pytest.raises(Refused, match="There is no batch"):
        book.transact("Take back", imports.undo_batch, batch)


def test_batches_can_be_taken_back_one_after_the_other(book: Store, put: Any) -> None:
    states = [content(book)]
    batches_of = []
    for amount in ("100.00", "120.00", "140.00"):
        batches_of.append(put(HEADER + ONE.replace("100.00", amount)).batch)
        states.append(content(book))
    for batch, before in zip(reversed(batches_of), reversed(states[:-1]), strict=True):
        book.transact("Take back", imports.undo_batch, batch)
        assert content(book) == before
    book.undo()
    with pytest.raises(Refused, match="There is no batch"):
        book.transact("Take back", imports.undo_batch, batches_of[1])
    book.undo()
    book.undo()
    with pytest.raises(Refused, match=r"“Import q3\.csv” came later"):
        book.transact("Take back", imports.undo_batch, batches_of[1])


# The worst of the real files


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
