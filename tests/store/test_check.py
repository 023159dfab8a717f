"""Check book: each kind of defect is found and named by its category; a book in order has no finding."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.store import Store
from partnerdesk.store.check import findings
from tests.store import steps
from tests.store.defects import DEFECTS, findings_of


def test_a_book_in_order_has_no_finding(book: Path) -> None:
    assert findings_of(book) == []
    with Store.open(book, user="Ann") as store:
        assert store.check() == []


@pytest.mark.parametrize("name", list(DEFECTS))
def test_a_defect_is_found_and_named(book: Path, name: str) -> None:
    plant, category, words = DEFECTS[name]
    plant(book)
    found = findings_of(book)
    assert category in {f.category for f in found}, found
    assert any(words in f.sentence for f in found if f.category == category), found
    assert all(f.sentence.endswith(".") and f.remedy for f in found)


def test_an_old_backup_is_a_finding(book: Path) -> None:
    with Store.open(book, user="Ann") as store:
        later = findings(store._reader, book, datetime.now(UTC) + timedelta(days=9))
        assert [f.sentence for f in later] == ["The last verified backup is 9 days old, and the book changed since."]
        store.backup("now")
        assert findings(store._reader, book, datetime.now(UTC) + timedelta(days=9)) == []


def test_names_that_nothing_describes_are_listed(store: Store) -> None:
    def op(session: Session) -> None:
        rows = [steps.fact_values("deal", f"d{i}", partner=f"ACME {i}") for i in range(7)]
        session.execute(insert(TABLES["deal"]), rows)
        session.execute(
            insert(TABLES["partner"]), steps.fact_values("partner", "ACME 0", status="unknown", name="ACME 0")
        )

    store.transact("Import", op)
    store.backup("now")
    six = "ACME 1, ACME 2, ACME 3, ACME 4, ACME 5 and 1 more"
    undescribed = f"Rows of kind deal name 6 of kind partner that nothing describes: {six}."
    assert [f.sentence for f in store.check()] == [
        undescribed,
        "Known by name only, of kind partner: ACME 0.",
    ]


def test_a_long_history_is_checked_quickly(store: Store) -> None:
    """50,000 changes are verified in well under the two seconds that are allowed for them; no time is asserted here
    but the work of a quadratic check would not end."""
    for number in range(1, 6):
        store.transact("Import", steps.import_rows, 5_000, number)
    store.backup("now")
    start = time.perf_counter()
    assert store.check() == []
    assert time.perf_counter() - start < 60
