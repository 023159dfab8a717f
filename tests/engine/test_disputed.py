"""Disputes hold no more than there is, the newest first; what goes meanwhile leaves them, so nothing is overpaid."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Deal, Dispute, Hold, Opening, Transaction
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.semantics import HOLDS_WHAT_IS_THERE
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program, views, worked

FEE = '[earning.fee]\nsays = "Fee"\ntype = "FEE"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
CLAWBACK = '[earning.fee.clawback]\nif = "refunded"\nwithin_months = 12\n'
HOLDBACK = (
    '[holdback.h]\nsays = "H"\nof = ["{of}"]\nevery = "month"\nshare = 0.1\n'
    'release_after = {months}\nrelease_unit = "month"\n'
)
AS_OF = date(2026, 7, 31)


def text(more: str = "", each: str = "partner", negative: str = "next period") -> str:
    settled = f'[settlement]\neach = "{each}"\nnegative = "{negative}"\n[disputes]\nmeanwhile = "hold"\n'
    return f'statements = "month"\n{FEE}{more}{settled}'


def deal(amount: int = 7000, id: str = "one", day: date = date(2026, 1, 10)) -> Deal:
    return Deal(id=id, partner="A", customer="Ann", status="won", closed=day, amount=D(amount))


def dispute(unpaid: int, line: str = "fee:one", decided: date | None = None, **more: Any) -> Dispute:
    said: dict[str, Any] = {"id": "d", "day": date(2026, 2, 5), "statement": "ST-2026-01"} | more
    outcome = "denied" if decided else "open"
    return Dispute(partner="A", line=line, amount=D(unpaid), unpaid=D(unpaid), outcome=outcome, decided=decided, **said)


def paid(found: Outcome) -> dict[str, D]:
    return {key: p.paid for key, p in found.payouts.items() if p.paid}


def closed(rule: str, before: list[Any], after: list[Any], to: date, **more: Any) -> Outcome:
    """What is found once a day was closed; both modes agree on it, and every figure replays."""
    one = program(rule)
    posted = {"A": Posted(to, tuple(evaluate([one], facts(before), to, **more).partners["A"].entries))}
    plain = evaluate([one], facts(after), AS_OF, posted=posted, **more).partners["A"]
    traced = explain([one], facts(after), AS_OF, posted=posted, **more).partners["A"]
    for where, value, figure in views(plain, traced):
        assert figure.value == value == replay(figure), where
    return plain


@pytest.mark.parametrize("each", ["partner", "type"])
@pytest.mark.parametrize("negative", ["net", "next period", "invoice"])
@pytest.mark.parametrize("line", ["fee:one", "ST-2026-01", "fee:one:accrual:payable"])
def test_a_disputed_line_that_is_corrected_is_paid_as_corrected(each: str, negative: str, line: str) -> None:
    """It was disputed in full, and was 700 when it was closed; 400 of them are gone before the decision."""
    rule = text("", each, negative)
    decided = dispute(700, line, date(2026, 6, 10))
    found = closed(rule, [deal(), dispute(700, line)], [deal(3000), decided], date(2026, 2, 28))
    payouts = found.payouts.values()
    assert sum(p.paid for p in payouts) == 300 and {(p.lost, p.invoiced) for p in payouts} == {(0, 0)}
    held = [found.statements[f"2026-{month:02}"].row("closing").held for month in range(2, 7)]
    assert held == [700, 300, 300, 300, 0]
    assert [h.remaining for h in found.statements["2026-03"].held] == [300]


def test_before_its_number_the_decision_paid_all_that_the_line_had_been() -> None:
    """What was closed then is computed so again."""
    decided = dispute(700, "ST-2026-01", date(2026, 6, 10))
    before = {"semantics": HOLDS_WHAT_IS_THERE - 1}
    found = closed(text(), [deal(), dispute(700, "ST-2026-01")], [deal(3000), decided], date(2026, 2, 28), **before)
    assert sum(p.paid for p in found.payouts.values()) == 700


def test_a_line_that_is_corrected_after_its_decision_shows_that_correction_alone() -> None:
    decided = dispute(700, decided=date(2026, 2, 20))
    found = closed(text(), [deal(), decided], [deal(3000), decided], date(2026, 2, 28))
    corrections = [e.reference for e in found.entries if e.kind == "trueup"]
    assert corrections == ["fee:one:accrual:payable"]


def test_a_clawback_leaves_what_a_dispute_holds_of_its_line() -> None:
    """Else its debt would be waived in May, and the decision would pay 700 of 300."""
    refund = Transaction(id="r", partner="A", kind="refund", deal="one", day=date(2026, 3, 20), amount=D(-4000))
    rows = [deal(), refund, dispute(700, decided=date(2026, 6, 10))]
    found = worked(text(CLAWBACK), rows, AS_OF)
    assert paid(found) == {"2026-06": 300}
    assert [(p.carried, p.lost) for p in found.payouts.values()] == [(0, 0)]
    march = found.statements["2026-03"].row("released")
    assert (march.held, march.payable) == (-400, 400)


def test_two_clawbacks_of_one_day_leave_the_total_that_is_disputed() -> None:
    def refund(of: str, amount: int) -> Transaction:
        return Transaction(id=f"r{of}", partner="A", kind="refund", deal=of, day=date(2026, 3, 20), amount=D(-amount))

    deals = [deal(), deal(2000, "two"), refund("one", 4000), refund("two", 500)]
    found = worked(text(CLAWBACK), [*deals, dispute(900, "ST-2026-01", date(2026, 6, 10))], AS_OF)
    assert paid(found) == {"2026-06": 450} and len({e.id for e in found.entries}) == len(found.entries)
    assert [(p.carried, p.lost) for p in found.payouts.values()] == [(0, 0)]


def test_a_second_dispute_holds_what_the_first_freed_and_nothing_before() -> None:
    first = dispute(100, decided=date(2026, 3, 10))
    early = dispute(100, id="e", day=date(2026, 2, 20))
    late = dispute(100, id="l", day=date(2026, 4, 5))
    found = worked(text(), [deal(1000), first, early], AS_OF)
    assert [h.id for s in found.statements.values() for h in s.held if h.remaining] == ["dispute:d"]
    assert paid(found) == {"2026-03": 100}
    found = worked(text(), [deal(1000), first, late], AS_OF)
    assert paid(found) == {} and found.statements["2026-04"].row("closing").held == 100


@pytest.mark.parametrize("line", ["fee:two", "fee:one:release:payable", "what"])
def test_what_is_not_there_is_not_held(line: str) -> None:
    found = worked(text(), [deal(1000), dispute(500, line)], AS_OF)
    assert paid(found) == {"2026-01": 100} and found.statements["2026-02"].held == ()


def test_a_total_holds_of_each_type_what_is_there() -> None:
    """A half of the fee is deferred as soon as it is earned, and the commission bears a holdback on its sum."""
    more = 'vests = [{ share = 0.5, at = "event" }, { share = 0.5, at = "event", after_months = 12 }]\n'
    more += '[earning.more]\nsays = "More"\ntype = "MORE"\non = "deal won"\nbase = "amount"\nrate = 0.2\n'
    more += HOLDBACK.format(of="more", months=2)
    found = worked(text(more, "type"), [deal(1000), dispute(230, "ST-2026-01", date(2026, 6, 10))], AS_OF)
    assert paid(found) == {"2026-03|MORE": 20, "2026-06|FEE": 50, "2026-06|MORE": 180}
    assert [p.carried for p in found.payouts.values()] == [0] * len(found.payouts)


def test_what_a_holdback_on_a_sum_frees_is_held_under_its_type() -> None:
    more = HOLDBACK.format(of="fee", months=1)
    total = {"statement": "ST-2026-02", "day": date(2026, 3, 5)}
    found = worked(text(more, "type"), [deal(1000), dispute(10, "ST-2026-02", **total)], AS_OF)
    assert paid(found) == {"2026-01|FEE": 90} and found.statements["2026-03"].row("closing").held == 10


def test_the_total_of_an_opening_before_the_first_deal_is_held() -> None:
    opening = Opening(id="o", partner="A", day=date(2026, 1, 31), kind="payable", amount=D(100), currency="EUR")
    rows = [deal(1000, day=date(2026, 4, 2)), opening, dispute(100, "ST-2026-01", date(2026, 5, 10))]
    found = worked(text(), rows, AS_OF)
    assert paid(found) == {"2026-04": 100, "2026-05": 100}
    assert [(p.carried, p.lost) for p in found.payouts.values()] == [(0, 0)] * 2


def test_a_hold_keeps_what_a_dispute_freed_on_its_own_day_since_then() -> None:
    """Else the payout of January would be without it twice, the debt of that waived, and the hold pay it once more."""
    decided = dispute(100, decided=date(2026, 2, 5))
    hold = Hold(id="h", partner="A", day=date(2026, 3, 1), released=date(2026, 5, 10), reason="under inquiry")
    found = worked(text(), [deal(1000), decided, hold], AS_OF)
    assert paid(found) == {"2026-05": 100}
    assert [(p.carried, p.lost) for p in found.payouts.values()] == [(0, 0)]


def test_a_hold_on_the_day_of_an_opening_begins_on_the_next() -> None:
    opening = Opening(id="o", partner="A", day=date(2026, 1, 31), kind="payable", amount=D(100), currency="EUR")
    rows = [opening, Hold(id="h", partner="A", day=date(2026, 1, 31))]
    assert {e.day for e in worked(text(), rows, date(2026, 1, 31)).entries} == {date(2026, 1, 31)}
    assert worked(text(), rows, AS_OF).statements["2026-02"].row("closing").held == 100
