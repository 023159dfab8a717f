"""Scores: weights, scales, categories, caps, minimums, tracks and scopes; each figure is worked out beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Customer, Observation, Partner, Transaction
from partnerdesk.engine.outcome import Score
from partnerdesk.engine.tiers.levers import levers, target_points
from partnerdesk.engine.trace import find
from partnerdesk.reports.figures import outcome
from tests.engine.cases import both, program, worked

AS_OF = date(2025, 9, 30)


def observed(**values: str) -> list[Any]:
    return [
        Observation(id=f"O {name}", partner="A", metric=name, day=AS_OF, value=Decimal(value))
        for name, value in values.items()
    ]


METRICS = "".join(
    f"""
    [metric.{name}]
    says = "{name}"
    of = "observation"
    where = {{ metric = "{name}" }}
    take = "latest"
    value = "value"
    missing = "not evaluated"
    """
    for name in ("a", "b", "c")
)
TIERS = """
[tiers]
in_force = "same period"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { score = 1 }
"""
LINE = "scale = [{ at = 0, points = 0 }, { at = 10, points = 100 }]"


def scored(text: str, rows: list[Any]) -> Score[Decimal]:
    return worked(METRICS + text, rows, AS_OF).scores["2025Q3"]


def test_weights_and_scales() -> None:
    text = f"""
    [score]
    parts = [{{ metric = "a", weight = 60, {LINE} }}, {{ metric = "b", weight = 40, {LINE} }}]
    """
    # 60 % of 50 points and 40 % of 75 points.
    assert scored(text, observed(a="5", b="7.5")).total == 60
    assert scored(text, observed(a="5")).total == 30  # b is not evaluated: no points
    assert scored(text, observed(a="50", b="-3")).total == 60  # flat outside the scale


def test_a_score_may_count_to_a_thousand() -> None:
    text = f"""
    [score]
    out_of = 1000
    parts = [{{ metric = "a", weight = 600, {LINE} }}, {{ metric = "b", weight = 400, {LINE} }}]
    """
    assert scored(text, observed(a="5", b="7.5")).total == 600


def test_a_stepped_scale_has_no_lines_between() -> None:
    steps = "scale = [{ at = 2, points = 20 }, { at = 5, points = 100 }]\nis_stepped = true"
    text = f'[score]\n[[score.parts]]\nmetric = "a"\nweight = 100\n{steps}\n'
    for value, points in (("1.9", 0), ("2", 20), ("4.99", 20), ("5", 100), ("9", 100)):
        assert scored(text, observed(a=value)).total == points


def test_points_that_count_as_they_are_up_to_a_cap() -> None:
    # Three categories with caps of 500, 200 and 100: what exceeds one is lost.
    text = """
    [score]
    parts = [
      { metric = "a", as_points = true, at_most = 500 },
      { metric = "b", as_points = true, at_most = 200 },
      { metric = "c", as_points = true, at_most = 100 },
    ]
    """
    found = scored(text, observed(a="430", b="350", c="20"))
    assert found.total == 430 + 200 + 20
    assert [c.adds for c in found.components] == [430, 200, 20]


NESTED = f"""
[score]
decimals = 2
[[score.parts]]
says = "Performance"
weight = 70
at_most = 50
parts = [{{ metric = "a", weight = 80, {LINE} }}, {{ metric = "b", weight = 20, {LINE} }}]
[[score.parts]]
says = "Skills"
weight = 30
parts = [{{ metric = "c", weight = 100, {LINE}, more_than = 0 }}]
scale = [{{ at = 0, points = 0 }}, {{ at = 50, points = 100 }}]
"""


def test_a_category_has_parts_of_its_own() -> None:
    # Performance: 80 % of 90 and 20 % of 50 points are 82; 70 % of them 57.4, at most 50.
    # Skills: 20 points, which its own scale makes 40; 30 % of them 12.
    found = scored(NESTED, observed(a="9", b="5", c="2"))
    assert found.total == 62
    assert [(c.label, c.points, c.adds) for c in found.components] == [("Performance", 82, 50), ("Skills", 40, 12)]
    assert [c.points for c in found.components[0].parts] == [90, 50]


def test_the_figure_of_a_nested_part_is_found_by_name() -> None:
    traced = both(METRICS + NESTED, observed(a="9", b="5", c="2"), AS_OF)[1]
    for name, value in (("points|b|2025Q3", 50), ("points|Performance|2025Q3", 82), ("adds|Performance|2025Q3", 50)):
        found = find(traced, name)
        assert found is not None
        assert found.value == value


@pytest.mark.parametrize(
    ("bound", "value", "tier"),
    [
        ("minimum = 30", "3", "Gold"),
        ("minimum = 30", "2.9", "Member"),
        ("more_than = 0", "0.1", "Gold"),
        ("more_than = 0", "0", "Member"),
    ],
)
def test_a_missed_minimum_holds_at_the_lowest_tier(bound: str, value: str, tier: str) -> None:
    part = f'{{ metric = "a", weight = 50, {LINE}, {bound} }}'
    other = f'{{ metric = "b", weight = 50, {LINE} }}'
    plain = f"[score]\nparts = [{part}, {other}]\n{TIERS}"
    category = f"""
    [score]
    [[score.parts]]
    says = "All"
    weight = 100
    parts = [{part}, {other}]
    {TIERS}
    """
    for text in (plain, category):
        found = worked(METRICS + text, observed(a=value, b="10"), AS_OF)
        assert found.standings["2025Q3"].reached == tier


TRACKS = f"""
[score]
choose = "CHOOSE"
[[score.track]]
name = "Enterprise"
parts = [{{ metric = "a", weight = 100, {LINE}, minimum = 50 }}]
PARTNER
[[score.track]]
name = "SMB"
parts = [{{ metric = "b", weight = 100, {LINE} }}]
{TIERS}
"""


def test_the_best_of_two_tracks_counts() -> None:
    text = METRICS + TRACKS.replace("CHOOSE", "best").replace("PARTNER", "")
    found = worked(text, observed(a="6", b="4"), AS_OF)
    assert (found.scores["2025Q3"].total, found.scores["2025Q3"].track) == (60, "Enterprise")
    found = worked(text, observed(a="6", b="7"), AS_OF)
    assert (found.scores["2025Q3"].total, found.scores["2025Q3"].track) == (70, "SMB")
    # A track that misses its minimum stands back, even with more points.
    found = worked(text, observed(a="4", b="3"), AS_OF)
    assert (found.scores["2025Q3"].total, found.scores["2025Q3"].track) == (30, "SMB")
    assert found.standings["2025Q3"].reached == "Gold"


def test_a_track_may_be_assigned() -> None:
    text = METRICS + TRACKS.replace("CHOOSE", "assigned").replace("PARTNER", 'partner = { segment = "enterprise" }')
    for segment, track, total in (("enterprise", "Enterprise", 60), ("small", "SMB", 90)):
        alder = Partner(id="A", name="Alder", segment=segment)
        found = worked(text, [alder, *observed(a="6", b="9")], AS_OF).scores["2025Q3"]
        assert (found.track, found.total) == (track, total)
    only = (
        METRICS
        + f"""
    [score]
    choose = "assigned"
    [[score.track]]
    name = "Enterprise"
    partner = {{ segment = "enterprise" }}
    parts = [{{ metric = "a", weight = 100, {LINE} }}]
    """
    )
    found = worked(only, observed(a="6"), AS_OF).scores["2025Q3"]
    assert (found.track, found.total, found.components) == ("", 0, ())


SCOPED = """
[metric.sold]
says = "Sold"
of = "transaction"

