"""A partner objects to a line of a closed statement: the clock, what is held meanwhile, and what a decision does."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Adjustment, Payment
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.money import ZERO
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.disputes import (
    Claim,
    Decision,
    decide_dispute,
    escalate_dispute,
    raise_dispute,
    raise_disputes,
)
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import evaluation, explained, programs
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.disputes import DisputeRow, dispute_named, dispute_steps, disputes
from partnerdesk.store import Store
from tests.ops.disputes.disputed import AS_OF, LATER, MOMENT, RAISED, line, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "hold") as store:
        yield store


def claim(store: Store, claimed: str | None = "1500.00", **more: Any) -> Claim:
    amount = Decimal(claimed) if claimed else None
    known = {"line": line(store), "reason": "15 % were agreed", "raised_by": "Rita", **more}
    return Claim(partner="P1", claimed=amount, **known)


def raised(store: Store, on: date = RAISED, **more: Any) -> str:
    said = {"on": on, "by": "Ana", "at": MOMENT}
    return str(store.transact("Raise", raise_dispute, claim(store, **more), **said).value)


def decided(store: Store, id: str, outcome: str, amount: str | None = None, reason: str = "see the addendum") -> str:
    given = Decision(
        outcome=outcome, reason=reason, approver="Bo", amount=Decimal(amount) if amount is not None else None
    )
    return str(store.transact("Decide", decide_dispute, id, given, on=LATER, by="Ana", at=MOMENT).value)


def balances(store: Store, label: str, as_of: date) -> tuple[Decimal, Decimal]:
    row = store.read(evaluation, as_of).partners["P1"].statements[label].row("closing")
    return row.held, row.payable


def row(store: Store, id: str, as_of: date = RAISED) -> DisputeRow:
    return store.read(dispute_named, id, as_of)


def test_a_movement_is_disputed_by_the_name_that_is_printed(store: Store) -> None:
    entries = store.read(evaluation, AS_OF).partners["P1"].statements["2025-01"].entries
    taken = next(e for e in entries if e.kind == "holdback" and e.bucket == "payable")
    found = row(store, raised(store, line=taken.id.removesuffix(":holdback:payable"), claimed=None))
    assert (found.line, found.statement, found.amount) == (taken.id, "ST-2025-01", taken.amount)
    with pytest.raises(Refused, match="has the open dispute"):
        raised(store, line=taken.id, claimed=None)


def test_a_total_is_disputed_by_the_number_of_its_statement(store: Store) -> None:
    before = balances(store, "2025-04", LATER)
    id = raised(store, line="ST-2025-03", claimed=None, more=Decimal("1200.00"))
    found = row(store, id)
    assert (found.kind, found.where, found.amount) == ("total", "the total of ST-2025-03", Decimal("600.00"))
    assert (found.claimed, found.unpaid) == (Decimal("1800.00"), Decimal("600.00"))
    held, payable = balances(store, "2025-04", LATER)
    assert (held - before[0], payable - before[1]) == (found.unpaid, -found.unpaid)
    with pytest.raises(Refused, match="The total has the open dispute"):
        raised(store, line="ST-2025-03")
    with pytest.raises(Refused, match="not both"):
        raised(store, line="ST-2025-02", more=Decimal("1.00"))
    adjustment = store.read(fact, "adjustment", decided(store, id, "approved"))
    assert isinstance(adjustment, Adjustment) and (adjustment.amount, adjustment.line) == (Decimal("1200.00"), "")
    assert adjustment.reason == f"Dispute {id} of the total of ST-2025-03: see the addendum"
    assert balances(store, "2025-05", LATER) == (before[0], before[1] + 1200)


def test_nothing_that_is_held_already_is_held_again(store: Store) -> None:
    """A line of a disputed total, and a total of a disputed line, hold the rest alone."""
    first = row(store, raised(store))
    total = row(store, raised(store, line="ST-2025-01", claimed=None))
    assert first.unpaid + total.unpaid <= balances(store, "2025-03", AS_OF)[1]
    assert balances(store, "2025-04", LATER)[1] >= ZERO


def test_both_sides_of_a_movement_are_one(store: Store) -> None:
    entries = store.read(evaluation, AS_OF).partners["P1"].statements["2025-01"].entries
    held = next(e for e in entries if e.kind == "holdback" and e.bucket == "held")
    found = row(store, raised(store, line=held.id, claimed=None))
    assert found.line == held.id.removesuffix("held") + "payable" and found.amount == -held.amount
    assert found.what == f"holdback {held.id.removesuffix(':holdback:held')}"


def test_a_dispute_knows_its_line_and_its_clock(store: Store) -> None:
    found = row(store, raised(store))
    assert (found.statement, found.amount, found.claimed, found.raised) == (
        "ST-2025-01",
        Decimal("1200.00"),
        Decimal("1500.00"),
        RAISED,
    )
    days = store.read(programs)[0].disputes.answer_days
    assert (found.answer_by, found.days_left) == (RAISED + timedelta(days=days), days)
    late = row(store, found.id, date(2025, 12, 1))
    assert late.is_late and late.is_open, "no day closes a dispute by itself"


def test_what_is_payable_and_unpaid_waits_in_held_where_the_program_says_hold(store: Store) -> None:
    before = balances(store, "2025-04", LATER)
    id = raised(store)
    # Of the line's 1,080.00 payable 480.00 were paid: 600.00 can wait.
    assert row(store, id).unpaid == Decimal("600.00")
    held, payable = balances(store, "2025-04", LATER)
    assert (held - before[0], payable - before[1]) == (Decimal("600.00"), Decimal("-600.00"))
    april = store.read(evaluation, LATER).partners["P1"].statements["2025-04"]
    assert [(h.kind, h.remaining) for h in april.held if h.kind == "dispute"] == [("dispute", Decimal("600.00"))]
    assert all(check.is_ok for check in april.checks)
    decided(store, id, "denied")
    assert balances(store, "2025-05", LATER) == before, "decided: it is payable again"
    waiting = [e.amount for e in store.read(explained, "P1", LATER).entries if e.id.startswith("dispute:")]
    assert len(waiting) == 4 and all(replay(figure) == figure.value for figure in waiting)


def test_payments_take_what_became_payable_first(store: Store) -> None:
    """More becomes payable to the partner after the line: none of it is the line's."""
    paid, april = Decimal("600.00"), date(2025, 4, 17)
    more = {"partner": "P1", "amount": Decimal("5000.00"), "currency": "EUR", "reason_code": "other", "approver": "Bo"}
    rows = [
        Payment(id="PAY-L", partner="P1", day=april, amount=paid, currency="EUR"),
        Adjustment(id="ADJ-L", day=RAISED, reason="a campaign", **more),
    ]
    store.transact("Pay", add_rows, rows)
    assert row(store, raised(store)).unpaid == Decimal("0.00")


