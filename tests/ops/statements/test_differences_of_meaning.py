"""Points that are computed in two ways: what the newer way moves is a cause of its own, and nothing is left over."""

import json
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from partnerdesk.__main__ import main
from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.semantics import FIRST, NEWEST
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements import documents
from partnerdesk.ops.statements.differences import compared, compared_figures
from partnerdesk.queries import figures
from partnerdesk.reports.format import Formats
from partnerdesk.store import Store
from partnerdesk.ui.screens.partner.earnings.changes_rows import moved_rows
from tests.engine.cases import HEAD, PARTNER
from tests.engine.payouts import earned
from tests.engine.test_losses import LAPSING
from tests.ops.statements.test_losses_replayed import AS_OF, close


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """100 of January and 50 of February lapse after two months; until March that was closed under the first number,
    which has no entry of it, from April on under the newest one.
    """
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, [PARTNER, *earned(100, 50)], system="test")
        store.transact("Add program", add_version, HEAD + LAPSING, "1.toml")
        with monkeypatch.context() as earlier:
            earlier.setattr(figures, "evaluate", partial(evaluate, semantics=FIRST))
            earlier.setattr(documents, "NEWEST", None)
            close(store, "2025-01", "2025-02", "2025-03")
        close(store, "2025-04")
        yield store


@pytest.mark.parametrize(
    ("before", "after", "start", "steps"),
    [
        # By the end of March 100 have lapsed, and 50 more in April.
        ("2025-03", "2025-04", 150, [("way of computing", -100), ("day passed", -50)]),
        ("2025-03", "today", 150, [("way of computing", -100), ("day passed", -50)]),
        ("2025-04", "2025-03", 0, [("way of computing", 150)]),  # under the first number nothing leaves the balance
        ("2025-02", "2025-03", 150, []),  # both under one number
        ("2025-04", "today", 0, []),
    ],
)
def test_another_way_of_computing_is_the_first_cause(
    book: Store, before: str, after: str, start: int, steps: list[tuple[str, int]]
) -> None:
    found = book.read(compared, "A", before, after, AS_OF)
    assert found.found.start == start
    assert [(step.cause, step.amount) for step in found.found.steps] == steps
    assert (found.off, found.found.residual, found.residual) == ((0, 0), 0, 0)
    traced = book.read(compared_figures, "A", before, after, AS_OF)
    assert [(step.cause, replay(step.amount)) for step in traced.steps] == steps


def test_the_command_and_the_screen_tell_it_with_its_lines(book: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = book.read(compared, "A", "2025-03", "2025-04", AS_OF)
    row = next(iter(moved_rows(found, Formats())))
    assert (row.cause, row.amount) == ("Way of computing", -100)
    assert row.because.endswith("a closed statement is computed as it was when it was closed")
    asked = ["difference", "--book", str(book.path), "--partner", "A", "--since", "2025-03", "--until", "2025-04"]
    asked += ["--as-of", AS_OF.isoformat()]
    assert main(asked) == 0
    assert "way of computing" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["partners"]["A"]
    assert (told["before"]["semantics"], told["after"]["semantics"], told["residual"]) == (FIRST, NEWEST, "0.00")
    assert (told["steps"][0]["cause"], told["steps"][0]["amount"]) == ("way of computing", "-100.00")
    assert [line["amount"] for line in told["steps"][0]["parts"][0]["lines"]] == ["-100.00"]


@pytest.mark.parametrize("body", [b"no text", zlib.compress(b"no text")])
def test_a_statement_whose_text_is_damaged_is_refused_by_name(book: Store, body: bytes) -> None:
    book.close()
    raw = sqlcipher.connect(str(book.path), isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("UPDATE statement SET canonical = ?", (body,))
    engine = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher, poolclass=StaticPool)
    with Session(engine) as session, pytest.raises(Refused, match="cannot be compared: the text of it cannot be read"):
        compared(session, "A", "2025-03", "today", AS_OF)
    engine.dispose()
