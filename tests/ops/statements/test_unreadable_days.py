"""A fact whose day cannot be read is told on its statement; it stops no close, and the sheet replays byte for byte."""

from datetime import date
from pathlib import Path

from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.statements.closing import READY, run
from partnerdesk.store import Store
from tests.engine.cases import HEAD, PARTNER
from tests.engine.test_free_attributes import DAYS, stay

AS_OF = date(2026, 3, 31)


def test_it_stands_under_what_did_not_count_and_the_period_closes(tmp_path: Path) -> None:
    rows = [PARTNER, stay("S1", "2026-02-01", "31/03/2026"), stay("S2", "2026-02-01", "2026-02-28")]
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, rows, system="test")
        store.transact("Add program", add_version, HEAD + DAYS, "1.toml")
        found = store.read(run, "2026-02", AS_OF)
        assert [(row.status, row.why) for row in found.rows] == [(READY, "")]
        document = store.read(statement_document, "A", "2026-02", AS_OF)
        assert [row.reason for row in document.uncounted] == ["its checkout “31/03/2026” is no day such as 2026-01-31"]
        store.transact(
            "Close", close_period, "2026-02", AS_OF, maker="Ana", checker="Bo", total=found.total, at="2026-03-31"
        )
        assert [row.difference for row in store.read(replay)] == [""]
