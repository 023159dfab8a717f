"""What groups there are, and which parts an earlier window has, however a metric is asked for; worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Case, Contract, Deal, Partner
from partnerdesk.engine.semantics import LOOKS_AHEAD, MEASURES_ALIKE
from tests.engine.cases import facts, program, worked
from tests.engine.test_earning_triggers import deal

AS_OF = date(2026, 6, 30)
REVENUE = '[metric.revenue]\nsays = "R"\nof = "deal"\nwhere = { status = "won" }\ngroups = { by = "customer" }\n'
ABROAD = deal("D", date(2026, 5, 1), 100, customer="ash", currency="USD")  # there is no rate for it


@pytest.mark.parametrize(
    ("groups", "missing", "expected"),
    [
        ('without = "revenue"', "", 0),
        ('among = "revenue"', "", 0),
        ('without = "revenue"', "minimum_rows = 1\nmissing = 'zero'", 0),
        ('not_above = { metric = "revenue" }', "", 0),
        ('not_above = { metric = "revenue" }', "missing = 'not evaluated'", None),
    ],
)
def test_without_a_group_a_rate_that_another_metric_lacks_does_not_matter(
    groups: str, missing: str, expected: int | None
) -> None:
    text = f'{REVENUE}[metric.m]\nsays = "M"\nof = "case"\ntake = "count"\n{missing}\n'
    text += f'groups = {{ by = "customer", {groups} }}\n'
    assert worked(text, [ABROAD], AS_OF).metrics["m", "2026Q2"].value == expected
    filed = Case(id="C", partner="A", customer="ash", opened=date(2026, 5, 2))
    assert worked(text, [ABROAD, filed], AS_OF).metrics["m", "2026Q2"].value is None, "here the rate is needed"


SEVERITIES = """
[metric.severities]
says = "Severities"
of = "case"
take = "distinct"
value = "severity"
not_below = 0.5

[metric.m]
says = "Customers"
growth = "severities"
groups = { by = "customer" }
"""


def test_facts_that_have_not_what_is_counted_make_no_group_that_grows() -> None:
    silent = Case(id="1", partner="A", customer="ash", opened=date(2026, 5, 1))
    told = Case(id="2", partner="A", customer="beech", opened=date(2026, 5, 1), severity="high")
    assert worked(SEVERITIES, [silent, told], AS_OF).metrics["m", "2026Q2"].value == 1
    before = evaluate([program(SEVERITIES)], facts([silent, told]), AS_OF, semantics=MEASURES_ALIKE - 1)
    assert before.partners["A"].metrics["m", "2026Q2"].value == 2, "what was closed stays as it was"


def test_a_part_of_a_series_that_ends_with_a_month_did_so_a_quarter_earlier() -> None:
    # April, a quarter earlier, is January, whose last day is the first of the partner.
    text = """
    [metric.deals]
    says = "Deals"
    of = "deal"
    take = "count"

    [metric.months]
    says = "Months"
    series = { metric = "deals", each = "month", take = "count" }

    [metric.m]
    says = "More months"
    growth = "months"
    growth_as = "amount"
    growth_from = "the period before"
    """
    rows = [Partner(id="A", name="Alder", joined=date(2026, 1, 31)), Deal(id="D", partner="A", amount=Decimal(1))]
    assert worked(text, rows, date(2026, 6, 15)).metrics["m", "2026Q2"].value == 3 - 3


def test_growth_of_what_lies_ahead_is_seen_from_the_same_day_of_the_period_before() -> None:
    """On 15 February 200 are in force in the quarter ahead; on 15 November it was 100, at the year's end nothing."""
    text = '[metric.stock]\nsays = "S"\nof = "contract"\nvalue = "recurring"\nwindow = { span = "in force" }\n'
    text += '[metric.ahead]\nsays = "A"\nseries = { metric = "stock", each = "quarter", take = "sum" }\n'
    text += 'window = { span = "next", length = 1, unit = "quarter" }\n'
    text += '[metric.m]\nsays = "M"\ngrowth = "ahead"\ngrowth_from = "the period before"\n'
    spans = ((100, date(2025, 1, 1), date(2025, 11, 30)), (200, date(2026, 1, 1), date(2026, 12, 31)))
    rows = [
        Contract(id=f"C{worth}", partner="A", customer="ash", start=start, end=end, recurring=Decimal(worth))
        for worth, start, end in spans
    ]
    day = date(2026, 2, 15)
    assert worked(text, rows, day).metrics["m", "2025Q4"].value == 1
    before = evaluate([program(text)], facts(rows), day, semantics=LOOKS_AHEAD - 1).partners["A"]
    assert before.metrics["m", "2025Q4"].value is None, "as closed statements have it"
