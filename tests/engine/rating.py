"""One line of an earning, or why there is none."""

from datetime import date
from decimal import Decimal as D
from typing import Any

from partnerdesk.engine.outcome import EarningLine
from tests.engine.cases import worked
from tests.engine.test_earning_triggers import reasons, rule

AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)


def line(pay: str, rows: list[Any], more: str = "", head: str = "", on: str = '"deal won"') -> EarningLine[D]:
    (found,) = worked(head + rule(more, on=on, pay=pay), rows, AS_OF).lines
    return found


def none(pay: str, rows: list[Any], more: str = "", head: str = "") -> dict[str, str]:
    found = worked(head + rule(more, pay=pay), rows, AS_OF)
    assert found.lines == ()
    return reasons(found)


# Increments ---------------------------------------------------------------

YEAR = """[tiers]
moves = "confirmed"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "s", above = 0 }
"""
SALES = '[metric.s]\nsays = "S"\nof = "deal"\nday = "closed"\n'
