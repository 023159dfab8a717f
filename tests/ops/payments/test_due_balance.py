"""What is due never exceeds what closed statements hold as payable, and a payment is subtracted once, in any order."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Adjustment, Partner, Payment
from partnerdesk.engine.money import rounded
from partnerdesk.engine.outcome import is_remitted
from partnerdesk.engine.semantics import SUBTRACTS_ONCE
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.ops.payments.matching import match_remittances
from partnerdesk.ops.payments.releasing import release_run, withdraw_item
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.due import DUE, due
from partnerdesk.queries.payments.runs import PAY, all_items
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.engine.cases import facts, program
from tests.engine.payouts import SHARE
from tests.ops.payments.test_payments import invoice

D, AS_OF, MOMENT = Decimal, date(2025, 8, 31), "2025-08-31T09:00:00Z"
HEAD = 'program = "p"\nversion = "1"\neffective_from = 2025-01-01\ncurrency = "EUR"\n' + SHARE
TAXED = HEAD + '[settlement]\ntax = [{ rate = 0.10, says = "Tax" }]\n'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        yield store


def begin(store: Store, text: str, *rows: Any) -> None:
    store.transact("Program", add_version, text, "program.toml")
    store.transact("Facts", add_rows, [Partner(id="A", name="Alder"), *rows])


def taken(id: str, month: int, amount: str) -> Adjustment:
    day = date(2025, month, 20)
    return Adjustment(id=id, partner="A", day=day, amount=D(amount), reason="returned goods", approver="Bo")


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)


def rows_due(store: Store, on: date = AS_OF) -> list[tuple[str, Decimal, Decimal]]:
    return [(r.status, r.gross, r.tax) for r in store.read(due, on, AS_OF)]


def release(store: Store) -> None:
    total = sum((r.net for r in store.read(due, AS_OF, AS_OF) if (r.status, r.kind) == (DUE, PAY)), D(0))
    store.transact("Release", release_run, AS_OF, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)


def pay(store: Store, id: str, amount: str, month: int, item: str) -> None:
    row = Payment(id=id, partner="A", day=date(2025, month, 21), amount=D(amount), instruction=item)
    store.transact("Pay", add_rows, [row])
    store.transact("Match", match_remittances, by="Ana")


@pytest.mark.parametrize("is_late", [True, False])
def test_a_payment_is_subtracted_once_whenever_it_is_read(store: Store, is_late: bool) -> None:
    begin(store, HEAD, invoice("1", "A", 1, "1000"), invoice("2", "A", 2, "1000"), invoice("3", "A", 3, "1000"))
    close(store, "2025-01")
    release(store)
    for label in ("2025-02",) if is_late else ():
        close(store, label)
    pay(store, "P", "1000", 2, "PR-0001-001")
    for label in ("2025-03",) if is_late else ("2025-02", "2025-03"):
        close(store, label)
    assert rows_due(store) == [(DUE, 2000, 0)]
    release(store)
    pay(store, "Q", "2000", 3, "PR-0002-001")
    close(store, "2025-04")
    assert rows_due(store) == []
    payouts = store.read(evaluation, AS_OF).partners["A"].payouts
    assert [p.moved for p in payouts.values() if p.moved] == [1000] * 3, "no payment is a debt of a payout"


def test_before_its_number_a_late_payment_was_a_debt_of_the_next_payout() -> None:
    """What was closed then is computed so again."""
    text, months = program(SHARE), [invoice("1", "A", 1, "1000"), invoice("2", "A", 2, "1000")]
    closed = date(2025, 1, 31)
    posted = {
        "A": Posted(
            closed, evaluate([text], facts([Partner(id="A", name="Alder"), *months]), closed).partners["A"].entries
        )
    }
    late = facts(
        [Partner(id="A", name="Alder"), *months, Payment(id="P", partner="A", day=date(2025, 1, 25), amount=D(1000))]
    )
    for meant, paid in ((SUBTRACTS_ONCE, 1000), (SUBTRACTS_ONCE - 1, 0)):
        found = evaluate([text], late, AS_OF, posted=posted, semantics=meant).partners["A"]
        assert sum(p.paid for key, p in found.payouts.items() if key > "2025-01") == paid


def test_what_is_due_bears_the_debt_that_came_since(store: Store) -> None:
    begin(store, TAXED, invoice("1", "A", 1, "1000"), invoice("2", "A", 2, "1000"), taken("J", 3, "-833.33"))
    for label in ("2025-01", "2025-02"):
        close(store, label)
    assert rows_due(store) == [(DUE, 2000, 200)]
    close(store, "2025-03")
    assert rows_due(store) == [(DUE, D("1166.67"), D("116.67"))]
    assert rows_due(store, date(2025, 3, 31)) == [(DUE, D("1166.67"), D("116.67"))], "before its payout is ready, too"
    release(store)
    assert rows_due(store) == []


def test_nothing_is_invoiced_while_more_is_owed_to_the_partner(store: Store) -> None:
    """A debt that is invoiced is one: the payouts that were not made by then bear it first, later ones never do."""
    text = HEAD + '[settlement]\nnegative = "invoice"\n'
    begin(store, text, invoice("1", "A", 1, "1000"), taken("J", 2, "-300"))
    for label in ("2025-01", "2025-02"):
        close(store, label)
    assert [(r.kind, r.gross) for r in store.read(due, AS_OF, AS_OF)] == [(PAY, 700)]
    assert rows_due(store, date(2025, 2, 28)) == [(DUE, 700, 0)], "before its own day, too"
    store.transact("More", add_rows, [taken("K", 3, "-900")])
    close(store, "2025-03")
    assert [(r.kind, r.gross) for r in store.read(due, AS_OF, AS_OF)] == [("invoice", 200)]
    store.transact("Later", add_rows, [invoice("2", "A", 4, "500")])
    close(store, "2025-04")
    assert [(r.kind, r.gross) for r in store.read(due, AS_OF, AS_OF)] == [("invoice", 200), (PAY, 500)]
    release(store)
    assert rows_due(store) == []


def test_what_is_settled_apart_bears_its_own_debt_alone(store: Store) -> None:
    begin(store, HEAD + '[settlement]\neach = "type"\n', invoice("1", "A", 1, "1000"), taken("J", 2, "-300"))
    for label in ("2025-01", "2025-02"):
        close(store, label)
    assert rows_due(store) == [(DUE, 1000, 0)], "the adjustment is of no type"


def test_a_draw_is_due_beyond_the_balance(store: Store) -> None:
    draw = "[settlement]\ndraw = { amount = 500 }\n"
    begin(store, HEAD + draw, invoice("1", "A", 1, "700"), taken("J", 2, "-100"))
    for label in ("2025-01", "2025-02"):
        close(store, label)
    payouts = store.read(evaluation, AS_OF).partners["A"].payouts
    assert (payouts["2025-01"].paid, payouts["2025-02"].paid) == (700, 500)
    found = store.read(due, date(2025, 3, 20), AS_OF)
    assert [(r.status, r.gross) for r in found] == [(DUE, 1100)], "the debt of 100 is borne by what was earned"


def test_a_draw_of_a_month_before_the_first_statement_waits_for_no_close(store: Store) -> None:
    draw = "[settlement]\npays_after_months = 1\npays_on_day = 15\ndraw = { amount = 500, months = 6 }\n"
    begin(store, HEAD + draw, invoice("1", "A", 2, "700"))
    store.transact("Joined", change_row, "partner", "A", {"joined": None}, joined=date(2025, 1, 1))
    on, as_of = date(2025, 2, 15), date(2025, 3, 1)
    first = store.read(due, on, as_of)
    assert [(r.status, r.gross, r.statements) for r in first] == [(DUE, 500, "2025-01")], "nothing can be closed there"
    store.transact("Release", release_run, on, as_of, maker="Ana", checker="Bo", total=D(500), at=MOMENT)
    assert [(r.status, r.gross) for r in store.read(due, date(2025, 3, 15), as_of)] == [("waiting", 500)], (
        "recovers the 200 above the draw"
    )


def test_what_came_back_from_the_bank_is_with_finance_again_and_not_paid_twice(store: Store) -> None:
    begin(store, HEAD, invoice("1", "A", 1, "1000"), invoice("2", "A", 2, "400"))
    close(store, "2025-01")
    release(store)
    pay(store, "P", "1000", 2, "PR-0001-001")
    pay(store, "B", "-1000", 3, "PR-0001-001")
    close(store, "2025-02")
    assert rows_due(store) == [(DUE, 400, 0)]
    said = {"reason": "the account is closed", "on": AS_OF, "by": "Ana", "at": MOMENT}
    store.transact("Withdraw", withdraw_item, "PR-0001-001", **said)
    assert rows_due(store) == [(DUE, 1400, 0)]


MOVES = ["1000", "-833.33", "250.10", "-600", "0.50", "900", "1200"]  # a month each
STEPS = ("close", "close", "release", "read", "read", "part", "withdraw")


@pytest.mark.parametrize("settlement", ["minimum = 100", 'negative = "invoice"', 'negative = "next period"'])
@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_no_more_is_due_than_is_payable_and_all_of_it_is_paid(
    store: Store, seed: int, settlement: str
) -> None:
    """Months are closed, runs released, payments read late, in part or not at all, items withdrawn."""
    chance, ids = Random(seed), count(1)
    rows = [invoice(f"{m}", "A", m, n) if D(n) > 0 else taken(f"J{m}", m, n) for m, n in enumerate(MOVES, 1)]
    begin(store, f"{HEAD}[settlement]\n{settlement}\n", *rows)
    months = [f"2025-{m:02d}" for m in range(1, 8)]
    for _step in range(22):
        _act(store, chance, next(ids), chance.choice(STEPS), months)
        _check(store)
    while months:
        close(store, months.pop(0))
        _check(store)
    if any(r.status == DUE for r in store.read(due, AS_OF, AS_OF)):
        release(store)
    for item in store.read(all_items):
        if item.pending and not item.withdrawn:
            sign = 1 if item.kind == PAY else -1
            pay(store, f"P{next(ids)}", str(sign * item.pending), 8, item.reference)
    left = store.read(evaluation, AS_OF).partners["A"]
    assert rows_due(store) == [] and left.statements["2025-08"].row("closing").total == 0


def _act(store: Store, chance: Random, id: int, step: str, months: list[str]) -> None:
    """One step of somebody, where it can be taken."""
    items = [i for i in store.read(all_items) if i.pending > 0]
    if step == "close" and months:
        close(store, months.pop(0))
    elif step == "release" and any(r.status == DUE for r in store.read(due, AS_OF, AS_OF)):
        release(store)
    elif step in ("read", "part") and items:
        item = chance.choice(items)
        amount = (1 if item.kind == PAY else -1) * item.pending
        month = chance.randint(2, 8)
        pay(store, f"P{id}", str(amount if step == "read" else rounded(amount / 2)), month, item.reference)
    elif step == "withdraw":
        for item in [i for i in items if not i.settled][:1]:
            said = {"reason": "a wrong account", "on": AS_OF, "by": "Ana", "at": MOMENT}
            store.transact("Withdraw", withdraw_item, item.reference, **said)


def _check(store: Store) -> None:
    """What is due is no more than the closed balance, less what was paid since and what is with finance."""
    found = [r for r in store.read(due, AS_OF, AS_OF) if r.status == DUE]
    own, items = store.read(evaluation, AS_OF).partners["A"], store.read(all_items)
    closed = [r.end for r in store.read(closed_statements)]
    held = sum((e.amount for e in own.entries if closed and e.period.end <= max(closed)), D(0))
    since = sum(
        (e.amount for e in own.entries if is_remitted(e) and not (closed and e.period.end <= max(closed))), D(0)
    )
    signed = [(r.kind, r.gross) for r in found] + [(i.kind, i.pending) for i in items]
    out = sum((n if kind == PAY else -n for kind, n in signed), D(0))
    assert out <= max(D(0), held + since)
