"""Payment runs: what is due by closed statements, released once, settled by remittances, withdrawn or paid again."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, insert, select, update

from partnerdesk.engine.facts import Adjustment, Partner, Payment, Transaction
from partnerdesk.errors import Refused
from partnerdesk.models.payments import payment_item, payment_run
from partnerdesk.ops.payments.files import write_run
from partnerdesk.ops.payments.matching import Matched, match_remittances
from partnerdesk.ops.payments.releasing import release_run, withdraw_item
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.due import due
from partnerdesk.queries.payments.runs import RunRow, runs
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.engine.payouts import SHARE
from tests.files import bring, csv_file

D, AS_OF, MOMENT = Decimal, date(2025, 4, 20), "2025-04-20T09:00:00Z"
PROGRAM = (
    'program = "p"\nversion = "1"\neffective_from = 2025-01-01\ncurrency = "EUR"\n'
    + SHARE
    + '[settlement]\nnegative = "invoice"\ntax = [{ rate = 0.15, says = "Tax", partner = { country = "NO" } }]\n'
)


def invoice(id: str, partner: str, month: int, amount: str) -> Transaction:
    return Transaction(id=id, partner=partner, kind="invoice", day=date(2025, month, 20), amount=D(amount), number=id)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two partners; January to March are closed, and one of them owes money since January."""
    rows: list[Any] = [
        Partner(id="A", name="Alder", legal_name="Alder Oy", tax_id="FI1", attributes={"IBAN": "FI21 1234"}),
        Partner(id="N", name="Nordlys", country="NO"),
        invoice("1", "A", 2, "100.00"),
        invoice("2", "A", 3, "50.25"),
        invoice("3", "N", 2, "200.00"),
        Adjustment(id="J", partner="A", day=date(2025, 1, 10), amount=D("-30.00"), reason="x", approver="y"),
    ]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        store.transact("Facts", add_rows, rows)
        for label in ("2025-01", "2025-02", "2025-03"):
            close(store, label)
        yield store


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)


def rows_due(store: Store, on: date = AS_OF) -> list[tuple[str, str, Decimal, Decimal, str]]:
    return [(r.partner, r.kind, r.gross, r.tax, r.status) for r in store.read(due, on, AS_OF)]


def release(store: Store, total: str = "320.25", on: date = AS_OF, **more: Any) -> RunRow:
    said = {"maker": "Ana", "checker": "Bo", "total": D(total), "at": MOMENT} | more
    return store.transact("Release", release_run, on, AS_OF, **said).value


def pay(store: Store, id: str, partner: str, amount: str, day: date = AS_OF, **more: Any) -> None:
    store.transact("Pay", add_rows, [Payment(id=id, partner=partner, day=day, amount=D(amount), **more)])


def match(store: Store) -> Matched:
    return store.transact("Match", match_remittances, by="Ana").value


def test_what_is_due_follows_the_closed_statements_and_the_calendar(store: Store) -> None:
    assert rows_due(store) == [
        ("A", "invoice", D(30), 0, "due"),
        ("A", "pay", D("150.25"), 0, "due"),
        ("N", "pay", D(200), D(30), "due"),
    ]
    assert rows_due(store, date(2025, 2, 20)) == [("A", "invoice", D(30), 0, "due")]
    (first,) = store.read(due, date(2025, 2, 20), AS_OF)
    assert (first.statements, first.day) == ("ST-2025-01", date(2025, 2, 15))


def test_what_is_not_closed_waits(store: Store) -> None:
    store.transact("Late", add_rows, [invoice("4", "N", 4, "10.00")])
    on = date(2025, 5, 20)
    rows = [r for r in store.read(due, on, on) if r.partner == "N"]
    assert [(r.gross, r.tax, r.status, r.why) for r in rows] == [
        (D(200), D(30), "due", ""),
        (D(10), D("1.50"), "waiting", "2025-04 is not closed yet"),
    ]


def test_a_run_is_released_once_with_its_total(store: Store) -> None:
    with pytest.raises(Refused, match=r"total typed in, 1\.00 EUR, is not the total of this run\. Compare"):
        release(store, "1.00")
    found = release(store)
    assert (found.number, found.total, found.open) == ("PR-0001", D("320.25"), 3)
    assert [(i.reference, i.kind, i.net) for i in found.items] == [
        ("PR-0001-001", "invoice", D(30)),
        ("PR-0001-002", "pay", D("150.25")),
        ("PR-0001-003", "pay", D(170)),
    ]
    assert rows_due(store) == []
    with pytest.raises(Refused, match="Nothing is due"):
        release(store)
    assert store.undo_label is None, "what finance may have paid is not undone"


