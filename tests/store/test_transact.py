"""One op, one transaction: all of it or nothing, and word of what it touched."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Result, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from partnerdesk.errors import Cancelled, Damaged, Refused
from partnerdesk.store import Store, connection
from tests.store import steps


def test_a_write_tells_what_it_touched(store: Store) -> None:
    done = store.transact("Import", steps.import_rows, 3)
    assert done.changes.tables == {"batch", "source_row", "deal_line"} and done.changes.label == "Import"
    assert done.changes.op == store.revision
    assert store.transact("Add", steps.add_person, "p1", name="Bo").value == "p1"


def test_who_and_when_and_what_is_written(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Rename Ann", steps.rename, "p1", "Bea")
    row = store._reader.execute("SELECT by, label, kind, at, changed FROM op ORDER BY id DESC").fetchone()
    assert row[:3] == ("Ann Example", "Rename Ann", "do") and row[4] == '{"person": [0, 1, 0]}'
    assert row[3].endswith("Z") and "T" in row[3]
    change = "SELECT tbl, act, key, p.before, p.after FROM journal j JOIN personal p ON p.journal = j.id"
    assert store._reader.execute(change).fetchall() == [("person", "U", "p1", '{"name":"Ann"}', '{"name":"Bea"}')]


@pytest.mark.parametrize("error", [ValueError("x"), Refused("x"), Cancelled("x"), KeyboardInterrupt()])
def test_an_error_leaves_nothing(store: Store, error: BaseException) -> None:
    def half(session: Session) -> None:
        steps.add_person(session, "p1")
        raise error

    before = steps.dump(store._reader), store.revision
    with pytest.raises(type(error)):
        store.transact("Half", half)
    assert (steps.dump(store._reader), store.revision) == before
    assert store.transact("Whole", steps.add_person, "p1").changes.op == before[1] + 1


def test_a_broken_rule_of_a_table_is_an_error_of_ours(store: Store) -> None:
    store.transact("Add", steps.add_person, "p1")
    with pytest.raises(IntegrityError, match="UNIQUE") as error:
        store.transact("Add", steps.add_person, "p1", "Secret Name")
    assert "Secret" not in str(error.value)


def test_an_op_cannot_end_its_transaction(store: Store) -> None:
    for end in ("commit", "rollback"):
        with pytest.raises(RuntimeError, match=f"never {end.removesuffix('back')}"):
            store.transact("End", lambda session, end=end: getattr(session, end)())
    assert store.revision == 1


def test_an_op_cannot_open_another_step(store: Store) -> None:
    with pytest.raises(RuntimeError, match="one transaction"):
        store.transact("Outer", lambda session: store.transact("Inner", steps.add_person, "p1"))
    assert store.read(steps.names) == []


def test_a_query_returns_rows_not_a_cursor(store: Store) -> None:
    def cursor(session: Session) -> Result[tuple[str]]:
        return session.execute(text("SELECT id FROM book"))

    def generator(session: Session) -> Iterator[int]:
        yield 1

    for query in (cursor, generator):
        with pytest.raises(TypeError, match="complete rows"):
            store.read(query)
    store.transact("Add", steps.add_person, "p1")


def test_a_read_sees_one_state_throughout(store: Store) -> None:
    """What another thread commits during a read waits for it, and does not fail."""
    reading, written = threading.Event(), threading.Event()

    def slow(session: Session) -> tuple[int, int]:
        first = len(steps.names(session))
        reading.set()
        written.wait(0.2)
        return first, len(steps.names(session))

    def write() -> None:
        reading.wait(5)
        store.transact("Add", steps.add_person, "p1")
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert store.read(slow) == (0, 0)
    thread.join()
    assert len(store.read(steps.names)) == 1


def test_reads_go_on_during_a_long_write(store: Store) -> None:
    writing, read = threading.Event(), threading.Event()

    def long(session: Session) -> None:
        steps.import_rows(session, 20_000)
        writing.set()
        assert read.wait(5)

    thread = threading.Thread(target=lambda: store.transact("Import", long))
    thread.start()
    assert writing.wait(30)
    assert store.read(steps.names) == []
    read.set()
    thread.join()
    assert store.revision == 2


def test_many_threads_lose_nothing(store: Store) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(8):
                store.transact("Add", steps.add_person, f"{number}-{i}")
                store.read(steps.names)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and len(store.read(steps.names)) == 32 and store.revision == 33
    assert store.check() == [f for f in store.check() if f.category == "backups"]


def test_a_closed_book_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(Refused, match="was closed"):
        store.read(steps.names)
    with pytest.raises(Refused, match="was closed"):
        store.transact("Add", steps.add_person, "p1")


def test_derived_data_lives_until_the_book_changes(path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        store.transact("Add", steps.add_person, "p1")
        store.remember("facts", b"\x00derived", store.revision)
    with Store.open(path, user="Ann") as store:
        assert store.recall("facts") == b"\x00derived" and store.recall("other") is None
        assert store.undo_label == "Add"
        store.transact("Add", steps.add_person, "p2")
        assert store.recall("facts") is None
        store.remember("more", b"", store.revision)
        assert store._reader.execute("SELECT key FROM cache").fetchall() == [("more",)]


def test_what_can_be_undone_is_known_without_waiting_for_a_read(store: Store) -> None:
    """The window asks for it in its own thread; a long read in another must not stop it."""
    store.transact("Add", steps.add_person, "p1")
    asked = threading.Event()

    def ask() -> None:
        assert (store.undo_label, store.redo_label, store.revision) == ("Add", None, 2)
        asked.set()

    def long(session: Session) -> bool:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(5)
        return asked.is_set()

    assert store.read(long)
    store.undo()
    assert (store.undo_label, store.redo_label, store.revision) == (None, "Add", 3)


def test_a_failed_step_leaves_what_can_be_undone(store: Store) -> None:
    store.transact("Add", steps.add_person, "p1")
    with pytest.raises(IntegrityError):
        store.transact("Add again", steps.add_person, "p1")
    assert (store.undo_label, store.revision) == ("Add", 2)


def test_a_write_that_another_program_holds_up_leaves_nothing_begun(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that reads the book, as an export does, makes the commit fail; the next write begins as ever."""
    monkeypatch.setitem(connection.EVERY_CONNECTION, "busy_timeout", 50)
    other = connection.connect(path, write=False)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM person").fetchone()
    with pytest.raises(Damaged, match="in use by another program"):
        store.transact("Held up", steps.add_person, "p1")
    other.execute("ROLLBACK")
    other.close()
    assert store.transact("Whole", steps.add_person, "p1").value == "p1" and store.undo_label == "Whole"


def test_a_long_read_of_one_moment_holds_nobody_up(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export reads a copy: a commit does not wait for its end, and it sees nothing of what came meanwhile."""
    monkeypatch.setitem(connection.EVERY_CONNECTION, "busy_timeout", 50)
    with Store.snapshot(path, user="Bo") as export:

        def while_read(session: Session) -> list[str]:
            before = steps.names(session)
            store.transact("Meanwhile", steps.add_person, "p1")
            return [*before, *steps.names(session)]

        assert export.read(while_read) == [] and export.revision == 1
        with pytest.raises(Refused, match="open for reading only"):
            export.transact("Add", steps.add_person, "p2")
        with pytest.raises(Damaged, match="may not be written"):
            export.read(steps.add_person, "p3")
    assert len(store.read(steps.names)) == 1
