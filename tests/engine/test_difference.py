"""Why two evaluations differ: each cause by a case worked by hand, the amounts derived in the comments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.difference import Difference, Side, Step, difference, explained_difference
from partnerdesk.engine.facts import Adjustment, Deal, ExchangeRate, Opening, Partner, Payment, TierDecision
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.semantics import GROUP_DECIDES
from tests.engine.cases import PARTNER, facts, program

RULES = """
tiers = { moves = "confirmed" }
[metric.sold]
says = "Sold"
of = "deal"
window = "ever"
day = "closed"
value = "amount"
where = { status = ["won"] }
[[tier]]
name = "Silver"
[[tier]]
name = "Gold"
requires = { metric = "sold", at_least = 2500 }
[earning.sale]
type = "SALE"
says = "Sale"
on = "deal won"
base = "amount"
rate = { by_tier = { Silver = 0.05, Gold = 0.08 } }
"""
BY_FIGURES = RULES.replace('moves = "confirmed"', 'moves = "automatic", every = "month", in_force = "same period"')
JUNE, JULY = date(2025, 6, 30), date(2025, 7, 31)


def won(id: str, amount: str, day: date = date(2025, 5, 10), **more: Any) -> Deal:
    return Deal(id=id, partner="A", status="won", closed=day, amount=Decimal(amount), **more)


def side(rows: Sequence[Any], as_of: date = JUNE, text: str | Sequence[str] = RULES, **more: Any) -> Side:
    texts = [text] if isinstance(text, str) else text
    return Side(tuple(program(t) for t in texts), facts(rows), as_of, **more)


def told(before: Side, after: Side, of: str = "balance") -> Difference[Decimal]:
    """The difference, after figures agreed with values and each replayed."""
    found = difference(before, after, "A", of=of)
    traced = explained_difference(before, after, "A", of=of)
    for value, figure in numbers(found, traced):
        assert figure.value == value
        assert replay(figure) == value
    assert found.residual == 0
    assert found.start + sum((step.amount for step in found.steps), Decimal(0)) == found.end
    return found


def numbers(plain: Difference[Decimal], traced: Difference[Figure]) -> list[tuple[Decimal, Figure]]:
    found = [(getattr(plain, n), getattr(traced, n)) for n in ("start", "end", "total", "residual")]
    for a, b in zip(plain.steps, traced.steps, strict=True):
        found.append((a.amount, b.amount))
        for p, q in zip(a.parts, b.parts, strict=True):
            found.append((p.amount, q.amount))
            for x, y in zip(p.lines, q.lines, strict=True):
                found += [(x.before, y.before), (x.after, y.after), (x.amount, y.amount)]
    return found


def amounts(found: Difference[Decimal]) -> dict[str, Decimal]:
    return {step.cause: step.amount for step in found.steps}


def only(found: Difference[Decimal], cause: str) -> Step[Decimal]:
    (step,) = found.steps
    assert step.cause == cause
    return step


def test_two_sides_that_are_the_same_differ_in_nothing() -> None:
    rows = [won("D1", "1000")]
    found = told(side(rows), side([replace(rows[0], known_on=JUNE)]))
    assert (found.steps, found.total, found.idle) == ((), 0, 0)


def test_what_the_figures_mean_is_a_cause_with_the_tiers_that_it_moves() -> None:
    """A decision for the one at the top of a group came to hold for all of it: Gold at once, and then one more day."""
    text = RULES.replace('moves = "confirmed"', 'moves = "confirmed", whose = "group"')
    gold = TierDecision(id="T", partner="B", tier="Gold", day=date(2025, 5, 1), reason="agreed")
    rows = [replace(PARTNER, parent="B"), Partner(id="B", name="Birch"), gold, won("D1", "3000")]
    rows.append(won("D2", "100", date(2025, 7, 4)))
    found = told(side(rows, text=text, semantics=GROUP_DECIDES - 1), side(rows, JULY, text))
    assert amounts(found) == {"way of computing": 90, "day passed": 8}  # 3 % more of 3,000; 8 % of 100
    (line,) = found.steps[0].parts[0].lines
    assert (line.id, line.tier_before, line.tier_after) == ("sale:D1", "Silver", "Gold")
    earlier = told(*(side(rows, day, text, semantics=GROUP_DECIDES - 1) for day in (JUNE, JULY)))
    assert amounts(earlier) == {"day passed": 5}, "both under one number: under that"


def test_a_day_that_passes_lets_a_deal_count() -> None:
    rows = [won("D1", "1000"), won("D2", "3000", date(2025, 7, 4))]
    step = only(told(side(rows), side(rows, JULY)), "day passed")
    assert step.amount == 150  # 5 % of 3,000
    assert [(line.id, line.before, line.after) for line in step.parts[0].lines] == [("sale:D2", 0, 150)]


def test_new_rows_are_told_apart_by_their_business() -> None:
    found = told(side([]), side([won("D1", "1000"), won("D2", "300", date(2025, 6, 1)), won("D3", "0")]))
    step = only(found, "new data")
    assert [(p.amount, [(r.id, r.what) for r in p.rows]) for p in step.parts] == [
        (50, [("D1", "new")]),
        (15, [("D2", "new")]),
    ]
    assert found.idle == 1, "a deal of nothing moves nothing"


def test_a_row_that_is_gone_takes_its_line_with_it() -> None:
    step = only(told(side([won("D1", "1000")]), side([])), "removed data")
    (part,) = step.parts
    assert (part.amount, part.rows[0].what, part.lines[0].after) == (-50, "removed", 0)


def test_a_changed_row_names_its_columns() -> None:
    before = won("D1", "1000", attributes={"region": "north"})
    after = won("D1", "1600", attributes={"region": "south"})
    step = only(told(side([before]), side([after])), "changed data")
    (row,) = step.parts[0].rows
    assert step.amount == 30  # 5 % of 600
    assert row.columns == (("region", "north", "south"), ("amount", Decimal(1000), Decimal(1600)))


def test_a_version_names_the_keys_that_changed() -> None:
    rows = [won("D1", "1000")]
    later = RULES.replace("Silver = 0.05", "Silver = 0.06")
    step = only(told(side(rows), side(rows, text=later)), "program version")
    assert (step.amount, step.keys) == (10, ("earning.sale.rate",))
    assert [(p.rule, p.keys) for p in step.parts] == [("earning.sale", step.keys)]


def test_a_rule_that_is_new_is_named_whole() -> None:
    rows = [won("D1", "1000")]
    later = RULES + '[earning.kick]\ntype = "KICK"\nsays = "Kick"\non = "deal won"\nbase = "amount"\nrate = 0.01\n'
    step = only(told(side(rows), side(rows, text=later)), "program version")
    assert (step.amount, step.keys) == (10, ("earning.kick",))


def test_the_tier_is_apart_from_what_else_is_new() -> None:
    decided = TierDecision(id="G", partner="A", day=date(2025, 6, 1), tier="Gold", reason="r")
    after = side([won("D1", "1000"), won("D2", "2000", date(2025, 6, 20)), decided])
    found = told(side([won("D1", "1000")]), after)
    # The new deal at the old tier: 5 % of 2,000. Then Gold: 3 % more of it; the deal of May keeps its tier.
    assert amounts(found) == {"new data": 100, "tier changed": 60}
    line = found.steps[1].parts[0].lines[0]
    assert (line.id, line.tier_before, line.tier_after) == ("sale:D2", "Silver", "Gold")


def test_a_tier_that_the_figures_move_is_apart_too() -> None:
    old, new = won("D1", "1000"), won("D2", "2000", date(2025, 5, 20))
    found = told(side([old], text=BY_FIGURES), side([old, new], text=BY_FIGURES))
    # 5 % of 2,000; then both are Gold's: 3 % of 3,000.
    assert amounts(found) == {"new data": 100, "tier changed": 90}


def rate(id: str, value: str, base: str = "USD") -> ExchangeRate:
    return ExchangeRate(id=id, day=date(2025, 1, 1), base=base, quote="EUR", rate=Decimal(value))


def test_a_corrected_exchange_rate_is_a_cause_of_its_own() -> None:
    deal = won("D1", "1000", currency="USD")
    found = told(side([deal, rate("X", "0.90")]), side([deal, rate("X", "0.95"), won("D2", "100")]))
    assert amounts(found) == {"new data": 5, "exchange": Decimal("2.50")}  # 5 % of 1,000 x 0.05
    assert found.steps[1].parts[0].rows[0].columns == (("rate", Decimal("0.90"), Decimal("0.95")),)


def test_the_first_rate_of_a_currency_comes_with_the_data() -> None:
    found = told(side([]), side([won("D1", "1000", currency="USD"), rate("X", "0.90")]))
    assert only(found, "new data").amount == 45


def test_another_exchange_rule_is_no_change_of_rates_paid() -> None:
    rows = [won("D1", "1000", currency="USD"), rate("X", "0.90"), replace(rate("Y", "0.80"), table="plan")]
    step = only(told(side(rows), side(rows, text='exchange = { table = "plan" }\n' + RULES)), "exchange")
    assert (step.amount, step.keys) == (-5, ("exchange.table",))


def test_adjustments_and_payments_stand_apart() -> None:
    rows = [won("D1", "1000")]
    adjusted = Adjustment(id="J", partner="A", day=JUNE, amount=Decimal(7), reason="agreed", approver="Ana")
    paid = Payment(id="P", partner="A", day=JUNE, amount=Decimal(40), remittance="R-9")
    found = told(side(rows), side([*rows, adjusted, paid]))
    assert amounts(found) == {"adjustment": 7, "payment": -40}
    assert [line.id for step in found.steps for line in step.parts[0].lines] == ["adjustment:J", "payment:P"]
    assert told(side(rows), side([*rows, adjusted, paid]), of="earned").steps == ()


def test_another_rounding_is_the_last_cause() -> None:
    rows = [won("D1", "1000.30")]  # 5 % are 50.015
    later = "rounding = { decimals = 1 }\n" + RULES.replace("Silver = 0.05", "Silver = 0.06")
    found = told(side(rows), side(rows, text=later))
    # 60.018 are 60.02 by the old rounding, 60.0 by the new one.
    assert amounts(found) == {"program version": Decimal("10.00"), "rounding": Decimal("-0.02")}
    assert found.steps[1].keys == ("rounding.decimals",)


def test_statement_periods_bound_what_counts() -> None:
    rows = [won("D1", "1000"), won("D2", "3000", date(2025, 6, 4))]
    may, june = (side(rows, JULY, through=day) for day in (date(2025, 5, 31), JUNE))
    assert amounts(told(may, june)) == {"day passed": 150}
    both = [replace(may, since=date(2025, 6, 1), through=JUNE), replace(june, since=date(2025, 6, 1))]
    assert told(*both).start == 150


def test_a_partner_that_is_new_brings_everything() -> None:
    other = Partner(id="B", name="Birch")
    before = Side((program(RULES),), facts([other]), JUNE)
    found = told(before, side([PARTNER, other, won("D1", "1000")]))
    assert only(found, "new data").amount == 50


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(LookupError):
        difference(side([]), side([]), "nobody")
    with pytest.raises(ValueError, match="EUR and in USD"):
        difference(side([]), side([], text='currency = "USD"\n' + RULES), "A")


def test_rows_beyond_the_bound_stand_together() -> None:
    rows = [won(f"D{n}", "100", date(2025, 5, n)) for n in range(1, 9)]
    (step,) = difference(side([]), side(rows), "A", most=1).steps
    assert [len(part.rows) for part in step.parts] == [4, 4]
    assert [part.amount for part in step.parts] == [20, 20]
    assert [line.id for part in step.parts for line in part.lines] == [f"sale:D{n}" for n in range(1, 9)]


def test_what_was_taken_over_of_a_line_that_nobody_has_differs_like_any_other() -> None:
    def taken_over(amount: int) -> Opening:
        day = date(2025, 4, 30)
        return Opening(id="o", partner="A", day=day, kind="payable", amount=Decimal(amount), line="L-1")

    found = told(side([taken_over(100)]), side([taken_over(130)]))
    assert (found.start, found.end, [(s.cause, s.amount) for s in found.steps]) == (100, 130, [("changed data", 30)])
    (line,) = found.steps[0].parts[0].lines
    assert (line.before, line.after) == (100, 130)
