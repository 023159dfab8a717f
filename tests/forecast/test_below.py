"""A partner that earns on those below it: what may happen at them is in its futures, its worths and its paths."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Facts, Partner
from partnerdesk.engine.period import period_at
from partnerdesk.engine.rules import Program
from partnerdesk.forecast.below import above
from partnerdesk.forecast.items import joined, without
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import forecast
from partnerdesk.forecast.path import paths
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ways import Way
from partnerdesk.forecast.worth import worth
from partnerdesk.program.reader import read_program
from tests.forecast.books import AS_OF, PROGRAM, QUARTER_END, open_deal
from tests.forecast.test_worth import earned

OVERRIDES = """
[earning.branch]
says = "On deals of partners below"
type = "OVERRIDE"
of = "sub-partners"
on = "deal won"
base = "amount"
rate = 0.05

[earning.renewed]
says = "On payments of their customers"
type = "OVERRIDE"
of = "sub-partners"
on = "payment received"
base = "amount"
rate = 0.10
"""
FED_BACK = """
[metric.from_below]
says = "Earned on partners below"
of = "earning"
where = { earning = "branch" }
"""
TREE = (
    Partner(id="P1", name="Alder", joined=date(2023, 1, 1)),
    Partner(id="B", name="Birch", parent="P1", joined=date(2023, 1, 1)),
    Partner(id="C", name="Cedar", parent="B", joined=date(2023, 1, 1)),
)
DUE = Contract(
    id="K",
    partner="B",
    customer="X",
    start=date(2025, 5, 1),
    end=date(2026, 4, 30),
    recurring=Decimal(12_000),
    probability=Decimal("0.5"),
)
DEALS = (
    replace(open_deal(1, 100_000, "0.5"), partner="B"),
    replace(open_deal(2, 40_000, "0.5"), partner="C"),
)
FACTS = Facts({"partner": TREE, "deal": DEALS, "contract": (DUE,)})


def program_of(more: str = OVERRIDES, text: str = PROGRAM) -> Program:
    found = read_program(text + more, "tree.toml")
    assert found.program is not None, found.problems
    return found.program


def test_open_deals_and_renewals_of_partners_directly_below_are_in_the_futures() -> None:
    found = forecast([program_of()], Learned(FACTS, AS_OF), "P1", Asked(AS_OF, QUARTER_END, 200))
    # By hand: 5 % of 100,000, and 10 % of the yearly payment of 12,000 at the beginning of the next term.
    assert (found.committed, found.possible) == (0, 5_000 + 1_200)
    assert found.whole.earned.p10 == 0 and found.whole.earned.p90 >= found.possible
    assert {d.id: d.worth for d in found.drivers} == {"D1": 5_000, "K": 1_200}, "not what stands two levels down"
    assert {d.says for d in found.drivers} == {"Birch: Deal 1", "Birch: X, K renews"}
    assert any(words.startswith("2 of these are of partners below") for words in found.assumes)
    assert (found.odds, found.pipeline.amount) == ((), 0), "they are scored, and weighed, with their own partner"


def test_open_deals_two_levels_down_are_in_the_futures_of_who_earns_on_them() -> None:
    text = OVERRIDES.replace('on = "deal won"', 'level = 2\non = "deal won"', 1)
    found = forecast([program_of(text)], Learned(FACTS, AS_OF), "P1", Asked(AS_OF, QUARTER_END, 50))
    assert {d.id: d.worth for d in found.drivers} == {"D2": 2_000, "K": 1_200}


def test_a_future_of_a_parent_is_the_same_future_of_those_below_and_the_engines_own_figure() -> None:
    learned, asked = Learned(FACTS, AS_OF), Asked(AS_OF, QUARTER_END, 40)
    parent, child = (Prepared([program_of()], learned, who, asked) for who in ("P1", "B"))
    lucks = [dict(zip((i.key for i in p.items), p.lucks, strict=True)) for p in (parent, child)]
    assert lucks[0].keys() == {("deal", "D1"), ("contract", "K")} and lucks[0] == {k: lucks[1][k] for k in lucks[0]}
    for scenario in range(4):
        rows = [row for way in parent.drawn(scenario) for row in way.rows]
        whole = evaluate([program_of()], joined(without(FACTS, parent.items), rows), QUARTER_END).partners["P1"]
        assert parent.scenario(scenario).lines == whole.lines


@pytest.mark.parametrize("key", [("deal", "D1"), ("contract", "K")])
def test_what_happens_below_is_worth_the_difference_of_two_evaluations(key: tuple[str, str]) -> None:
    learned, programs = Learned(FACTS, AS_OF), [program_of()]
    found = worth(programs, learned, "P1", key)
    prepared = Prepared(programs, learned, "P1", Asked(AS_OF, found.horizon, 1))
    item = next(i for i in prepared.items if i.key == key)
    way = next(
        a for a in item.alternatives if a.happens and found.day in (getattr(a.rows[0][1], "closed", None), item.day)
    )
    stands = prepared.as_it_stands
    changed = joined(without(stands, [item]), way.rows)
    amounts = [earned(programs, facts, found.horizon, "P1") for facts in (changed, stands)]
    assert found.well.effect.total == amounts[0] - amounts[1] > 0
    assert found.ill is not None and found.ill.effect.total == 0


def test_nothing_below_is_looked_at_where_the_program_does_not() -> None:
    learned, plain = Learned(FACTS, AS_OF), [program_of("")]
    assert Prepared(plain, learned, "P1", Asked(AS_OF, QUARTER_END, 1)).items == ()
    with pytest.raises(LookupError):
        worth(plain, learned, "P1", ("deal", "D1"))
    assert [*above(plain, FACTS, "B", AS_OF)] == []
    assert [*above([program_of()], FACTS, "B", AS_OF)] == ["P1"]
    assert [*above([program_of()], FACTS, "C", AS_OF)] == ["B"]


def test_a_circle_of_parents_ends() -> None:
    circle = Facts({**FACTS.rows, "partner": (replace(TREE[0], parent="B"), *TREE[1:])})
    found = Prepared([program_of()], Learned(circle, AS_OF), "P1", Asked(AS_OF, QUARTER_END, 1))
    assert [i.id for i in found.items] == ["D1", "K"]
    assert [*above([program_of()], circle, "B", AS_OF)] == ["P1"]


def test_a_path_offers_what_happens_below_only_where_a_tier_sees_it() -> None:
    goal = ("Gold", period_at(date(2026, 6, 30), "quarter"))
    plain = Way([program_of()], Learned(FACTS, AS_OF), "P1", goal)
    assert plain.offered == () and not paths(plain).paths
    old, later = 'requires = { metric = "revenue", at_least = 300_000 }', 'in_force = "same period"\n'
    new = 'requires = { metric = "from_below", at_least = 5_000 }'
    seen = program_of(OVERRIDES + FED_BACK, PROGRAM.replace(old, new).replace(later, ""))
    found = paths(Way([seen], Learned(FACTS, AS_OF), "P1", goal))
    assert [step.action.says for step in found.paths[0].steps] == ["Win Birch: Deal 1"]


@pytest.mark.parametrize(
    ("whose", "partner", "steps"),
    [
        ("branch", "P1", ["Win Birch: Deal 1", "Win Cedar: Deal 2"]),
        ("group", "C", ["Win Birch: Deal 1", "Win Deal 2"]),
    ],
)
def test_a_tier_that_counts_the_branch_is_reached_by_deals_of_all_levels(
    whose: str, partner: str, steps: list[str]
) -> None:
    counted = PROGRAM.replace('of = "deal"\n', f'of = "deal"\nwhose = "{whose}"\n').replace("300_000", "130_000")
    programs, learned = [program_of("", counted)], Learned(FACTS, AS_OF)
    way = Way(programs, learned, partner, ("Gold", period_at(date(2026, 6, 30), "quarter")))
    found = paths(way)
    assert sorted(s.action.says for s in found.paths[0].steps) == steps
    for chosen in map(frozenset, ([], [0], [1], [0, 1])):
        outcome = evaluate(programs, way.facts(chosen), QUARTER_END).partners[partner]
        assert way.reaches(chosen) is (outcome.reached_at_end() == "Gold")
    ahead = forecast(programs, learned, partner, Asked(AS_OF, QUARTER_END, 200))
    assert abs(dict(ahead.tiers)["Gold"] - Decimal("0.25")) < Decimal("0.06"), "both are won in one of four"
