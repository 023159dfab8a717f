"""A true-up tells in the workbook and on the pages what became of its row, also after its statement was closed."""

from decimal import Decimal
from pathlib import Path

from pypdf import PdfReader

from partnerdesk.ops.rows.facts import change_row, remove_row
from partnerdesk.ops.statements.exports import ExportedStatement, export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.returned import read_returned
from partnerdesk.store import Store
from tests.old.facts import AS_OF
from tests.ops.statements.test_closing import close, store
from tests.reports.statement_reader import read

__all__ = ["store"]
CAUSE = "(deal D1, amount 10,000 → 11,000)"


def exported(store: Store, folder: Path) -> ExportedStatement:
    (made,) = store.read(export_statements, "2025-03", AS_OF, folder, partners=["P1"], pages=True)
    return made


def notes(made: ExportedStatement) -> set[str]:
    rows = read(made.workbook.read_bytes()).tables["Corrections"]
    return {str(row["Note"]) for row in rows if row["Cause"] == "Correction"}


def test_a_true_up_says_from_what_to_what_its_row_changed(store: Store, tmp_path: Path) -> None:
    close(store, "2025-01")
    close(store, "2025-02")
    now = {"amount": Decimal("11000.00")}
    store.transact("Correct deal", change_row, "deal", "D1", {"amount": Decimal("10000.00")}, **now)
    draft = exported(store, tmp_path / "draft")
    assert notes(draft) and all(note.endswith(CAUSE) for note in notes(draft))

    close(store, "2025-03")
    store.transact("Again", change_row, "deal", "D1", now, amount=Decimal("12000.00"))
    final = exported(store, tmp_path / "final")
    assert notes(final) == notes(draft), "what came after the close is no cause of what it corrected"
    said = " ".join(page.extract_text() for page in PdfReader(final.pdf or "").pages)
    assert "10,000 → 11,000" in " ".join(said.split())
    assert not store.read(read_returned, final.workbook).differences
    assert all(row.is_same for row in store.read(replay))


def test_a_true_up_says_that_its_row_is_gone(store: Store, tmp_path: Path) -> None:
    close(store, "2025-01")
    close(store, "2025-02")
    for kind, id in (("deployment", "L1"), ("contract", "K1"), ("deal", "D1")):
        store.transact("Remove", remove_row, kind, id)
    draft = exported(store, tmp_path / "draft")
    assert any(note.endswith("(deal D1, which is gone)") for note in notes(draft))