[metric.rank]
says = "Rank"
of = "observation"
where = { metric = "a" }
take = "latest"
value = "value"

[score]
scope = "customer.country"
combine = "COMBINE"
decimals = 0
MODE
parts = [
  { metric = "sold", weight = 80, scale = [{ at = 0, points = 0 }, { at = 1000, points = 100 }] },
  { metric = "rank", weight = 20, scale = [{ at = 0, points = 0 }, { at = 10, points = 100 }] },
]
"""
SALES = [
    *observed(a="5"),  # an observation has no customer: it counts in each country
    *(Customer(id=f"C{code}", name=code, country=code) for code in ("DE", "FR", "IT")),
    *(
        Transaction(id=f"T{i}", partner="A", customer=f"C{code}", day=day, amount=Decimal(amount))
        for i, (code, amount, day) in enumerate(
            [
                ("DE", 500, date(2025, 8, 1)),
                ("DE", 250, date(2025, 9, 1)),
                ("FR", 256, date(2025, 9, 1)),
                ("IT", 999, date(2025, 10, 1)),  # not yet
            ]
        )
    ),
    Transaction(id="T9", partner="A", day=date(2025, 9, 1), amount=Decimal(900)),  # of no country: in none
]


@pytest.mark.parametrize(
    ("combine", "mode", "total", "scope"),
    [
        # Germany 80 % of 75 points and 20 % of 50: 70. France 80 % of 25.6 and the same 10: 30.48.
        ("greatest", "", 70, "DE"),
        ("least", "", 30, "FR"),
        ("sum", "", 100, ""),
        ("mean", "", 50, ""),
        ("least", 'mode = "up"', 31, "FR"),
        ("least", 'mode = "ceiling"', 31, "FR"),
        ("least", 'mode = "down"', 30, "FR"),
        ("least", 'mode = "floor"', 30, "FR"),
        ("least", 'mode = "half-even"', 30, "FR"),
    ],
)
def test_a_score_for_each_country(combine: str, mode: str, total: int, scope: str) -> None:
    text = SCOPED.replace("COMBINE", combine).replace("MODE", mode)
    plain, traced = both(text, SALES, AS_OF)
    found = plain.scores["2025Q3"]
    assert (found.total, found.scope) == (total, scope)
    assert [s.scope for s in found.scopes] == ["DE", "FR"]
    assert sum(c.adds for c in found.components) == {"greatest": 70, "sum": Decimal("100.48")}.get(
        combine, Decimal("50.24") if combine == "mean" else Decimal("30.48")
    )
    germany = find(traced, "score|2025Q3|DE")
    assert germany is not None
    assert germany.value == 70


def test_without_any_scope_the_whole_is_scored() -> None:
    found = worked(SCOPED.replace("COMBINE", "greatest").replace("MODE", ""), observed(a="5"), AS_OF).scores["2025Q3"]
    assert (found.total, found.scope, found.scopes) == (10, "", ())


def test_levers_reach_into_categories_and_tracks() -> None:
    rule = program(METRICS + NESTED).score
    assert rule is not None
    found = scored(NESTED, observed(a="9", b="5", c="2"))
    assert target_points(rule, found) == {"a": 100, "b": 100}
    # Performance is at its cap: more of a or b adds nothing.
    assert levers(rule, found) == ()
    # 70 % of 80 % of 20 points of a is 11.2, and of 20 % of 100 points of b 14.0; up to the cap of 50 are missing 5.2.
    found = scored(NESTED, observed(a="8", b="0", c="2"))
    assert {lever.metric: lever.gain for lever in levers(rule, found)} == {"a": Decimal("5.2"), "b": Decimal("5.2")}


def test_parts_tracks_and_scopes_stand_in_the_json() -> None:
    found = worked(METRICS + NESTED, observed(a="9", b="5", c="2"), AS_OF)
    category = outcome(found)["scores"]["2025Q3"]["components"][0]
    assert (category["label"], category["adds"], [p["metric"] for p in category["parts"]]) == (
        "Performance",
        "50",
        ["a", "b"],
    )
    scoped = worked(SCOPED.replace("COMBINE", "greatest").replace("MODE", ""), SALES, AS_OF)
    score = outcome(scoped)["scores"]["2025Q3"]
    assert (score["scope"], [s["scope"] for s in score["scopes"]]) == ("DE", ["DE", "FR"])
