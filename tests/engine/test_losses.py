"""What settlement forfeits, lets lapse or waives leaves the payable balance by an entry, and stays gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Deal, Hold, Partner, Survey
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.naming import answer
from partnerdesk.engine.outcome import LOSS
from partnerdesk.engine.semantics import FIRST, GIVES_BACK_AT_ONCE, NEWEST, SPARES_FORFEITED
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.trace import find
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import both, facts, program, worked
from tests.engine.payouts import GATED, SHARE, earned, plan

AS_OF = date(2025, 6, 15)
LAPSING = plan("minimum = 500\nlapses_after_months = 2")
LEAVING = Partner(id="A", name="Alder", left=date(2025, 2, 10))
ANSWER = Survey(id="S", partner="A", day=date(2025, 2, 3), score=D(5))


def lost(found: Outcome) -> list[tuple[date, D]]:
    return [(e.day, e.amount) for e in found.entries if e.kind == LOSS]


def payable(found: Outcome) -> list[D]:
    return [s.row("closing").payable for s in found.statements.values()]


@pytest.mark.parametrize(
    ("settlement", "more", "rows", "expected", "left"),
    [
        ("", SHARE + GATED % "forfeit", [*earned(100, 200), ANSWER], [(date(2025, 1, 31), -100)], 200),
        ("minimum = 500\nlapses_after_months = 2", SHARE, earned(100), [(date(2025, 3, 31), -100)], 0),
        ('minimum = 500\non_leaving = "forfeit"', SHARE, [LEAVING, *earned(100)], [(date(2025, 2, 28), -100)], 0),
        ('negative = "next period"', SHARE, earned(-100, 30), [(date(2025, 2, 28), 70)], 0),
        ('negative = "net"', SHARE, earned(-100, 30), [], -70),
    ],
)
def test_what_is_lost_leaves_the_payable_balance(
    settlement: str, more: str, rows: Sequence[Any], expected: list[tuple[date, int]], left: int
) -> None:
    found = worked(plan(settlement, more), rows, AS_OF)
    assert lost(found) == expected
    assert payable(found)[-1] == left
    assert [c.name for s in found.statements.values() for c in s.checks if not c.is_ok] == []
    rows_ = [row for s in found.statements.values() for row in s.rows if row.key == "lapsed"]
    assert [row.payable for row in rows_] == [amount for _, amount in expected], "no row where nothing is lost"


def test_the_entry_says_why_and_names_the_clause() -> None:
    found, traced = both(plan('minimum = 500\nlapses_after_months = 2\nreference = "9.4"'), earned(100), AS_OF)
    (entry,) = [e for e in found.entries if e.kind == LOSS]
    assert entry.note.endswith("what had waited 2 months lapsed") and entry.rule and entry.rule.reference == "9.4"
    named = [answer(traced, "lapsed", month) for month in ("2025-02", "2025-03")]
    assert [isinstance(n, Figure) and n.value for n in named] == [0, -100]
    why = find(traced, f"entry|{entry.id}")
    assert why is not None and why.value == -100 and why.why == entry.note


def test_types_that_are_settled_apart_lose_apart() -> None:
    two = SHARE + SHARE.replace("earning.share", "earning.extra").replace('"SHARE"', '"EXTRA"').replace("= 1", "= 7")
    found = worked(plan('minimum = 500\nlapses_after_months = 2\neach = "type"', two), earned(100), AS_OF)
    assert [(e.type, e.amount) for e in found.entries if e.kind == LOSS] == [("SHARE", -100)]


def test_the_running_period_has_lost_nothing_yet() -> None:
    found = worked(plan("", SHARE + GATED % "forfeit"), earned(100), date(2025, 1, 30))
    assert [p.lost for p in found.payouts.values()] == [100] and lost(found) == []


def closed(text: str, rows: Sequence[Any], day: date) -> Posted:
    found = evaluate([program(text)], facts(rows), day).partners["A"]
    return Posted(day, found.entries)


def test_what_was_forfeited_stays_so_after_the_close_and_moves_no_payout() -> None:
    text, rows = LAPSING, earned(100, 50)
    posted = closed(text, rows, date(2025, 3, 31))
    found = evaluate([program(text)], facts(rows), AS_OF, posted={"A": posted}).partners["A"]
    assert lost(found) == [(date(2025, 3, 31), -100), (date(2025, 4, 30), -50)]
    assert not [e for e in found.entries if e.kind == "trueup"] and payable(found)[-1] == 0


def test_a_condition_that_was_met_after_all_gives_it_back_in_the_open_period() -> None:
    text, late = plan("", SHARE + GATED % "forfeit"), Survey(id="L", partner="A", day=date(2025, 1, 5), score=D(5))
    posted = closed(text, earned(100), date(2025, 1, 31))
    found = evaluate([program(text)], facts([*earned(100), late]), AS_OF, posted={"A": posted}).partners["A"]
    (entry,) = [e for e in found.entries if e.kind == "trueup"]
    assert (entry.day, entry.amount, entry.reference) == (date(2025, 2, 1), 100, "settlement:2025-01:loss:payable")
    assert [(p.moved, p.paid, p.lost) for p in found.payouts.values()] == [(100, 100, 0)], "given back once"
    assert payable(found)[-1] == 100


def test_statements_of_before_losses_were_entries_are_corrected_in_the_open_period() -> None:
    versions, world = [program(LAPSING)], facts(earned(100))
    before = evaluate(versions, world, date(2025, 4, 30), semantics=FIRST).partners["A"]
    assert lost(before) == [] and payable(before)[-1] == 100
    posted = Posted(date(2025, 4, 30), before.entries)
    assert lost(evaluate(versions, world, AS_OF, posted={"A": posted}, semantics=FIRST).partners["A"]) == []
    now = evaluate(versions, world, AS_OF, posted={"A": posted}).partners["A"]
    assert payable(now) == [100, 100, 100, 100, 0, 0]
    assert now.statements["2025-05"].row("trueup").payable == -100


@pytest.mark.parametrize(("on", "held"), [(date(2025, 4, 5), 0), (date(2025, 3, 20), 100)])
def test_a_hold_keeps_nothing_that_had_lapsed_before_and_what_it_keeps_does_not_lapse(on: date, held: int) -> None:
    found = worked(LAPSING, [*earned(100), Hold(id="H", partner="A", day=on, reason="inquiry")], AS_OF)
    closing = found.statements["2025-04"].row("closing")
    assert (closing.held, closing.payable) == (held, 0)
    assert lost(found) == ([] if held else [(date(2025, 3, 31), -100)])


CLAWED = """
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 1
clawback = [{ if = "churned", share = SHARE }]
"""


def churning(*days: date) -> list[Any]:
    """Deals of 100 won on 10 January whose customers leave on these days."""
    found: list[Any] = []
    for n, day in enumerate(days):
        won, ends = date(2025, 1, 10), date(2025, 12, 31)
        found.append(Deal(id=f"D{n}", partner="A", customer=f"C{n}", status="won", closed=won, amount=D(100)))
        found.append(
            Contract(
                id=f"K{n}",
                partner="A",
                customer=f"C{n}",
                deal=f"D{n}",
                start=won,
                end=ends,
                outcome="churned",
                outcome_on=day,
            )
        )
    return found


MARCH, MAY = date(2025, 3, 10), date(2025, 5, 20)
VESTING = "vests = [{ share = 0.6 }, { share = 0.4, after_months = 3 }]"
LAPSES = "minimum = 500\nlapses_after_months = 2"


@pytest.mark.parametrize(
    ("settlement", "more", "share", "day", "expected", "left"),
    [
        # Forfeited as a whole in January: nothing was paid, so nothing is owed.
        ("", GATED % "forfeit", "1", MARCH, {(MARCH, -100), (MARCH, 100)}, 0),
        # It still waits to be paid in March: half of it is taken off what waits, the rest lapses.
        (LAPSES, "", "0.5", MARCH, {(MARCH, -50)}, 0),
        # All of it lapsed at the end of March.
        (LAPSES, "", "0.5", MAY, {(MAY, -50), (MAY, 50)}, 0),
        # Of the 100 only 60 lapsed in March; the 40 that vested in April wait, and are taken.
        (LAPSES, VESTING, "1", MAY, {(MAY, -100), (MAY, 60)}, 0),
        # What is left of the line, 40, is less than 70 % of it: 30 more are not taken.
        (LAPSES, VESTING, "0.7", MAY, {(MAY, -70), (MAY, 30)}, 0),
        (LAPSES, VESTING, "0.3", MAY, {(MAY, -30)}, 10),
        ("", "", "1", MARCH, {(MARCH, -100)}, 0),
    ],
)
def test_what_was_never_paid_is_not_clawed_back(
    settlement: str, more: str, share: str, day: date, expected: set[tuple[date, int]], left: int
) -> None:
    text = plan(settlement, CLAWED.replace("SHARE", share) + more)
    found = worked(text, [*churning(day), ANSWER], date(2025, 5, 25))
    assert {(e.day, e.amount) for e in found.entries if e.kind == "clawback"} == expected
    assert payable(found)[-1] == left
    assert [c.name for s in found.statements.values() for c in s.checks if not c.is_ok] == []


def test_a_statement_closed_before_that_rule_is_computed_as_it_was() -> None:
    text, rows = plan("", CLAWED.replace("SHARE", "1") + GATED % "forfeit"), facts(churning(MARCH))
    before = evaluate([program(text)], rows, AS_OF, semantics=SPARES_FORFEITED - 1).partners["A"]
    assert [e.amount for e in before.entries if e.kind == "clawback"] == [-100]
    assert payable(before)[-1] == -100
    # Closed so, the debt is given back by the next open statement.
    closing = evaluate([program(text)], rows, date(2025, 3, 31), semantics=SPARES_FORFEITED - 1).partners["A"]
    posted = {"A": Posted(date(2025, 3, 31), closing.entries)}
    after = evaluate([program(text)], rows, AS_OF, posted=posted).partners["A"]
    assert [(e.day, e.amount) for e in after.entries if e.kind == "trueup"] == [(date(2025, 4, 1), 100)]
    assert payable(after)[-1] == 0


def test_what_was_forfeited_is_no_longer_at_risk() -> None:
    text = plan("", CLAWED.replace("SHARE", "1") + GATED % "forfeit")
    never = date(2099, 1, 1)
    assert [r.amount for r in worked(text, churning(never), date(2025, 1, 20)).at_risk["upfront:D0"]] == [100]
    assert "upfront:D0" not in worked(text, churning(never), date(2025, 2, 20)).at_risk


def test_two_deals_and_one_of_them_lost_give_back_what_that_one_lost() -> None:
    found = worked(plan(LAPSES, CLAWED.replace("SHARE", "1")), churning(MAY, date(2099, 1, 1)), date(2025, 5, 25))
    assert lost(found) == [(date(2025, 3, 31), -200)]
    spared = [e for e in found.entries if e.kind == "clawback" and e.amount > 0]
    assert [(e.line, e.amount, e.note) for e in spared] == [
        ("upfront:D0", 100, "100.00 EUR of it had been forfeited before it was paid")
    ]


def test_what_a_hold_keeps_on_the_day_of_its_release_is_taken_of_its_own_line() -> None:
    # On 10 April 40 of each deal vest; those of D1 are on hold from then on, too. What lapses in June is D0's 40.
    rows = [*churning(date(2025, 7, 5), date(2099, 1, 1)), Hold(id="H", partner="A", customer="C1", day=MARCH)]
    found = worked(plan(LAPSES, CLAWED.replace("SHARE", "1") + VESTING), rows, date(2025, 7, 25))
    assert [e.amount for e in found.entries if e.kind == "clawback" and e.line == "upfront:D0"] == [-100, 100]


def test_what_is_given_back_makes_up_for_its_own_clawback_and_not_what_another_line_brings_meanwhile() -> None:
    """D0 is forfeited with January (cut on the 21st), taken back on the 28th and given back on the 31st; D1 comes on
    the 30th, is forfeited with February, and nothing of it is taken back in May.
    """
    first, (deal, contract) = churning(date(2025, 1, 28)), churning(date(2025, 1, 28), MAY)[2:]
    rows = facts([*first, replace(deal, closed=date(2025, 1, 30)), contract])
    text = program(plan("cut_days = 10", CLAWED.replace("SHARE", "1") + GATED % "forfeit"))
    for semantics, expected in ((NEWEST, [-100, 100]), (GIVES_BACK_AT_ONCE - 1, [-100])):
        found = evaluate([text], rows, AS_OF, semantics=semantics).partners["A"]
        assert [e.amount for e in found.entries if e.kind == "clawback" and e.line == "upfront:D1"] == expected
