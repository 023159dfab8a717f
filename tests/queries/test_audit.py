"""The audit trail, as somebody reads it who wonders who changed a figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.queries import audit
from partnerdesk.store import Store
from tests.store import steps


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "Book.partnerdesk", user="Ann") as store:
        yield store


def test_each_step_tells_who_when_and_how_much(store: Store) -> None:
    store.transact("Import June", steps.import_rows, 5)
    store.transact("Add Bo", steps.add_person, "p1", "Bo")
    newest, june, made = store.read(audit.steps)
    assert (newest.label, newest.by, newest.kind, newest.changed) == ("Add Bo", "Ann", "do", {"person": (1, 0, 0)})
    assert june.changed == {"batch": (1, 0, 0), "deal_line": (5, 0, 0), "source_row": (5, 0, 0)}
    assert made.kind == "create" and newest.at.utcoffset() is not None and newest.at >= june.at
    assert store.read(audit.steps, limit=1, older_than=newest.id) == (june,)


def test_a_step_that_was_taken_back_says_so(store: Store) -> None:
    store.transact("Add", steps.add_person, "p1")
    for taken_back, move in ((True, store.undo), (False, store.redo), (True, store.undo)):
        move()
        (step,) = [s for s in store.read(audit.steps) if s.kind == "do"]
        assert step.taken_back == taken_back


def test_a_row_tells_what_was_done_to_it(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Rename", steps.rename, "p1", "Bea")
    store.transact("Remove", steps.remove, "p1")
    removed, renamed, added = store.read(audit.changes_of_row, "person", "p1")
    assert (added.act, added.before, added.after) == ("added", {}, {})
    assert (renamed.act, renamed.label, renamed.by) == ("changed", "Rename", "Ann")
    assert (renamed.before, renamed.after) == ({"name": "Ann"}, {"name": "Bea"})
    assert removed.act == "removed" and removed.before["name"] == "Bea" and removed.before["id"] == "p1"
    assert store.read(audit.changes_of_row, "person", "p2") == ()


def test_a_step_tells_its_rows(store: Store) -> None:
    done = store.transact("Import", steps.import_rows, 5)
    assert done.changes.op is not None
    rows = store.read(audit.changes_of_step, done.changes.op)
    assert [row.table for row in rows] == ["batch"] + ["source_row"] * 5 + ["deal_line"] * 5
    assert len(store.read(audit.changes_of_step, done.changes.op, limit=3)) == 3


def test_what_was_erased_is_absent(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Rename", steps.rename, "p1", "Bea")
    store._writer.execute("UPDATE personal SET salt = NULL, before = NULL, after = NULL")
    (renamed, _) = store.read(audit.changes_of_row, "person", "p1")
    assert (renamed.before, renamed.after) == ({}, {})
