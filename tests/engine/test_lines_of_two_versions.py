"""An earning that pays on one day of a fact under one version, on another day of it under the next: two lines."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Deal
from partnerdesk.engine.semantics import NAMES_APART
from partnerdesk.engine.settling.ledger import Posted
from tests.engine.cases import facts, program, worked

AS_OF = date(2025, 12, 31)
VERSION = """program = "p"
version = "{number}"
effective_from = {day}
[earning.fee]
says = "Fee"
type = "FEE"
on = "{on}"
amount = {amount}
clawback = [{{ if = "churned", within_months = {months}, shape = "full" }}]
vests = [{{ at = "event", after_months = {months}, share = 1 }}]
"""
REGISTERED = VERSION.format(number=1, day="2025-01-01", on="deal registered", amount=100, months=4)
WON = VERSION.format(number=2, day="2025-07-01", on="deal won", amount=30, months=12)
STARTED = VERSION.format(number=3, day="2025-10-01", on="contract started", amount=7, months=12)
OF_ITS_FIRST_DAY = "fee:D:2025-07-01"


def deal(**changed: Any) -> Deal:
    """A deal that is registered under the first version and won under the second."""
    known = {"registered": date(2025, 3, 1), "closed": date(2025, 8, 1), "status": "won", "customer": "C"}
    return Deal(id="D", partner="A", amount=D(1000), **(known | changed))


def amounts(rows: list[Any], texts: tuple[str, ...] = (REGISTERED, WON), as_of: date = AS_OF) -> dict[str, D]:
    return {line.id: line.amount for line in worked(texts, rows, as_of).lines}


def test_both_lines_of_a_deal_have_an_id() -> None:
    assert amounts([deal()]) == {"fee:D": 100, OF_ITS_FIRST_DAY: 30}


def test_a_line_alone_has_its_plain_id() -> None:
    assert amounts([deal(registered=None)]) == {"fee:D": 30}
    assert amounts([deal(closed=None, status="open")]) == {"fee:D": 100}


@pytest.mark.parametrize("as_of", [date(2025, 4, 1), date(2025, 7, 31), date(2025, 9, 1), AS_OF])
def test_an_id_does_not_change_with_the_day(as_of: date) -> None:
    assert amounts([deal()], as_of=as_of).items() <= amounts([deal()]).items()


def test_a_third_version_takes_no_id_of_the_second() -> None:
    contract = Contract(id="D", partner="A", customer="C", start=date(2025, 11, 1))
    found = amounts([deal(), contract], (REGISTERED, WON, STARTED))
    assert found == {"fee:D": 100, OF_ITS_FIRST_DAY: 30, "fee:D:2025-10-01": 7}
    without = amounts([deal(status="lost"), contract], (REGISTERED, WON, STARTED))
    assert without == {"fee:D": 100, "fee:D:2025-10-01": 7}


def test_each_line_is_held_and_clawed_back_by_its_own_rule() -> None:
    """What was paid for the registration is safe when the customer leaves; what the win earned is still held."""
    contract = Contract(
        id="K", partner="A", customer="C", deal="D", start=date(2025, 8, 1), outcome="churned", outcome_on=AS_OF
    )
    found = worked([REGISTERED, WON], [deal(), contract], AS_OF)
    moved = {(e.line, e.kind): e.amount for e in found.entries if e.kind in ("clawback", "accrual")}
    assert moved == {
        ("fee:D", "accrual"): 100,
        (OF_ITS_FIRST_DAY, "accrual"): 30,
        (OF_ITS_FIRST_DAY, "clawback"): -30,
    }
    assert found.statements["2025-12"].row("closing").payable == 100


def test_a_share_of_each_line_falls_with_its_own() -> None:
    share = '[earning.share]\nsays = "Share"\ntype = "SHARE"\non = "earning"\nearning = "fee"\nrate = 0.1\n'
    share += 'clawback = [{ if = "clawed back", shape = "full" }]\n'
    contract = Contract(
        id="K", partner="A", customer="C", deal="D", start=date(2025, 8, 1), outcome="churned", outcome_on=AS_OF
    )
    found = worked([REGISTERED + share, WON + share], [deal(), contract], AS_OF)
    left = {line.id: line.amount for line in found.lines}
    for entry in found.entries:
        left[entry.line] += entry.amount if entry.kind == "clawback" else 0
    assert left == {"fee:D": 100, OF_ITS_FIRST_DAY: 0, "share:fee:D": 10, f"share:{OF_ITS_FIRST_DAY}": 0}


def test_the_days_of_a_version_that_ends_inside_a_period_have_an_id_of_their_own() -> None:
    rule = """program = "p"
version = "{0}"
effective_from = {1}
[earning.fee]
says = "Fee"
type = "FEE"
on = "period end"
every = "quarter"
amount = {2}
factor = [{{ days = "quarter" }}]
"""
    texts = (rule.format(1, "2025-01-01", 900), rule.format(2, "2025-02-15", 90))
    found = amounts([deal(closed=date(2025, 1, 10))], texts, date(2025, 6, 30))
    assert list(found) == ["fee:2025Q1", "fee:2025Q1:2025-02-14", "fee:2025Q2"]


def test_statements_of_before_keep_their_ids() -> None:
    versions = [program(REGISTERED), program(WON)]
    found = evaluate(versions, facts([deal()]), AS_OF, semantics=NAMES_APART - 1).partners["A"]
    assert [line.id for line in found.lines] == ["fee:D", "fee:D"]


def test_what_was_closed_before_is_corrected_in_sum() -> None:
    """What stood under one id stands under two now: the true-ups between them come to nothing."""
    versions, rows = [program(REGISTERED), program(WON)], facts([deal()])
    closed = date(2025, 10, 31)
    before = evaluate(versions, rows, closed, semantics=NAMES_APART - 1).partners["A"]
    found = evaluate(versions, rows, AS_OF, posted={"A": Posted(closed, before.entries)}).partners["A"]
    fresh = evaluate(versions, rows, AS_OF).partners["A"]
    assert sum(e.amount for e in found.entries if e.kind == "trueup") == 0
    for bucket in ("held", "payable"):
        sums = [sum(e.amount for e in one.entries if e.bucket == bucket) for one in (found, fresh)]
        assert sums[0] == sums[1], bucket
