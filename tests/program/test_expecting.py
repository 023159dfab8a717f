"""A case follows its rules: what differs is written anew, and nothing beside it."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.program.expecting import expecting

TEXT = """
[[example]]
says = "first"
expect = [{ figure = "score", value = 67.4 }]

[[example]]
says = "second"  # kept
expect = [
  { figure = "earned", value = 5_000.00 },  # of July
  { figure = "tier", text = "Silver" },
  { figure = "payout.day", day = 2026-08-15 },
]
"""


def test_each_figure_is_written_in_its_place_and_in_its_kind() -> None:
    found = expecting(TEXT, 1, [(0, Decimal("5500")), (1, 'Gold "A"'), (2, date(2026, 9, 1))])
    assert found == TEXT.replace("5_000.00", "5500.00").replace('"Silver"', '"Gold \\"A\\""').replace(
        "2026-08-15", "2026-09-01"
    )
    assert expecting(TEXT, 0, [(0, Decimal("67.375"))]) == TEXT.replace("67.4", "67.375")


def test_a_figure_that_is_not_there_or_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        expecting(TEXT, 1, [(3, Decimal(1))])
    with pytest.raises(KeyError):
        expecting(TEXT, 1, [(1, Decimal(1))])
