"""Payments of a file without identifiers: a remittance text that comes again is another payment, or asks."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.facts import Payment
from partnerdesk.ops.imports import preview
from partnerdesk.queries.facts import facts
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.payments.test_payments import store as store

HEADS = "Partner,Value date,Amount,Currency,Remittance\n"
SEPTEMBER, OCTOBER = "A,2025-09-05,100.00,EUR,Provision\n", "A,2025-10-05,70.00,EUR,Provision\n"


def paid(store: Store) -> list[tuple[Any, ...]]:
    rows: tuple[Payment, ...] = store.read(facts, kinds=("payment",)).of("payment")
    return sorted((p.partner, p.day, p.amount) for p in rows)


def put(store: Store, folder: Path, name: str, rows: str, **choices: str) -> None:
    bring(store, csv_file(folder, HEADS + rows, name), choices)


def test_a_text_that_comes_again_with_another_day_asks_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "september.csv", SEPTEMBER)
    shown = look(store, csv_file(tmp_path, HEADS + OCTOBER, "october.csv"))
    (question,) = shown.questions
    assert question.key == "again" and [o.value for o in question.options] == ["take", "correct"]
    assert question.because == (
        "“Provision”: 100.00 EUR to A on 5 Sep 2025 in the book, 70.00 EUR to A on 5 Oct 2025 in the file."
    )
    put(store, tmp_path, "october.csv", OCTOBER, again="take")
    both = [("A", date(2025, 9, 5), Decimal(100)), ("A", date(2025, 10, 5), Decimal(70))]
    assert paid(store) == both
    put(store, tmp_path, "october.csv", OCTOBER)  # read once more, it is known
    put(store, tmp_path, "september.csv", SEPTEMBER)
    assert paid(store) == both


def test_the_same_payment_corrected_takes_its_values(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "september.csv", SEPTEMBER)
    put(store, tmp_path, "again.csv", OCTOBER, again="correct")
    assert paid(store) == [("A", date(2025, 10, 5), Decimal(70))]


def test_an_amount_alone_that_differs_on_its_day_is_a_correction(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "september.csv", SEPTEMBER)
    put(store, tmp_path, "again.csv", SEPTEMBER.replace("100.00", "90.00"))
    assert paid(store) == [("A", date(2025, 9, 5), Decimal(90))]


def test_part_payments_of_one_day_and_text_are_told_apart_in_a_later_file(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "september.csv", SEPTEMBER + SEPTEMBER.replace("100.00", "50.00"))
    put(store, tmp_path, "october.csv", OCTOBER + OCTOBER.replace("70.00", "30.00"), again="take")
    assert [amount for _, _, amount in paid(store)] == [50, 100, 30, 70]


def test_an_identifier_of_its_own_is_believed(store: Store, tmp_path: Path) -> None:
    heads = "Payment ID," + HEADS
    bring(store, csv_file(tmp_path, f"{heads}P-1,{SEPTEMBER}", "one.csv"))
    shown = store.read(preview, csv_file(tmp_path, f"{heads}P-1,{OCTOBER}", "two.csv"))
    assert shown.questions == () and shown.rows_changed == 1
