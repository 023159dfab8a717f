"""A program of three tiers by quarter, and the path that a partner takes through them."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Deal, Partner, TierDecision
from partnerdesk.engine.outcome import Standing
from partnerdesk.engine.period import add_months
from tests.engine.cases import worked

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }

[[tier]]
name = "Bronze"
[[tier]]
name = "Silver"
requires = { metric = "revenue", at_least = 100 }
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 200 }
[[tier]]
name = "Platinum"
requires = { metric = "revenue", at_least = 300 }
"""
AS_OF = date(2028, 1, 31)
JOINED = date(2026, 1, 1)


def deal(day: date, amount: int) -> Deal:
    return Deal(id=f"D{day}", partner="A", status="won", closed=day, amount=Decimal(amount))


def quarters(*revenue: int) -> list[Deal]:
    """One deal in the second month of each quarter from 2026Q1 on."""
    return [deal(add_months(date(2026, 2, 1), 3 * n), amount) for n, amount in enumerate(revenue)]


def standings(
    tiers: str, rows: list[Deal], *more: object, joined: date | None = JOINED, as_of: date = AS_OF
) -> dict[str, Standing[Decimal]]:
    partner = Partner(id="A", name="Alder", joined=joined)
    return dict(worked(f"{PROGRAM}\n[tiers]\n{tiers}\n", [partner, *rows, *more], as_of).standings)


def path(tiers: str, *revenue: int, joined: date | None = JOINED) -> str:
    """The first letters of the tiers in force at the ends of the quarters, one more than there is revenue for."""
    found = standings(tiers, quarters(*revenue), joined=joined)
    return "".join(s.tier[0] for s in list(found.values())[: len(revenue) + 1])


def decision(day: date, tier: str) -> TierDecision:
    return TierDecision(id=f"T{day}", partner="A", day=day, tier=tier, reason="r")


SECOND = PROGRAM.replace('"1"', '"2"').replace("2026-01-01", "2026-07-01")


def versions(first: str, second: str, *revenue: int, text: str = SECOND) -> str:
    texts = [f"{PROGRAM}\n[tiers]\n{first}\n", f"{text}\n[tiers]\n{second}\n"]
    found = worked(texts, [Partner(id="A", name="A", joined=JOINED), *quarters(*revenue)], AS_OF).standings
    return "".join(s.tier[0] for s in list(found.values())[: len(revenue) + 1])


EARNING = """
[earning.share]
says = "Share"
type = "SHARE"
on = "deal won"
base = "amount"
rate = { by_tier = { Bronze = 0.01, Silver = 0.02, Gold = 0.03, Platinum = 0.04 } }
"""
