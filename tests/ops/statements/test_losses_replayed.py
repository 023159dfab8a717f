"""Statements that were closed before what settlement forfeits was an entry are replayed as they were, byte for byte."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.semantics import FIRST
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements import documents, replaying
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries import figures
from partnerdesk.queries.statements.archive import closed_statements, posted
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.workbook import workbook
from partnerdesk.store import Store
from tests.engine.cases import HEAD, PARTNER
from tests.engine.payouts import earned
from tests.engine.test_losses import LAPSING
from tests.reports.statement_reader import assert_equals_ledger, read

AS_OF = date(2025, 6, 15)


def close(store: Store, *labels: str) -> None:
    for label in labels:
        total = store.read(run, label, AS_OF).total
        store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at="2025-06-15")


def test_a_statement_keeps_what_its_figures_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, [PARTNER, *earned(100, 50)], system="test")
        store.transact("Add program", add_version, HEAD + LAPSING, "1.toml")
        with monkeypatch.context() as earlier:
            earlier.setattr(figures, "evaluate", partial(evaluate, semantics=FIRST))
            earlier.setattr(documents, "NEWEST", None)
            close(store, "2025-01", "2025-02", "2025-03")
        close(store, "2025-04", "2025-05")
        entries = store.read(posted)["A"].entries
        lost = sorted((e.kind, e.day.month, e.amount) for e in entries if e.kind in ("loss", "trueup"))
        assert lost == [("loss", 4, -50), ("trueup", 4, -100)]
        assert {r.period: r.difference for r in store.read(replay)} == {
            row.period: "" for row in store.read(closed_statements)
        }
        document = store.read(statement_document, "A", "2025-04", AS_OF)
        assert_equals_ledger(read(workbook(document, Formats("en_GB"))), document)
        monkeypatch.setattr(replaying, "FIRST", replaying.FIRST + 1)
        assert [r.period for r in store.read(replay) if r.difference] == ["2025-03"], "in which 100 had lapsed"
