"""A number so great that its digits end before the decimals that are asked for is rounded already."""

from datetime import date
from decimal import Decimal as D
from decimal import InvalidOperation

import pytest

from partnerdesk.engine.facts import Transaction
from partnerdesk.engine.money import rounded
from tests.engine.cases import worked

TEXT = """
[metric.sold]
says = "Sold"
of = "transaction"
[metric.cubed]
says = "To the power of four"
power = { metric = "sold", to = 4 }
decimals = 2
[[tier]]
name = "Base"
"""


@pytest.mark.parametrize("value", ["1234567.25e22", "-7e40", "12345678901234567890123456"])
def test_a_great_number_is_rounded_to_itself(value: str) -> None:
    assert rounded(D(value), 3) == D(value)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidOperation):
        rounded(D("Infinity"))


def test_a_metric_of_a_great_number_is_evaluated() -> None:
    """An evaluation ended with an error."""
    sold = Transaction(id="I", partner="A", kind="invoice", day=date(2025, 2, 3), amount=D(12_000_000))
    found = worked(TEXT, [sold], date(2025, 3, 31))
    assert found.metrics["cubed", "2025Q1"].value == D(12_000_000) ** 4
