"""Forecasts of the past against what came: planted books, and the resellers of AdventureWorks under the growth plan.

A planted book has habits of its own (win rates by stage, renewals, seasons, growth, slips, sudden business); it is
forecast from what was known on two days. Printed are coverage of the 80 and 50 % bands and pinball losses beside last
year's same period, the trailing mean and the weighted pipeline; the part fails where a band covers less than 75 or
more than 85 %, or a simple way did better.

Besides, books unlike these: growth, seasons, rare large deals, a shock, newcomers, few deals, deals that are told once
they are won, a bare export, luck that a whole book shares. Coverage is printed for each; all together must hold.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from partnerdesk.engine.facts import Deal, Facts, Partner
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.forecast.backtest import Tested, Trial, backtest
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.scoring import Judged, Score, score
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_file
from tests.conftest import SHARED
from tests.prove.foreign_scores import hold_foreign
from tests.prove.planted_scores import hold as hold_planted
from tests.prove.planted_scores import trialled

DATA = SHARED / "data" / "adventureworks_resellers"
FILES = (
    (DATA / "ResellerSales_201707_202005.csv", "utf-8-sig", "Sales"),
    (DATA / "as_published" / "ResellerSales_202006.csv", "utf-16", "SalesAmount"),
)
DAYS = (date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31))
LAST = date(2020, 6, 30)
QUARTERS = 8  # a partner has at least so many behind it


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


def tested_on(seed: int, scenarios: int, every: int, day: date) -> Tested:
    """One day's forecasts of every reseller with a record, or of each so many-th."""
    program = read_file(Path(resource("programs/adventureworks_growth.toml"))).program
    assert program is not None
    test = Trial([day], 12, "quarter", scenarios, seed)
    return backtest(
        [program],
        resellers(),
        LAST,
        test,
        lambda learned, who: int(who) % every == 0 and has_a_record(learned, who),
        is_commission,
    )


def growth_plan(seed: int, scenarios: int = 200, every: int = 1) -> list[Judged]:
    """The back-test of all days, in as many processes as there are cores."""
    if not DATA.exists():
        raise FileNotFoundError("the shared reseller data is not beside the checkout")
    work = partial(tested_on, seed, scenarios, every)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return [row for found in pool.map(work, DAYS) for row in found.rows]


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


def _wide(full: bool) -> tuple[Decimal, Decimal]:
    """Between which shares a band of 80 % may cover: one book has too few forecasts to say."""
    return (Decimal("0.75"), Decimal("0.85")) if full else (Decimal("0.5"), Decimal(1))


def main(*, full: bool, seed: int) -> None:
    """200 planted books, then the resellers both ways ahead; the quick one takes few and claims no more than it can."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        hold_planted([*pool.map(trialled, range(seed, seed + 200))] if full else [trialled(seed, 20, 3)], *_wide(full))
    hold_foreign(seed, 20 if full else 1, 80 if full else 20)
    rows = growth_plan(seed, 200 if full else 40, 1 if full else 10)
    for ahead in (1, 4):
        mine = [row for row in rows if row.ahead == ahead]
        if full:
            hold(f"growth plan, {ahead} quarters ahead", mine)
        elif found := score(mine):
            print(told(f"growth plan, {ahead} quarters ahead, a tenth", found))
