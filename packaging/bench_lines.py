"""The growth plan over generated order lines, in memory: the product's side and the bare loop's, on the same facts.

Every partner has as many lines; their days spread over the quarters of the plan and their amounts over its bands, by
a seeded generator, so that every run sees the same facts. What is timed is the evaluation alone. Prints one JSON
object: the seconds, and for the product the memory of facts, results and peak in MB.
"""

import json
import random
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Facts
    from partnerdesk.engine.rules import Program

ROOT = Path(__file__).resolve().parent.parent
FIRST, DAYS, AS_OF = date(2017, 7, 1), 1096, date(2020, 6, 30)
PARTNERS = 2_000


def order_lines(count: int, partners: int) -> Iterable[tuple[str, str, date, Decimal]]:
    """Order lines as (id, partner, day, amount), in order of day as a system exports them."""
    chance = random.Random(7)
    for i in range(count):
        day = FIRST + timedelta(days=i * DAYS // count)
        yield f"SO{i:08}", str(i % partners + 1), day, Decimal(chance.randrange(100, 400_000)) / 100


def facts_of(count: int, partners: int) -> "Facts":
    """The lines as the engine's facts."""
    from partnerdesk.engine.facts import Deal, Facts, Partner

    deals = tuple(
        Deal(id=id, partner=partner, status="won", closed=day, amount=amount, currency="USD")
        for id, partner, day, amount in order_lines(count, partners)
    )
    named = tuple(Partner(id=str(n + 1), name=f"Reseller {n + 1}", currency="USD") for n in range(partners))
    return Facts({"partner": named, "deal": deals})


def growth_plan() -> "Program":
    from partnerdesk.program.reader import read_file

    program = read_file(ROOT / "resources" / "programs" / "adventureworks_growth.toml").program
    assert program is not None
    return program


def product(count: str, partners: str = str(PARTNERS)) -> dict[str, float]:
    """The engine over so many lines, to the totals; seconds, and MB of facts, of results, at the peak."""
    from partnerdesk.engine.evaluate import evaluate

    program, bare = growth_plan(), _resident("VmRSS")
    world = facts_of(int(count), int(partners))
    loaded = _resident("VmRSS")
    start = time.perf_counter()
    found = evaluate([program], world, AS_OF)
    total = sum((line.amount for outcome in found.partners.values() for line in outcome.lines), Decimal(0))
    total += sum((entry.amount for outcome in found.partners.values() for entry in outcome.entries), Decimal(0))
    seconds = time.perf_counter() - start
    rows = (row for outcome in found.partners.values() for row in (*outcome.lines, *outcome.entries))
    return {
        "seconds": seconds,
        "total": float(total),
        "facts": loaded - bare,
        "results": _megabytes(rows),
        "peak": _resident("VmHWM") - bare,
    }


def plain(loop: str, count: str, partners: str = str(PARTNERS)) -> dict[str, float]:
    """The bare Decimal loop of a file over the same lines."""
    sys.path.insert(0, str(Path(loop).parent))
    import evaluate_resellers  # type: ignore[import-not-found]

    lines = order_lines(int(count), int(partners))
    rows = [(partner, day.year * 4 + (day.month - 1) // 3, amount) for _, partner, day, amount in lines]
    start = time.perf_counter()
    evaluate_resellers.evaluate(rows)
    return {"seconds": time.perf_counter() - start}


def why(count: str) -> dict[str, float]:
    """One number of one partner with so many lines, explained: its figure, every step kept, and replayed."""
    from partnerdesk.engine.evaluate import explain
    from partnerdesk.engine.figures.replay import replay

    program, world = growth_plan(), facts_of(int(count), 1)
    start = time.perf_counter()
    found = explain([program], world, AS_OF)
    figure = found.partners["1"].lines[-1].amount
    seconds = time.perf_counter() - start
    assert replay(figure) == figure.value
    return {"seconds": seconds}


def calibration() -> dict[str, float]:
    """What this machine needs for 200,000 additions of Decimals in a loop: the figure beside absolute times."""
    amounts = [Decimal(i) / 100 for i in range(200_000)]
    start, total = time.perf_counter(), Decimal(0)
    for amount in amounts:
        total += amount
    return {"seconds": time.perf_counter() - start}


def _resident(field: str) -> float:
    """Resident memory of this process in MB, as the kernel counts it."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _megabytes(rows: Iterable[Any]) -> float:
    """The memory of result rows with what only they hold: their texts and numbers."""
    seen: dict[int, int] = {}
    for row in rows:
        for part in (row, *row):
            seen[id(part)] = sys.getsizeof(part)
    return sum(seen.values()) / 1024**2


JOBS = {"product": product, "plain": plain, "why": why, "calibration": calibration}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*sys.argv[2:])))
