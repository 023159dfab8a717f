"""Small random partners on their way to a tier, under random requirements, and the cheapest way by trying all sets."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations
from random import Random

from partnerdesk.engine.facts import Certification, Contract, Deal, Deployment, Facts, Partner, Person
from partnerdesk.engine.period import period_at
from partnerdesk.engine.rules import Program
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.path import CHEAPEST, FEWEST, paths
from partnerdesk.forecast.ways import Way
from partnerdesk.program.reader import read_program

AS_OF, REVIEW = date(2026, 2, 10), date(2026, 3, 31)
LEAST, MOST = 3, 8  # actions of a case: up to 256 sets
OTHERS = 0.1  # the share of cases that are taken although doing everything does not reach the tier

METRICS = """
program = "way"
version = "1"
effective_from = 2024-01-01
name = "Way"
currency = "EUR"
statements = "quarter"

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
window = "trailing 12 months"

[metric.size]
says = "Mean deal"
of = "deal"
where = { status = "won" }
take = "mean"
value = "amount"
day = "closed"
window = "trailing 12 months"
missing = "not evaluated"

[metric.smallest]
says = "Smallest deal"
of = "deal"
where = { status = "won" }
take = "least"
value = "amount"
day = "closed"
window = "period"
missing = "not evaluated"

[metric.renewals]
says = "Renewal rate"
retention = "gross revenue"
window = "trailing 12 months"

[metric.people]
says = "Certified people"
of = "certification"
take = "distinct"
value = "person"
day = "awarded"
until = "expires"
window = "in force"

[metric.on_time]
says = "Live on time"
of = "deployment"
take = "mean"
value = "on_time"
day = "live"
window = "trailing 12 months"
unit = "%"
missing = "not evaluated"

[metric.growth]
says = "Growth"
growth = "revenue"
growth_as = "share"

[metric.both]
says = "Renewals and punctuality"
mix = [{ metric = "renewals", weight = 60 }, { metric = "on_time", weight = 40 }]
"""

SCORE = """
[score]
every = "quarter"

[[score.parts]]
metric = "renewals"
weight = {first}
scale = [{{ at = 0.50, points = 0 }}, {{ at = 1.00, points = 100 }}]
{minimum}

[[score.parts]]
metric = "revenue"
weight = {second}
scale = [{{ at = 20_000, points = {bottom} }}, {{ at = 150_000, points = {top} }}]

[[score.parts]]
metric = "on_time"
weight = 20
scale = [{{ at = 0.0, points = 0 }}, {{ at = 1.0, points = 100 }}]
"""

TIERS = """
[tiers]
every = "quarter"
moves = "automatic"
{sticky}

[[tier]]
name = "Registered"

[[tier]]
name = "Silver"
requires = {{ metric = "revenue", at_least = 10_000 }}

[[tier]]
name = "Gold"
requires = {requires}

