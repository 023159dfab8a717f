"""Of a line that was corrected after a close, a clawback leaves what closed statements forfeited, not what they would
have forfeited of the line as it is today: a correction of 12 was kept though all of the line was taken back.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Contract, Deal, Dispute
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.outcome import LOSS, TRUEUP
from partnerdesk.engine.semantics import HOLDS_WITHOUT_SPARED, SPARES_AS_POSTED
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program

PROGRAM = program("""program = "p"
version = "1"
effective_from = 2025-01-01
[earning.fee]
says = "Fee"
type = "FEE"
on = "deal won"
base = "amount"
rate = 1
clawback = [{ if = "churned", shape = "full" }]
[settlement]
minimum = 1000
lapses_after_months = 1
[disputes]
meanwhile = "hold"
""")
WON, CLOSED, LEFT, AS_OF = date(2025, 1, 10), date(2025, 3, 31), date(2025, 4, 15), date(2025, 9, 30)
DISPUTED = Dispute(
    id="Q",
    partner="A",
    day=date(2025, 2, 3),
    line="fee:D",
    statement="ST-2025-01",
    outcome="denied",
    decided=date(2025, 2, 20),
)


def rows(amount: int, left: date | None = None) -> list[Any]:
    deal = Deal(id="D", partner="A", customer="C", status="won", closed=WON, amount=D(amount))
    ended = {"outcome": "churned", "outcome_on": left} if left else {}
    dated = {"start": WON, "end": date(2025, 12, 31)}
    return [deal, Contract(id="K", partner="A", customer="C", deal="D", **dated, **ended)]  # type: ignore[arg-type]


def closed_on(found: Sequence[Any], day: date = CLOSED) -> Posted:
    return Posted(day, evaluate([PROGRAM], facts(found), day).partners["A"].entries)


def later(found: Sequence[Any], posted: Posted, **how: Any) -> Outcome:
    """What is today over what was closed, after both modes agreed on it."""
    plain = evaluate([PROGRAM], facts(found), AS_OF, posted={"A": posted}, **how).partners["A"]
    traced = explain([PROGRAM], facts(found), AS_OF, posted={"A": posted}, **how).partners["A"]
    figures = [entry.amount for entry in traced.entries]
    assert [figure.value for figure in figures] == [replay(f) for f in figures] == [e.amount for e in plain.entries]
    return plain


def given(found: Outcome) -> D:
    return sum((e.amount for e in found.entries if e.id.endswith("clawback:payable:spared")), D(0))


def lost_later(found: Outcome) -> list[D]:
    return [e.amount for e in found.entries if e.kind == LOSS and e.day > CLOSED]


@pytest.mark.parametrize("more", [[], [DISPUTED]], ids=["plain", "disputed"])
@pytest.mark.parametrize(("now", "spared"), [(60, 60), (72, 60), (48, 48)])
def test_a_clawback_leaves_what_was_forfeited_as_posted(now: int, spared: int, more: list[Any]) -> None:
    found = later([*rows(now, LEFT), *more], closed_on([*rows(60), *more]))
    assert given(found) == spared
    assert sum(e.amount for e in found.entries) == 0 and lost_later(found) == [], "nothing of the line is left"
    assert [c.name for s in found.statements.values() for c in s.checks if not c.is_ok] == []


def test_what_lapsed_of_the_correction_is_left_as_well() -> None:
    found = later(rows(72, date(2025, 8, 15)), closed_on(rows(60)))
    assert lost_later(found) == [-12] and given(found) == 72
    assert sum(e.amount for e in found.entries) == 0


def test_a_line_that_is_corrected_after_its_clawback_was_closed_leaves_nothing() -> None:
    posted = closed_on(rows(60, LEFT), date(2025, 4, 30))
    found = later(rows(72, LEFT), posted)
    corrected = sorted(e.amount for e in found.entries if e.kind == TRUEUP)
    assert corrected == [-12, 12] and given(found) == 60, "what was given back stands"
    assert sum(e.amount for e in found.entries) == 0 and lost_later(found) == []


def test_a_statement_that_was_closed_before_is_computed_as_it_was() -> None:
    found = later(rows(72, LEFT), closed_on(rows(60)), semantics=SPARES_AS_POSTED - 1)
    assert given(found) == 72 and lost_later(found) == [-12]


@pytest.mark.parametrize("is_older", [False, True])
def test_a_dispute_after_the_close_holds_the_same_after_one_more_close(is_older: bool) -> None:
    """A forfeited fee is clawed back, which the closed statement gives back; then the line is disputed."""
    how = {"semantics": HOLDS_WITHOUT_SPARED - 1} if is_older else {}
    april, june = date(2025, 4, 30), date(2025, 6, 30)
    disputed = Dispute(id="Q", partner="A", line="fee:D", statement="ST-2025-01", day=date(2025, 5, 10), unpaid=D(60))
    known = [*rows(60, LEFT), disputed]
    once = later(known, closed_on(rows(60, LEFT), april), **how)
    again = later(known, Posted(june, tuple(e for e in once.entries if e.day <= june)), **how)
    corrected = [e.id for e in again.entries if e.kind == TRUEUP and e.day > june]
    assert bool(corrected) is is_older, corrected
