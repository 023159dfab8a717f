"""What a statement's rows are called: after their rule, or after the type where several rules share it."""

from datetime import date

from tests.engine.cases import worked
from tests.engine.test_earning_triggers import deal

RULE = '[earning.{0}]\nsays = "{1}"\ntype = "{2}"\non = "deal won"\nwhere = {{ kind = "{0}" }}\namount = {3}\n'
TEXT = (
    RULE.format("new", "New business", "BONUS", 10)
    + RULE.format("upsell", "Upsell", "BONUS", 20)
    + RULE.format("renewal", "Renewals", "RECURRING", 30)
)


def test_a_row_of_several_rules_is_none_of_them() -> None:
    found = worked(TEXT, [deal("D1", date(2026, 1, 5), 100, kind="upsell")], date(2026, 1, 31))
    rows = {row.key: row for row in found.statements["2026-01"].rows}
    assert (rows["earned.BONUS"].label, rows["earned.BONUS"].total) == ("Bonus", 20)
    assert rows["earned.RECURRING"].label == "Renewals"
