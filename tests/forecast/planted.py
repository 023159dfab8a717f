"""Random books with a planted truth: how deals go from stage to stage, how customers renew, seasons, growth and slips.

Every book draws habits of its own, and then lets five years happen by them. The program that pays is one of two: bands
and a tier that step up what a quarter earns, or commissions on deals and payments with a tier by trailing revenue.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log
from random import Random
from typing import Any

from partnerdesk.engine.facts import Contract, Customer, Deal, Facts, Partner, StageChange, Transaction
from partnerdesk.engine.period import add_months
from partnerdesk.engine.rules import Program
from partnerdesk.program.reader import read_program
from tests.forecast.books import PROGRAM as STEPS

FIRST, LAST = date(2021, 7, 1), date(2026, 6, 30)
STAGES = ("contacted", "qualified", "offered")
PAID_BY_DEAL = """
program = "streams"
version = "1"
effective_from = 2021-01-01
name = "Streams"
currency = "EUR"
statements = "month"

[metric.revenue]
says = "Revenue, 12 months"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
window = "trailing 12 months"

[tiers]
every = "quarter"
moves = "automatic"

[[tier]]
name = "Registered"

[[tier]]
name = "Silver"
requires = { metric = "revenue", at_least = 250_000 }

[earning.upfront]
says = "Commission on deals"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = { by_tier = { Registered = 0.06, Silver = 0.09 } }

[earning.recurring]
says = "Commission on payments"
type = "RECURRING"
on = "payment received"
base = "amount"
rate = 0.04
"""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a book lives by. Chances per stage are those of getting past it; a month's deals are a mean."""

    past: tuple[float, float, float]
    days: tuple[int, int, int]  # a stage lasts so long on average
    seasons: tuple[float, float, float, float]
    deals: float  # that are entered in a month
    sudden: float  # that are told only once they are won, in a month
    optimism: float  # how much of the real way the expected close leaves out
    keeps: tuple[float, float]  # of customers of either segment, how many renew
    has_contracts: bool


def program(seed: int) -> Program:
    """The program of a book."""
    text = PAID_BY_DEAL if _habits(Random(seed)).has_contracts else STEPS.replace("2023-01-01", "2021-01-01")
    found = read_program(text, "planted.toml")
    assert found.program is not None, found.problems
    return found.program


def book(seed: int, partners: int = 0) -> Facts:
    """All that happened in the book of a seed; of so many partners, or as many as it likes."""
    dice = Random(seed)
    habits = _habits(dice)
    world = _World(dice, habits)
    for number in range(partners or dice.randrange(4, 9)):
        world.partner(f"P{number}")
    return Facts({kind: tuple(rows) for kind, rows in world.rows.items()})


def _habits(dice: Random) -> Habits:
    seasons = [dice.uniform(0.6, 1.4) for _ in range(4)]
    mean = sum(seasons) / 4
    has_contracts = dice.random() < 0.5
    return Habits(
        past=(dice.uniform(0.4, 0.7), dice.uniform(0.5, 0.8), dice.uniform(0.55, 0.9)),
        days=(dice.randrange(10, 40), dice.randrange(15, 50), dice.randrange(10, 45)),
        seasons=(seasons[0] / mean, seasons[1] / mean, seasons[2] / mean, seasons[3] / mean),
        deals=dice.uniform(1.0, 3.0),
        sudden=dice.choice((0.0, 0.3, 1.0)),
        optimism=dice.uniform(0.0, 0.4),
        keeps=(dice.uniform(0.85, 0.95), dice.uniform(0.6, 0.85)),
        has_contracts=has_contracts,
    )


