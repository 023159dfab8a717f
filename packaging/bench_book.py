"""The forecast of a whole book: so many partners with their deals, in two processes that each draw their share of it.

What is timed is all that a person would wait for after the book is read: what the record teaches, the futures, and
adding them up. The program is the reseller growth plan: bands, tiers, a bonus, a cap, a safety net and a holdback.
"""

import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Facts
    from partnerdesk.forecast.together import Share

ROOT = Path(__file__).resolve().parent.parent
BEGINS, AS_OF, HORIZON = date(2022, 1, 1), date(2026, 3, 31), date(2026, 9, 30)
PROCESSES, PORTION = 2, 4


def book(partners: int, deals: int) -> "Facts":
    """Partners whose deals are entered all the time, wait, and are won or lost; some are open on the day."""
    from partnerdesk.engine.facts import Deal, Facts, Partner

    draw, rows = random.Random(1), list[Deal]()
    each, days = deals // partners, (AS_OF - BEGINS).days
    for number in range(partners):
        size = draw.lognormvariate(9.5, 0.8)
        for place in range(each):
            created = BEGINS + timedelta(days=days * place // each)
            closes = created + timedelta(days=draw.randrange(30, 150))
            is_over, is_won = closes <= AS_OF, draw.random() < 0.5
            rows.append(
                Deal(
                    id=f"D{len(rows)}",
                    partner=f"P{number}",
                    amount=Decimal(int(size * draw.lognormvariate(0, 0.6) * 100)).scaleb(-2),
                    currency="USD",
                    created=created,
                    expected_close=closes,
                    status=("won" if is_won else "lost") if is_over else "open",
                    closed=closes if is_over else None,
                )
            )
    names = (Partner(id=f"P{n}", name=f"Partner {n}", joined=BEGINS, currency="USD") for n in range(partners))
    return Facts({"partner": tuple(names), "deal": tuple(rows)})


def half(partners: int, deals: int, scenarios: int, number: int) -> "tuple[float, list[Share]]":
    """Every other portion of the book, and the seconds without the making of the book."""
    sys.path.insert(0, str(ROOT))
    from partnerdesk.forecast.learned import Learned
    from partnerdesk.forecast.prepared import Asked
    from partnerdesk.forecast.together import shared
    from partnerdesk.program.reader import read_file

    facts, asked = book(partners, deals), Asked(AS_OF, HORIZON, scenarios)
    program = read_file(ROOT / "resources" / "programs" / "adventureworks_growth.toml").program
    assert program is not None
    names = [f"P{n}" for n in range(partners)]
    portions = [tuple(names[n : n + PORTION]) for n in range(0, partners, PORTION)][number::PROCESSES]
    start = time.perf_counter()
    learned = Learned(facts, AS_OF)
    found = [one for portion in portions for one in shared([program], learned, portion, asked, {})]
    return time.perf_counter() - start, found


def main(partners: int, deals: int, scenarios: int) -> float:
    """Seconds of the longer half, and of adding up both."""
    sys.path.insert(0, str(ROOT))
    from partnerdesk.forecast.together import together

    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(half, partners, deals, scenarios, number) for number in range(PROCESSES)]
        halves = [job.result() for job in jobs]
    start = time.perf_counter()
    whole = together(one for _, shares in halves for one in shares)
    assert len(whole.forecasts) == partners
    return max(seconds for seconds, _ in halves) + time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps({"seconds": main(*map(int, sys.argv[1:4]))}))
