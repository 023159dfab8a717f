"""Windows of one ledger without identifiers, imported as they overlap: what the book holds is what the ledger holds."""

import random
from collections import Counter
from pathlib import Path

from partnerdesk.queries.facts import facts
from partnerdesk.store.file import Store
from tests.files import bring, csv_file

HEADER = "Date,Partner,Customer,Net amount,Type\n"
DAYS = [f"2024-01-{d:02d}" for d in range(1, 11)]


def overlap(folder: Path, seed: int) -> None:
    """One sequence of exports of whole days, in which equal rows happen; raises where a row is lost or doubled."""
    chosen = random.Random(seed)
    ledger = [
        (day, f"{day},{chosen.choice('AB')},C,{chosen.choice((5, 7))}.00,invoice\n")
        for day in DAYS
        for _ in range(chosen.randint(0, 4))
    ]
    seen: set[str] = set()
    with Store.create(folder / f"{seed}.partnerdesk", user="Ann") as store:
        for _ in range(4):
            first = chosen.randint(0, 8)
            window = DAYS[first : chosen.randint(first + 1, 10)]
            rows = "".join(row for day, row in ledger if day in window)
            if rows:
                bring(store, csv_file(folder, HEADER + rows))
                seen |= set(window)
        held = store.read(facts, kinds=("transaction",)).of("transaction")
        found = Counter(f"{t.day},{t.partner},{t.customer},{t.amount},{t.kind}\n" for t in held)
    assert found == Counter(row for day, row in ledger if day in seen), f"seed {seed}"
