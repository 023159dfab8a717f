"""The product's side of `scenarios`: many futures of a partner with open deals under two bands and a tier step.

The deals are those of the plain program, drawn as it draws them, and so is what they earn. What is timed is what it
times: drawing which deals are won in every future, what each future earns, and the range of that.
"""

import json
import random
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from partnerdesk.engine.facts import Deal, Facts, Partner
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.forecast.counting import Months, all_lines, within
from partnerdesk.forecast.futures import futures
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ranges import range_of
from tests.forecast.books import program

AS_OF, HORIZON = date(2026, 3, 31), date(2026, 6, 30)


def book(items: int) -> Facts:
    """A partner with so many open deals, all due before the horizon."""
    draw = random.Random(1)
    deals = tuple(
        Deal(
            id=f"D{number}",
            partner="P1",
            amount=Decimal(draw.randrange(100_000, 5_000_000)).scaleb(-2),
            created=date(2026, 1, 10),
            expected_close=date(2026, 5, 15),
            probability=Decimal(repr(draw.random())),
        )
        for number in range(items)
    )
    return Facts({"partner": (Partner(id="P1", name="Alder", joined=date(2023, 1, 1)),), "deal": deals})


def main(items: int, runs: int) -> float:
    """Seconds that so many futures take."""
    asked = Asked(AS_OF, HORIZON, runs)
    prepared = Prepared([program()], Learned(book(items), AS_OF), "P1", asked)
    terms = Terms(prepared.programs, HORIZON)
    months = Months(terms.calendar, AS_OF, HORIZON)
    start = time.perf_counter()
    found = futures(prepared, months, all_lines)
    range_of([within(one.earned, months.whole) for one in found], terms.currency)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps({"seconds": main(int(sys.argv[1]), int(sys.argv[2]))}))
