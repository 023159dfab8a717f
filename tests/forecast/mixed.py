"""Small programs and books drawn by a seed, with everything that may make two futures differ."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from partnerdesk.engine.facts import (
    Activity,
    Adjustment,
    Contract,
    Credit,
    Customer,
    Deal,
    Deployment,
    Facts,
    Partner,
    Transaction,
)
from partnerdesk.engine.rules import Program
from partnerdesk.program.reader import read_program

AS_OF, HORIZON = date(2026, 3, 31), date(2026, 9, 30)
HEAD = """
program = "mixed"
version = "1"
effective_from = 2023-01-01
name = "Mixed"
currency = "EUR"
statements = "{unit}"

[rounding]
decimals = 2
mode = "half-up"
point = "{point}"

[metric.revenue]
says = "revenue"
of = "deal"
where = {{ status = "won" }}
take = "sum"
value = "amount"
day = "closed"
window = "{window}"

[metric.count]
says = "count"
of = "deal"
where = {{ status = "won" }}
take = "count"
day = "closed"
window = "trailing 12 months"

[metric.typical]
says = "typical"
of = "deal"
where = {{ status = "won" }}
take = "mean"
value = "amount"
day = "closed"
window = "trailing 12 months"

[metric.kept]
says = "kept"
retention = "net revenue"
window = "trailing 12 months"

[metric.growth]
says = "growth"
growth = "revenue"
growth_as = "ratio"

[tiers]
every = "quarter"
moves = "automatic"
in_force = "{in_force}"

[[tier]]
name = "Registered"

[[tier]]
name = "Gold"
requires = {{ {need} }}
"""
NEEDS = (
    'metric = "revenue", at_least = 60_000',
    'metric = "count", at_least = 9',
    'all = [{ metric = "revenue", at_least = 20_000 }, { metric = "kept", at_least = 0.8 }]',
    'metric = "growth", at_least = 1.1',
    'metric = "typical", above = 9_000',
)
BY_TIER = "{ by_tier = { Registered = 0.05, Gold = 0.08 } }"
BANDS = "steps = [{ from = 0, rate = 0.02 }, { from = 20_000, rate = 0.035 }, { from = 90_000, rate = 0.05 }]"
# Earnings by name: what triggers each, and what it pays.
PARTS = {
    "quarterly": f"""
on = "period end"
every = "quarter"
base = {{ metric = "revenue" }}
rate = {{ bands = "marginal", {BANDS} }}
factor = {{ by_tier = {{ Registered = 1.00, Gold = 1.15 }} }}
""",
    "deals": f"""
on = "deal won"
base = "amount"
rate = {BY_TIER}
""",
    "climbing": f"""
on = "deal won"
base = "amount"
rate = {{ bands = "marginal", over = "year", {BANDS} }}
""",
    "filling": f"""
on = "deal won"
base = "amount"
rate = {{ bands = "marginal", over = "year", floors_of = "paid", {BANDS.replace("0_000", "00")} }}
factor = {{ by_tier = {{ Registered = 1.00, Gold = 1.15 }} }}
""",
    "whole": f"""
on = "deal won"
base = "amount"
rate = {{ bands = "whole amount", {BANDS} }}
""",
    "slow": """
on = "deal won"
base = "amount"
rate = 0.04
vests = [{ share = 0.5 }, { share = 0.5, after_months = 2 }]
clawback = [{ if = "churned", within_months = 12 }]
""",
    "started": """
on = "deal won"
amount = 250
""",
    "first": """
on = "deal won"
amount = 900
once_per = "customer"
""",
    "table": """
on = "deal won"
base = "amount"
[[earning.table.rate.entries]]
rate = 0.01
[[earning.table.rate.entries]]
rate = 0.03
where = { kind = "expansion" }
[[earning.table.rate.entries]]
rate = 0.06
tier = "Gold"
when = { metric = "count", at_least = 8 }
""",
    "invoiced": f"""
on = "invoice issued"
base = "amount"
rate = {BY_TIER}
""",
    "renewed": """
on = "contract renewed"
base = "recurring"
rate = 0.03
""",
    "live": """
on = "customer live"
amount = 400
""",
    "bonus": """
on = "period end"
every = "quarter"
when = { metric = "growth", at_least = 1.2 }
amount = 750
""",
    "extra": """
on = "earning"
earning = "deals"
rate = 0.1
clawback = [{ if = "refunded" }]
""",
    "rest": f"""
