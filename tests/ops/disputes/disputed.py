"""A book with three closed months of one partner, for tests of disputes."""

from datetime import date
from pathlib import Path

from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.paths import resource
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

MOMENT = "2025-04-15T09:00:00Z"
RAISED = date(2025, 4, 20)
LATER = date(2025, 5, 6)


def opened(path: Path, meanwhile: str) -> Store:
    """A book with three closed months of one partner; line of January: 1,200.00, of which 480.00 were paid."""
    store = Store.create(path / f"{meanwhile}.partnerdesk", user="Ana")
    store.transact("Add facts", add_rows, facts(), system="test")
    text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
    text = text.replace("[disputes]", f'[disputes]\nmeanwhile = "{meanwhile}"')
    store.transact("Add program", add_version, text, "2024.1.toml")
    for label in ("2025-01", "2025-02", "2025-03"):
        total = store.read(run, label, AS_OF).total
        store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)
    return store


def line(store: Store) -> str:
    return store.read(evaluation, AS_OF).partners["P1"].lines[0].id
