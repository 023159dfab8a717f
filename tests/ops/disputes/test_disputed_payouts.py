"""What a dispute holds is paid by no payment run meanwhile, and is no debt: it is paid once it is decided."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.facts import Adjustment, Deal, Partner, Transaction
from partnerdesk.engine.figures.replay import replay as derived
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, Decision, decide_dispute, raise_dispute, raise_disputes
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.figures import evaluation, explained
from partnerdesk.queries.payments.due import due
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.store import Store

D = Decimal
PROGRAM = """
program = "disputed"
version = "1"
effective_from = 2025-01-01
currency = "EUR"
[earning.deal]
says = "Commission on deals"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.10
{vests}
[settlement]
each = "{each}"
negative = "{negative}"
[disputes]
meanwhile = "hold"
"""
HALVES = 'vests = [{ share = 0.5, at = "event" }, { share = 0.5, at = "event", after_months = 1 }]'


def close(store: Store, *labels: str) -> None:
    for label in labels:
        day = date(2025, int(label[-2:]) + 1, 3)
        total = store.read(run, label, day).total
        said: dict[str, Any] = {"maker": "Ana", "checker": "Bo", "total": total, "at": f"{day}T09:00:00Z"}
        store.transact("Close", close_period, label, day, **said)


def rows_due(store: Store, day: date) -> list[tuple[str, Decimal]]:
    return [(row.kind, row.gross) for row in store.read(due, day, day) if row.status == "due"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "b.partnerdesk", user="Ana") as store:
        won = [
            Deal(id=id, partner="A", status="won", closed=date(2025, 1, day), amount=D(amount))
            for id, day, amount in (("D1", 10, "5000"), ("D2", 12, "3000"))
        ]
        store.transact("Facts", add_rows, [Partner(id="A", name="Alder"), *won], system="test")
        yield store


def ruled(store: Store, negative: str = "net", each: str = "partner", vests: str = "") -> None:
    text = PROGRAM.format(negative=negative, each=each, vests=vests)
    store.transact("Program", add_version, text, "program.toml")


def disputed(store: Store, on: date) -> None:
    claim = Claim(partner="A", line="deal:D1", reason="15 %", raised_by="Rita", claimed=D(700), late_because="late")
    store.transact("Dispute", raise_dispute, claim, on=on, by="Ana", at=f"{on}T09:00:00Z")


def decided(store: Store, on: date) -> None:
    given = Decision(outcome="partly", reason="half", approver="Bo", amount=D(55))
    store.transact("Decide", decide_dispute, "DI-0001", given, on=on, by="Ana", at=f"{on}T09:00:00Z")


@pytest.mark.parametrize("each", ["partner", "type"])
@pytest.mark.parametrize("negative", ["net", "invoice", "next period"])
def test_what_waits_is_neither_paid_nor_owed_and_is_paid_once(store: Store, negative: str, each: str) -> None:
    ruled(store, negative, each)
    close(store, "2025-01")
    disputed(store, date(2025, 2, 10))
    assert rows_due(store, date(2025, 3, 1)) == [("pay", D(300))]
    close(store, "2025-02")
    assert rows_due(store, date(2025, 4, 20)) == [("pay", D(300))], "not below zero either"
    decided(store, date(2025, 4, 6))
    close(store, "2025-03", "2025-04")
    after = date(2025, 5, 31)
    assert sum((amount for _, amount in rows_due(store, after)), D(0)) == D(855)
    assert {kind for kind, _ in rows_due(store, after)} == {"pay"}
    assert store.read(evaluation, after).partners["A"].statements["2025-05"].row("closing").payable == D(855)
    assert not [row for row in store.read(replay) if not row.is_same]
    paid = [payout.paid for payout in store.read(explained, "A", after).payouts.values()]
    assert all(derived(figure) == figure.value for figure in paid) and sum(f.value for f in paid) == D(855)


def test_of_a_line_that_became_payable_in_parts_the_last_ones_wait(store: Store) -> None:
    ruled(store, vests=HALVES)
    close(store, "2025-01", "2025-02")
    disputed(store, date(2025, 3, 4))
    payouts = store.read(evaluation, date(2025, 4, 20)).partners["A"].payouts
    assert {key: payout.paid for key, payout in payouts.items()} == {"2025-01": D(150), "2025-02": D(150)}


def test_the_rule_of_a_clawback_is_nobodys_own_word(store: Store, tmp_path: Path) -> None:
    ruled(store, vests='clawback = { if = "refunded", within_months = 12, shape = "full" }')
    refund = Transaction(id="R1", partner="A", kind="refund", deal="D1", day=date(2025, 2, 5), amount=D(-5000))
    other = Deal(id="D3", partner="B", status="won", closed=date(2025, 2, 20), amount=D(700))
    store.transact("More", add_rows, [refund, Partner(id="B", name="Birch"), other], system="test")
    close(store, "2025-01", "2025-02")
    written = store.read(export_statements, "2025-02", date(2025, 3, 3), tmp_path / "out")
    assert {one.partner for one in written} == {"A", "B"}, "B's register names the rule by which A was clawed back"


def settled_apart(store: Store, of: str, on: date, more: str) -> None:
    """A dispute of a movement or a total of January."""
    claim = Claim(partner="A", line=of, reason="more", raised_by="Rita", more=D(more), late_because="late")
    store.transact("Dispute", raise_dispute, claim, on=on, by="Ana", at=f"{on}T09:00:00Z")


@pytest.mark.parametrize("each", ["partner", "type"])
@pytest.mark.parametrize("of", ["ST-2025-01", "adjustment:J1"])
def test_a_total_or_a_movement_that_waits_is_no_debt_either_and_is_paid_once(store: Store, of: str, each: str) -> None:
    said = {"reason": "campaign", "reason_code": "other", "approver": "Bo", "currency": "EUR"}
    store.transact("More", add_rows, [Adjustment(id="J1", partner="A", day=date(2025, 1, 20), amount=D(90), **said)])
    ruled(store, each=each)
    close(store, "2025-01")
    settled_apart(store, of, date(2025, 2, 10), "1200.00")
    waits = D(890) if of == "ST-2025-01" else D(90)
    (found,) = store.read(disputes, date(2025, 2, 10))
    assert (found.unpaid, found.claimed) == (waits, waits + 1200)

    def rest(day: date) -> Decimal:
        assert {kind for kind, _ in rows_due(store, day)} <= {"pay"}
        return sum((amount for _, amount in rows_due(store, day)), D(0))

    assert rest(date(2025, 3, 1)) == D(890) - waits
    close(store, "2025-02")
    assert rest(date(2025, 4, 20)) == D(890) - waits, "no debt of a later payout"
    given = Decision(outcome="partly", reason="half", approver="Bo", amount=D(600))
    store.transact("Decide", decide_dispute, "DI-0001", given, on=date(2025, 4, 6), by="Ana", at="2025-04-06T09:00:00Z")
    close(store, "2025-03", "2025-04")
    assert rest(date(2025, 5, 31)) == D(1490)
    outcome = store.read(evaluation, date(2025, 5, 31)).partners["A"]
    assert outcome.statements["2025-05"].row("closing").payable == D(1490)
    assert not [row for row in store.read(replay) if not row.is_same]
    paid = [payout.paid for payout in store.read(explained, "A", date(2025, 5, 31)).payouts.values()]
    assert all(derived(figure) == figure.value for figure in paid) and sum(f.value for f in paid) == D(1490)


def test_a_part_that_was_released_in_a_month_that_is_not_closed_yet_waits_too(store: Store) -> None:
    ruled(store, vests=HALVES)
    close(store, "2025-01")
    disputed(store, date(2025, 3, 4))
    (found,) = store.read(disputes, date(2025, 3, 4))
    assert found.unpaid == D(500), "the second half became payable in February"
    close(store, "2025-02")
    payouts = store.read(evaluation, date(2025, 4, 20)).partners["A"].payouts
    assert {key: payout.paid for key, payout in payouts.items()} == {"2025-01": D(150), "2025-02": D(150)}


def test_a_total_waits_whatever_line_of_another_statement_was_disputed_before(store: Store) -> None:
    ruled(store)
    later = Deal(id="D4", partner="A", status="won", closed=date(2025, 2, 15), amount=D(2000))
    store.transact("More", add_rows, [later], system="test")
    close(store, "2025-01", "2025-02")
    day = date(2025, 3, 4)
    settled_apart(store, "deal:D4", day, "50")
    settled_apart(store, "ST-2025-01", day, "100")
    assert [row.unpaid for row in sorted(store.read(disputes, day), key=lambda row: row.id)] == [D(200), D(800)]

    def held() -> Decimal:
        return store.read(evaluation, day).partners["A"].statements["2025-03"].row("closing").held

    assert held() == D(1000)
    given = Decision(outcome="denied", reason="no", approver="Bo")
    store.transact("Decide", decide_dispute, "DI-0001", given, on=day, by="Ana", at=f"{day}T09:00:00Z")
    assert held() == D(800)


def test_a_total_and_a_line_of_it_that_are_raised_together_hold_it_once(store: Store) -> None:
    ruled(store)
    close(store, "2025-01")
    day = date(2025, 2, 10)
    claims = [Claim(partner="A", line=of, reason="more", raised_by="Rita") for of in ("ST-2025-01", "deal:D1")]
    store.transact("Dispute", raise_disputes, claims, on=day, by="Ana", at=f"{day}T09:00:00Z")
    closing = store.read(evaluation, day).partners["A"].statements["2025-02"].row("closing")
    assert (closing.held, closing.payable) == (D(800), D(0))
    assert {row.line: row.unpaid for row in store.read(disputes, day)} == {"ST-2025-01": D(800), "deal:D1": D(0)}
