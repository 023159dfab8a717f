"""What Today says of statements: the first period that can be closed, however long ago it ended."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.today.ranked import today
from partnerdesk.store import Store
from tests.engine.payouts import SHARE
from tests.ops.payments.test_payments import invoice

TODAY = date(2025, 9, 10)
PROGRAM = 'program = "p"\nversion = "1"\neffective_from = 2025-01-01\ncurrency = "EUR"\n' + SHARE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        rows = [invoice(f"{month}", "A", month, "100") for month in range(1, 9)]
        store.transact("Facts", add_rows, [Partner(id="A", name="Alder"), *rows])
        yield store


def told(store: Store) -> list[tuple[str, str]]:
    found = [need for need in store.read(today, TODAY).needs if need.kind == "statement"]
    return [(need.event, need.period) for need in found]


def test_the_first_period_that_waits_to_be_closed_is_named_however_old_it_is(store: Store) -> None:
    """Those after it only wait for it: to name them tells nobody what to do."""
    assert told(store) == [("ready", "2025-01")]
    total = store.read(run, "2025-01", TODAY).total
    store.transact(
        "Close", close_period, "2025-01", TODAY, maker="Ana", checker="Bo", total=total, at="2025-09-10T09:00:00Z"
    )
    assert told(store) == [("ready", "2025-02")]
