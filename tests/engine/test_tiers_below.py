"""The tiers that partners below hold: counted by metrics, and deciding on overrides."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.telling import value_words
from tests.engine.cases import both, problems, worked
from tests.engine.test_earning_triggers import amounts, deal, reasons

AS_OF = date(2026, 6, 30)
TIERS = """
[metric.volume]
says = "Volume"
of = "deal"
where = { status = "won" }
window = "ever"

[[tier]]
name = "Base"

[[tier]]
name = "Gold"
requires = { metric = "volume", at_least = 1000 }

[tiers]
every = "quarter"
in_force = "same period"
"""
JOINED = date(2026, 1, 1)


def held(more: str = 'window = "in force"\nwhere = { tier = "Gold" }', whose: str = "sub-partners") -> str:
    return f'{TIERS}\n[metric.held]\nsays = "Held"\nof = "tier_held"\ntake = "count"\nwhose = "{whose}"\n{more}\n'


def tree(**more: Any) -> list[Any]:
    return [
        Partner(id="A", name="Alder", joined=JOINED),
        Partner(id="B", name="Birch", joined=JOINED, parent="A", **more),
        Partner(id="C", name="Cedar", joined=JOINED, parent="A"),
        Partner(id="D", name="Dogwood", joined=JOINED, parent="B"),
    ]


SALES = [
    deal("b", date(2026, 2, 1), 1000, partner="B"),
    deal("c", date(2026, 5, 1), 2000, partner="C"),
    deal("d", date(2026, 5, 1), 2000, partner="D"),
]


def counted(text: str, rows: list[Any], period: str = "2026Q2") -> D | None:
    return worked(text, rows, AS_OF).metrics["held", period].value


def test_tiers_of_partners_below_are_counted_as_they_were_at_each_period_s_end() -> None:
    rows = [*tree(), *SALES]
    assert counted(held(), rows, "2026Q1") == 1
    assert counted(held(), rows) == 2
    assert counted(held(whose="all below"), rows) == 3


def test_tiers_that_were_entered_in_a_period_are_counted_by_their_day() -> None:
    entered = held('window = "period"\nwhere = { tier = "Gold" }')
    assert (counted(entered, [*tree(), *SALES], "2026Q1"), counted(entered, [*tree(), *SALES])) == (1, 1)


def test_who_left_holds_no_tier_any_more() -> None:
    assert counted(held(), [*tree(left=date(2026, 4, 15)), *SALES]) == 1


def test_who_the_program_is_not_for_holds_no_tier() -> None:
    join = '[eligibility]\njoin = { partner = { status = "active" } }\n'
    assert counted(join + held(), [*tree(status="suspended"), *SALES]) == 1


def test_a_tier_may_ask_for_the_tiers_of_partners_below() -> None:
    top = '[[tier]]\nname = "Top"\nrequires = { metric = "held", at_least = 2 }\n'
    found = worked(held() + top, [*tree(), *SALES], AS_OF)
    assert [found.standings[label].tier for label in ("2026Q1", "2026Q2")] == ["Base", "Top"]


def test_it_is_told_who_counts_and_who_does_not() -> None:
    _, traced = both(held(), [*tree(), *SALES], AS_OF)
    value = traced.metrics["held", "2026Q1"].value
    assert value is not None
    assert [part.label for part in value.parts] == ["Birch: Gold since 1 Jan 2026"]
    assert (value_words(value.value, value.unit), value_words(D(2), value.unit)) == ("1 tier", "2 tiers")
    assert [(one.fact.id, one.reason) for one in value.excluded] == [("C", "tier is Base, needed: Gold")]


def override(tier_of: str, more: str = "") -> str:
    return (
        f'{TIERS}\n[earning.over]\nsays = "Over"\ntype = "OVER"\non = "deal won"\nof = "sub-partners"\n'
        f'base = "amount"\nrate = {{ by_tier = {{ Base = 0.05, Gold = 0.08 }} }}\ntier_of = "{tier_of}"\n{more}\n'
    )


OWN = deal("a", date(2026, 1, 15), 5000, partner="A")
LESS = [deal("c0", date(2026, 2, 1), 400, partner="C")]


@pytest.mark.parametrize(("tier_of", "paid"), [("own", (80, 32)), ("theirs", (80, 20)), ("difference", (None, 12))])
def test_an_override_goes_by_one_s_own_tier_by_theirs_or_by_the_difference(tier_of: str, paid: tuple[int, int]) -> None:
    found = amounts(worked(override(tier_of), [*tree(), OWN, SALES[0], *LESS], AS_OF))
    assert (found.get("over:b"), found.get("over:c0")) == paid


def test_a_difference_says_how_it_came_about_and_why_there_is_none() -> None:
    found, traced = both(override("difference"), [*tree(), OWN, SALES[0], *LESS], AS_OF)
    assert (
        found.lines[0].because.replace("\N{NO-BREAK SPACE}", " ")
        == "the rate is 8 % as Gold less the 5 % as Base of the partner below"
    )
    why = "the rate is 8 % as Gold, and not more than the 8 % as Gold of the partner below"
    assert reasons(found)["b"].replace("\N{NO-BREAK SPACE}", " ") == why
    assert traced.lines[0].rate is not None and traced.lines[0].rate.op == "difference"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (held(whose="own"), "only the tiers of partners below are known before"),
        (held(whose="branch"), "only the tiers of partners below are known before"),
        (held('take = "sum"').replace('take = "count"\n', ""), "it has no sum"),
        (held('window = "next 3 months"'), "none is “next”"),
        (held('where = { tier = "Gld" }'), "tier Gld is not defined"),
        (held('window = "in force"').removeprefix(TIERS), "no tiers, so that nobody holds one"),
        (override("theirs").replace('of = "sub-partners"\n', ""), "only an earning on partners below"),
        (override("difference").replace("{ by_tier = { Base = 0.05, Gold = 0.08 } }", "-0.05"), "below zero takes off"),
        (
            override("difference").replace(
                "{ by_tier = { Base = 0.05, Gold = 0.08 } }",
                '{ bands = "marginal", steps = [{ from = 0, rate = 0.1 }, { from = 10, rate = 0.2 }] }',
            ),
            "a difference is one of rates",
        ),
    ],
)
def test_what_it_cannot_mean_is_refused(text: str, says: str) -> None:
    assert any(says in str(problem) for problem in problems(text))
