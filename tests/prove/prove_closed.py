"""Closed means closed (R25): writes to closed periods by every path, and none changes a byte of what was frozen.

SQL through the book's own connection (UPDATE, DELETE, REPLACE, upsert, another entry, another statement, also with
the pragmas off that guard REPLACE), a second close, late rows, corrections and undo.
"""

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from partnerdesk.errors import Damaged, Refused
from partnerdesk.ops.payments.releasing import release_run
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.ops.statements.restating import restate
from partnerdesk.queries.payments.due import DUE, due
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.statement.canonical import fingerprint
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.prove.closed_writes import ALLOWED, CLOSED, DAY, MOMENT, REFUSED, frozen
from tests.prove.home import own_home
from tests.prove.steps import Steps


def main(full: bool, seed: int) -> None:
    """5,000 attempts; what was frozen is compared after each, the statements made again at the end."""
    with own_home() as folder, closed_book(folder / "closed.partnerdesk") as store:
        attempts(store, seed, 5_000 if full else 150)


def closed_book(path: Path) -> Store:
    """A book with three closed months, one of them restated, and what they made payable released."""
    make_book(path)
    store = Store.open(path, user="Ann")
    for label in CLOSED:
        total = store.read(run, label, DAY).total
        store.transact("Close", close_period, label, DAY, maker="Ann", checker="Ben", total=total, at=MOMENT)
    who = {"maker": "Ann", "checker": "Ben", "at": MOMENT}
    store.transact("Restate", restate, "P1", CLOSED[0], DAY, reason="never sent", **who)
    total = sum((row.net for row in store.read(due, DAY, DAY) if row.status == DUE), Decimal(0))
    store.transact("Release", release_run, DAY, DAY, total=total, **who)
    return store


def attempts(store: Store, seed: int, count: int) -> Counter[str]:
    """Makes the attempts; returns how many of each kind were refused or left everything as it was."""
    before, marks = frozen(store), _fingerprints(store)
    made = Counter[str]()
    kinds = {**REFUSED, **ALLOWED}
    for number in Steps.of("attempted writes", count):
        draw = random.Random(seed + number)
        kind = draw.choice(list(kinds))
        try:
            kinds[kind](store, draw)
        except (Refused, Damaged, DBAPIError, driver.Error):
            assert kind in REFUSED, f"seed {seed + number}: {kind} was refused"
        else:
            assert kind in ALLOWED, f"seed {seed + number}: {kind} was let through"
        assert frozen(store) == before, f"seed {seed + number}: {kind} changed what is closed"
        made[kind] += 1
    assert _fingerprints(store) == marks
    assert [f for f in store.check() if f.category in ("file", "references", "schema", "history")] == []
    return made


def _fingerprints(store: Store) -> list[str]:
    return [fingerprint(store.read(statement_document, "P1", label, DAY)) for label in CLOSED]
