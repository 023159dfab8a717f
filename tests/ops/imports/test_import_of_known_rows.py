"""A plain table that names rows of another source by their ids: whether those are meant is asked, never assumed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, Customer, Partner, Transaction
from partnerdesk.errors import Refused
from partnerdesk.ops.imports import preview
from partnerdesk.ops.payments.accounts import account_of
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.reports.format import Formats
from partnerdesk.store.file import Store
from tests.files import bring, csv_file, look
from tests.ops.disputes.disputed import AS_OF, opened

HEADER = "Billing id,Partner id,Customer id,Kind,Day,Amount,Currency,Contract id,Number\n"
AGAIN = "T-1,P-13,C-1,payment,2026-10-21,31000.00,GBP,K-1,R-1\n"
OTHER = "T-2,P-13,C-1,payment,2026-11-03,500.00,GBP,K-1,R-2\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    """A book whose CRM brought a partner, a customer, a contract, and a payment of it."""
    paid = Transaction(
        id="T-1", partner="P-13", customer="C-1", contract="K-1", kind="payment", number="R-1",
        day=date(2026, 10, 21), amount=Decimal("30000.00"), currency="GBP",
    )  # fmt: skip
    rows = [Partner(id="P-13", name="Harbour Ltd"), Customer(id="C-1", name="Foo"), paid]
    rows.append(Contract(id="K-1", partner="P-13", customer="C-1"))
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        store.transact("Add", add_rows, rows, system="crm")
        yield store


def ids(store: Store, kind: str) -> set[str]:
    return {row.id for row in store.read(facts, kinds=(kind,)).of(kind)}


def test_the_file_asks_before_anything_is_made_twice(book: Store, tmp_path: Path) -> None:
    shown = look(book, csv_file(tmp_path, HEADER + AGAIN + OTHER))
    same, twice = shown.questions
    assert (same.key, twice.key, twice.rows) == ("same", "twice", 1)
    assert "partner P-13 (Harbour Ltd)" in same.because and "contract K-1" in same.because
    assert "30,000.00 GBP" in twice.because and shown.placeholders == ()


def test_the_rows_of_the_book_are_meant_and_a_row_is_left_to_it(book: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + AGAIN + OTHER)
    assert bring(book, path, {"same": "book", "twice": "leave"}).new == 1
    assert (ids(book, "partner"), ids(book, "transaction")) == ({"P-13"}, {"T-1", "T-2"})
    shown = look(book, path)  # how ids are read is remembered and said, which rows are left out is asked anew
    assert [q.key for q in shown.questions] == ["twice"]
    assert any("means those of the book" in p.message for p in shown.problems)


def test_a_row_that_is_the_same_takes_the_values_of_the_file_and_stays_its_own_sources(
    book: Store, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, HEADER + AGAIN + OTHER)
    answers = {"same": "book", "twice": "correct"}
    shown = look(book, path, answers)
    assert [(c.kind, c.new, c.changed) for c in shown.counts] == [("transaction", 1, 1)]
    assert any("1 transaction of the book takes its values from this file" in p.message for p in shown.problems)
    done = bring(book, path, answers)
    paid = next(t for t in book.read(facts, kinds=("transaction",)).of("transaction") if t.id == "T-1")
    assert (done.new, done.changed, paid.amount, paid.source.file) == (1, 1, Decimal("31000.00"), "q3.csv")
    assert (ids(book, "transaction"), ids(book, "partner")) == ({"T-1", "T-2"}, {"P-13"})
    assert bring(book, path, answers).batch is None, "again it changes nothing"
    book.undo()
    paid = next(t for t in book.read(facts, kinds=("transaction",)).of("transaction"))
    assert paid.amount == Decimal("30000.00")


def test_two_rows_of_a_file_do_not_correct_one_of_the_book(book: Store, tmp_path: Path) -> None:
    more = AGAIN.replace("T-1,", "T-9,").replace("31000", "30000")
    path = csv_file(tmp_path, HEADER + AGAIN + more)
    with pytest.raises(Refused, match="Several rows of this file look like"):
        look(book, path, {"same": "book", "twice": "correct"})


def test_rows_of_the_file_that_name_a_corrected_partner_belong_to_it(book: Store, tmp_path: Path) -> None:
    text = "Partner ID,Partner,Country,Parent\nP-13,Harbour Limited,GB,\nP-14,Harbour North,GB,P-13\n"
    shown = look(book, csv_file(tmp_path, text))
    assert [o.value for o in shown.questions[0].options] == ["leave", "correct", "take"]
    bring(book, csv_file(tmp_path, text), {"twice": "correct"})
    partners = {p.id: p for p in book.read(facts, kinds=("partner",)).of("partner")}
    assert {(p.id, p.name, p.parent) for p in partners.values()} == {
        ("P-13", "Harbour Limited", None),
        ("P-14", "Harbour North", "P-13"),
    }


def test_what_it_corrects_of_closed_periods_follows_as_a_true_up(tmp_path: Path) -> None:
    with opened(tmp_path, "hold") as store:
        before = {e.id for e in store.read(evaluation, AS_OF).partners["P1"].entries}
        row = next(d for d in store.read(facts, kinds=("deal",)).of("deal") if d.id == "D1")
        text = f"Deal ID,Partner ID,Stage,Amount,Currency,Close date\nD1,P1,Won,{row.amount + 1000},EUR,{row.closed}\n"
        bring(store, csv_file(tmp_path, text), {"same": "book", "twice": "correct"})
        added = [e for e in store.read(evaluation, AS_OF).partners["P1"].entries if e.id not in before]
        assert {e.kind for e in added} == {"trueup"} and sum(e.amount for e in added) > 0


def test_a_file_may_number_its_own(book: Store, tmp_path: Path) -> None:
    bring(book, csv_file(tmp_path, HEADER + OTHER), {"same": "own"})
    assert ids(book, "partner") == {"P-13", "P-13 (files)"}


def test_a_booking_without_an_id_is_known_by_its_number_and_day(book: Store, tmp_path: Path) -> None:
    def asked(text: str) -> list[Any]:
        header = "Partner,Customer,Kind,Transaction date,Amount,Currency,Invoice number\n"
        return [q.key for q in look(book, csv_file(tmp_path, header + text), {"kind": "transaction"}).questions]

    assert asked("P-13,C-1,payment,2026-10-21,30000.00,GBP,R-1\n") == ["twice"]
    assert asked("P-13,C-1,payment,2026-10-21,29000.00,GBP,R-1\n") == []


def test_a_list_of_partners_does_not_make_one_of_them_twice(book: Store, tmp_path: Path) -> None:
    shown = look(book, csv_file(tmp_path, "Partner ID,Partner,Country\nP-13,Harbour Limited,GB\nP-14,New,GB\n"))
    assert [(q.key, q.rows) for q in shown.questions] == [("twice", 1)]


def test_a_question_has_amounts_and_days_as_its_reader_writes_them(book: Store, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "Partner,Customer,Kind,Transaction date,Amount,Currency,Invoice number\n"
        "P-13,C-1,payment,2026-10-21,30000.00,GBP,R-1\n",
    )
    german = book.read(preview, file, {"kind": "transaction"}, formats=Formats("de_DE", english=True))
    assert "GBP\u00a030.000,00, 21 Oct 2026" in german.questions[0].because
    assert "30,000.00 GBP, 21 Oct 2026" in book.read(preview, file, {"kind": "transaction"}).questions[0].because


def test_the_account_of_a_partner_list_is_known_by_its_header(book: Store, tmp_path: Path) -> None:
    shown = look(
        book, csv_file(tmp_path, "Partner ID,Partner,Country,IBAN,Kontonummer\nP-14,New,NO,NO9386011117947,123\n")
    )
    assert {c.header: c.target for c in shown.columns if c.header in ("IBAN", "Kontonummer")} == {
        "IBAN": "partner.attributes.IBAN",
        "Kontonummer": "partner.attributes.Account",
    }
    bring(book, csv_file(tmp_path, "Partner ID,Partner,Country,IBAN\nP-14,New,NO,NO9386011117947\n"))
    (added,) = (row for row in book.read(facts, kinds=("partner",)).of("partner") if row.id == "P-14")
    assert account_of(added) == "NO9386011117947"
