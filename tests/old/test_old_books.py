"""A book of every released version opens, migrates, is sound, and gives the figures that it gave then."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.ops.statements.replaying import replay
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.old.facts import AS_OF

BOOKS = sorted(Path(__file__).parent.glob("*.partnerdesk"))
# Closing balances (held, payable) of the three months.
POSTED = {"2025-01": ("720.00", "480.00"), "2025-02": ("720.00", "0.00"), "2025-03": ("120.00", "600.00")}


def test_there_is_a_book_of_every_release() -> None:
    assert BOOKS, "run python -m tests.old.make_book"


@pytest.mark.parametrize("book", BOOKS, ids=lambda p: p.stem)
def test_an_old_book_gives_the_same_figures(book: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(book, tmp_path / "Old.partnerdesk"))
    path.chmod(0o600)
    with Store.open(path, user="Ana") as store:
        assert [f for f in store.check() if f.category not in ("backups", "names")] == []
        statements = store.read(evaluation, AS_OF).partners["P1"].statements
        for label, (held, payable) in POSTED.items():
            closing = statements[label].row("closing")
            assert (closing.held, closing.payable) == (Decimal(held), Decimal(payable)), label
        assert statements["2025-03"].row("trueup").total == 0, "today's engine agrees with what was posted"
        assert [n.text for n in store.read(notes, "P1")] == ["Łużyca prüft R&D <Labs>"]
        for row in store.read(closed_statements):
            body = store.read(canonical_statement, row.id)
            assert canonical(restored(body)) == body
        replayed = store.read(replay)
        assert [(r.period, r.difference) for r in replayed] == [("2025-01", ""), ("2025-02", "")]
