"""Undo and redo: of anything, as far as the book was ever written, across restarts, deleting nothing."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.base import irreversible
from partnerdesk.store import Store
from tests.store import steps
from tests.store.walk import walk


def test_a_step_is_taken_back_and_done_again(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Rename Ann", steps.rename, "p1", "Bea")
    assert (store.undo_label, store.redo_label) == ("Rename Ann", None)
    done = store.undo()
    assert done.changes.tables == {"person"} and done.changes.label == "Rename Ann"
    assert store.read(steps.names) == [("p1", "Ann")]
    assert (store.undo_label, store.redo_label) == ("Add Ann", "Rename Ann")
    store.undo()
    assert store.read(steps.names) == [] and store.undo_label is None
    store.redo()
    store.redo()
    assert store.read(steps.names) == [("p1", "Bea")]
    assert (store.undo_label, store.redo_label) == ("Rename Ann", None)


def test_new_work_ends_what_could_be_redone(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.undo()
    store.transact("Add Bo", steps.add_person, "p2", "Bo")
    assert store.redo_label is None
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    store.undo()
    assert store.read(steps.names) == [] and store.redo_label == "Add Bo"


def test_undo_survives_a_restart(path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        for number in range(31):
            store.transact(f"Add {number}", steps.add_person, f"p{number:02}")
    for left in range(30, -1, -1):
        with Store.open(path, user="Bo") as store:
            assert store.undo_label == f"Add {left}"
            store.undo()
            assert len(store.read(steps.names)) == left


def test_nothing_of_the_history_is_deleted(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    before = store._reader.execute("SELECT * FROM journal").fetchall()
    store.undo()
    store.redo()
    after = store._reader.execute("SELECT * FROM journal").fetchall()
    assert after[: len(before)] == before and len(after) == len(before) + 2
    kinds = [row[0] for row in store._reader.execute("SELECT kind FROM op ORDER BY id")]
    assert kinds == ["create", "do", "undo", "redo"]


def test_an_insert_keeps_its_image_only_when_it_is_undone(store: Store) -> None:
    store.transact("Import", steps.import_rows, 50)
    images = "SELECT count(*) FROM journal WHERE before IS NOT NULL OR after IS NOT NULL"
    assert store._reader.execute(images).fetchone() == (0,)
    store.undo()
    assert store._reader.execute(images).fetchone() == (101,)


def test_a_step_without_changes_is_no_step(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    revision = store.revision
    done = store.transact("Rename to the same", steps.rename, "p1", "Ann")
    assert done.changes.op is None and done.changes.tables == frozenset()
    assert store.revision == revision and store.undo_label == "Add Ann"


def test_undo_stops_at_a_step_that_cannot_be_taken_back(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Close", irreversible(lambda session: steps.add_person(session, "p2")))
    assert store.undo_label is None
    store.transact("Add Cy", steps.add_person, "p3")
    store.undo()
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    assert [id for id, _ in store.read(steps.names)] == ["p1", "p2"]


def test_a_rule_of_the_file_refuses_an_undo_in_its_own_words(store: Store) -> None:
    """A published program version cannot go once a statement rests on it; nothing of the undo stays."""

    def publish(session: Session) -> None:
        steps.add_person(session, "p1")
        session.execute(
            text("INSERT INTO program_version VALUES ('aa', 'Fennmark', '1', '2026-01-01', 'text', 'f.toml')")
        )

    store.transact("Publish", publish)
    store.transact("Correct", steps.rename, "p1", "Bea")
    frozen = "UPDATE program_version SET text = 'other'"
    with pytest.raises(Refused) as refused:
        store.transact("Tamper", lambda session: session.execute(text(frozen)) and None)
    assert refused.value.sentence == "A published program version never changes."
    assert refused.value.remedy == "Add the next version with its own effective_from."
    revision = store.revision
    assert store.undo_label == "Correct"
    store.undo()
    assert store.revision == revision + 1


def test_an_undo_that_a_rule_forbids_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(session: Session) -> None:
        steps.add_person(session, "p1")
        steps.add_person(session, "p2")

    store.transact("Add", rows)
    stop = (
        "CREATE TEMP TRIGGER stop BEFORE DELETE ON person WHEN OLD.id = 'p1' "
        "BEGIN SELECT RAISE(ABORT, 'refused: p1 belongs to a closed statement.\nCorrect it there.'); END"
    )
    store._writer.execute(stop)
    with pytest.raises(Refused) as refused:
        store.undo()
    assert refused.value.sentence == "p1 belongs to a closed statement."
    assert len(store.read(steps.names)) == 2 and store.undo_label == "Add" and store.redo_label is None


@pytest.mark.parametrize("seed", range(4))
def test_random_work_is_undone_and_redone_exactly(path: Path, seed: int) -> None:
    """A small piece of R41; the full one is `make prove PART=undo`."""
    assert walk(path, seed, 25) > 5


def test_a_broken_undo_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk fails when undo forgets a row, so it can tell."""
    from partnerdesk.store import reverse

    kept = reverse._updates
    monkeypatch.setattr(reverse, "_updates", lambda shape, rows: list(kept(shape, rows))[1:])
    monkeypatch.setattr(reverse, "Damaged", lambda *_: AssertionError())
    with pytest.raises(AssertionError):
        walk(path, 1, 25)
