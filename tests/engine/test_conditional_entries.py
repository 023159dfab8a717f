"""Entries of tables that ask for more than the event: a table by two metrics, terms of some partners."""

from datetime import date
from decimal import Decimal as D

from partnerdesk.engine.facts import Observation, Partner
from partnerdesk.engine.figures.telling import options_of
from tests.engine.cases import both, problems, worked

NUMBERS = "".join(
    f'[metric.{name}]\nsays = "{name.capitalize()} to plan"\nof = "observation"\nwhere = {{ metric = "{name}" }}\n'
    'value = "value"\nunit = "%"\n'
    for name in ("revenue", "income")
)
TABLE = """[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "quarter"
base = { metric = "one" }
rate = { entries = [
  { rate = 100 },
  { rate = 200, when = { metric = "revenue", at_least = 0.9 } },
  { rate = 300, says = "Both", when = { all = [
    { metric = "revenue", at_least = 0.9 }, { metric = "income", at_least = 1 },
  ] } },
  { rate = 400, when = { partner = { type = "referral" } } },
] , resolve = "greatest" }
[metric.one]
says = "One"
fixed = 1
"""


def seen(revenue: str, income: str, **partner: str) -> list[object]:
    day = date(2026, 3, 31)
    return [
        Partner(id="A", name="Alder", **partner),
        Observation(id="O1", partner="A", metric="revenue", day=day, value=D(revenue)),
        Observation(id="O2", partner="A", metric="income", day=day, value=D(income)),
    ]


def paid(rows: list[object], text: str = NUMBERS + TABLE) -> list[D]:
    return [line.amount for line in worked(text, rows, date(2026, 3, 31)).lines]


def test_a_table_by_two_metrics_takes_the_entry_that_holds() -> None:
    assert paid(seen("0.8", "1.2")) == [100]
    assert paid(seen("0.9", "0.9")) == [200]
    assert paid(seen("0.9", "1")) == [300]
    assert paid(seen("0.1", "0.1", type="referral")) == [400]


def test_a_condition_makes_an_entry_more_specific() -> None:
    text = NUMBERS + TABLE.replace(' , resolve = "greatest"', "")
    assert paid(seen("0.9", "0.9"), text) == [200]
    assert paid(seen("0.5", "0.9"), text) == [100]


def test_an_explanation_says_what_the_other_entries_lack() -> None:
    _plain, traced = both(NUMBERS + TABLE, seen("0.92", "0.9"), date(2026, 3, 31))
    chosen = next(part for part in traced.lines[0].amount.parts[0].parts if part.op == "entry")
    missed = {option.words: option.outcome for option in options_of(chosen)}["Both"]
    assert missed.endswith("income to plan is 90\N{NO-BREAK SPACE}%, needed at least 100\N{NO-BREAK SPACE}% (2026Q1)")
    assert "revenue to plan" not in missed  # that part holds


def test_multipliers_may_ask_as_well() -> None:
    text = (
        NUMBERS
        + TABLE.partition("rate =")[0]
        + (
            "rate = 100\nfactor = [{ entries = [{ factor = 1.5, when = { metric = 'revenue', above = 1 } }] }]\n"
            '[metric.one]\nsays = "One"\nfixed = 1\n'
        )
    )
    assert paid(seen("1.1", "0"), text) == [150]
    assert paid(seen("1", "0"), text) == [100]


def test_a_condition_names_metrics_that_exist() -> None:
    told = [
        str(p)
        for p in problems(
            NUMBERS + TABLE.replace('metric = "revenue", at_least = 0.9 } }', 'metric = "revenu", at_least = 1 } }')
        )
    ]
    assert any("revenu" in p and "revenue" in p for p in told), told


AMOUNTS = """[earning.fee]
says = "Fee"
type = "FEE"
on = "period end"
every = "quarter"
rate = { entries = [
  { amount = 500, when = { partner = { type = "referral" } } },
  { amount = 300 },
] }
"""


def test_an_explanation_says_amounts_with_the_decimals_of_their_currency() -> None:
    for currency, said in (("JPY", "300 JPY"), ("EUR", "300.00 EUR"), ("KWD", "300.000 KWD")):
        text = f'currency = "{currency}"\nrounding = {{ decimals_of = "currency" }}\n{NUMBERS}{AMOUNTS}'
        _plain, traced = both(text, seen("1", "1"), date(2026, 3, 31))
        assert said in str(traced.lines[0].amount)
