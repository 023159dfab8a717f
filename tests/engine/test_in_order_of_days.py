"""What goes on through the events of several versions goes on in order of day, so that nothing later changes it."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Transaction
from partnerdesk.engine.semantics import IN_ORDER_OF_DAYS
from tests.engine.cases import facts, program, worked

AS_OF = date(2026, 12, 31)
HEAD = 'program = "p"\nversion = "{0}"\neffective_from = {0}-01-01\n{1}[earning.fee]\nsays = "Fee"\ntype = "FEE"\n'
RULE = """on = "invoice issued"
base = "amount"
stream = "contract"
rate = { bands = "marginal", over = "year", steps = [{ from = 0, rate = 0.1 }, { from = 1000, rate = 0.2 }] }
"""
NEW = '[transition]\napplies_to = "new streams"\n'
FROZEN = 'rules_as_of = "stream start"\n'
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def rows(*days: date) -> list[Any]:
    """An old contract that is invoiced in June, a new one in March."""
    began = {JUNE: date(2025, 2, 1), MARCH: date(2026, 2, 1)}
    contracts = [Contract(id=f"K{d.month}", partner="A", customer=f"C{d.month}", start=began[d]) for d in days]
    bills = [
        Transaction(id=f"I{d.month}", partner="A", kind="invoice", contract=f"K{d.month}", day=d, amount=D(1000))
        for d in days
    ]
    return [*contracts, *bills]


def texts(frozen: bool) -> list[str]:
    """A rule of 2025 that goes on for what began then, and the one of 2026."""
    more = ("", FROZEN) if frozen else (NEW, "")
    return [HEAD.format(2025, "") + RULE + more[1], HEAD.format(2026, more[0]) + RULE + more[1]]


@pytest.mark.parametrize("frozen", [True, False])
def test_bands_go_on_in_order_of_day_across_versions_that_share_days(frozen: bool) -> None:
    found = worked(texts(frozen), rows(MARCH, JUNE), AS_OF)
    assert {line.id: (line.rule.version, line.amount) for line in found.lines} == {
        "fee:I3": ("2026", 100),
        "fee:I6": ("2025", 200),
    }
    before = worked(texts(frozen), rows(MARCH), AS_OF)
    assert [line.amount for line in before.lines] == [100], "an invoice of June changes nothing in March"


def test_statements_of_before_keep_their_order() -> None:
    versions = [program(text) for text in texts(True)]
    found = evaluate(versions, facts(rows(MARCH, JUNE)), AS_OF, semantics=IN_ORDER_OF_DAYS - 1).partners["A"]
    assert {line.id: line.amount for line in found.lines} == {"fee:I3": 200, "fee:I6": 100}
