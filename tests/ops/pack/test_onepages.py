"""Brief and digest from a book: figures of the statement and the screen, our notes in one of them only."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from partnerdesk.cli import main
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.pack.onepage_exports import export_brief, export_digest, export_digests
from partnerdesk.ops.rows.facts import change_row
from partnerdesk.queries.figures import outcome
from partnerdesk.reports.format import Formats
from partnerdesk.store import Store
from tests.cli.conftest import make_book

DAY = date(2026, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact(
            "Note", add_note, "P1", day=DAY, kind="call", text="They look for another vendor.", internal=True
        )
        store.transact("Ours", add_action, "P1", text="Ask their bank", side="vendor", on=DAY, internal=True)
        store.transact("Ours", add_action, "P1", text="Send the guide", side="vendor", on=DAY)
        yield store


def read(path: Path) -> str:
    (page,) = PdfReader(path).pages
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


def test_notes_and_inner_actions_stand_in_the_brief_alone(store: Store, tmp_path: Path) -> None:
    brief = read(store.read(export_brief, "P1", DAY, tmp_path / "out").path)
    made = store.read(export_digest, "P1", DAY, tmp_path / "out")
    digest = read(made.path)
    for words in ("They look for another vendor", "Ask their bank", "INTERNAL"):
        assert words in brief, words
        assert words not in digest, words
    assert "Send the guide" in brief and "Send the guide" in digest


def test_the_money_is_that_of_the_statement(store: Store, tmp_path: Path) -> None:
    made = store.read(export_digest, "P1", DAY, tmp_path / "out")
    statement = store.read(outcome, "P1", DAY).statements["2026-09"]
    earned = sum(row.total for row in statement.rows if row.key.startswith("earned."))
    held = statement.row("closing").held
    shown = Formats("en_GB")
    said = read(made.path)
    assert f"Earned in September 2026 {shown.number(earned, 2)} EUR." in said
    assert f"Held at 30 Sep 2026 {shown.number(held, 2)}" in said


def test_the_commands_write_them(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--book", str(store.path), "--as-of", DAY.isoformat(), "--out", str(tmp_path / "out"), "--json"]
    assert main(["brief", "P1", *common]) == 0
    assert main(["digest", "--without-review", "2026Q3", *common]) == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.split("_")[0] for name in written] == ["BRIEF", "DIGEST", "DIGEST"]
    assert main(["digest", *common]) == 1
    assert "named" in capsys.readouterr().err


def test_one_digest_that_is_refused_stops_no_other(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.transact("Rename", change_row, "partner", "P1", {}, by="me", name="שלום", document_name="")
    run = store.read(export_digests, ["P1", "P2", "P2"], DAY, tmp_path / "out")
    assert [one.partner for one in run.written] == ["P2"]
    (left_out,) = run.left_out
    assert left_out.partner == "P1" and "printed" in left_out.says
    with pytest.raises(Refused, match="There is no partner P9"):
        store.read(export_digests, ["P2", "P9"], DAY, tmp_path / "none")
    assert not (tmp_path / "none").exists()
    common = ["--book", str(store.path), "--as-of", DAY.isoformat(), "--out", str(tmp_path / "out")]
    assert main(["digest", "P1", "P2", *common]) == 1
    out, err = capsys.readouterr()
    assert out.count(".pdf") == 1 and err.count("nothing was written") == 1