def test_a_run_of_one_partner_leaves_the_others_due(store: Store) -> None:
    release(store, "170.00", partners=["N"])
    assert [row[:2] for row in rows_due(store)] == [("A", "invoice"), ("A", "pay")]
    with pytest.raises(Refused, match="Nothing is due to N"):
        release(store, "0", partners=["N"])
    with pytest.raises(Refused, match="names who prepared it"):
        release(store, "150.25", checker=" ")


def test_a_released_run_is_frozen(store: Store) -> None:
    release(store)
    for table in (payment_run, payment_item):
        for change in (update(table).values(id=9), delete(table)):
            with pytest.raises(Refused, match="released payment run"):
                store.transact("Tamper", lambda s, c=change: s.execute(c))
    row = {**store.read(lambda s: s.execute(select(payment_item)).mappings().first()), "id": None, "reference": "x"}
    with pytest.raises(Refused, match="Nothing is added to a released"):
        store.transact("Tamper", lambda s: s.execute(insert(payment_item), row))


FILE = """Partner,Value date,Amount paid,Payment reference
Alder,2025-04-22,150.25,REM-7
Nordlys,2025-04-22,170.00,PR-0001-003 / REM-8
Alder,2025-04-23,-30.00,from Alder
Alder,2025-04-24,5.00,mystery
"""


def test_remittances_close_the_items_and_stand_on_the_statement(store: Store, tmp_path: Path) -> None:
    release(store)
    bring(store, csv_file(tmp_path, FILE, "remittances.csv"))
    found = match(store)
    assert {(i.reference, p.amount) for p, i in found.pairs} == {
        ("PR-0001-002", D("150.25")),
        ("PR-0001-003", D(170)),
        ("PR-0001-001", D(-30)),
    }
    assert found.open == () and [p.amount for p in found.unexpected] == [D(5)]
    assert [i.state for i in store.read(runs)[0].items] == ["settled"] * 3
    april = store.read(evaluation, date(2025, 4, 30)).partners["N"].statements["2025-04"]
    assert [(r.key, r.total) for r in april.rows if r.total] == [("opening", 200), ("tax", -30), ("paid", -170)]
    assert april.row("paid").reference == "PR-0001-003 / REM-8"
    assert all(c.is_ok for c in april.checks)
    assert match(store).pairs == (), "twice settles nothing more"


def test_a_payment_of_a_later_day_is_under_way_until_then(store: Store) -> None:
    release(store)
    pay(store, "P", "A", "150.25", day=date(2025, 4, 25))
    assert [i.reference for _, i in match(store).pairs] == ["PR-0001-002"]
    assert rows_due(store) == []
    may = date(2025, 5, 2)
    assert [r for r in store.read(due, may, may) if r.kind == "pay" and r.partner == "A"] == []


def test_a_part_payment_leaves_the_rest_open_and_nothing_due(store: Store) -> None:
    release(store)
    pay(store, "P", "A", "100.00", remittance="PR-0001-002")
    found = match(store)
    assert [(i.reference, i.state, i.pending) for i in found.open][1] == ("PR-0001-002", "partly", D("50.25"))
    assert rows_due(store) == []


def test_a_payment_of_another_partner_or_amount_is_never_guessed(store: Store) -> None:
    release(store)
    pay(store, "P", "N", "150.25")
    pay(store, "Q", "A", "170.00", remittance="PR-0001-003")
    pay(store, "R", "N", "170.00", day=date(2025, 4, 1))
    pay(store, "S", "N", "150.25", instruction="PR-0001-002")
    found = match(store)
    assert found.pairs == () and {p.id for p in found.unexpected} == {"P", "Q", "S"}
    assert {i.state for i in store.read(runs)[0].items} == {"open"}


def test_an_item_is_withdrawn_and_due_again(store: Store) -> None:
    release(store)
    said = {"reason": "the account is closed", "on": AS_OF, "by": "Ana", "at": MOMENT}
    store.transact("Withdraw", withdraw_item, "PR-0001-002", **said)
    assert rows_due(store) == [("A", "pay", D("150.25"), 0, "due")]
    assert release(store, "150.25").number == "PR-0002"
    for reference, says in (("PR-0001-002", "is withdrawn"), ("PR-0009-001", "There is no item")):
        with pytest.raises(Refused, match=says):
            store.transact("Withdraw", withdraw_item, reference, **said)
    pay(store, "P", "N", "170.00", instruction="PR-0001-003")
    match(store)
    with pytest.raises(Refused, match="is settled"):
        store.transact("Withdraw", withdraw_item, "PR-0001-003", **said)


