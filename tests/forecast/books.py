"""Small books for forecasts, and a program in which a tier steps up what a quarter earns."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from partnerdesk.engine.facts import Deal, Facts, Partner, StageChange
from partnerdesk.engine.rules import Program
from partnerdesk.program.reader import read_program

PROGRAM = """
program = "steps"
version = "1"
effective_from = 2023-01-01
name = "Steps"
currency = "EUR"
statements = "quarter"

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
window = "period"

[tiers]
every = "quarter"
moves = "automatic"
in_force = "same period"

[[tier]]
name = "Registered"

[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 300_000 }

[earning.commission]
says = "Commission"
type = "COMMISSION"
on = "period end"
every = "quarter"
base = { metric = "revenue" }
rate = { bands = "marginal", steps = [{ from = 0, rate = 0.08 }, { from = 200_000, rate = 0.10 }] }
factor = { by_tier = { Registered = 1.00, Gold = 1.10 } }
tier_as_of = "period end"
"""
AS_OF, QUARTER_END = date(2026, 3, 31), date(2026, 6, 30)


def program() -> Program:
    found = read_program(PROGRAM, "steps.toml")
    assert found.program is not None, found.problems
    return found.program


def open_deal(number: int, amount: int, chance: str, due: date = date(2026, 5, 15)) -> Deal:
    """An open deal of P1 with a person's own probability."""
    return Deal(
        id=f"D{number}",
        partner="P1",
        name=f"Deal {number}",
        amount=Decimal(amount),
        created=date(2026, 1, 10),
        expected_close=due,
        probability=Decimal(chance),
    )


def book(*deals: Deal) -> Facts:
    """P1 and its deals."""
    return Facts({"partner": (Partner(id="P1", name="Alder", joined=date(2023, 1, 1)),), "deal": tuple(deals)})


def pipeline_book(dice: Random, partners: int, chances: dict[str, float], last: date) -> Facts:
    """A book with a planted truth: each stage has its chance; deals are entered, wait, and close or not."""
    rows: list[Deal] = []
    stages: list[StageChange] = []
    for number in range(partners):
        size = dice.lognormvariate(10, 0.6)
        day = date(2023, 1, 1) + timedelta(days=dice.randrange(40))
        while day < last:
            stage = dice.choice([*chances])
            closes = day + timedelta(days=dice.randrange(30, 150))
            won = dice.random() < chances[stage]
            over = closes <= last
            rows.append(
                Deal(
                    id=f"D{len(rows)}",
                    partner=f"P{number}",
                    stage=stage,
                    kind=stage,
                    amount=Decimal(int(size * dice.lognormvariate(0, 0.5))),
                    created=day,
                    expected_close=closes,
                    status=("won" if won else "lost") if over else "open",
                    closed=closes if over else None,
                )
            )
            stages.append(StageChange(id=f"S{len(rows)}", deal=rows[-1].id, day=day, stage=stage))
            day += timedelta(days=dice.randrange(5, 40))
    names = tuple(Partner(id=f"P{n}", name=f"Partner {n}", joined=date(2023, 1, 1)) for n in range(partners))
    return Facts({"partner": names, "deal": tuple(rows), "stage_change": tuple(stages)})
