"""The Why in words: every kind of step, values substituted, rounding named, inputs and exclusions counted."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Deal
from partnerdesk.engine.figures.arithmetic import FIGURES
from partnerdesk.engine.figures.figure import Excluded, Figure, Origin, cut_into_bands
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.reports.format import Formats
from partnerdesk.ui.explanation import Explanation, explained
from partnerdesk.ui.formula import FormulaRow, worded

D = Decimal
F = Formats()
RULE = Origin("rule", "earning.upfront", version="2026.2")


def given(value: str, unit: str, label: str, kind: str = "deal", id: str = "D-1") -> Figure:
    return FIGURES.given(D(value), unit, label, Origin(kind, id))


def said(figure: Figure) -> list[str]:
    """Name, formula and value of each row and the total, as one line each."""
    found = explained("x", figure, F)
    rows = [*found.rows, *([found.total] if found.total else [])]
    return [" | ".join((row.name, row.formula, row.value)) for row in rows]


def test_a_sum_of_products_shows_each_with_its_values() -> None:
    parts = [
        FIGURES.product([FIGURES.rule(D(w), "1", "Weight", RULE), given(p, "points", n)], "points", n)
        for n, w, p in [("Renewal rate", "0.4", "94"), ("Quality", "0.6", "62")]
    ]
    total = FIGURES.round(FIGURES.sum(parts, "points", "Score"), 1, "half-up")
    assert said(total) == [
        "Renewal rate | 0.40 × 94.0 | 37.60",
        "Quality | 0.60 × 62.0 | 37.20",
        "Sum | half up to 74.8 | 74.80",
    ]


def test_bands_show_what_fell_into_each() -> None:
    steps = [(D(0), D("0.05")), (D(100000), D("0.08"))]
    base, before = given("150000", "EUR", "Revenue"), given("20000", "EUR", "Before")
    cut = cut_into_bands(base.value, before.value, steps)
    figure = FIGURES.slices(base, before, steps, cut, "EUR", "Commission", RULE)
    assert said(figure) == [
        "Revenue |  | 150,000.00",
        "Before |  | 20,000.00",
        "From 0.00 | 80,000.00 × 5% | 4,000.00",
        "From 100,000.00 | 70,000.00 × 8% | 5,600.00",
        "Result |  | 9,600.00",
    ]


def test_money_that_comes_back_is_taken_off_the_top_band() -> None:
    steps = [(D(0), D("0.05")), (D(100), D("0.05")), (D(200), D("0.08"))]
    base, before = given("-150", "EUR", "Refund"), given("250", "EUR", "Before")
    cut = cut_into_bands(base.value, before.value, steps)
    figure = FIGURES.slices(base, before, steps, cut, "EUR", "Commission", RULE)
    assert said(figure)[2:] == [
        "From 100.00 | (100.00) × 5% | (5.00)",
        "From 200.00 | (50.00) × 8% | (4.00)",
        "Result |  | (9.00)",
    ]


def test_a_scale_names_the_two_points_it_lies_between() -> None:
    points = [(D("0.8"), D(0)), (D("0.95"), D(100))]
    figure = FIGURES.scale(given("0.875", "%", "Renewal rate"), points, "points", "Points", RULE)
    assert said(figure)[:2] == ["Renewal rate |  | 87.5%", "Scale | 80% is 0, 95% is 100 | "]


def test_a_choice_marks_the_entry_that_applies() -> None:
    table = {"Silver": D("0.15"), "Gold": D("0.18")}
    figure = FIGURES.choice(table, "Gold", "%", "Rate", RULE)
    assert said(figure) == ["Silver |  | 15%", "Gold | applies | 18%", "Result |  | 18%"]
    assert explained("x", figure, F).rule == "earning.upfront, 2026.2"


def test_steps_are_listed_with_their_floors() -> None:
    figure = FIGURES.step(given("12", "customers", "Customers"), [(D(0), D(0)), (D(10), D(500))], "EUR", "Bonus", RULE)
    assert said(figure) == [
        "Customers |  | 12",
        "From 0 |  | 0.00",
        "From 10 | reached | 500.00",
        "Result |  | 500.00",
    ]


def test_a_share_says_which_of_the_whole() -> None:
    first, _second = FIGURES.split(given("100.00", "EUR", "Amount"), [D(2), D(1)], 2, ["Lead", "Helper"])
    assert said(first) == ["Amount |  | 100.00", "Share | 2 of 3 | ", "Result |  | 66.67"]


@pytest.mark.parametrize(
    ("figure", "last"),
    [
        (FIGURES.least([given("5", "EUR", "a"), given("7", "EUR", "Cap")], "EUR", "Paid"), "Result |  | 5.00"),
        (FIGURES.difference(given("5", "EUR", "a"), given("7", "EUR", "b"), "EUR", "c"), "Difference |  | (2.00)"),
        (FIGURES.quotient(given("1", "1", "a"), given("3", "1", "b"), "%", "c"), "Result |  | 33.33%"),
        (FIGURES.count([given("1", "1", "a"), given("1", "1", "b")], "people", "People"), "Count |  | 2"),
        (FIGURES.pick("mean", [given("4", "", "a"), given("5", "", "b")], "", "CSAT"), "Average |  | 4.5"),
    ],
)
def test_every_step_ends_in_its_value(figure: Figure, last: str) -> None:
    assert said(figure)[-1] == last


def test_a_leaf_explains_itself_by_its_origin() -> None:
    found = explained("x", given("200000", "EUR", "Amount of the deal"), F)
    assert found.rows == ()
    assert found.total is None
    assert found.sentence == "Amount of the deal, as it was recorded."
    assert [(row.name, row.words, row.ids) for row in found.inputs] == [("Deals", "D-1", ("D-1",))]


def test_inputs_count_each_row_once() -> None:
    rows = [given(str(n), "EUR", f"Deal {n}", "deal", f"D-{n % 3}") for n in range(6)]
    rows.append(given("9", "EUR", "Contract", "contract", "C-1"))
    found = explained("x", FIGURES.sum(rows, "EUR", "Revenue"), F)
    assert [(row.name, row.words) for row in found.inputs] == [("Deals", "3 rows"), ("Contracts", "C-1")]


def test_many_parts_are_summed_up_and_still_add_up() -> None:
    rows = [given("1.50", "EUR", f"Deal {n}", "deal", f"D-{n}") for n in range(40)]
    found = explained("x", FIGURES.sum(rows, "EUR", "Revenue"), F)
    assert len(found.rows) == 13
    assert (found.rows[-1].name, found.rows[-1].value) == ("28 more", "42.00")
    assert found.rows[-1].part is not None
    assert len(explained("x", found.rows[-1].part, F).rows) == 13


def test_what_did_not_count_is_grouped_by_reason_with_its_rule() -> None:
    left_out = [Excluded(Deal(id=f"D-{n}"), "closed after 30 Sep", "RR-03") for n in range(2)]
    left_out.append(Excluded(Deal(id="D-9"), "no standards check", "DQ-04"))
    figure = FIGURES.because(given("5", "EUR", "Revenue"), "because", left_out)
    found = explained("x", FIGURES.sum([figure], "EUR", "Total"), F)
    assert [(row.name, row.words) for row in found.excluded] == [
        ("2 rows: closed after 30 Sep", "RR-03"),
        ("1 row: no standards check", "DQ-04"),
    ]


def test_the_engines_reason_is_the_sentence_and_the_rule_is_named() -> None:
    figure = FIGURES.because(given("5", "EUR", "Commission"), "Gold partners earn 18 %.")
    rule = RuleRef("earning.upfront", "UP-02", "v2026.2", date(2026, 7, 1))
    found = explained("x", figure, F, rule=rule)
    assert found.sentence == "Gold partners earn 18 %."
    assert found.rule == "UP-02, v2026.2, from 01 Jul 2026"


def test_the_copied_text_holds_everything_that_is_shown() -> None:
    row = FormulaRow("Renewal rate", "0.40 × 94.0", "37.60")
    found = Explanation("x", "71.4", "points", "Score · Northwind", "Because.", "added", (row,), row, rule="SC-01")
    text = found.as_text()
    for part in ("71.4 points", "Score · Northwind", "Because.", "Renewal rate = 0.40 × 94.0 = 37.60", "Rule SC-01"):
        assert part in text


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("0.125", "%", "12.5%"),
        ("1234.5", "EUR", "1,234.50"),
        ("-2700", "EUR", "(2,700.00)"),
        ("71.4", "points", "71.4"),
        ("0.4", "1", "0.40"),
        ("7", "people", "7"),
    ],
)
def test_numbers_are_written_in_their_unit(value: str, unit: str, words: str) -> None:
    assert worded(given(value, unit, "x"), F) == words


def with_nothing_of_one() -> Figure:
    """A sum of a product and of one that is multiplied by nothing, whatever its two deals bring."""
    rate, nothing = FIGURES.rule(D("0.1"), "1", "Rate", RULE), FIGURES.rule(D(0), "1", "Suspended", RULE)
    paid = FIGURES.product([given("500", "EUR", "Amount", id="D-1"), rate], "EUR", "New business")
    both = FIGURES.sum(
        [given("700", "EUR", "Renewed", id="D-2"), given("80", "EUR", "Upsold", id="D-3")], "EUR", "Base"
    )
    return FIGURES.sum([paid, FIGURES.product([both, nothing], "EUR", "Renewal")], "EUR", "Earned")


def test_what_has_no_effect_says_so_quietly_beside_it() -> None:
    figure = with_nothing_of_one()
    found = explained("x", figure, F)
    # The renewal is nothing, but not for want of an effect: what suspends it has one.
    assert [(row.name, row.is_silent) for row in found.rows] == [("New business", False), ("Renewal", False)]
    assert [(row.words, row.note) for row in found.inputs] == [("3 rows", "2 with no effect")]
    assert [(leaf.id, leaf.is_silent) for leaf in found.inputs[0].leaves] == [
        ("D-1", False),
        ("D-2", True),
        ("D-3", True),
    ]
    assert "Deals: 3 rows (2 with no effect)" in found.as_text()
    opened = explained("x", figure.parts[1], F)
    assert [(row.name, row.is_silent) for row in opened.rows] == [("Base", True), ("Suspended", False)]
    assert "Base = 700.00 + 80.00 = 780.00 (no effect)" in opened.as_text()


def test_what_was_found_where_the_figure_was_read_is_taken_as_it_is() -> None:
    renewal = with_nothing_of_one().parts[1]
    assert not any(row.is_silent for row in explained("x", renewal, F, without_effect=()).rows)
    upsold = renewal.parts[0].parts[1]
    assert explained("x", renewal, F, without_effect=[upsold]).inputs[0].note == "1 with no effect"
