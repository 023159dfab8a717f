"""A what-if on the sample book: `python bench_whatif.py BOOK` prints the seconds that one change takes, both sides.

A book was read once before, as the page has it; each change is another one, so that nothing of it is known yet. One
half are facts, the other keys of the program, whose text is read and checked again. The median is told.
"""

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTNER, TODAY, CHANGES = "P-04", date(2026, 11, 19), 6


def main() -> None:
    """Prints the median."""
    sys.path.insert(0, str(ROOT))
    from partnerdesk.ops.whatif.beside import beside
    from partnerdesk.ops.whatif.trying import Case, given
    from partnerdesk.queries.scenarios import RULE, SET, Change
    from partnerdesk.store import Store

    with Store.open(Path(sys.argv[1]), user="bench", write=False) as store:
        book = store.read(given, PARTNER, TODAY)
        deal = next(d for d in book.facts.of("deal") if d.partner == PARTNER and d.status == "won")
        store.read(beside, PARTNER, Case(), Case(), TODAY)
        took = []
        for number in range(1, CHANGES + 1):
            fact = Change(SET, "deal", deal.id, "amount", f"{100_000 + number}")
            rule = Change(RULE, book.texts[-1].version, "", "earning.anchor.rate.by_tier.Platinum", f"0.1{number}")
            start = time.perf_counter()
            store.read(beside, PARTNER, Case(), Case("If", (rule if number % 2 else fact,)), TODAY)
            took.append(time.perf_counter() - start)
    print(json.dumps(statistics.median(took)))


if __name__ == "__main__":
    main()
