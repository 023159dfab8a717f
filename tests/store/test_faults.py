"""A full disk, a read-only folder, a damaged page, a busy file: a sentence with a remedy, and nothing half done."""

import os
import tempfile
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged, PartnerDeskError
from partnerdesk.store import Store, connection, faults, header
from tests.store import crash, steps


def test_a_full_disk_leaves_the_book_as_it_was(store: Store) -> None:
    store.transact("Add", steps.add_person, "p1")
    before = steps.dump(store._reader), store.revision
    (pages,) = store._writer.execute("PRAGMA page_count").fetchone()
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Damaged) as error:
        store.transact("Import", steps.import_rows, 500)
    assert error.value.sentence == "The disk is full." and "nothing was changed" in error.value.remedy
    assert (steps.dump(store._reader), store.revision) == before
    store._writer.execute("PRAGMA max_page_count = 1000000")
    store.transact("Import", steps.import_rows, 500)
    assert not header.has_journal(store.path) and [f.category for f in store.check()] == ["backups"]


def write_beyond(path: Path, more: int, answer: object) -> None:
    """Import while the system lets no file grow further."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(path, user="child")
    store.transact("Add", steps.add_person, "p1")
    limit = path.stat().st_size + more
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        store.transact("Import", steps.import_rows, 3000)
    except PartnerDeskError as error:
        answer.put(str(error))  # type: ignore[attr-defined]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.transact("Add", steps.add_person, "p2")
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="limits are those of POSIX")
@pytest.mark.parametrize("more", [0, 4096, 65536, 200_000])
def test_a_disk_that_fills_during_the_write_leaves_nothing_half(path: Path, more: int) -> None:
    """The write fails inside the commit, in the journal or in the file; the program goes on."""
    answer = crash._context.Queue()
    assert crash.run(write_beyond, path, more, answer) == 0
    sentence = answer.get(timeout=10)
    assert sentence.startswith(("The disk is full.", "The disk reported an error while Book.partnerdesk was used."))
    with Store.open(path, user="Ann") as store:
        assert [id for id, _ in store.read(steps.names)] == ["p1", "p2"]
        assert [f.category for f in store.check()] == ["backups"]


def as_nobody(folder: Path, answer: object) -> None:
    """What somebody hears who may read a folder and not write it."""
    if os.geteuid() == 0:
        os.setuid(65534)
    for open_it in (
        lambda: Store.open(folder / "Book.partnerdesk", user="nobody"),
        lambda: Store.create(folder / "New.partnerdesk", user="nobody"),
    ):
        try:
            open_it()
        except PartnerDeskError as error:
            answer.put(str(error))  # type: ignore[attr-defined]
    with Store.open(folder / "Book.partnerdesk", user="nobody", write=False) as store:
        answer.put(str(store.revision))  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_read_only_folder_is_told_and_reading_goes_on(path: Path) -> None:
    answer = crash._context.Queue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Book.partnerdesk").write_bytes(path.read_bytes())
        (folder / "Book.partnerdesk").chmod(0o644)
        folder.chmod(0o555)
        assert crash.run(as_nobody, folder, answer) == 0
        said = [answer.get(timeout=10) for _ in range(3)]
        folder.chmod(0o755)
        assert sorted(p.name for p in folder.iterdir()) == ["Book.partnerdesk"]
    assert said == [
        "Book.partnerdesk cannot be used: permission denied. Check the disk, and the rights of the folder.",
        "New.partnerdesk cannot be used: permission denied. Check the disk, and the rights of the folder.",
        "1",
    ]


def test_a_damaged_page_is_told_at_the_first_read(path: Path) -> None:
    from tests.store.defects import _broken_page

    with Store.open(path, user="Ann") as store:
        store.transact("Import", steps.import_rows, 50)
    _broken_page(path)
    with Store.open(path, user="Ann") as store:
        for call in (
            lambda: store.read(lambda session: session.connection().exec_driver_sql("SELECT * FROM deal_line").all()),
            lambda: store.transact("Import", steps.import_rows, 5, 2),
            store.undo,
        ):
            with pytest.raises(Damaged) as error:
                call()
            assert error.value.sentence == "Book.partnerdesk is damaged." and "backup" in error.value.remedy
        with pytest.raises(Damaged):
            store.backup("of a damaged book")
        assert store.check()[0].category == "file"
        assert store.revision == 2


def test_a_file_that_another_program_holds_is_told(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.EVERY_CONNECTION, "busy_timeout", 50)
    other = connection.driver.connect(str(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Damaged, match="in use by another program"):
        store.transact("Add", steps.add_person, "p1")
    other.execute("COMMIT")
    other.close()
    store.transact("Add", steps.add_person, "p1")


def test_a_bug_of_ours_is_no_sentence() -> None:
    for text in ("no such table: x", "CHECK constraint failed: ck_locked", "syntax error"):
        assert faults.sentence(connection.driver.OperationalError(text), "Book") is None
    with pytest.raises(connection.driver.OperationalError), faults.told("Book"):
        connection.driver.connect(":memory:").execute("SELECT * FROM nowhere")