def test_a_day_before_the_issue_is_told_what_to_do(store: Store) -> None:
    with pytest.raises(Refused, match=r"issued on 15 Apr 2025.*") as refused:
        raised(store, on=date(2025, 4, 1))
    assert "--as-of 2025-04-15" in str(refused.value)


def test_what_is_disputed_stays_payable_where_the_program_says_pay(tmp_path: Path) -> None:
    with opened(tmp_path, "pay") as store:
        before = balances(store, "2025-04", LATER)
        raised(store)
        assert balances(store, "2025-04", LATER) == before


def test_approved_adjusts_by_what_was_claimed_and_names_the_line(store: Store) -> None:
    frozen = [store.read(canonical_statement, c.id) for c in store.read(closed_statements)]
    id = raised(store)
    adjustment = decided(store, id, "approved")
    made = store.read(fact, "adjustment", adjustment)
    assert isinstance(made, Adjustment)
    assert (made.amount, made.line, made.day, made.approver) == (Decimal("300.00"), line(store), LATER, "Bo")
    may = store.read(evaluation, LATER).partners["P1"].statements["2025-05"]
    assert may.row("adjusted").total == Decimal("300.00")
    assert [store.read(canonical_statement, c.id) for c in store.read(closed_statements)] == frozen
    found = row(store, id, LATER)
    assert (found.outcome, found.granted, found.is_open) == ("approved", Decimal("300.00"), False)
    assert [s.kind for s in store.read(dispute_steps, id)] == ["raised", "decided"]


def test_partly_is_less_than_what_was_claimed(store: Store) -> None:
    id = raised(store)
    for amount in ("300.00", "-10.00", "0"):
        with pytest.raises(Refused):
            decided(store, id, "partly", amount)
    decided(store, id, "partly", "120.00")
    assert row(store, id, LATER).granted == Decimal("120.00")


def test_denied_grants_nothing_and_every_answer_has_a_reason(store: Store) -> None:
    id = raised(store)
    with pytest.raises(Refused, match="says why"):
        decided(store, id, "denied", reason=" ")
    with pytest.raises(Refused, match="grants nothing"):
        decided(store, id, "denied", "1.00")
    assert decided(store, id, "denied") == ""
    assert store.read(fact, "adjustment", f"{id}-A") is None
    with pytest.raises(Refused, match="is decided"):
        decided(store, id, "approved")


def test_escalated_stays_open_with_its_clock(store: Store) -> None:
    id = raised(store)
    due = row(store, id).answer_by
    said = {"on": LATER, "by": "Ana", "at": MOMENT}
    store.transact("Escalate", escalate_dispute, id, "to the channel director", **said)
    found = row(store, id, LATER)
    assert (found.outcome, found.is_open, found.answer_by) == ("escalated", True, due)
    decided(store, id, "denied")
    assert [s.kind for s in store.read(dispute_steps, id)] == ["raised", "escalated", "decided"]


def test_a_claim_after_the_window_says_why_it_is_taken(store: Store) -> None:
    late = date(2025, 8, 1)
    with pytest.raises(Refused, match="could be disputed until"):
        raised(store, late)
    id = raised(store, late, late_because="the invoice came in July")
    assert "the invoice came in July" in store.read(dispute_steps, id)[0].says


def test_a_line_has_one_open_dispute(store: Store) -> None:
    id = raised(store)
    with pytest.raises(Refused, match=f"open dispute {id}"):
        raised(store)
    decided(store, id, "denied")
    assert raised(store, LATER) != id


def test_several_are_raised_all_or_none(store: Store) -> None:
    wrong = claim(store, line="no such line")
    with pytest.raises(Refused, match="no such line"):
        store.transact("Raise", raise_disputes, [claim(store), wrong], on=RAISED, by="Ana", at=MOMENT)
    assert store.read(disputes, RAISED) == ()


def test_undo_takes_a_decision_and_its_adjustment_back(store: Store) -> None:
    id = raised(store)
    decided(store, id, "approved")
    store.undo()
    assert row(store, id, LATER).is_open and store.read(fact, "adjustment", f"{id}-A") is None
    store.undo()
    assert store.read(disputes, LATER) == ()