def test_the_file_for_finance_holds_every_item_and_adds_up(store: Store, tmp_path: Path) -> None:
    release(store)
    store.transact("W", withdraw_item, "PR-0001-003", reason="x", on=AS_OF, by="Ana", at=MOMENT)
    written = store.read(write_run, "PR-0001", tmp_path / "out")
    assert written.csv.name == "PR-0001_2025-04-20_EUR.csv" and written.items == 2
    rows = list(csv.DictReader(io.StringIO(written.csv.read_text(encoding="utf-8-sig"))))
    assert [(r["Item"], r["Kind"], r["Legal name"], r["Account"], r["Net"]) for r in rows] == [
        ("PR-0001-001", "Invoice", "Alder Oy", "FI21 1234", "-30.00"),
        ("PR-0001-002", "Pay", "Alder Oy", "FI21 1234", "150.25"),
    ]
    sheet = openpyxl.load_workbook(written.workbook, data_only=True)["Payments"]
    assert [sheet.cell(3, column).value for column in (11, 12, 13)] == [150.25, 0, 150.25]
    assert sheet.cell(7, 13).value == 150.25
    day, text, money = "dd mmm yyyy", "@", "#,##0.00"  # of a column, also where finance fills it in
    formats = [text] * 2 + [day] + [text] * 7 + [money] * 3 + [text, day, text, text, money, text]
    for row in (6, 7):
        assert [sheet.cell(row, column).number_format for column in range(1, 20)] == formats
    with pytest.raises(Refused, match="no payment run PR-0009"):
        store.read(write_run, "PR-0009", tmp_path / "out")


def filled_in(rows: list[list[str]], columns: int, folder: Path) -> Path:
    """The rows with value date and remittance, in a file of so many columns."""
    for row in rows[1:]:
        row[14:16] = ["2025-04-20", f"REM {row[0][-1]}"]
    text = io.StringIO()
    csv.writer(text).writerows(row[:columns] for row in rows)
    return csv_file(folder, text.getvalue(), "back.csv")


@pytest.mark.parametrize("columns", [16, 19])  # a run of before finance could say how it paid has less of them
def test_the_file_comes_back_filled_in_and_settles_its_items(store: Store, tmp_path: Path, columns: int) -> None:
    release(store)
    written = store.read(write_run, "PR-0001", tmp_path / "out")
    rows = list(csv.reader(io.StringIO(written.csv.read_text(encoding="utf-8-sig"))))
    back = filled_in(rows[:3], columns, tmp_path)  # finance did not pay the last one yet
    assert bring(store, back).new == 2 and bring(store, back).new == 0
    match(store)
    items = store.read(runs)[0].items
    assert [(i.state, i.remittance) for i in items] == [("settled", "REM 1"), ("settled", "REM 2"), ("open", "")]
    assert rows_due(store) == []


def test_the_workbook_comes_back_filled_in_as_well(store: Store, tmp_path: Path) -> None:
    release(store)
    book = openpyxl.load_workbook(store.read(write_run, "PR-0001", tmp_path / "out").workbook)
    sheet = book["Payments"]
    for row in range(6, 9):
        sheet.cell(row, 15).value, sheet.cell(row, 16).value = AS_OF, f"REM {row}"
    book.save(tmp_path / "back.xlsx")
    assert bring(store, tmp_path / "back.xlsx").new == 3
    match(store)
    assert {i.state for i in store.read(runs)[0].items} == {"settled"}


@pytest.mark.parametrize("net", [D("147.75"), D("150.25")])  # what arrived, or the run's own net as it was written
def test_net_and_fees_settle_the_item_once(store: Store, tmp_path: Path, net: Decimal) -> None:
    release(store)
    book = openpyxl.load_workbook(store.read(write_run, "PR-0001", tmp_path / "out").workbook)
    sheet = book["Payments"]
    sheet.cell(7, 13).value, sheet.cell(7, 15).value, sheet.cell(7, 18).value = net, AS_OF, 2.5
    book.save(tmp_path / "back.xlsx")
    bring(store, tmp_path / "back.xlsx")
    pay(store, "P", "N", "166.00", fees=D(4))  # 166 and 4 of fees are the 170 after tax
    found = match(store)
    assert [(i.reference, i.pending) for i in found.settled] == [("PR-0001-002", 0), ("PR-0001-003", 0)]
    for _twice in range(2):
        paid = {p.partner: p for p in store.read(facts, kinds=("payment",)).of("payment")}
        assert (paid["A"].amount, paid["A"].fees, paid["N"].amount, paid["N"].tax) == (D("150.25"), D("2.5"), 170, 30)
        match(store)


def paid_of(store: Store, partner: str) -> list[tuple[Decimal | None, Decimal | None, Decimal | None]]:
    payments = (p for p in store.read(facts, kinds=("payment",)).of("payment") if p.partner == partner)
    return [(p.amount, p.fees, p.tax) for p in payments]