on = "deal won"
base = "amount"
increment_over = "year"
rate = {{ bands = "whole amount", {BANDS} }}
""",
}
LIMITS = (
    "cap, quarter, at_most = 3_000",
    "cap, year, at_most = 9_000",
    'safety_net, quarter, at_least = 500\nwhen = { metric = "revenue", above = 0 }',
    'holdback, quarter, share = 0.1\nrelease_after = 1\nrelease_unit = "quarter"',
    "holdback,, share = 0.1\nrelease_after = 2",
)


def program(dice: Random) -> Program:
    """A program of some earnings and limits."""
    words = {
        "unit": dice.choice(["month", "quarter"]),
        "point": dice.choice(["line", "line", "total"]),
        "window": dice.choice(["period", "trailing 12 months", "year to date"]),
        "in_force": dice.choice(["same period", "next period"]),
        "need": dice.choice(NEEDS),
    }
    names = dice.sample([name for name in PARTS if name != "extra"], dice.randrange(1, 5))
    if "deals" in names and dice.random() < 0.5:
        names.append("extra")
    parts = [f'[earning.{name}]\nsays = "{name}"\ntype = "A"{PARTS[name]}' for name in names]
    limits = [_limit(text, names) for text in dice.sample(LIMITS, dice.randrange(3))]
    found = read_program("\n\n".join([HEAD.format(**words), *parts, *limits]), "mixed.toml")
    assert found.program is not None, found.problems
    return found.program


def _limit(text: str, names: list[str]) -> str:
    """A limit on all of the earnings."""
    kind, every, rest = text.split(",", 2)
    unit = f'every = "{every.strip()}"\n' if every else ""
    return f'[[{kind}]]\nsays = "{kind}"\nof = {names}\n{unit}{rest.strip()}'


def book(dice: Random) -> Facts:
    """P1 with what it did, what is open, and what hangs on it; another partner for the record of the book."""
    rows: dict[str, list[object]] = {
        "partner": [Partner(id=f"P{n}", name=f"Partner {n}", joined=date(2023, 1, 1)) for n in (1, 2)],
        "customer": [Customer(id=f"C{n}", name=f"Customer {n}") for n in range(4)],
        "deal": [_deal(dice, n) for n in range(dice.randrange(6, 30))],
        "contract": [_contract(dice, n) for n in range(dice.randrange(4))],
        "deployment": [_deployment(dice, n) for n in range(dice.randrange(3))],
        "transaction": [_invoice(dice, n) for n in range(dice.randrange(5))],
    }
    if dice.random() < 0.2:
        rows["credit"] = [Credit(id="X1", deal="D1", partner="P2", share=Decimal("0.4"))]
    if dice.random() < 0.2:
        day, amount = date(2026, 5, 3), Decimal(800)
        rows["adjustment"] = [Adjustment(id="A1", partner="P1", day=day, amount=amount, line="deals:D2")]
    if dice.random() < 0.2:
        rows["activity"] = [Activity(id="V1", partner="P1", kind="demo", day=date(2026, 2, 3))]
    return Facts({kind: tuple(found) for kind, found in rows.items()})


def _day(dice: Random, since: date, days: int) -> date:
    return since + timedelta(days=dice.randrange(days))


def _amount(dice: Random) -> Decimal:
    return Decimal(dice.randrange(100_000, 3_000_000)).scaleb(-2)


def _deal(dice: Random, number: int) -> Deal:
    is_open = dice.random() < 0.35
    closed = None if is_open else _day(dice, date(2024, 1, 1), 800)
    return Deal(
        id=f"D{number}",
        partner="P1" if dice.random() < 0.8 else "P2",
        customer=dice.choice([None, "C0", "C1", "C2", "C3"]),
        name=f"Deal {number}",
        kind=dice.choice(["new", "expansion"]),
        amount=_amount(dice),
        created=_day(dice, date(2025, 11, 1), 120) if is_open else (closed or AS_OF) - timedelta(days=40),
        expected_close=_day(dice, date(2026, 2, 1), 300),
        status="open" if is_open else dice.choice(["won", "won", "lost"]),
        closed=closed,
        probability=Decimal(dice.randrange(1, 100)) / 100 if dice.random() < 0.5 else None,
    )


def _contract(dice: Random, number: int) -> Contract:
    start = _day(dice, date(2025, 3, 1), 200)
    return Contract(
        id=f"K{number}",
        partner="P1",
        customer=f"C{number}",
        start=start,
        end=start + timedelta(days=364),
        recurring=_amount(dice),
        cadence=dice.choice(["month", "year"]),
        deal=dice.choice([None, "D0"]),
    )


def _deployment(dice: Random, number: int) -> Deployment:
    planned = _day(dice, date(2026, 3, 1), 200)
    return Deployment(
        id=f"R{number}", partner="P1", customer="C1", name="Roll-out", kickoff=AS_OF, planned_live=planned
    )


def _invoice(dice: Random, number: int) -> Transaction:
    return Transaction(id=f"T{number}", partner="P1", day=_day(dice, date(2025, 1, 1), 440), amount=_amount(dice))