[earning.commission]
says = "Commission"
type = "COMMISSION"
on = "deal won"
base = "amount"
rate = 0.10
"""


def program(dice: Random) -> Program:
    """Requirements that pull in different directions: sums, means, rates, people, a score, groups of them."""
    leaves = [
        f'{{ metric = "revenue", at_least = {dice.randrange(20_000, 110_000, 5000)} }}',
        f'{{ metric = "size", at_least = {dice.randrange(8_000, 34_000, 2000)} }}',
        f'{{ metric = "smallest", above = {dice.randrange(4_000, 20_000, 2000)} }}',
        f'{{ metric = "size", at_most = {dice.randrange(20_000, 50_000, 2000)} }}',
        f'{{ metric = "renewals", at_least = 0.{dice.randrange(30, 95)} }}',
        f'{{ metric = "people", at_least = {dice.randrange(1, 5)} }}',
        f'{{ metric = "on_time", at_least = 0.{dice.randrange(10, 90)} }}',
        f'{{ metric = "growth", at_least = 0.{dice.randrange(0, 9)} }}',
        f'{{ metric = "both", at_least = 0.{dice.randrange(40, 95)} }}',
        f'{{ metric = "revenue", at_least = {dice.randrange(5_000, 60_000, 5000)}, for_periods = 2 }}',
        '{ tier = "Silver" }',
    ]
    text, has_score = METRICS, dice.random() < 0.6
    if has_score:
        minimum = dice.choice(("", "", "minimum = 20"))
        first = dice.choice((30, 50))
        bottom, top = dice.choice(((0, 100), (0, 100), (70, 10)))
        text += SCORE.format(first=first, second=80 - first, minimum=minimum, bottom=bottom, top=top)
        leaves += [f"{{ score = {dice.randrange(20, 65)} }}"] * 4
    chosen = dice.sample(leaves, dice.choice((2, 2, 3, 4)))
    group = dice.random()
    inner = f"{{ any = [{', '.join(chosen[1:])}] }}" if group < 0.5 else ", ".join(chosen[1:])
    if group > 0.85:
        inner = f"{{ at_least = 1, of = [{', '.join(chosen[1:])}] }}"
    requires = f"{{ all = [{chosen[0]}, {inner}] }}"
    sticky = dice.choice(("", "", "", "qualifies_for = 2"))
    found = read_program(text + TIERS.format(requires=requires, sticky=sticky), "way.toml")
    assert found.program is not None, found.problems
    return found.program


def facts(dice: Random) -> Facts:
    """A partner with a past, and a few things open: at most eight actions with those that certify people."""
    won = [
        Deal(id=f"W{n}", partner="P1", customer="C1", status="won", created=day, closed=day, amount=_amount(dice))
        for n in range(dice.randrange(0, 4))
        for day in [AS_OF - timedelta(days=dice.randrange(5, 700))]
    ]
    deals = [
        Deal(
            id=f"D{n}",
            partner="P1",
            customer="C1",
            created=date(2026, 1, 5),
            expected_close=_soon(dice),
            amount=_amount(dice),
        )
        for n in range(dice.randrange(0, 4))
    ]
    return Facts(
        {
            "partner": (Partner(id="P1", name="Alder", joined=date(2024, 1, 1)),),
            "deal": (*won, *deals),
            "contract": tuple(_contracts(dice)),
            "deployment": tuple(_deployments(dice)),
            "certification": tuple(_certificates(dice)),
            "person": (Person(id="A", name="Ada", side="partner", partner="P1"),),
        }
    )


def _amount(dice: Random) -> Decimal:
    return Decimal(dice.randrange(3_000, 60_000, 500))


def _soon(dice: Random) -> date:
    return AS_OF + timedelta(days=dice.randrange(1, 120))


def _contracts(dice: Random) -> list[Contract]:
    found = []
    for n in range(dice.randrange(0, 5)):
        is_due = dice.random() < 0.6
        end = _soon(dice) if is_due else AS_OF - timedelta(days=dice.randrange(1, 200))
        outcome = "open" if is_due else dice.choice(("renewed", "churned"))
        found.append(
            Contract(
                id=f"K{n}",
                partner="P1",
                customer=f"C{n}",
                start=end - timedelta(days=364),
                end=end,
                recurring=_amount(dice),
                outcome=outcome,
                outcome_on=None if is_due else end,
                outcome_amount=None,
            )
        )
    return found


def _deployments(dice: Random) -> list[Deployment]:
    found = []
    for n in range(dice.randrange(0, 3)):
        planned = _soon(dice) - timedelta(days=60)
        live = planned + timedelta(days=dice.choice((0, 20))) if dice.random() < 0.5 else None
        live = live if live is not None and live <= AS_OF else None
        found.append(Deployment(id=f"L{n}", partner="P1", customer="C1", planned_live=planned, live=live))
    return found


def _certificates(dice: Random) -> list[Certification]:
    return [
        Certification(
            id=f"Z{n}",
            partner="P1",
            person=f"Person {n}",
            certificate="Engineer",
            awarded=date(2025, 1, 1),
            expires=date(2026, 3, 1) if dice.random() < 0.5 else date(2027, 1, 1),
        )
        for n in range(dice.randrange(0, 3))
    ]


def case(seed: int) -> Way:
    """A partner's way to Gold that has something to look for; in most cases doing everything gets there."""
    dice = Random(seed)
    while True:
        version, book = program(dice), facts(dice)
        way = Way([version], Learned(book, AS_OF), "P1", ("Gold", period_at(REVIEW, "quarter")))
        everything, has_size = frozenset(range(len(way.offered))), LEAST <= len(way.offered) <= MOST
        if has_size and not way.reaches(frozenset()) and (dice.random() < OTHERS or way.reaches(everything)):
            return way


def by_trying_all(way: Way) -> tuple[Decimal, int] | None:
    """The effort and number of actions of the cheapest set, each set evaluated in full; None where none reaches."""
    numbers = range(len(way.offered))
    every = chain.from_iterable(combinations(numbers, n) for n in range(len(numbers) + 1))
    found = [
        (sum((way.offered[i].effort for i in chosen), Decimal(0)), len(chosen))
        for chosen in every
        if way.standing(frozenset(chosen)).reached == "Gold"
    ]
    return min(found, default=None)


def hold(seed: int) -> bool:
    """Holds the path of a case against all sets; says whether there is one. Raises AssertionError where it differs."""
    way = case(seed)
    found, best = paths(way), by_trying_all(way)
    assert found.is_proven, f"{seed}: the search gave up"
    assert bool(found.paths) is (best is not None), f"{seed}: {found.paths} against {best}"
    if best is None:
        assert found.missing or found.held_back, f"{seed}: nothing is said to be missing"
        return False
    path = found.paths[0]
    assert (path.name, path.effort, len(path.steps)) == (CHEAPEST, *best), f"{seed}: {path} against {best}"
    assert all(other.effort >= path.effort for other in found.paths)
    fewest = next((other for other in found.paths if other.name == FEWEST), path)
    assert all(len(other.steps) >= len(fewest.steps) for other in found.paths), f"{seed}: fewer actions do"
    return True
