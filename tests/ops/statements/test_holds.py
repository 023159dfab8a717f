"""Holds in a book: placed and released by somebody, kept over a close, undone, and shown where the money waits."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from json import loads
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Partner, Payment
from partnerdesk.errors import Refused
from partnerdesk.ops.payments.releasing import release_run
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements, statement_made
from partnerdesk.ops.statements.holds import place_hold, release_hold
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.due import due
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.holds import HoldRow, holdable, holds, with_finance
from partnerdesk.store import Store
from tests.ops.disputes.disputed import LATER, MOMENT, line, opened

ON = date(2025, 4, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "pay") as store:
        yield store


def placed(store: Store, day: date = ON, **of: str) -> str:
    said = {"reason": "the order is under inquiry", "day": day, "by": "Ana"}
    return str(store.transact("Hold", place_hold, "P1", **said, **of).value)


def balances(store: Store, label: str, as_of: date) -> tuple[Decimal, Decimal]:
    row = store.read(evaluation, as_of).partners["P1"].statements[label].row("closing")
    return row.held, row.payable


def only(store: Store, as_of: date) -> HoldRow:
    (row,) = store.read(holds, as_of)
    return row


def test_a_hold_keeps_what_is_payable_over_a_close_and_its_release_pays_it(store: Store) -> None:
    held, payable = balances(store, "2025-04", LATER)
    assert payable > 0
    asked = store.read(holdable, "P1", f"line|{line(store)}", date(2025, 4, 15))
    assert [c.scope for c in asked.choices] == ["partner", "customer", "deal"] and asked.choices[0].kept == payable
    assert [row.status for row in store.read(due, LATER, LATER)] == ["due"]
    id = placed(store)
    assert balances(store, "2025-04", LATER) == (held + payable, 0)
    assert (only(store, LATER).kept, only(store, LATER).days) == (payable, 16)
    assert store.read(holdable, "P1", "", LATER).choices[0].taken == id
    assert not store.read(due, LATER, LATER), "what is on hold is not due"
    total = store.read(run, "2025-04", LATER).total
    store.transact("Close", close_period, "2025-04", LATER, maker="Ana", checker="Bo", total=total, at=MOMENT)
    for wrong, day in (("", LATER), ("checked", ON)):
        with pytest.raises(Refused):
            store.transact("Release", release_hold, id, reason=wrong, day=day, by="Bo")
    store.transact("Release", release_hold, id, reason="checked", day=LATER, by="Bo")
    assert balances(store, "2025-04", LATER) == (held + payable, 0), "closed means closed"
    later = date(2025, 5, 31)
    may = store.read(evaluation, later).partners["P1"].statements["2025-05"]
    assert sum(h.remaining for h in may.held if h.kind == "manual hold") == 0
    assert may.row("released").payable >= payable
    assert not [r for r in store.read(replay) if not r.is_same], "closed statements replay with their holds"


def test_what_is_with_finance_already_is_told_of_what_is_to_be_held(store: Store) -> None:
    """Of the deal's 1,200 the first 480 were paid, 120 are held back; the run pays the other 600."""
    day = date(2025, 4, 15)
    said = {"maker": "Ana", "checker": "Bo", "total": Decimal(600), "at": MOMENT}
    assert not store.read(with_finance, "P1", "deal", "D1", day).amount
    released = store.transact("Release", release_run, day, day, **said).value
    (item,) = released.items
    asked = store.read(holdable, "P1", f"line|{line(store)}", day)
    assert [(c.scope, c.issued) for c in asked.choices] == [("partner", 600), ("customer", 600), ("deal", 600)]
    assert asked.items == (item.reference,)
    assert store.read(with_finance, "P1", "deal", "D1", day).amount == 600
    assert not store.read(with_finance, "P1", "deal", "D2", day).amount
    paid = Payment(id="Y2", partner="P1", day=day, amount=Decimal(200), instruction=item.reference)
    store.transact("Pay", add_rows, [paid])
    assert store.read(with_finance, "P1", "deal", "D1", day).amount == 400


def test_a_hold_is_undone_until_its_period_is_closed(store: Store) -> None:
    before = balances(store, "2025-04", LATER)
    placed(store)
    assert balances(store, "2025-04", LATER) != before
    store.undo()
    assert balances(store, "2025-04", LATER) == before and not store.read(holds, LATER)


def test_a_hold_is_refused_without_reason_twice_in_a_closed_period_and_on_what_is_not_the_partners(
    store: Store,
) -> None:
    with pytest.raises(Refused, match="closed"):
        placed(store, date(2025, 3, 10))
    with pytest.raises(Refused, match="no deal NONE"):
        placed(store, deal="NONE")
    with pytest.raises(Refused, match="says why"):
        store.transact("Hold", place_hold, "P1", reason=" ", day=ON, by="Ana")
    id = placed(store)
    with pytest.raises(Refused, match=f"Hold {id} stands"):
        placed(store)


def test_a_reason_that_names_another_partner_is_neither_closed_nor_sent(store: Store, tmp_path: Path) -> None:
    store.transact("Add", add_rows, [Partner(id="P9", name="Nordlys Data")])
    said = {"maker": "Ana", "checker": "Bo", "at": MOMENT}
    id = str(store.transact("Hold", place_hold, "P1", reason="as for Nordlys Data", day=ON, by="Ana").value)
    total = store.read(run, "2025-04", LATER).total
    with pytest.raises(Refused, match=r"The statement for .* names Nordlys Data"):
        store.transact("Close", close_period, "2025-04", LATER, total=total, **said)
    for send in (export_statements, statement_made):
        with pytest.raises(Refused, match="names Nordlys Data"):
            arguments = {"folder": tmp_path / "out"} if send is export_statements else {"partner": "P1"}
            store.read(send, "2025-04", LATER, **arguments)
    (listed,) = (path for path in (tmp_path / "out").glob("*") if path.is_file())  # the run's own list, no document
    assert [(one["partner"], "names Nordlys Data" in one["why"]) for one in loads(listed.read_text())["left_out"]] == [
        ("P1", True)
    ]
    store.transact("Reword", change_row, "hold", id, {}, reason="as for another order")
    store.transact("Close", close_period, "2025-04", LATER, total=total, **said)
    assert store.read(export_statements, "2025-04", LATER, tmp_path / "out")
