"""Payment files in any wording: items are known by their numbers, and what settles nothing says why."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Transaction
from partnerdesk.ops.payments.releasing import release_run
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.due import due
from partnerdesk.queries.payments.runs import ItemRow, runs
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.payments.test_payments import MOMENT, invoice, match, pay, release
from tests.ops.payments.test_payments import store as store

D, MAY = Decimal, date(2025, 5, 15)
KIND = {"kind": "payment"}
ROWS = "{0}001;Alder;-30.00;2025-04-22;X1\n{0}002;Alder;150.25;2025-04-22;X2\n{0}003;Nordlys;100.00;2025-04-22;X3\n"


def file(folder: Path, heading: str, rows: str = ROWS, name: str = "paid.csv") -> Path:
    return csv_file(folder, f"{heading};Partner;Amount;Value date;Remittance\n{rows.format('PR-0001-')}", name)


def items(store: Store) -> dict[str, ItemRow]:
    return {item.reference: item for item in store.read(runs)[0].items}


@pytest.mark.parametrize("heading", ["Item", "Posten", "Référence interne", "Payment id", "Statement", "Our ref"])
def test_a_column_of_item_numbers_says_what_each_payment_settles(store: Store, tmp_path: Path, heading: str) -> None:
    release(store)
    path = file(tmp_path, heading)
    told = {c.header: c.target for c in look(store, path, KIND).columns}
    assert told[heading] == "payment.instruction"
    bring(store, path, KIND)
    assert [(i.reference, i.pending) for i in match(store).open] == [("PR-0001-003", D(100))]
    chosen = look(store, path, KIND | {f"column:{heading}": "ignore"})
    assert {c.header: c.target for c in chosen.columns}[heading] == "", "what a person says comes first"


@pytest.mark.parametrize("text", ["pays {0}002", "[{0}002]", "payment ({0}002), thank you"])
def test_item_numbers_among_other_words_are_found_as_well(store: Store, tmp_path: Path, text: str) -> None:
    release(store)
    rows = text + ";Alder;100.00;2025-04-22;X2\nnobody knows;Alder;5.00;2025-04-22;X4\n"
    bring(store, file(tmp_path, "Notiz", rows), KIND)
    assert [i.reference for _, i in match(store).pairs] == ["PR-0001-002"]


@pytest.mark.parametrize("head", ["Posten;Betrag;Wertstellung", "Item;Net paid;Value date"])
def test_items_say_whose_payments_they_are_where_no_column_does(store: Store, tmp_path: Path, head: str) -> None:
    """The number of an item names its partner: a file of finance need not do so again."""
    release(store)
    rows = "PR-0001-002;150.25;2025-04-22\nPR-0001-003;100.00;2025-04-22\n"
    path = csv_file(tmp_path, f"{head}\n{rows}", "paid.csv")
    found = look(store, path, KIND)
    assert found.questions == () and found.columns[0].target == "payment.instruction"
    bring(store, path, KIND)
    match(store)
    own = {item: i.settled for item, i in items(store).items()}
    assert own == {"PR-0001-001": D(0), "PR-0001-002": D("150.25"), "PR-0001-003": D(100)}
    again = look(store, path, KIND)
    assert (again.rows_new, again.rows_changed) == (0, 0), "read a second time it changes nothing"


def test_columns_that_name_different_items_are_asked_about(store: Store, tmp_path: Path) -> None:
    release(store)
    heads = "One;Two;Partner;Amount;Value date\n"
    path = csv_file(tmp_path, f"{heads}PR-0001-002;PR-0001-001;Alder;150.25;2025-04-22\n", "paid.csv")
    (asked,) = look(store, path, KIND).questions
    assert [o.value for o in asked.options] == ["One", "Two", "none"] and asked.key == "find:payment.instruction"
    answered = look(store, path, KIND | {asked.key: "One"})
    assert answered.questions == () and answered.columns[0].target == "payment.instruction"
    none = look(store, path, KIND | {asked.key: "none"})
    assert none.questions == () and [c.target for c in none.columns[:2]] == ["", ""]


def test_what_a_bank_puts_in_the_place_of_an_item_keeps_no_payment_from_its_item(store: Store, tmp_path: Path) -> None:
    release(store)
    head = "End to end id;Partner;Amount;Value date\n"
    path = csv_file(tmp_path, f"{head}NOTPROVIDED;Alder;150.25;2025-04-22\n", "bank.csv")
    bring(store, path, KIND)
    assert [i.reference for _, i in match(store).pairs] == ["PR-0001-002"]
    assert look(store, path, KIND).rows_same == 1, "and the same file again takes nothing back"


def test_a_payment_of_a_file_that_came_after_the_run_settles_its_item_from_the_day_it_was_due(
    store: Store, tmp_path: Path
) -> None:
    release(store)
    assert items(store)["PR-0001-002"].due < date(2025, 4, 18) < items(store)["PR-0001-002"].released
    rows = "x;Alder;150.25;2025-04-18;X2\ny;Nordlys;7.00;2025-01-05;X3\n"
    bring(store, file(tmp_path, "Note", rows), KIND)
    found = match(store)
    assert [i.reference for _, i in found.pairs] == ["PR-0001-002"]
    assert [p.amount for p in found.unexpected] == [7], "every payment of the file is told, of whatever day"


def test_fees_count_alike_whether_or_not_the_item_is_named(store: Store, tmp_path: Path) -> None:
    release(store)
    head = "Item;Partner;Amount;Tax withheld;Bank fees;Value date\n"
    row = "{};Nordlys;166.00;30.00;4.00;2025-04-18\n"
    for number in ("PR-0001-003", ""):
        path = csv_file(tmp_path, head + row.format(number), f"paid{number}.csv")
        bring(store, path, KIND)
        match(store)
        (paid,) = store.read(facts, kinds=("payment",)).of("payment")
        assert (paid.amount, paid.tax, paid.fees) == (170, 30, 4)
        assert look(store, path, KIND).rows_same == 1, "and the same file again changes nothing"
        store.undo()
        store.undo()


def reasons(store: Store) -> dict[str, str]:
    return dict(match(store).reasons)


def test_a_payment_that_settles_nothing_says_why(store: Store) -> None:
    release(store)
    pay(store, "SIGN", "A", "30.00", instruction="PR-0001-001")
    pay(store, "OTHER", "N", "150.25", remittance="PR-0001-002")
    pay(store, "NONE", "N", "12.00")
    pay(store, "WHOLE", "A", "150.25", instruction="PR-0001-002")
    pay(store, "AGAIN", "A", "150.25", date(2025, 4, 23), instruction="PR-0001-002")
    pay(store, "TURNED", "A", "30.00", date(2025, 4, 24))
    pay(store, "USD", "N", "170.00", currency="USD")
    by_sign = "owed by the partner, and what a partner pays to you is written below zero"
    assert reasons(store) == {
        "SIGN": f"PR-0001-001 is {by_sign}",
        "TURNED": f"it names no item; PR-0001-001 of this amount is {by_sign}",
        "OTHER": "PR-0001-002 is an item of Alder",
        "NONE": "it names no item; what is open has another amount: PR-0001-003 (200.00 EUR to come)",
        "AGAIN": "PR-0001-002 is settled already",
        "USD": "it names no item, and none of this partner is open in USD; those of this partner are in EUR",
    }
    pay(store, "BACK", "A", "-150.25", date(2025, 4, 25), instruction="PR-0001-002")
    assert "AGAIN" not in reasons(store), "what was paid twice came back"


def test_an_item_that_was_paid_too_much_is_settled(store: Store) -> None:
    release(store)
    pay(store, "P", "A", "160.25", instruction="PR-0001-002")
    assert [i.reference for i in match(store).settled] == ["PR-0001-002"]
    item = items(store)["PR-0001-002"]
    assert (item.state, item.over) == ("settled", 10) and store.read(runs)[0].open == 2


def release_april(store: Store, total: str, *rows: Transaction) -> None:
    """Closes April with these invoices, and releases what it makes due."""
    store.transact("Later", add_rows, list(rows))
    said = {"maker": "Ana", "checker": "Bo", "at": MOMENT}
    closes = store.read(run, "2025-04", MAY).total
    store.transact("Close", close_period, "2025-04", MAY, total=closes, **said)
    store.transact("Release", release_run, MAY, MAY, total=D(total), **said)


@pytest.mark.parametrize("between", [", ", "/", " + ", " und "])
def test_one_payment_settles_all_the_items_that_it_names(store: Store, tmp_path: Path, between: str) -> None:
    release(store)
    release_april(store, "134.75", invoice("5", "A", 4, "49.75"), invoice("6", "N", 4, "100.00"))
    text = f"SVWZ+PR-0001-002{between}PR-0002-001"
    net = f"PR-0001-003{between}PR-0002-002"
    rows = f"{text};Alder;200.00;2025-05-16;X\n{net};Nordlys;255.00;2025-05-16;Y\n"
    path = file(tmp_path, "Notiz", rows)
    bring(store, path, KIND)
    found = match(store)
    assert [(i.reference, i.state) for i in found.open] == [("PR-0001-001", "open")] and found.unexpected == ()
    paid = {p.partner: p for p in store.read(facts, kinds=("payment",)).of("payment")}
    assert paid["A"].instruction == "PR-0001-002, PR-0002-001" and paid["N"].tax == D(45)
    assert paid["A"].statements == "ST-2025-02, ST-2025-03, ST-2025-04"
    assert look(store, path, KIND).rows_same == 2, "read again it changes nothing"
    assert [r.status for r in store.read(due, date(2025, 5, 15), date(2025, 5, 20)) if r.kind == "pay"] == []


def test_of_several_items_a_part_payment_pays_the_first_before_the_others(store: Store, tmp_path: Path) -> None:
    release(store)
    release_april(store, "49.75", invoice("5", "A", 4, "49.75"))
    bring(store, file(tmp_path, "Notiz", "PR-0001-002, PR-0002-001;Alder;160.25;2025-05-16;X\n"), KIND)
    left = {i.reference: i.pending for i in match(store).open}
    assert (left.get("PR-0001-002"), left["PR-0002-001"]) == (None, D("39.75"))
