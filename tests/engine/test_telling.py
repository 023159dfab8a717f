"""How one step of a figure is told: its value with its unit, how it came about, and the parts that say something."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Certification
from partnerdesk.engine.figures.arithmetic import FIGURES
from partnerdesk.engine.figures.figure import Figure, Origin
from partnerdesk.engine.figures.telling import (
    how_words,
    options_of,
    row_words,
    smoothed,
    told_parts,
    value_words,
)
from partnerdesk.engine.naming import named_figures
from partnerdesk.engine.semantics import NEWEST, SAYS_PLAINLY
from tests.engine.cases import facts as book
from tests.engine.cases import program
from tests.engine.test_earning_triggers import TIERS, deal, rule

RULE = Origin("rule", "rule")
AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1240", "EUR", "1,240.00 EUR"),
        ("3750.0000", "USD", "3,750.00 USD"),
        ("100.0275", "EUR", "100.0275 EUR"),
        ("-500", "JPY", "−500 JPY"),
        ("0.125", "%", "12.5\N{NO-BREAK SPACE}%"),
        ("0.3333333333333333333333333333", "%", "33.33\N{NO-BREAK SPACE}%"),
        ("0.3333333333333333333333333333", "1", "0.33333333…"),
        ("1", "contracts", "1 contract"),
        ("2", "contracts", "2 contracts"),
        ("1", "people", "1 person"),
        ("60.0", "points", "60 points"),
    ],
)
def test_a_value_has_its_unit_and_its_decimals(value: str, unit: str, said: str) -> None:
    assert value_words(D(value), unit) == said


def given(value: str, label: str = "amount") -> Figure:
    return FIGURES.rule(D(value), "EUR", label, RULE)


def test_a_rounding_that_changes_nothing_is_no_step() -> None:
    added = FIGURES.sum([given("1.00"), given("2.00")], "EUR", "sum of both")
    assert smoothed(FIGURES.labelled(FIGURES.round(added, 2, "half-up"), "Fee")).op == "sum"
    assert smoothed(FIGURES.round(FIGURES.sum([given("1.005")], "EUR", "Fee"), 2, "half-up")).op == "round"


def test_a_zero_that_stands_for_no_amount_is_told_where_it_is_the_bound() -> None:
    nothing = given("0", "nothing")
    assert list(told_parts(FIGURES.greatest([given("5"), nothing], "EUR", "left"))) == [given("5")]
    left = smoothed(FIGURES.greatest([FIGURES.sum([given("5")], "EUR", "left"), nothing], "EUR", "Cap"))
    assert (left.label, left.op) == ("Cap", "sum")  # a bound that changes nothing is no step
    assert smoothed(FIGURES.greatest([given("-5"), nothing], "EUR", "left")).op == "greatest"
    bound = list(told_parts(FIGURES.greatest([given("-5"), nothing], "EUR", "left")))
    assert [part.label for part in bound] == ["amount", "not below zero"]


def test_a_row_whose_id_is_its_kind_is_not_told_it_twice() -> None:
    assert (row_words("contract", "C1"), row_words("exchange_rate", "exchange_rate 1")) == (
        "contract C1",
        "exchange rate 1",
    )


BY_FAMILY = """
[[earning.bonus.rate.entries]]
amount = 5
[[earning.bonus.rate.entries]]
amount = 90
where = { kind = "new" }
when = { metric = "won", at_least = 1 }
"""
WON = '[metric.won]\nsays = "Won deals"\nof = "deal"\nwhere = { status = "won" }\ntake = "count"\n'


def because(pay: str, head: str = "", semantics: int = NEWEST, kind: str = "new") -> str:
    rows = [deal("d", DAY, 1000, kind=kind)]
    found = evaluate([program(head + rule("", pay=pay))], book(rows), AS_OF, semantics=semantics)
    return found.partners["A"].lines[0].because


def test_why_a_line_is_so_is_a_whole_sentence_and_an_earlier_statement_keeps_its_own() -> None:
    before = SAYS_PLAINLY - 1
    assert because(BY_FAMILY, WON) == "deal kind is new and won deals are at least 1"
    assert because(BY_FAMILY, WON, before) == "the entry for kind new, won deals are at least 1 applies"
    assert because(BY_FAMILY, WON, kind="upsell") == "this is the amount for every event"
    assert (because("amount = 5"), because("amount = 5", semantics=before)) == (
        "it is a fixed amount",
        "a fixed amount",
    )
    band = 'base = "amount"\nrate = { bands = "whole amount", by = "won", steps = [{ from = 0, rate = 0.1 }] }'
    assert because(band, WON) == "the band is picked by won deals"
    assert because(band, WON, before) == "Won deals picks the band"


def traced(pay: str, asked: str, head: str = "") -> Figure:
    rows = [deal("d", DAY, 1000, kind="new")]
    found = explain([program(head + rule("", pay=pay))], book(rows), AS_OF).partners["A"]
    return next(figure for _, figure in named_figures(found, asked))


def test_the_entries_of_a_table_are_told_one_by_one() -> None:
    figure = smoothed(traced(BY_FAMILY, "earned", WON).parts[0])
    assert how_words(figure) == "one entry of the table; deal kind is new and won deals are at least 1"
    assert [tuple(option) for option in options_of(figure)] == [
        ("every event", "5.00 EUR", "fits as well"),
        ("kind new, won deals are at least 1", "90.00 EUR", "applies"),
    ]


def test_an_entry_for_each_one_of_what_is_counted_gives_an_amount() -> None:
    entries = '{ rate = 6 }, { rate = 9, when = { metric = "won", above = 5 } }'
    pay = f'base = {{ metric = "won" }}\nrate = {{ entries = [{entries}] }}'
    text = WON + rule("", on='"period end"', pay=pay)
    (line,) = explain([program(text)], book([deal("d", DAY, 1000)]), AS_OF).partners["A"].lines[:1]
    rate = smoothed(line.amount).parts[1]
    assert [option.gives for option in options_of(rate)] == ["6.00 EUR", "9.00 EUR"]


def test_each_one_of_what_is_counted_has_an_amount_and_no_share() -> None:
    pay = 'base = { metric = "won" }\nrate = 10'
    rows = [deal("d", DAY, 1000)]
    text = WON + rule("", on='"period end"', pay=pay)
    found = explain([program(text)], book(rows), AS_OF).partners["A"]
    (line,) = found.lines[:1]
    assert [(p.value, p.unit) for p in smoothed(line.amount).parts] == [(D(1), "deals"), (D(10), "EUR")]


def test_balances_taken_over_are_zero_where_nothing_was() -> None:
    figure = traced('base = "amount"\nrate = 0.1', "opened")
    assert figure.value == 0 and figure.label == "Balances taken over" and "nothing of it" in figure.why


def test_a_tier_says_the_rate_that_its_partners_earn() -> None:
    figure = traced(
        'base = "amount"\nrate = { by_tier = { Base = 0.05, Silver = 0.07, Gold = 0.1 } }', "earned", TIERS
    ).parts[0]
    assert figure.why == "Silver partners earn 7\N{NO-BREAK SPACE}%"


def test_what_is_made_of_parts_without_bounds_is_told_as_what_it_is() -> None:
    parts = [given("40"), given("60")]
    free, bound = (None, None, None, None), (D(50), None, None, None)
    told = [how_words(FIGURES.kept(how, parts, free, "EUR", "of two months")) for how in ("least", "sum", "count")]
    assert told == ["the smallest counts", "added", "counted"]
    assert how_words(FIGURES.kept("least", parts, bound, "EUR", "of two months")) == "made of those inside the bounds"


def test_what_a_group_counts_has_its_own_unit() -> None:
    text = """
[metric.staffed]
says = "Locations with two people"
of = "certification"
take = "distinct"
value = "person"
window = "in force"
groups = { by = "attributes.location", keep = { at_least = 2 } }
"""
    rows = [
        Certification(id=person, partner="A", person=person, awarded=DAY, attributes={"location": "Bremen"})
        for person in ("Ada", "Bo")
    ]
    figure = explain([program(text)], book(rows), AS_OF).partners["A"].metrics["staffed", "2026Q4"].value
    assert figure is not None
    (group,) = figure.parts
    assert (value_words(figure.value, figure.unit), value_words(group.value, group.unit)) == ("1 location", "2 people")
