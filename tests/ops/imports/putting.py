"""Files as the tests of imports put them into a book, and what the book holds then."""

from typing import Any

from partnerdesk.queries.facts import facts
from partnerdesk.store.file import Store
from tests.store.steps import dump

HEADER = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\n"
ONE = "D-1,Acme,Foo,Closed Won,100.00,EUR,2024-03-15\n"
TWO = "D-2,Beta,Bar,Talks,50.00,EUR,2024-05-15\n"


def held(store: Store, kind: str) -> dict[str, Any]:
    """The facts of a kind by id."""
    return {row.id: row for row in store.read(facts, kinds=(kind,)).of(kind)}


def content(store: Store) -> dict[str, Any]:
    """All facts without where they were read."""
    with store._reader_alone() as raw:
        found = dump(raw)
    return {name: rows for name, rows in found.items() if name not in ("book", "batch", "source_row", "setting")}
