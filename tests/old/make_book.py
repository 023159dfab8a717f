"""Makes the book of the present version: `python -m tests.old.make_book`. Run once per release, never again for it."""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from partnerdesk import __version__
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.paths import resource
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

HERE = Path(__file__).parent


def main() -> None:
    """One partner, a program, three months of which two are closed, and a note."""
    os.environ["PARTNERDESK_HOME"] = tempfile.mkdtemp()
    path = HERE / f"v{__version__}.partnerdesk"
    with Store.create(path, user="Ana") as store:
        store.transact("Add facts", add_rows, facts(), system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        store.transact("Add program", add_version, text, "2024.1.toml")
        store.transact("Add note", add_note, "P1", day=date(2025, 2, 3), text="Łużyca prüft R&D <Labs>", author="Ana")
        for label in ("2025-01", "2025-02"):
            total = store.read(run, label, AS_OF).total
            at = "2025-04-15T09:00:00Z"
            store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=at)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
