"""Aggregates of facts: each way to take them, what each fact counts for, groups, and what nothing means."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Certification, Credit, Customer, Deal, ExchangeRate, Observation, Transaction
from tests.engine.cases import both, worked

AS_OF = date(2025, 9, 30)
DAY = date(2025, 8, 1)


def deal(id: str, amount: int, **more: Any) -> Deal:
    given = {"partner": "A", "status": "won", "closed": DAY, **more}
    return Deal(id=id, amount=Decimal(amount), **given)


def metric(text: str, rows: list[Any], name: str = "m") -> Decimal | None:
    return worked(text, rows, AS_OF).metrics[name, "2025Q3"].value


def of_deals(more: str) -> str:
    return f'[metric.m]\nsays = "Deals"\nof = "deal"\nwhere = {{ status = "won" }}\n{more}'


AMOUNTS = [
    deal("D1", 100, customer="C1", closed=date(2025, 7, 1)),
    deal("D2", 400, customer="C1", closed=date(2025, 7, 2)),
    deal("D3", 250, customer="C2", closed=date(2025, 7, 3)),
    deal("D4", 50, closed=date(2025, 7, 4)),
]


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("sum", Decimal(800)),
        ("count", Decimal(4)),
        ("mean", Decimal(200)),
        ("median", Decimal(175)),
        ("least", Decimal(50)),
        ("greatest", Decimal(400)),
        ("latest", Decimal(50)),
    ],
)
def test_each_aggregate(take: str, expected: Decimal) -> None:
    assert metric(of_deals(f'take = "{take}"\n'), AMOUNTS) == expected
    assert metric(of_deals('take = "distinct"\nvalue = "customer"\n'), AMOUNTS) == 2  # D4 names nobody


def test_points_per_unit_come_from_the_programs_own_table_not_from_the_market() -> None:
    rows = [deal("D1", 250, currency="USD"), deal("D2", 176, currency="EUR")]
    rate = ExchangeRate(id="X", day=date(2025, 1, 1), base="USD", quote="EUR", rate=Decimal("0.5"))
    # 250 USD / 100 = 2.5 points; 176 EUR / 88 = 2 points.
    text = of_deals("per = { USD = 100, EUR = 88 }\n")
    assert metric(text, [*rows, rate]) == Decimal("4.5")
    assert worked(text, rows, AS_OF).metrics["m", "2025Q3"].unit == "points"
    found = worked(text, [*rows, deal("D3", 10, currency="JPY")], AS_OF).metrics["m", "2025Q3"]
    assert found.value is None
    assert "no value of a unit in JPY" in found.missing


def test_multipliers_the_entry_that_asks_most_wins_then_the_first() -> None:
    times = """times = [
      [{ factor = 2, where = { role = "sourced" } }, { factor = 5, where = { role = "sourced", kind = "new" } },
       { factor = 7, where = { kind = "new", role = "sourced" , amount = { above = 1000 } } }],
      [{ factor = 3, where = { customer.country = "DE" } }, { factor = 1 }],
    ]
    """
    rows = [
        Customer(id="C1", name="C", country="DE"),
        deal("D1", 10, role="sourced", kind="new", customer="C1"),  # 10 x 5 x 3 = 150
        deal("D2", 10, role="sourced", kind="upsell"),  # 10 x 2 x 1 = 20
        deal("D3", 10, role="managed"),  # no entry of the first table fits: 0
    ]
    assert metric(of_deals(times), rows) == 170
    # Counted instead of summed, each deal is worth its multipliers: 5 x 3 + 2 x 1 + 0.
    assert metric(of_deals('take = "count"\n' + times), rows) == 17
    # Of different customers the first deal counts; a deal without a customer counts for none.
    assert metric(of_deals('take = "distinct"\nvalue = "customer"\n' + times), rows) == 15


def test_the_winning_multiplier_is_seen() -> None:
    text = of_deals('times = [[{ factor = 2, where = { role = "sourced" } }, { factor = 1 }]]\n')
    found = both(text, [deal("D1", 10)], AS_OF)[1].metrics["m", "2025Q3"].value
    assert found is not None
    (product,) = found.parts
    choice = product.parts[1]
    assert (choice.op, choice.detail[1]) == ("choice", "1: role is sourced")
    assert choice.why == "of the entries that fit, it asks the most"


def test_a_shared_deal_counts_by_the_own_share_or_in_full() -> None:
    rows = [deal("D1", 1000), Credit(id="R1", deal="D1", partner="B", share=Decimal("0.4"))]
    assert metric(of_deals(""), rows) == 600
    assert metric(of_deals('credit = "full"\n'), rows) == 1000


def people(*held: str) -> list[Any]:
    """`ann:expert` for each certificate that a person holds."""
    return [
        Certification(
            id=f"E{i}",
            partner="A",
            person=one.split(":")[0],
            certificate=f"{one} {i}",
            level=one.split(":")[1],
            awarded=DAY,
        )
        for i, one in enumerate(held)
    ]


HELD = ("ann:expert", "ann:basic", "bob:basic", "bob:basic", "cid:basic", "dee:expert", "dee:basic", "dee:basic")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ('{ by = "person", keep = { at_least = 2 } }', 3),  # ann, bob, dee
        ('{ by = "person", keep = { above = 2 } }', 1),  # dee
        ('{ by = "person", keep = { at_most = 1 } }', 1),  # cid
        ('{ by = "person", keep = { below = 3 } }', 3),
        ('{ by = "person" }', 4),
        ('{ by = "person", keep = { at_least = 2 }, take = "sum" }', 7),
        ('{ by = "person", keep = { at_least = 2 }, take = "least" }', 2),
        ('{ by = "person", take = "greatest" }', 3),
        ('{ by = "person", take = "mean" }', 2),
        ('{ by = "person", keep = { at_least = 9 } }', 0),
        ('{ by = "person", among = "experts" }', 2),
        ('{ by = "person", without = "experts" }', 2),
        ('{ by = "person", keep = { at_least = 2 }, without = "experts" }', 1),  # bob
    ],
)
def test_people_in_groups(groups: str, expected: int) -> None:
    text = f"""
    [metric.m]
    says = "People"
    of = "certification"
    take = "count"
    groups = {groups}

    [metric.experts]
    says = "Experts"
    of = "certification"
    where = {{ level = "expert" }}
    take = "count"
    groups = {{ by = "person" }}
    """
    assert metric(text, people(*HELD)) == expected


def test_groups_explain_which_counted() -> None:
    text = """
    [metric.m]
    says = "People"
    of = "certification"
    take = "count"
    groups = { by = "person", keep = { at_least = 2 } }
    """
    found = both(text, people(*HELD), AS_OF)[1].metrics["m", "2025Q3"].value
    assert found is not None
    assert [(part.label, part.value) for part in found.parts] == [("ann", 2), ("bob", 2), ("cid", 1), ("dee", 3)]
    assert found.why == "3 of 4 groups by person count, in the period"


@pytest.mark.parametrize(
    ("take", "keys", "expected"),
    [
        ("sum", "", 0),
        ("mean", "", 0),  # an aggregate of no facts is zero, unless the text says otherwise
        ("mean", 'missing = "zero"', 0),
        ("mean", 'missing = "not evaluated"', None),
        ("mean", 'missing = "blocks"', None),
        ("mean", "minimum_rows = 2", None),
        ("mean", 'minimum_rows = 2\nmissing = "zero"', 0),
        ("count", 'groups = { by = "customer" }', 0),
        ("count", 'groups = { by = "customer" }\nmissing = "not evaluated"', None),
        ("count", "not_below = 3", 3),
    ],
)
def test_nothing_to_measure(take: str, keys: str, expected: int | None) -> None:
    assert metric(of_deals(f'take = "{take}"\n{keys}\n'), []) == expected


def test_too_few_answers_are_no_mean() -> None:
    keys = 'take = "mean"\nminimum_rows = 3\n'
    found = worked(of_deals(keys), AMOUNTS[:2], AS_OF).metrics["m", "2025Q3"]
    assert (found.value, found.counted) == (None, 2)
    assert metric(of_deals(keys), AMOUNTS[:3]) == 250


def test_bounds_and_rounding_are_steps_of_the_figure() -> None:
    rows = [deal("D1", 100), deal("D2", 101), deal("D3", 101)]  # a mean of 100.666...
    assert metric(of_deals('take = "mean"\ndecimals = 1\n'), rows) == Decimal("100.7")
    assert metric(of_deals('take = "mean"\ndecimals = 0\nnot_above = 100.4\n'), rows) == 100
    assert metric(of_deals('take = "mean"\nnot_below = 200\n'), rows) == 200
    assert metric(of_deals('take = "mean"\nnot_above = 50\n'), rows) == 50


def test_a_missing_rate_is_never_taken_for_nothing() -> None:
    found = worked(of_deals('missing = "zero"\n'), [deal("D1", 5, currency="USD")], AS_OF)
    assert found.metrics["m", "2025Q3"].value is None
    assert "there is no rate from USD" in found.metrics["m", "2025Q3"].missing


def test_a_metric_that_blocks_holds_the_partner_at_the_lowest_tier() -> None:
    text = """
    [metric.revenue]
    says = "Revenue"
    of = "transaction"

    [metric.rank]
    says = "Peer rank"
    of = "observation"
    where = { metric = "rank" }
    take = "latest"
    value = "value"
    MISSING

    [tiers]
    in_force = "same period"

    [[tier]]
    name = "Member"

    [[tier]]
    name = "Gold"
    requires = { metric = "revenue", at_least = 100 }
    """
    rows = [Transaction(id="T", partner="A", day=DAY, amount=Decimal(500))]
    for missing, tier in (('missing = "blocks"', "Member"), ('missing = "not evaluated"', "Gold"), ("", "Gold")):
        found = worked(text.replace("MISSING", missing), rows, AS_OF)
        assert found.standings["2025Q3"].reached == tier


def test_what_other_metrics_observe_is_no_matter_but_a_misspelt_name_is_told() -> None:
    text = "".join(
        f'[metric.{name}]\nsays = "{name}"\nof = "observation"\nwhere = {{ metric = "{name}" }}\nvalue = "value"\n'
        for name in ("m", "other")
    )
    named = ("m", "other", "mm")
    rows = [Observation(id=name, partner="A", metric=name, day=DAY, value=Decimal(5)) for name in named]
    _, traced = both(text, [deal("D1", 1), *rows], AS_OF)
    found = traced.metrics["m", "2025Q3"]
    assert [x.fact.id for x in found.excluded] == ["mm"] and found.value is not None and found.value.value == 5