def test_part_payments_with_a_fee_each_settle_their_item_in_sum_and_are_undone_together(store: Store) -> None:
    release(store)
    pay(store, "N1", "N", "66.00", fees=D(4), remittance="PR-0001-003")  # 200, of which 30 are tax to withhold
    pay(store, "A1", "A", "97.75", fees=D("2.50"), remittance="PR-0001-002")
    match(store)
    assert {i.reference: (i.state, i.settled) for i in store.read(runs)[0].items if i.settled} == {
        "PR-0001-002": ("partly", D("97.75")),
        "PR-0001-003": ("partly", D(66)),
    }
    pay(store, "N2", "N", "97.00", fees=D(3), remittance="PR-0001-003", day=date(2025, 4, 22))
    pay(store, "A2", "A", "48.00", fees=D(2), remittance="PR-0001-002", day=date(2025, 4, 22))
    found = match(store)
    assert {p.id: p.amount for p, _ in found.pairs} == {"N2": 100, "A2": 50}, "told as they are noted"
    assert [(i.reference, i.pending, len(i.payments)) for i in found.settled] == [
        ("PR-0001-002", 0, 2),
        ("PR-0001-003", 0, 2),
    ]
    whole = [(D(70), D(4), None), (D(100), D(3), D(30))], [(D("100.25"), D("2.50"), None), (D(50), D(2), None)]
    for _twice in range(2):
        assert (paid_of(store, "N"), paid_of(store, "A")) == whole
        match(store)
    paid = store.read(evaluation, date(2025, 4, 30)).partners["N"].statements["2025-04"].row("paid")
    assert paid.total == D(-170), "the ledger has the item as it was released, its tax apart"
    store.undo()
    assert paid_of(store, "N") == [(D(66), D(4), None), (D(97), D(3), None)]
    assert {i.state for i in store.read(runs)[0].items if i.settled} == {"partly"}


def test_the_rest_of_an_item_whose_earlier_part_has_its_fee_already_settles_it(store: Store) -> None:
    release(store)
    pay(store, "A1", "A", "100.25", fees=D("2.50"), remittance="PR-0001-002")
    pay(store, "A2", "A", "48.00", fees=D(2), remittance="PR-0001-002", day=date(2025, 4, 22))
    match(store)
    assert paid_of(store, "A") == [(D("100.25"), D("2.50"), None), (D(50), D(2), None)]


def test_part_payments_that_do_not_add_up_stay_as_they_are(store: Store) -> None:
    release(store)
    pay(store, "A1", "A", "97.75", fees=D("2.50"), remittance="PR-0001-002")
    pay(store, "A2", "A", "40.00", fees=D(2), remittance="PR-0001-002", day=date(2025, 4, 22))
    assert [(i.reference, i.pending) for i in match(store).open if i.settled] == [("PR-0001-002", D("12.50"))]
    assert paid_of(store, "A") == [(D("97.75"), D("2.50"), None), (D(40), D(2), None)]


def test_a_statement_lists_what_was_paid_with_its_tax_and_item(store: Store, tmp_path: Path) -> None:
    release(store)
    more = {"bank_reference": "BNK 77", "bank_account": "NO93 8601 1117 947", "fees": D("2.50"), "invoice": "SB-9"}
    pay(store, "P", "N", "170.00", remittance="REM-8", method="SEPA", **more)
    pay(store, "Q", "A", "150.25", remittance="REM-9")
    match(store)
    may = date(2025, 5, 10)
    found = store.read(run, "2025-04", may)
    said = {"maker": "Ana", "checker": "Bo", "at": MOMENT, "total": found.total}
    store.transact("Close", close_period, "2025-04", may, **said)
    made = store.read(export_statements, "2025-04", may, tmp_path / "out", pages=True)
    alder, nordlys = (openpyxl.load_workbook(one.workbook, data_only=True) for one in made)
    rows = list(nordlys["7 Payments"].iter_rows(values_only=True))
    told = dict(zip(*(r for r in rows if r[1] in ("Remittance", "REM-8")), strict=True))
    assert told | {"Value date": f"{told['Value date']:%d %b %Y}"} == {
        "Payment": "P",
        "Remittance": "REM-8",
        "Value date": "20 Apr 2025",
        "Method": "SEPA",
        "Bank reference": "BNK 77",
        "Account, last four": "… 7947",
        "Gross": 200,
        "Tax withheld": 30,
        "Fees": 2.5,
        "Net": 167.5,
        "Statements covered": "ST-2025-02",
        "Self-billing invoice": "SB-9",
        "Payment run item": "PR-0001-003",
        "Dispute?": "No",
        "Partner comment": None,
    }
    paid = [r for r in nordlys["1 Summary"].iter_rows(values_only=True) if r[1] in ("Paid", "Tax withheld")]
    assert [r[3] for r in paid] == [-30, -170], "what was paid is what left, fees included"
    (row,) = (r for r in alder["7 Payments"].iter_rows(values_only=True) if r[1] == "REM-9")
    assert row[5] == "… 1234", "the account is that of the partner's record when the remittance was read"
    assert {r.difference for r in store.read(replay)} == {""}
