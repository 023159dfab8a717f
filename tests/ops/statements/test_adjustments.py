"""Adjustments by hand: complete or refused, in open periods only, a step that undo takes back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Person
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.adjustments import add_adjustment
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.paths import resource
from partnerdesk.queries.facts import facts as facts_of
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

WHOLE: dict[str, Any] = {
    "day": date(2025, 3, 5),
    "amount": Decimal("-25.50"),
    "currency": "EUR",
    "reason_code": "GOODWILL",
    "reason": "Agreed on the phone",
    "approver": "Bo",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book of which January is closed."""
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, facts(), system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        store.transact("Add program", add_version, text, "2024.1.toml")
        total, at = store.read(run, "2025-01", AS_OF).total, "2025-04-15T09:00:00Z"
        store.transact("Close", close_period, "2025-01", AS_OF, maker="Ana", checker="Bo", total=total, at=at)
        yield store


def adjusted(store: Store) -> Decimal:
    return store.read(evaluation, AS_OF).partners["P1"].statements["2025-03"].row("adjusted").total


def test_an_adjustment_is_an_entry_and_one_step_of_undo(store: Store) -> None:
    store.transact("Add adjustment", add_adjustment, "P1", by="Ana", counts_for_cap=True, **WHOLE)
    (row,) = store.read(facts_of, kinds=["adjustment"]).of("adjustment")
    assert (row.id, row.approver, row.counts_for_tier, row.counts_for_cap) == ("J-1001", "Bo", False, True)
    assert str(row.source) == "typed by Ana"
    assert adjusted(store) == Decimal("-25.50")
    store.undo()
    assert adjusted(store) == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": " "}, "needs a reason in words"),
        ({"reason_code": ""}, "needs a reason code"),
        ({"approver": ""}, "needs who approved it"),
        ({"amount": Decimal(0)}, "of nothing changes nothing"),
        ({"day": date(2025, 1, 31)}, "up to 2025-01-31 is closed"),
        ({"day": date(2024, 12, 1)}, "up to 2025-01-31 is closed"),
    ],
)
def test_what_is_missing_or_closed_is_refused(store: Store, change: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        store.transact("Add adjustment", add_adjustment, "P1", **WHOLE | change)
    assert store.read(facts_of, kinds=["adjustment"]).of("adjustment") == ()


def test_the_day_after_a_closed_period_is_open(store: Store) -> None:
    store.transact("Add adjustment", add_adjustment, "P1", **WHOLE | {"day": date(2025, 2, 1)})
    assert store.read(evaluation, AS_OF).partners["P1"].statements["2025-02"].row("adjusted").total == Decimal("-25.50")


def test_who_approved_is_a_name_also_where_the_persons_number_was_typed(store: Store) -> None:
    theirs = Person(id="V-2", name="Somebody of theirs", side="partner", partner="P1")
    store.transact("People", add_rows, [Person(id="V-1", name="Vera Lang"), theirs])
    for typed in ("V-1", "V-2"):
        store.transact("Add adjustment", add_adjustment, "P1", by="Ana", **WHOLE | {"approver": typed})
    approvers = [row.approver for row in store.read(facts_of, kinds=("adjustment",)).of("adjustment")]
    assert approvers[-2:] == ["Vera Lang", "V-2"], "our own people alone"
