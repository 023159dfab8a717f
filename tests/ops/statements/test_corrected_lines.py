"""An adjustment names the line that it corrects on the statement, and nothing where it corrects none."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from partnerdesk.engine.facts import Adjustment
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.returned import read_returned
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.ops.disputes.disputed import AS_OF, LATER, line, opened
from tests.reports.statement_reader import read


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "pay") as store:
        yield store


def told(store: Store, folder: Path) -> dict[str, str]:
    """Of April's statement: what each adjustment says that it corrects."""
    (made,) = store.read(export_statements, "2025-04", LATER, folder, pages=True)
    assert made.pdf is not None
    pdf = pypdfium2.PdfDocument(made.pdf.read_bytes())
    words = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert line(store) in words
    return {str(r["Entry"]): str(r["Line"] or "") for r in read(made.workbook.read_bytes()).tables["Corrections"]}


def test_an_adjustment_names_what_it_corrects_or_nothing(store: Store, tmp_path: Path) -> None:
    entries = store.read(evaluation, AS_OF).partners["P1"].statements["2025-01"].entries
    moved = next(e.id for e in entries if e.kind == "holdback" and e.bucket == "payable")
    said = {"reason": "as agreed", "reason_code": "other", "approver": "Bo", "currency": "EUR"}
    for id, corrects in (("J-LINE", line(store)), ("J-MOVE", moved), ("J-NONE", "")):
        row = Adjustment(id=id, partner="P1", day=date(2025, 4, 10), amount=Decimal(50), line=corrects, **said)
        store.transact("Adjust", add_rows, [row])
    draft = told(store, tmp_path / "draft")
    assert list(draft.values()) == [line(store), moved.removesuffix(":holdback:payable"), ""]
    total = store.read(run, "2025-04", LATER).total
    names = {"maker": "Ana", "checker": "Bo", "at": "2025-05-06T09:00:00Z"}
    store.transact("Close", close_period, "2025-04", LATER, total=total, **names)
    assert told(store, tmp_path / "final") == draft
    assert all(row.is_same for row in store.read(replay)), "it is no part of what was closed"
    (file,) = (tmp_path / "final").glob("*.xlsx")
    assert store.read(read_returned, file).altered == ()