class _World:
    """Lets a book happen, partner by partner."""

    def __init__(self, dice: Random, habits: Habits) -> None:
        self.dice, self.habits = dice, habits
        self.rows: dict[str, list[Any]] = {
            kind: [] for kind in ("partner", "customer", "deal", "stage_change", "contract", "transaction")
        }

    def partner(self, id: str) -> None:
        dice = self.dice
        joined = FIRST + timedelta(days=dice.choice((0, 0, 0, dice.randrange(700))))
        self.rows["partner"].append(Partner(id=id, name=f"Partner {id}", joined=joined))
        size, skill, growth = dice.lognormvariate(9.6, 0.5), dice.gauss(0, 0.35), dice.gauss(0.04, 0.12)
        busy = dice.uniform(0.6, 1.4)
        month = joined.replace(day=1)
        while month <= LAST:
            mean = busy * self.habits.seasons[(month.month - 1) // 3] * exp(growth * (month - FIRST).days / 365)
            for _ in range(poisson(dice, mean * self.habits.deals)):
                self._deal(id, within(dice, month), size, skill)
            for _ in range(poisson(dice, mean * self.habits.sudden)):
                self._sudden(id, within(dice, month), size)
            month = add_months(month, 1)

    def _deal(self, partner: str, created: date, size: float, skill: float) -> None:
        """A deal goes from stage to stage until it is lost or won."""
        dice, habits, number = self.dice, self.habits, len(self.rows["deal"])
        deal = Deal(
            id=f"D{number}",
            partner=partner,
            name=f"Deal {number}",
            kind="new",
            amount=money(size * dice.lognormvariate(0, 0.6)),
            created=created,
            expected_close=created
            + timedelta(days=int(sum(habits.days) * (1 - habits.optimism)) + dice.randrange(-10, 11)),
            customer=self._customer(partner, number),
        )
        day = created
        for n, (stage, chance, length) in enumerate(zip(STAGES, habits.past, habits.days, strict=True)):
            if day > LAST:
                break
            self.rows["stage_change"].append(StageChange(id=f"{deal.id}:{n}", deal=deal.id, day=day, stage=stage))
            day += timedelta(days=1 + int(dice.gammavariate(2.5, length / 2.5)))
            if dice.random() >= _skilled(chance, skill):
                self.rows["deal"].append(over(deal, "lost", day))
                return
        won = over(deal, "won", day)
        self.rows["deal"].append(won)
        if won.status == "won" and habits.has_contracts:
            self._contracts(won)

    def _sudden(self, partner: str, day: date, size: float) -> None:
        number = len(self.rows["deal"])
        amount = money(size * self.dice.lognormvariate(-0.2, 0.5))
        self.rows["deal"].append(
            Deal(id=f"D{number}", partner=partner, kind="new", status="won", amount=amount, created=day, closed=day)
        )

    def _customer(self, partner: str, number: int) -> str:
        id = f"{partner}:C{number % 12}"
        if all(c.id != id for c in self.rows["customer"][-200:]):
            segment = "small" if number % 2 else "large"
            self.rows["customer"].append(Customer(id=id, name=f"Customer {id}", segment=segment))
        return id

    def _contracts(self, deal: Deal) -> None:
        """A year's contract, paid by the quarter, and its renewals up to the last day."""
        assert deal.closed is not None and deal.amount is not None
        keeps = self.habits.keeps[int((deal.customer or "").rpartition("C")[2]) % 2]
        start, amount, before = deal.closed + timedelta(days=20), money(float(deal.amount) * 0.5), None
        for term in range(6):
            end = add_months(start, 12) - timedelta(days=1)
            row = Contract(
                id=f"{deal.id}:K{term}",
                partner=deal.partner,
                customer=deal.customer,
                deal=deal.id if before is None else None,
                renewal_of=before,
                start=start,
                end=end,
                recurring=amount,
                cadence="quarter",
            )
            if start > LAST:
                return
            outcome, after = self._renewal(keeps, amount)
            is_over = end <= LAST
            told = replace(row, outcome=outcome, outcome_on=end, outcome_amount=after) if is_over else row
            self.rows["contract"].append(told)
            self.rows["transaction"] += _payments(row)
            if not is_over or outcome == "churned":
                return
            start, amount, before = end + timedelta(days=1), after, row.id

    def _renewal(self, keeps: float, amount: Decimal) -> tuple[str, Decimal]:
        if self.dice.random() >= keeps:
            return "churned", Decimal(0)
        way = self.dice.random()
        if way < 0.15:
            return "expanded", money(float(amount) * self.dice.uniform(1.1, 1.5))
        if way < 0.25:
            return "contracted", money(float(amount) * self.dice.uniform(0.5, 0.9))
        return "renewed", amount


def _payments(contract: Contract) -> Iterator[Transaction]:
    assert contract.start is not None and contract.recurring is not None
    for n in range(4):
        day = add_months(contract.start, 3 * n)
        if day <= LAST:
            yield Transaction(
                id=f"{contract.id}:{n}",
                partner=contract.partner,
                customer=contract.customer,
                kind="payment",
                day=day,
                amount=(contract.recurring / 4).quantize(Decimal("0.01")),
                contract=contract.id,
            )


def over(deal: Deal, status: str, day: date) -> Deal:
    return replace(deal, status=status, closed=day) if day <= LAST else deal


def _skilled(chance: float, skill: float) -> float:
    odds = log(chance / (1 - chance)) + skill
    return 1 / (1 + exp(-odds))


def money(amount: float) -> Decimal:
    return Decimal(int(amount))


def within(dice: Random, month: date) -> date:
    return month + timedelta(days=dice.randrange(28))


def poisson(dice: Random, mean: float) -> int:
    """A number of events (Knuth 1969); means here are small."""
    least, product, count = exp(-mean), dice.random(), 0
    while product > least:
        product *= dice.random()
        count += 1
    return count
