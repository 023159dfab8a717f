"""Who came back: a cohort of buying partners from one period to another, and how long ago each bought last."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.period import Period


@dataclass(frozen=True, slots=True)
class Cohort:
    """Partners that bought in the first period against the second. Shares are None where nobody bought.

    Gross retention counts what each kept, at most what it bought before; net retention counts what each bought.
    """

    currency: str
    first: int
    second: int
    retained: int
    lost: int
    new: int
    growing: int
    declining: int
    logo_retention: Decimal | None
    gross_retention: Decimal | None
    net_retention: Decimal | None


def cohort(session: Session, first: Period, second: Period) -> tuple[Cohort, ...]:
    """The cohort of the first period in the second, one row per currency."""
    bought: dict[str, dict[str, list[int]]] = {}
    for place, period in enumerate((first, second)):
        sql = (
            "SELECT currency, partner, sum(amount) FROM deal WHERE status = 'won' AND partner IS NOT NULL "
            "AND closed BETWEEN ? AND ? GROUP BY currency, partner"
        )
        span = (period.start.isoformat(), period.end.isoformat())
        for currency, partner, amount in session.connection().exec_driver_sql(sql, span).fetchall():
            bought.setdefault(currency, {}).setdefault(partner, [0, 0])[place] = amount or 0
    return tuple(_cohort(currency, list(found.values())) for currency, found in sorted(bought.items()))


def _cohort(currency: str, found: list[list[int]]) -> Cohort:
    before = [(a, b) for a, b in found if a]
    kept = [(a, b) for a, b in before if b]
    spent = sum(a for a, _ in before)
    return Cohort(
        currency,
        len(before),
        sum(1 for _, b in found if b),
        len(kept),
        len(before) - len(kept),
        sum(1 for a, b in found if b and not a),
        sum(1 for a, b in kept if b > a),
        sum(1 for a, b in kept if b < a),
        Decimal(len(kept)) / len(before) if before else None,
        Decimal(sum(min(a, b) for a, b in before)) / spent if spent else None,
        Decimal(sum(b for _, b in before)) / spent if spent else None,
    )


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the revenue the largest partners bring, and the Herfindahl index in points of 10,000."""

    currency: str
    revenue: Decimal
    top: tuple[tuple[int, Decimal], ...]  # how many partners, their share
    top_fifth: Decimal | None
    index: Decimal | None


def concentration(session: Session) -> tuple[Concentration, ...]:
    """The concentration of all revenue, one row per currency."""
    sql = (
        "SELECT currency, sum(amount) FROM deal WHERE status = 'won' AND partner IS NOT NULL "
        "GROUP BY currency, partner HAVING sum(amount) > 0"
    )
    found: dict[str, list[int]] = {}
    for currency, amount in session.connection().exec_driver_sql(sql).fetchall():
        found.setdefault(currency, []).append(amount)
    return tuple(_concentration(c, sorted(amounts, reverse=True)) for c, amounts in sorted(found.items()))


def _concentration(currency: str, amounts: list[int]) -> Concentration:
    whole = sum(amounts)
    shares = [Decimal(a) / whole for a in amounts]
    tops = tuple((n, sum(shares[:n], ZERO)) for n in (1, 10, 20, 50))
    fifth = sum(shares[: len(shares) // 5], ZERO) if shares else None
    index = sum((s * s for s in shares), ZERO) * 10_000 if shares else None
    return Concentration(currency, major(whole, currency), tops, fifth, index)


@dataclass(frozen=True, slots=True)
class Recency:
    """How many described partners bought last within so many days; `days` None: never."""

    days: int | None
    partners: int


def recency(session: Session, as_of: date, bounds: tuple[int, ...] = (90, 180, 365)) -> tuple[Recency, ...]:
    """Partners by the days since their last won deal: up to each bound, beyond the last one (-1), and never."""
    sql = (
        "SELECT p.id, max(d.closed) FROM partner p LEFT JOIN deal d ON d.partner = p.id AND d.status = 'won' "
        "WHERE instr(p.attributes, '\"known by\"') = 0 GROUP BY p.id"
    )
    found: dict[int | None, int] = dict.fromkeys((*bounds, -1, None), 0)
    for _, day in session.connection().exec_driver_sql(sql).fetchall():
        if day is None:
            found[None] += 1
            continue
        age = (as_of - date.fromisoformat(day)).days
        found[next((b for b in bounds if age <= b), -1)] += 1
    return tuple(Recency(days, count) for days, count in found.items())
