"""Holds that people place: what is payable of a deal, a customer or the partner waits in held, and is never lost."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Adjustment, Contract, Deal, Hold, Payment
from partnerdesk.engine.semantics import HOLDS_AS_SETTLED, HOLDS_WHAT_IS_THERE
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program, worked

FEE = '[earning.fee]\nsays = "Fee"\ntype = "FEE"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
MONTHLY = 'statements = "month"\n[settlement]\nevery = "month"\npays_after_days = 10\n'
AS_OF = date(2026, 4, 30)


def deal(id: str, day: date, amount: int, customer: str = "Ann") -> Deal:
    return Deal(id=id, partner="A", customer=customer, status="won", closed=day, amount=D(amount))


def hold(day: date, released: date | None = None, **what: Any) -> Hold:
    return Hold(id="H", partner="A", day=day, released=released, reason="under inquiry", **what)


def closing(found: Outcome, label: str) -> tuple[D, D]:
    row = found.statements[label].row("closing")
    return row.held, row.payable


DEALS = [deal("one", date(2026, 1, 10), 1000), deal("two", date(2026, 2, 10), 2000, "Bob")]


@pytest.mark.parametrize(
    ("what", "held", "payable"),
    [({"deal": "one"}, 100, 200), ({"customer": "Bob"}, 200, 100), ({}, 300, 0), ({"deal": "other"}, 0, 300)],
)
def test_a_hold_keeps_what_is_payable_of_what_it_names(what: dict[str, str], held: int, payable: int) -> None:
    found = worked(MONTHLY + FEE, [*DEALS, hold(date(2026, 3, 1), **what)], AS_OF)
    assert closing(found, "2026-02") == (0, 300), "a hold changes nothing before its day"
    assert closing(found, "2026-03") == closing(found, "2026-04") == (held, payable)
    assert sum(h.remaining for h in found.statements["2026-03"].held) == held
    assert {h.kind for h in found.statements["2026-03"].held} <= {"manual hold"}
    assert all("under inquiry" in h.condition for h in found.statements["2026-03"].held)


def test_what_becomes_payable_meanwhile_waits_too_and_the_release_pays_all_of_it() -> None:
    rows = [*DEALS, deal("three", date(2026, 3, 20), 500), hold(date(2026, 3, 1), date(2026, 4, 5), customer="Ann")]
    found = worked(MONTHLY + FEE, rows, AS_OF)
    assert closing(found, "2026-03") == (150, 200)
    assert closing(found, "2026-04") == (0, 350)
    april = found.statements["2026-04"]
    assert (april.row("released").held, april.row("released").payable) == (-150, 150)


def test_what_was_paid_already_is_not_held_and_the_oldest_is_paid_first() -> None:
    paid = Payment(id="P", partner="A", day=date(2026, 2, 20), amount=D(130))
    found = worked(MONTHLY + FEE, [*DEALS, paid, hold(date(2026, 3, 1), customer="Ann")], AS_OF)
    assert closing(found, "2026-03") == (0, 170), "the line of January is paid"
    found = worked(MONTHLY + FEE, [*DEALS, paid, hold(date(2026, 3, 1), customer="Bob")], AS_OF)
    assert closing(found, "2026-03") == (170, 0)


def test_a_hold_on_a_partner_never_keeps_more_than_there_is() -> None:
    taken = Adjustment(id="J", partner="A", day=date(2026, 3, 5), amount=D(-350), reason="paid twice")
    later = deal("three", date(2026, 3, 20), 1000)
    found = worked(MONTHLY + FEE, [*DEALS, taken, later, hold(date(2026, 3, 1))], AS_OF)
    # 300 less 350 are 50 owed, which the 100 of 20 March make up for first.
    assert closing(found, "2026-03") == (50, 0)
    assert min(h.remaining for h in found.statements["2026-03"].held) == 0


def test_a_payment_made_all_the_same_leaves_the_hold() -> None:
    paid = Payment(id="P", partner="A", day=date(2026, 3, 12), amount=D(120))
    found = worked(MONTHLY + FEE, [*DEALS, paid, hold(date(2026, 3, 1))], AS_OF)
    assert closing(found, "2026-03") == (180, 0)


@pytest.mark.parametrize(
    ("paid", "held", "payable"),
    [(100, 200, 0), (250, 50, 0), (300, 0, 0), (320, 0, -20)],
)
def test_a_payment_that_was_under_way_takes_what_a_deal_is_on_hold_for_last(paid: int, held: int, payable: int) -> None:
    """It stood in the payment run when the deal was put on hold: the hold kept 200, and the balance was below zero."""
    under_way = Payment(id="P", partner="A", day=date(2026, 3, 12), amount=D(paid))
    rows = [*DEALS, under_way, hold(date(2026, 3, 1), deal="two")]
    assert closing(worked(MONTHLY + FEE, rows, AS_OF), "2026-03") == (held, payable)
    before = evaluate([program(MONTHLY + FEE)], facts(rows), AS_OF, semantics=HOLDS_WHAT_IS_THERE - 1).partners["A"]
    assert closing(before, "2026-03") == (200, 100 - paid)


def test_a_clawback_of_another_line_takes_nothing_of_a_deal_on_hold() -> None:
    taken = Adjustment(id="J", partner="A", day=date(2026, 3, 5), amount=D(-150), reason="returned")
    found = worked(MONTHLY + FEE, [*DEALS, taken, hold(date(2026, 3, 1), deal="two")], AS_OF)
    assert closing(found, "2026-03") == (200, -50)


def test_a_clawback_is_taken_out_of_what_is_on_hold() -> None:
    text = MONTHLY + FEE
    text += '[earning.fee.clawback]\nif = "churned"\nwithin_months = 12\nshape = "full"\n'
    lost = {"start": date(2026, 1, 10), "end": date(2027, 1, 9), "outcome": "churned", "outcome_on": date(2026, 3, 9)}
    ended = Contract(id="K", partner="A", customer="Ann", deal="one", recurring=D(1), **lost)  # type: ignore[arg-type]
    found = worked(text, [*DEALS, ended, hold(date(2026, 3, 1), deal="one")], AS_OF)
    assert found.statements["2026-03"].row("clawback").total == -100
    assert closing(found, "2026-03") == (0, 200)


def test_two_holds_keep_no_amount_twice_and_the_second_keeps_what_the_first_lets_go() -> None:
    first = hold(date(2026, 3, 1), date(2026, 4, 5), deal="one")
    second = Hold(id="H2", partner="A", day=date(2026, 3, 2), reason="audit")
    found = worked(MONTHLY + FEE, [*DEALS, first, second], AS_OF)
    assert closing(found, "2026-03") == closing(found, "2026-04") == (300, 0)
    by_hold = {h.id.split(":")[1] for h in found.statements["2026-04"].held if h.remaining}
    assert by_hold == {"H2"}


def test_what_is_on_hold_is_in_no_payout_until_it_is_released() -> None:
    stopped = [*DEALS, hold(date(2026, 2, 5), deal="one")]
    paid = {key: p.paid for key, p in worked(MONTHLY + FEE, stopped, AS_OF).payouts.items()}
    assert paid == {"2026-02": 200}, "the payout of January was not made"
    released = [*DEALS, hold(date(2026, 2, 5), date(2026, 3, 8), deal="one")]
    paid = {key: p.paid for key, p in worked(MONTHLY + FEE, released, AS_OF).payouts.items()}
    assert paid == {"2026-02": 200, "2026-03": 100}


def test_a_hold_over_a_close_stands_and_late_facts_go_on_hold_as_well() -> None:
    """What a closed statement posted of it stands; a late change of the line arrives in held, and comes out again."""
    text, held = program(MONTHLY + FEE), hold(date(2026, 1, 20), date(2026, 3, 3), deal="one")
    january = evaluate([text], facts([DEALS[0], hold(date(2026, 1, 20), deal="one")]), date(2026, 1, 31))
    before = january.partners["A"]
    assert closing(before, "2026-01") == (100, 0)
    posted = {"A": Posted(date(2026, 1, 31), tuple(before.statements["2026-01"].entries))}
    rows = facts([deal("one", date(2026, 1, 10), 1500), held])
    after = evaluate([text], rows, AS_OF, posted=posted).partners["A"]
    assert closing(after, "2026-01") == (100, 0)
    assert closing(after, "2026-02") == (150, 0)
    assert closing(after, "2026-03") == (0, 150)
    late = evaluate([text], facts([DEALS[0]]), AS_OF, posted=posted).partners["A"]
    assert closing(late, "2026-02") == (0, 100), "a hold taken back makes it payable again"


def test_what_was_on_hold_over_a_close_was_not_paid_where_its_deal_falls_away() -> None:
    """Else it would count as paid on its day, and be owed since it was put on hold."""
    text, held = program(MONTHLY + FEE), hold(date(2026, 2, 5), deal="one")
    closed = date(2026, 2, 28)
    posted = {"A": Posted(closed, evaluate([text], facts([DEALS[0], held]), closed).partners["A"].entries)}
    later = deal("later", date(2026, 4, 1), 3000)
    found = evaluate([text], facts([later, held]), AS_OF, posted=posted).partners["A"]
    assert closing(found, "2026-03") == (0, 0)
    assert {key: (p.paid, p.carried) for key, p in found.payouts.items()} == {"2026-04": (300, 0)}
    before = evaluate([text], facts([later, held]), AS_OF, posted=posted, semantics=HOLDS_AS_SETTLED - 1)
    assert before.partners["A"].payouts["2026-04"].paid == 200


def test_a_hold_keeps_what_a_clawback_left_alone_because_it_was_never_paid() -> None:
    """100 of the first deal lapse in February; its clawback in March takes nothing of the second deal's 200."""
    lapses = "minimum = 500\nlapses_after_months = 1\n"
    text = MONTHLY + lapses + FEE + '[earning.fee.clawback]\nif = "churned"\nwithin_months = 12\nshape = "full"\n'
    lost = {"start": date(2026, 1, 10), "end": date(2027, 1, 9), "outcome": "churned", "outcome_on": date(2026, 3, 9)}
    ended = Contract(id="K", partner="A", customer="Ann", deal="one", recurring=D(1), **lost)  # type: ignore[arg-type]
    for day in (date(2026, 3, 20), date(2026, 3, 2)):
        rows = [DEALS[0], deal("two", date(2026, 3, 1), 2000, "Bob"), ended, hold(day)]
        found = worked(text, rows, date(2026, 3, 31))
        assert closing(found, "2026-03") == (200, 0), day
        before = evaluate([program(text)], facts(rows), date(2026, 3, 31), semantics=HOLDS_AS_SETTLED - 1)
        assert closing(before.partners["A"], "2026-03") == (100, 100), day
