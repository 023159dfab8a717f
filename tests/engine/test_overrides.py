"""What a partner earns on partners below it, and on lines of other earnings; the tree is worked out from below."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Credit, Partner, Transaction
from partnerdesk.engine.semantics import POSTS_LOSSES
from tests.engine.cases import both, facts, problems, program, worked
from tests.engine.test_earning_triggers import amounts, deal, reasons, rule

AS_OF = date(2026, 12, 31)
TREE = [
    Partner(id="A", name="Alder"),
    Partner(id="B", name="Birch", parent="A"),
    Partner(id="C", name="Cedar", parent="B"),
    Partner(id="D", name="Dogwood", parent="A"),
]
DEALS = [
    deal("b1", date(2026, 2, 1), 1000, partner="B"),
    deal("c1", date(2026, 3, 1), 2000, partner="C"),
    deal("d1", date(2026, 1, 1), 500, partner="D", kind="upsell"),
]
SOLD = '[earning.sale]\nsays = "Sale"\ntype = "SALE"\non = "deal won"\nbase = "amount"\nrate = 0.10\n'


def test_deals_of_partners_directly_below_are_events() -> None:
    text = rule('of = "sub-partners"\nwhere = { kind = "new" }')
    found = worked(text, [*TREE, *DEALS], AS_OF)
    assert amounts(found) == {"bonus:b1": D(100)}
    assert reasons(found) == {"d1": "deal kind is upsell, needed: new"}
    assert amounts(worked(text, [*TREE, *DEALS], AS_OF, "B")) == {"bonus:c1": D(200)}


def test_an_override_pays_on_the_lines_of_partners_below_after_their_caps() -> None:
    cap = '[cap.x]\nof = ["sale"]\nevery = "year"\nat_most = 90\n'
    over = rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    found = worked(SOLD + over + cap, [*TREE, *DEALS], AS_OF)
    assert amounts(found) == {"bonus:sale:d1": D(10), "bonus:sale:b1": D(18)}
    assert [line.customer for line in found.lines] == ["C1", "C1"]
    _, traced = both(SOLD + over + cap, [*TREE, *DEALS], AS_OF)
    base = traced.lines[1].base
    assert (base.label, base.value) == ("Sale of Birch", D(90))


def test_an_override_on_an_override_reaches_another_level_down() -> None:
    first = rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    second = first.replace("bonus", "second").replace('"sale"', '"bonus"').replace("BONUS", "SECOND")
    text = SOLD + first + second
    found = worked(text, [*TREE, *DEALS], AS_OF)
    # C's 200 pay B 40, and B's 40 pay A 8.
    assert amounts(found)["second:bonus:sale:c1"] == D(8)


def test_an_override_looks_so_many_levels_down() -> None:
    deals = rule('of = "sub-partners"\nlevel = 2')
    found = worked(deals, [*TREE, *DEALS], AS_OF)
    assert amounts(found) == {"bonus:c1": D(200)}
    assert next(iter(worked(deals, [*TREE[:3], DEALS[1]], AS_OF).statements)) == "2026-03", "it begins with that deal"
    lines = SOLD + rule('of = "sub-partners"\nlevel = 2\nearning = "sale"', on='"earning"', pay="rate = 0.15")
    assert amounts(worked(lines, [*TREE, *DEALS], AS_OF)) == {"bonus:sale:c1": D(30)}
    assert amounts(worked(deals, [*TREE, *DEALS], AS_OF, "B")) == {}


def test_a_level_far_below_all_partners_is_looked_for_as_far_as_there_are_any() -> None:
    assert amounts(worked(rule('of = "sub-partners"\nlevel = 1_000_000_000_000'), [*TREE, *DEALS], AS_OF)) == {}


def test_a_line_two_levels_up_falls_with_the_one_it_pays_on() -> None:
    gone = Contract(
        id="K", partner="C", customer="C1", start=date(2026, 3, 1), outcome="churned", outcome_on=date(2026, 5, 1)
    )
    sold = SOLD.replace("deal won", "contract started").replace('"amount"', '"recurring"')
    sold += 'clawback = [{ if = "churned", within_months = 12 }]\n'
    over = rule('of = "sub-partners"\nlevel = 2\nearning = "sale"', on='"earning"', pay="rate = 0.15")
    over += 'clawback = [{ if = "clawed back" }]\n'
    found = worked(sold + over, [*TREE, replace(gone, recurring=D(2000))], AS_OF)
    assert amounts(found) == {"bonus:sale:K": D(30)}
    assert found.statements["2026-05"].row("clawback").total == D(-30)


@pytest.mark.parametrize(
    ("keys", "said"),
    [("level = 2", "only an earning on partners below"), ('of = "sub-partners"\nlevel = 0', "are on level 1")],
)
def test_a_level_that_means_nothing_is_told(keys: str, said: str) -> None:
    assert any(said in problem.message for problem in problems(rule(keys)))


def test_a_partner_on_two_levels_counts_on_the_nearer_one() -> None:
    circle = [replace(TREE[0], parent="C"), *TREE[1:]]
    assert amounts(worked(rule('of = "sub-partners"\nlevel = 3'), [*circle, *DEALS], AS_OF)) == {}


def test_who_earns_on_overrides_alone_earns_from_the_first_of_them() -> None:
    first = rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    second = first.replace("bonus", "second").replace('"sale"', '"bonus"').replace("BONUS", "SECOND")
    found = worked(SOLD + first + second, [*TREE[:3], DEALS[1]], AS_OF)
    assert amounts(found) == {"second:bonus:sale:c1": D(8)}
    assert next(iter(found.statements)) == "2026-03"
    world = facts([*TREE[:3], DEALS[1]])
    before = evaluate([program(SOLD + first + second)], world, AS_OF, semantics=POSTS_LOSSES).partners["A"]
    assert before.lines == (), "what was closed before keeps its meaning"


def test_a_partner_alone_gives_the_same_as_with_all_others() -> None:
    text = SOLD + rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    world = facts([*TREE, *DEALS])
    together = evaluate([program(text)], world, AS_OF).partners
    assert list(together) == ["A", "B", "C", "D"]
    for id in together:
        alone = evaluate([program(text)], world, AS_OF, partners=[id]).partners
        assert list(alone) == [id]
        assert alone[id].lines == together[id].lines


@pytest.mark.parametrize(("per", "left"), [("partner", ["b1", "d1"]), ("deal", ["b1", "b2", "d1"])])
def test_the_first_deal_of_each_partner_below(per: str, left: list[str]) -> None:
    rows = [*TREE, *DEALS, deal("b2", date(2026, 4, 1), partner="B")]
    found = worked(rule(f'of = "sub-partners"\ncount = {{ per = "{per}", to = 1 }}', pay="amount = 10"), rows, AS_OF)
    assert sorted(line.fact_id for line in found.lines) == left


def test_the_credited_share_is_that_of_the_partner_below() -> None:
    rows = [*TREE, DEALS[0], Credit(id="k", deal="b1", partner="B", share=D("0.4"))]
    assert amounts(worked(rule('of = "sub-partners"'), rows, AS_OF)) == {"bonus:b1": D(40)}


def test_a_partner_below_itself_is_a_problem_and_no_endless_way() -> None:
    rows = [Partner(id="A", name="Alder", parent="B"), Partner(id="B", name="Birch", parent="A"), DEALS[0]]
    text = SOLD + rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    found = worked(text, rows, AS_OF)
    assert amounts(found) == {"bonus:sale:b1": D(20)}
    other = worked(text, rows, AS_OF, "B")
    assert any("below itself" in p.message for p in (*found.problems, *other.problems))


def test_a_deep_tree_needs_no_deep_calls() -> None:
    chain = [Partner(id="P0", name="P0"), *(Partner(id=f"P{n}", name="P", parent=f"P{n - 1}") for n in range(1, 1500))]
    rows = [*chain, deal("d", date(2026, 1, 1), 1000, partner="P1")]
    found = evaluate([program(rule('of = "sub-partners"'))], facts(rows), AS_OF, partners=["P0"])
    assert amounts(found.partners["P0"]) == {"bonus:d": D(100)}


def test_an_earning_on_own_lines_follows_each_of_them() -> None:
    extra = rule('earning = "sale"\nwhere = { amount = { above = 60 } }', on='"earning"', pay="rate = 0.50")
    rows = [deal("x", date(2026, 1, 1), 1000), deal("y", date(2026, 1, 2), 500)]
    for text in (SOLD + extra, extra + SOLD):
        found = amounts(worked(text, rows, AS_OF))
        assert found == {"sale:x": D(100), "sale:y": D(50), "bonus:sale:x": D(50)}


def test_a_metric_of_lines_feeds_a_later_rule_whatever_the_order_of_the_text() -> None:
    earned = '[metric.earned]\nsays = "Earned"\nof = "earning"\nwhere = { earning = "sale" }\nwindow = "period"\n'
    top = rule('every = "quarter"', on='"period end"', pay='base = { metric = "earned" }\nrate = 0.50')
    rows = [deal("x", date(2026, 1, 1), 1000), deal("y", date(2026, 3, 31), 500)]
    for text in (earned + SOLD + top, earned + top + SOLD):
        found = worked(text, rows, date(2026, 3, 31))
        assert amounts(found)["bonus:2026Q1"] == D(75)


def test_an_override_falls_with_the_share_of_the_line_below_that_is_clawed_back() -> None:
    sold = SOLD + 'clawback = { if = "churned", within_months = 12, shape = "linear" }\n'
    fall = 'clawback = { if = "clawed back" }\n'
    first = rule(f'of = "sub-partners"\nearning = "sale"\n{fall}', on='"earning"', pay="rate = 0.20")
    second = first.replace("bonus", "second").replace('"sale"', '"bonus"').replace("BONUS", "SECOND")
    gone = Contract(id="k", partner="C", deal="c1", outcome="churned", outcome_on=date(2026, 6, 2))
    # C's 200 are taken back for nine months of twelve; so are B's 40 of them and A's 8 of those.
    text, rows = sold + first + second, [*TREE, *DEALS, gone]
    for partner, line, taken in (("C", "sale:c1", 150), ("B", "bonus:sale:c1", 30), ("A", "second:bonus:sale:c1", 6)):
        found = worked(text, rows, AS_OF, partner)
        back = [(e.line, e.amount, e.day) for e in found.entries if e.kind == "clawback"]
        assert back == [(line, D(-taken), date(2026, 6, 2))], partner
    (risk,) = worked(text, [*TREE, *DEALS], AS_OF).at_risk["bonus:sale:b1"]
    assert (risk.cause, risk.amount, risk.until) == ("clawed back", 20, date(2027, 2, 1)), "as long as the sale below"


def test_an_extra_on_an_own_line_falls_with_it_once() -> None:
    sold = SOLD + 'clawback = [{ if = "refunded" }, { if = "churned" }]\n'
    extra = rule('earning = "sale"\nclawback = { if = "clawed back" }', on='"earning"', pay="rate = 0.50")
    rows = [
        deal("x", date(2026, 1, 1), 1000),
        Contract(id="k", partner="A", deal="x", outcome="churned", outcome_on=date(2026, 6, 2)),
        Transaction(id="t", partner="A", kind="refund", deal="x", day=date(2026, 5, 1), amount=D(250)),
    ]
    for text in (extra + sold, sold + extra):
        found = worked(text, rows, AS_OF)
        taken = [(e.line, e.amount) for e in found.entries if e.kind == "clawback"]
        assert sorted(taken) == sorted(
            [("sale:x", D(-25)), ("sale:x", D(-75)), ("bonus:sale:x", D("-12.50")), ("bonus:sale:x", D("-37.50"))]
        )


def test_an_override_whose_sales_can_be_clawed_back_and_itself_not_is_warned_of() -> None:
    sold = SOLD + 'clawback = { if = "churned" }\n'
    over = rule('of = "sub-partners"\nearning = "sale"', on='"earning"', pay="rate = 0.20")
    assert any("leaves this as it was" in p.message for p in problems(sold + over))
    fall = over + 'clawback = { if = "clawed back" }\n'
    assert not any("clawback" in p.place for p in problems(sold + fall))
    assert any("can never be clawed back" in p.message for p in problems(SOLD + 'clawback = { if = "clawed back" }\n'))


def test_lines_on_the_same_event_of_two_partners_below_are_told_apart() -> None:
    sales = '[metric.sales]\nsays = "Sales"\nof = "deal"\nday = "closed"\nvalue = "amount"\nwindow = "period"\n'
    top = '[earning.top]\nsays = "Top"\ntype = "TOP"\non = "period end"\nbase = { metric = "sales" }\nrate = 0.10\n'
    over = rule('of = "sub-partners"\nearning = "top"', on='"earning"', pay="rate = 0.50")
    found = worked(sales + top + over, [*TREE, DEALS[0], DEALS[2]], date(2026, 3, 31))
    assert amounts(found) == {"bonus:top:2026Q1:B": D(50), "bonus:top:2026Q1:D": D(25)}
    rows = [*TREE, DEALS[0], Credit(id="k1", deal="b1", partner="B", share=D("0.4"))]
    rows.append(Credit(id="k2", deal="b1", partner="D", share=D("0.6")))
    assert amounts(worked(rule('of = "sub-partners"'), rows, AS_OF)) == {"bonus:b1": D(40), "bonus:b1:D": D(60)}
