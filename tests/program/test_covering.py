"""Entries of tables that never win are named, and the words of what a program pays on are whole sentences."""

import pytest

from partnerdesk.program.words import metric_sentence, rule_words
from tests.engine.cases import problems, program

METRICS = """
[metric.units]
says = "Units"
of = "deal"
take = "count"

[metric.sales]
says = "Sales"
of = "deal"

[metric.weekly]
says = "Weekly sales"
ratio = ["sales", "units"]

[metric.paid]
says = "Bonuses of earlier years"
of = "earning"
where = { earning = "bonus" }
window = "ever, 12 months earlier"
"""
BONUS = """
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "deal won"
base = "amount"
rate = {{ entries = [{entries}]{more} }}
"""
LOW = '{ rate = 0.75, when = { metric = "units", at_least = 60 } }'
HIGH = '{ rate = 1, when = { metric = "units", at_least = 84 } }'


def never_count(entries: str, more: str = "") -> int:
    found = problems(METRICS + BONUS.format(entries=entries, more=more))
    return sum("it never counts" in p.message for p in found)


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        (f"{{ rate = 0.5 }}, {LOW}, {HIGH}", 1),
        (f"{{ rate = 0.5 }}, {HIGH}, {LOW}", 0),
        ('{ rate = 1, where = { kind = ["new", "upsell"] } }, { rate = 2, where = { kind = "new" } }', 1),
        ('{ rate = 1, where = { kind = "new" } }, { rate = 2, where = { kind = ["new", "upsell"] } }', 0),
        ("{ rate = 1, where = { amount = { above = 10 } } }, { rate = 2, where = { amount = { at_least = 10 } } }", 0),
        ("{ rate = 1, where = { amount = { at_least = 10 } } }, { rate = 2, where = { amount = { above = 10 } } }", 1),
        ("{ rate = 1, where = { amount = { at_most = 9 } } }, { rate = 2, where = { amount = { below = 9 } } }", 1),
        ('{ rate = 1, where = { kind = "new" } }, { rate = 2, where = { kind = "new", role = "sourced" } }', 0),
        ('{ rate = 1, where = { kind = "new" } }, { rate = 2, where = { kind = "new" }, from_months = 6 }', 0),
    ],
)
def test_an_entry_behind_a_wider_one_never_wins(entries: str, count: int) -> None:
    assert never_count(entries) == count


def test_where_the_first_wins_each_wider_one_before_it_counts() -> None:
    assert never_count(f'{{ rate = 0.5, where = {{ kind = "new" }} }}, {LOW}, {HIGH}', ', resolve = "first"') == 1


def test_a_quotient_that_is_no_share_is_told_how_to_say_so() -> None:
    text = METRICS + BONUS.format(entries='{ rate = 1, when = { metric = "weekly", at_least = 1000 } }', more="")
    (found,) = [p for p in problems(text) if "is a share" in p.message]
    assert 'say what it is of: unit = "EUR"' in found.remedy


@pytest.mark.parametrize(("metric", "count"), [("units", 0), ("sales", 1)])
def test_points_of_a_fund_are_no_percentage(metric: str, count: int) -> None:
    fund = f'[fund.points]\nsays = "Points"\naccrues_on = "{metric}"\nrate = 2\n'
    assert sum("puts in 200 %" in p.message for p in problems(METRICS.partition("[metric.paid]")[0] + fund)) == count


def test_sums_of_lines_are_called_by_what_they_are_earned_as() -> None:
    made = program(METRICS + BONUS.format(entries=LOW, more=""))
    said = metric_sentence(made, "paid").replace("\N{NO-BREAK SPACE}", " ")
    assert "sum of the amounts of lines earned as bonus, up to 1 year earlier" in said


def test_a_difference_that_is_multiplied_stands_in_brackets() -> None:
    text = """
    [earning.margin]
    says = "Margin"
    type = "MARGIN"
    on = "deal won"
    base = { attribute = "amount", less = "cost", times = "attributes.watts", not_below = 0 }
    rate = 0.8
    """
    (rule,) = [rule for rule in rule_words(program(text)) if rule.key == "earning.margin"]
    assert rule.sentence.replace("\N{NO-BREAK SPACE}", " ").endswith(
        ", you earn 80 % of (the amount less the cost) times the watts, counted as 0 where it is less."
    )
