"""What left is on record: a line for each file, whose digest is that of the file, which nothing changes afterwards."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from partnerdesk.engine.facts import Customer, Person
from partnerdesk.errors import Damaged, Refused
from partnerdesk.models.outgoing import outgoing_document
from partnerdesk.ops.joint.plans import add_plan
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.outgoing import outgoing_documents
from partnerdesk.queries.partners.history import happenings
from partnerdesk.store import Store
from tests.cli.conftest import Type


def test_every_file_that_a_command_writes_is_on_record(book: Path, type_in: Type, tmp_path: Path) -> None:
    of, out = ("--book", book), tmp_path / "out"
    assert type_in("documents", *of) == (0, "No document left yet.\n", "")
    code, _, err = type_in("statement", "2026-02", "--all", *of, "--as-of", "2026-09-30", "--out", out, "--json")
    assert (code, err) == (0, ""), err
    assert type_in("calendar", "P1", *of, "--as-of", "2026-09-30", "--out", out)[0] == 0
    rows = json.loads(type_in("documents", *of, "--json")[1])["documents"]
    left = {row["file"]: row for row in rows}
    files = {path.name: path for path in out.iterdir() if not path.name.startswith("INTERNAL")}
    assert set(left) == set(files) and len(rows) == len(files)
    for name, row in left.items():
        assert row["sha256"] == sha256(files[name].read_bytes()).hexdigest()
    statement = next(row for row in rows if row["kind"] == "statement" and row["file"].endswith(".xlsx"))
    assert statement["about"] == "ST-2026-02 draft" and (statement["total"], statement["currency"]) != (None, "")
    assert "sha256" in type_in("documents", "P1", *of)[1]
    with Store.open(book, user="me") as store:
        assert store.undo_label == "Facts"  # noting is no step
        found = [h for h in store.read(happenings, "P1", date.max) if h.kind == "document"]
        assert len(found) == sum(row["partner"] == "P1" for row in rows)
        for change in (update(outgoing_document).values(file="x"), delete(outgoing_document)):
            with pytest.raises(Refused, match="What left is on record for good"):
                store.keep(lambda session, change=change: session.execute(change) and None)


def test_what_leaves_is_on_record_while_the_window_works_on_the_book(book: Path, type_in: Type, tmp_path: Path) -> None:
    with Store.open(book, user="me") as window:
        window.transact("Before", add_rows, [Customer(id="C7", name="Seven")])
        code, out, err = type_in("statement", "2026-02", "--partner", "P1", "--book", book, "--out", tmp_path)
        assert (code, err) == (0, "") and "ST-2026-02" in out
        window.transact("After", add_rows, [Customer(id="C8", name="Eight")])
        left = window.read(outgoing_documents)
        assert {row.file for row in left} == {path.name for path in tmp_path.glob("ST-*")}
        window.undo()
        assert (window.redo_label, window.undo_label) == ("After", "Before")
    with Store.open(book, user="me") as store:
        assert {one.category for one in store.check()} == {"backups"} and store.lost_work() is None


def test_documents_leave_where_the_record_cannot_be_written(
    book: Path, type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Damaged("The disk is full.", "Free some space.")

    monkeypatch.setattr(Store, "keep", full)
    code, out, err = type_in("statement", "2026-02", "--partner", "P1", "--book", book, "--out", tmp_path)
    assert code == 0 and "ST-2026-02" in out
    assert "The record of documents does not hold this one: The disk is full." in err


def test_what_left_for_one_partner_stands_in_the_way_of_no_document_of_another(
    book: Path, type_in: Type, tmp_path: Path
) -> None:
    day, end = date(2026, 2, 1), date(2026, 12, 31)
    with Store.open(book, user="document") as store:
        for partner in ("P1", "P2"):
            store.transact("Plan", add_plan, partner, start=day, end=end, on=day)
            contact = Person(
                id=f"Q-{partner}", partner=partner, name=f"Ada {partner}", side="partner", email=f"{partner}@a.example"
            )
            store.transact("Contact", add_rows, [contact])
    for partner in ("P1", "P2"):
        for command in (
            *(("statement", "2026-05", "--partner", partner), ("mail", "statement", partner, "2026-05")),
            *(("brief", partner), ("digest", partner), ("calendar", partner)),
            *(("plan", "pdf", partner), ("plan", "workbook", partner), ("agreement", "issue", partner)),
        ):
            code, _, err = type_in(*command, "--book", book, "--as-of", "2026-05-31", "--out", tmp_path / partner)
            assert (code, err) == (0, ""), command
