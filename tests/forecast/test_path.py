"""The path to a tier: as cheap as the cheapest of all sets, honest where there is none, with a person's own efforts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.period import period_at
from partnerdesk.forecast import cheapest as search
from partnerdesk.forecast.cheapest import Cost, Goal, Group, Values, cheapest, subsets
from partnerdesk.forecast.efforts import DEAL, FORWARD
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.path import CHEAPEST, Paths, paths
from partnerdesk.forecast.path_money import PathMoney
from partnerdesk.forecast.path_words import earns
from partnerdesk.forecast.ways import Way
from partnerdesk.reports.format import Formats
from tests.forecast.books import AS_OF, book, open_deal, program
from tests.forecast.path_cases import hold
from tests.forecast.test_worth import earned

ONE = Decimal(1)


@pytest.mark.parametrize("seed", range(10))
def test_the_cheapest_path_is_that_of_all_sets(seed: int) -> None:
    hold(seed)


def to_gold(facts: Facts, efforts: dict[str, Decimal] | None = None) -> Paths:
    goal = ("Gold", period_at(date(2026, 6, 30), "quarter"))
    return paths(Way([program()], Learned(facts, AS_OF), "P1", goal, efforts or {}))


def test_two_deals_make_it_where_one_does_not() -> None:
    facts = book(open_deal(1, 180_000, "0.5"), open_deal(2, 130_000, "0.4"), open_deal(3, 100_000, "0.9"))
    found = to_gold(facts)
    path = found.paths[0]
    assert (path.name, path.effort, path.is_proven) == (CHEAPEST, Decimal(6), True)
    assert [step.action.says for step in path.steps] == ["Win Deal 1", "Win Deal 2"]
    assert path.chance == Decimal("0.2")
    assert all(step.needed == ("Revenue",) for step in path.steps)
    assert len(found.paths) == 1, "nothing else is fewer, likelier or without deals"


def test_efforts_that_a_person_sets_choose_another_path() -> None:
    late = replace(open_deal(2, 320_000, "0.4"), expected_close=date(2026, 7, 20))
    facts = book(open_deal(1, 180_000, "0.5"), open_deal(3, 150_000, "0.9"), late)
    assert [s.action.kind for s in to_gold(facts).paths[0].steps] == [FORWARD]
    dear = to_gold(facts, {FORWARD: Decimal(9)})
    assert [s.action.kind for s in dear.paths[0].steps] == [DEAL, DEAL]
    assert [p.name for p in dear.paths[1:]] == ["fewest actions"], "one action is dearer, but it is one"


def test_what_cannot_be_reached_says_what_is_missing_with_everything_done() -> None:
    found = to_gold(book(open_deal(1, 80_000, "0.5"), open_deal(2, 120_000, "0.5")))
    assert not found.paths and found.is_proven and not found.is_reached
    (need,) = found.missing
    assert (need.text, need.value, need.needed, need.gap) == ("Revenue", 200_000, 300_000, 100_000)


def test_what_is_reached_anyway_needs_no_path() -> None:
    sure = replace(open_deal(1, 400_000, "1"), status="won", closed=date(2026, 4, 2), created=AS_OF)
    assert to_gold(book(sure)).is_reached


def test_a_tier_that_the_program_does_not_have_is_none() -> None:
    with pytest.raises(ValueError, match="no tier Diamond"):
        Way([program()], Learned(book(), AS_OF), "P1", ("Diamond", period_at(AS_OF, "quarter")))


def test_subsets_come_in_the_order_of_their_cost() -> None:
    costs: list[Cost] = [(Decimal(n), ONE) for n in (5, 1, 3, 3)]
    found = [cost for cost, _ in subsets(costs)]
    assert found == sorted(found) and len(found) == 16
    assert len({places for _, places in subsets(costs)}) == 16


def test_what_was_not_looked_at_is_not_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_SUBSETS", 8)
    costs: list[Cost] = [(ONE, ONE)] * 6

    def measures(group: Group, chosen: frozenset[int]) -> Values:
        return (Decimal(len(chosen)),)

    def asked(least: int) -> Goal:
        return Goal(measures, lambda chosen: len(chosen) >= least, lambda best: True)

    one = cheapest(costs, [Group(tuple(range(6)), (1,))], asked(1), frozenset(range(6)))
    all_six = cheapest(costs, [Group(tuple(range(6)), (1,))], asked(6), frozenset(range(6)))
    assert one.is_proven and one.cost == (1, 1)
    assert all_six.actions is None and not all_six.is_proven


def test_a_path_earns_what_its_deals_pay_and_what_the_tier_adds() -> None:
    facts = book(open_deal(1, 180_000, "0.5"), open_deal(2, 130_000, "0.4"), open_deal(3, 100_000, "0.9"))
    way = Way([program()], Learned(facts, AS_OF), "P1", ("Gold", period_at(date(2026, 6, 30), "quarter")))
    (path,) = paths(way).paths
    money = PathMoney(way, [path])
    brings = money.of(path)
    # By hand: the third deal is likely and pays 8,000 anyway; with all three 16,000 on the first 200,000 and 21,000 on
    # the rest are earned, and a tenth of them all through the tier.
    assert (brings.now, brings.later, brings.tier) == (29_000, 0, 3_700)
    assert (brings.at_once, brings.horizon) == (date(2026, 6, 30), date(2027, 6, 30))
    (course,) = money.courses
    sides = course, money.facts(course, [step.action for step in path.steps])
    stands, done = (earned([program()], one, brings.horizon, "P1") for one in sides)
    assert brings.total == done - stands
    told = earns(brings, Formats().accounting, Formats().day)
    assert told.endswith(": 29,000.00 at once, 3,700.00 through the tier")
