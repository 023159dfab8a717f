"""Forecasts of the resellers of AdventureWorks under the growth plan, one and four quarters ahead, against what came.

A case is one of four days and an eighth of the resellers that have a record: 32 cases in a row are all of them.
`SEEDS=a-b` runs some; the results are kept and added up.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from partnerdesk.engine.facts import Deal, Facts, Partner
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.forecast.backtest import Tested, Trial, backtest
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.scoring import Judged, Score, score
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_file
from tests.conftest import SHARED
from tests.prove.kept_cases import gathered

DATA = SHARED / "data" / "adventureworks_resellers"
FILES = (
    (DATA / "ResellerSales_201707_202005.csv", "utf-8-sig", "Sales"),
    (DATA / "as_published" / "ResellerSales_202006.csv", "utf-16", "SalesAmount"),
)
DAYS = (date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31))
LAST = date(2020, 6, 30)
QUARTERS = 8  # a partner has at least so many behind it
EIGHTHS = 8
CASES = len(DAYS) * EIGHTHS


@lru_cache(maxsize=1)
def resellers() -> Facts:
    """Every order of the resellers as a deal that was won on its day."""
    amounts: dict[tuple[str, str, date], Decimal] = defaultdict(Decimal)
    for path, encoding, column in FILES:
        with path.open(encoding=encoding, newline="") as file:
            for row in csv.DictReader(file):
                key = (row["SalesOrderNumber"], row["ResellerKey"], date.fromisoformat(row["OrderDate"][:10]))
                amounts[key] += Decimal(row[column])
    deals = (
        Deal(id=order, partner=who, status="won", closed=day, amount=amount, currency="USD")
        for (order, who, day), amount in amounts.items()
    )
    names = sorted({who for _, who, _ in amounts})
    partners = (Partner(id=who, name=f"Reseller {who}", currency="USD") for who in names)
    return Facts({"partner": tuple(partners), "deal": tuple(deals)})


def has_a_record(learned: Learned, partner: str) -> bool:
    """Whether a partner has eight quarters behind it and bought something in the last year."""
    record = learned.records.get("deal")
    return record is not None and (partner, 0) in record.levels and record.habits[partner].tenure >= QUARTERS


def is_commission(line: EarningLine[Decimal]) -> bool:
    return line.type == "COMMISSION"


def tested_on(day: date, seed: int, scenarios: int, chosen: Callable[[int], bool]) -> Tested:
    """One day's forecasts of the resellers with a record whose number is chosen."""
    program = read_file(Path(resource("programs/adventureworks_growth.toml"))).program
    assert program is not None
    test = Trial([day], 12, "quarter", scenarios, seed)
    return backtest(
        [program],
        resellers(),
        LAST,
        test,
        lambda learned, who: chosen(int(who)) and has_a_record(learned, who),
        is_commission,
    )


def case(number: int) -> tuple[Judged, ...]:
    """The forecasts of one case."""
    day, eighth = DAYS[number % len(DAYS)], number // len(DAYS) % EIGHTHS
    return tested_on(day, number // CASES, 200, lambda who: who % EIGHTHS == eighth).rows


def told(name: str, found: Score) -> str:
    """A score as a line."""
    ways = (("last year", found.last_year), ("trailing mean", found.trailing), ("pipeline", found.pipeline))
    beside = ", ".join(f"{way} {loss:,.0f}" for way, loss in ways if loss is not None)
    return (
        f"  {name}: {found.count} forecasts, 80 % bands cover {found.within_80:.1%}, 50 % bands {found.within_50:.1%}, "
        f"pinball {found.pinball:,.0f} ({beside}), bias {found.bias:,.0f}"
    )


def hold(name: str, rows: Iterable[Judged]) -> Score:
    """Prints the score of some forecasts and raises AssertionError where it does not hold."""
    found = score([*rows])
    assert found is not None, f"{name}: nothing was forecast"
    print(told(name, found), flush=True)
    assert Decimal("0.75") <= found.within_80 <= Decimal("0.85"), f"{name}: bands cover {found.within_80:.1%}"
    for loss in (found.last_year, found.trailing):
        assert loss is None or found.pinball < loss, f"{name}: a simple way did better"
    return found


def main(*, full: bool, seed: int) -> None:
    """All cases; the quick one takes a tenth of the resellers and claims nothing."""
    if not DATA.exists():
        raise FileNotFoundError("the shared reseller data is not beside the checkout")
    if full:
        found = gathered("forecast_growth", seed, CASES, case)
    else:
        found = [tested_on(day, seed, 40, lambda who: who % 10 == 0).rows for day in DAYS]
    rows = [row for some in found for row in some]
    print(f"  {len(found)} of {CASES if full else len(DAYS)} cases", flush=True)
    for ahead in (1, 4):
        mine = [row for row in rows if row.ahead == ahead]
        if full and len(found) >= CASES:
            hold(f"growth plan, {ahead} quarters ahead", mine)
        elif some := score(mine):
            print(told(f"growth plan, {ahead} quarters ahead, in part", some))
