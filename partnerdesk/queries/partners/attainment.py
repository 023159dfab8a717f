"""Targets against what was sold, and how many deals are won of those that end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.money import major
from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, period_at


@dataclass(frozen=True, slots=True)
class AttainmentRow:
    """A person's (or partner's) target of a period and what was sold; `id` is "" for all of them together."""

    period: str
    id: str
    name: str
    number: str  # the person's number in the source system
    currency: str
    target: Decimal
    actual: Decimal

    @property
    def share(self) -> Decimal | None:
        """Actual over target; None without a target."""
        return self.actual / self.target if self.target else None


def attainment(
    session: Session, unit: str = "year", year: FiscalYear = CALENDAR_YEAR, by: str = "person"
) -> tuple[AttainmentRow, ...]:
    """Every revenue target of a person or a partner by period, then one row for all, whose actual is all revenue."""
    targets = _targets(session, unit, year, by)
    actuals, totals = _actuals(session, unit, year, "owner" if by == "person" else "partner")
    number = "employee" if by == "person" else "''"
    sql = f"SELECT id, name, {number} FROM {by}"
    names = {row[0]: (row[1], row[2]) for row in session.connection().exec_driver_sql(sql).fetchall()}
    rows = []
    sums: dict[tuple[str, str], int] = {}
    for (period, id, currency), units in sorted(targets.items()):
        name, known_as = names.get(id, (id, ""))
        actual = actuals.get((period, id, currency), 0)
        rows.append(AttainmentRow(period, id, name, known_as, currency, *_majors(units, actual, currency)))
        sums[period, currency] = sums.get((period, currency), 0) + units
    for (period, currency), units in sorted(sums.items()):
        actual = totals.get((period, currency), 0)
        rows.append(AttainmentRow(period, "", "", "", currency, *_majors(units, actual, currency)))
    return tuple(rows)


def _majors(target: int, actual: int, currency: str) -> tuple[Decimal, Decimal]:
    return major(target, currency), major(actual, currency)


def _targets(session: Session, unit: str, year: FiscalYear, by: str) -> dict[tuple[str, str, str], int]:
    sql = (
        f"SELECT {by}, start, currency, sum(amount) FROM target "
        f"WHERE metric = 'revenue' AND {by} IS NOT NULL AND start IS NOT NULL AND amount IS NOT NULL GROUP BY 1, 2, 3"
    )
    found: dict[tuple[str, str, str], int] = {}
    for id, day, currency, amount in session.connection().exec_driver_sql(sql).fetchall():
        key = (_label(day, unit, year), id, currency)
        found[key] = found.get(key, 0) + amount
    return found


def _actuals(session: Session, unit: str, year: FiscalYear, by: str) -> tuple[dict[Any, int], dict[Any, int]]:
    sql = (
        f"SELECT {by}, closed, currency, sum(amount) FROM deal "
        "WHERE status = 'won' AND closed IS NOT NULL AND amount IS NOT NULL GROUP BY 1, 2, 3"
    )
    of_each: dict[Any, int] = {}
    of_all: dict[Any, int] = {}
    for id, day, currency, amount in session.connection().exec_driver_sql(sql).fetchall():
        period = _label(day, unit, year)
        of_each[period, id, currency] = of_each.get((period, id, currency), 0) + amount
        of_all[period, currency] = of_all.get((period, currency), 0) + amount
    return of_each, of_all


def _label(day: str, unit: str, year: FiscalYear) -> str:
    return period_at(date.fromisoformat(day), unit, year).label


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Deals by how they stand. `win_rate` is won over won and lost; None where none ended. One currency."""

    currency: str
    deals: int
    open: int
    won: int
    lost: int
    amount: Decimal
    won_amount: Decimal
    open_amount: Decimal
    stages: tuple[tuple[str, int], ...]
    without_company: int  # deals that name neither partner nor customer

    @property
    def win_rate(self) -> Decimal | None:
        ended = self.won + self.lost
        return Decimal(self.won) / ended if ended else None


def pipeline(session: Session, partner: str | None = None, system: str | None = None) -> tuple[Pipeline, ...]:
    """All deals, or those of a partner or of one source system, one row per currency."""
    where = "(?1 IS NULL OR partner = ?1) AND (?2 IS NULL OR system = ?2)"
    on = session.connection()
    sql = (
        "SELECT currency, status, count(*), coalesce(sum(amount), 0), sum(partner IS NULL AND customer IS NULL) "
        f"FROM deal WHERE {where} GROUP BY currency, status"
    )
    found: dict[str, dict[str, tuple[int, int, int]]] = {}
    for currency, status, *values in on.exec_driver_sql(sql, (partner, system)).fetchall():
        found.setdefault(currency, {})[status] = (values[0], values[1], values[2])
    stages: dict[str, list[tuple[str, int]]] = {}
    sql = f"SELECT currency, stage, count(*) FROM deal WHERE {where} GROUP BY currency, stage ORDER BY 3 DESC, 2"
    for currency, stage, count in on.exec_driver_sql(sql, (partner, system)).fetchall():
        stages.setdefault(currency, []).append((stage, count))
    return tuple(_pipeline(currency, by, tuple(stages[currency])) for currency, by in sorted(found.items()))


def _pipeline(currency: str, by: dict[str, tuple[int, int, int]], stages: tuple[tuple[str, int], ...]) -> Pipeline:
    nothing = (0, 0, 0)
    return Pipeline(
        currency,
        sum(v[0] for v in by.values()),
        by.get("open", nothing)[0],
        by.get("won", nothing)[0],
        by.get("lost", nothing)[0],
        major(sum(v[1] for v in by.values()), currency),
        major(by.get("won", nothing)[1], currency),
        major(by.get("open", nothing)[1], currency),
        stages,
        sum(v[2] for v in by.values()),
    )


@dataclass(frozen=True, slots=True)
class CompanyType:
    """How many described partners and customers the source calls by a type."""

    type: str
    partners: int
    customers: int


def company_types(session: Session) -> tuple[CompanyType, ...]:
    """The types of all companies, the commonest first."""
    sql = (
        "SELECT type, sum(side = 'partner'), sum(side = 'customer') FROM ("
        "SELECT type, 'partner' AS side, attributes FROM partner UNION ALL "
        "SELECT type, 'customer', attributes FROM customer) "
        "WHERE instr(attributes, '\"known by\"') = 0 GROUP BY type ORDER BY count(*) DESC, type"
    )
    return tuple(CompanyType(*row) for row in session.connection().exec_driver_sql(sql).fetchall())
