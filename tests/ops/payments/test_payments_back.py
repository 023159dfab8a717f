"""Payments below zero: money that came back, or money that went out with a minus; and a reading that is taken back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from partnerdesk.ops.imports.undoing import undo_batch
from partnerdesk.ops.payments.matching import match_remittances
from partnerdesk.ops.payments.releasing import withdraw_item
from partnerdesk.queries.payments.runs import MATCHING, runs
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.payments.test_payments import AS_OF, MOMENT, match, pay, release
from tests.ops.payments.test_payments import store as store

D = Decimal


def test_a_returned_payment_takes_back_no_more_than_was_paid(store: Store) -> None:
    release(store)
    pay(store, "B", "A", "-150.25", remittance="PR-0001-002")
    found = match(store)
    assert found.pairs == () and [p.id for p in found.unexpected] == ["B"]
    pay(store, "P", "A", "150.25", day=date(2025, 4, 22), remittance="PR-0001-002")
    assert [i.reference for _, i in match(store).pairs] == ["PR-0001-002"]
    pay(store, "C", "A", "-150.25", day=date(2025, 4, 23), remittance="bounce of PR-0001-002")
    assert [(p.id, i.reference) for p, i in match(store).pairs] == [("C", "PR-0001-002")]
    item = store.read(runs)[0].items[1]
    assert (item.reference, item.state, item.pending) == ("PR-0001-002", "open", D("150.25"))


def test_a_payment_that_was_noted_with_an_item_in_excess_counts_for_nothing(store: Store) -> None:
    release(store)
    pay(store, "B", "A", "-150.25", instruction="PR-0001-002")
    assert [p.id for p in match(store).unexpected] == ["B"]
    assert (store.read(runs)[0].items[1].state, store.read(runs)[0].items[1].pending) == ("open", D("150.25"))
    said = {"reason": "never paid", "on": AS_OF, "by": "Ana", "at": MOMENT}
    store.transact("Withdraw", withdraw_item, "PR-0001-002", **said)


MINUS = "Partner,Value date,Amount paid,Payment reference\nAlder,2025-04-22,-150.25,PR-0001-002\n"


def test_payments_below_zero_are_asked_about(store: Store, tmp_path: Path) -> None:
    release(store)
    path = csv_file(tmp_path, MINUS, "bank.csv")
    (question,) = look(store, path).questions
    assert question.key == "below zero" and "A −150.25 EUR" in question.because
    assert bring(store, path, {"below zero": "leave"}).new == 0
    assert [p.remedy for p in look(store, path, {"below zero": "back"}).problems] == [
        "Where the minus means that the money went out, answer below zero=out instead."
    ]
    bring(store, path, {"below zero": "out"})
    assert [(i.reference, p.amount) for p, i in match(store).pairs] == [("PR-0001-002", D("150.25"))]
    assert look(store, path, {"below zero": "out"}).rows_same == 1, "the same answer again changes nothing"


def test_a_wrong_reading_is_taken_back_after_it_was_matched(store: Store, tmp_path: Path) -> None:
    release(store)
    batch = bring(store, csv_file(tmp_path, MINUS, "bank.csv"), {"below zero": "out"}).batch
    match_step = store.transact(MATCHING, match_remittances, by="Ana").value
    assert len(match_step.pairs) == 1 and batch is not None
    assert store.transact("Back", undo_batch, batch).value.removed == 1
    assert store.read(runs)[0].items[1].state == "open"


def test_a_file_that_writes_what_left_below_zero_writes_its_tax_so_too(store: Store, tmp_path: Path) -> None:
    release(store)
    text = "Kreditor;Valuta;Zahlbetrag;Quellensteuer;Referenz\nNordlys;22.04.2025;170,00-;30,00-;PR-0001-003\n"
    bring(store, csv_file(tmp_path, text, "sap.csv"), {"below zero": "out"})
    assert [(p.amount, p.tax, i.state) for p, i in match(store).pairs] == [(D(170), D(30), "settled")]
