"""A series of all time has no part before the partner joined, whether its window is asked for or lies a year before."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.semantics import ENDS_BEFORE_JOINING, NEWEST
from tests.engine.cases import HEAD, facts, program

TEXT = (
    HEAD
    + """
fiscal_year_starts = "03-01"
[metric.sales]
says = "Sales"
of = "deal"
[metric.halves]
says = "Sales of halves"
series = { metric = "sales", each = "half", take = "sum" }
window = { span = "ever", earlier_months = 3 }
[metric.grown]
says = "As much as a year before"
growth = "halves"
growth_as = "ratio"
growth_from = "a year before"
[tiers]
every = "month"
[[tier]]
name = "Base"
"""
)


def test_a_year_before_it_ends_before_the_partner_joined() -> None:
    """The halves up to 30 September 2025, a year before up to 30 September 2024: the partner joined on 5 October."""
    days = (date(2024, 11, 1), 100), (date(2025, 5, 1), 150)
    deals = [Deal(id=f"D{n}", partner="A", status="won", closed=d, amount=Decimal(m)) for n, (d, m) in enumerate(days)]
    rows = facts([Partner(id="A", name="A", joined=date(2024, 10, 5)), *deals])
    for semantics, as_of, expected in (
        (NEWEST, date(2025, 12, 15), None),  # of a running month, looked at from it
        (NEWEST, date(2026, 1, 31), None),  # of one that is over
        (ENDS_BEFORE_JOINING - 1, date(2025, 12, 15), Decimal("2.5")),
    ):
        metrics = evaluate([program(TEXT)], rows, as_of, semantics=semantics).partners["A"].metrics
        assert metrics["halves", "2025-12"].value == 250
        assert metrics["grown", "2025-12"].value == expected
