"""Backups: whole, checked, named last; restored only when they are what they say."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from partnerdesk.errors import Damaged, Refused
from partnerdesk.store import Store, backup, header
from partnerdesk.store.backup import Backup
from tests.store import steps


def two_states(store: Store) -> tuple[Backup, dict[str, list[tuple[object, ...]]]]:
    """A book that was backed up and then worked on; the backup, and what the book held then."""
    store.transact("Import", steps.import_rows, 20)
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    made, held = store.backup("before the test"), steps.dump(store._reader)
    store.transact("Rename", steps.rename, "p1", "Bea")
    return made, held


def test_a_backup_is_a_whole_book_with_a_manifest(store: Store) -> None:
    made, held = two_states(store)
    assert steps.dump_of(made.path) == held and made.path.parent.name == store.info.id
    manifest = json.loads(made.manifest.read_text(encoding="utf-8"))
    assert manifest["book"] == store.info.id and manifest["version"] == header.SCHEMA_VERSION
    assert manifest["sha256"] == backup.digest_of(made.path) and manifest["op"] == 3
    assert manifest["reason"] == "before the test" and manifest["totals"]["deal_line"][0] == 20
    assert store.backups() == [made]
    assert store.backup_age is not None and store.backup_age < timedelta(minutes=1)


def test_a_backup_is_due_for_work_that_none_holds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.transact("Add", steps.add_person, "p1")
    assert store.is_backup_due()
    store.backup("now")
    assert not store.is_backup_due() and not store.is_backup_due(timedelta(0))
    store.transact("Add", steps.add_person, "p2")
    assert not store.is_backup_due() and store.is_backup_due(timedelta(0))


def test_a_file_older_than_the_one_last_closed_here_says_so(path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        store.transact("Add", steps.add_person, "p1")
    older = path.read_bytes()
    with Store.open(path, user="Ann") as store:
        store.transact("Add", steps.add_person, "p2")
        assert store.lost_work() is None
    with Store.open(path, user="Ann") as store:
        assert store.lost_work() is None
    path.write_bytes(older)
    with Store.open(path, user="Ann") as store:
        assert store.lost_work() == (
            "This book as it was last closed on this machine ended at step 3; this file ends at step 2: "
            "later work is missing."
        )
        store.transact("Another", steps.add_person, "p3")
        assert "this file is another copy" in (store.lost_work() or "")


def test_a_backup_can_be_opened_as_a_book(store: Store, tmp_path: Path) -> None:
    made, held = two_states(store)
    with Store.open(made.path, user="Ann", write=False) as copy:
        assert steps.dump(copy._reader) == held


def test_a_backup_is_restored_as_a_step(store: Store) -> None:
    made, held = two_states(store)
    revision = store.revision
    done = store.restore(made)
    assert steps.dump(store._reader) == held
    assert done.changes.op == store.revision == revision + 1 and "person" in done.changes.tables
    assert done.changes.label.startswith("Restore the backup of 20")
    assert [b.reason for b in store.backups()] == ["before a restore", "before the test"]
    assert store.undo_label is None
    assert store.check() == []
    store.restore(store.backups()[0])
    assert store.read(steps.names) == [("p1", "Bea")]
    assert store.check() == []


def test_after_a_restore_work_goes_on(store: Store, path: Path) -> None:
    made, _ = two_states(store)
    store.restore(made)
    store.transact("Add", steps.add_person, "p2")
    with pytest.raises(Refused, match="open in another window"):
        Store.open(path, user="Bo")
    store.close()
    with Store.open(path, user="Bo") as again:
        assert again.undo_label == "Add" and len(again.read(steps.names)) == 2


def cut(made: Backup) -> None:
    made.path.write_bytes(made.path.read_bytes()[:-4096])


def flip(made: Backup) -> None:
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)


def vanish(made: Backup) -> None:
    made.path.unlink()


@pytest.mark.parametrize("tamper", [cut, flip, vanish])
def test_a_tampered_backup_is_refused_and_the_book_stays(store: Store, path: Path, tamper: object) -> None:
    made, _ = two_states(store)
    tamper(made)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(Damaged, match="was changed or cut short"):
        store.restore(made)
    assert path.read_bytes() == before and store.read(steps.names) == [("p1", "Bea")]
    assert store.backups() == ([] if tamper is vanish else [made])


def test_a_file_slipped_in_with_its_own_hash_is_refused(store: Store, path: Path) -> None:
    """The manifest is rewritten to fit another file: what is inside must still be what it says."""
    made, _ = two_states(store)
    other = store.backup("later")
    made.path.write_bytes(other.path.read_bytes())
    values = json.loads(made.manifest.read_text(encoding="utf-8"))
    values["sha256"] = backup.digest_of(made.path)
    made.manifest.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(Damaged, match="not the one that its manifest describes"):
        store.restore(store.backups()[-1])


def test_a_backup_of_another_book_is_refused(store: Store, tmp_path: Path) -> None:
    with Store.create(tmp_path / "Other.partnerdesk", user="Ann") as other:
        strange = other.backup("other")
        assert store.backups() == [] and other.backups() == [strange]
    with pytest.raises(Refused, match="of another book, “Other”"):
        store.restore(strange)


def test_a_restore_that_fails_leaves_the_book(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = two_states(store)
    monkeypatch.setattr("shutil.copyfile", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Damaged, match="no space left"):
        store.restore(made)
    assert store.read(steps.names) == [("p1", "Bea")]
    store.transact("Add", steps.add_person, "p2")
    assert [p.name for p in path.parent.iterdir() if p.name.endswith(".part")] == []


def test_a_book_that_cannot_be_opened_is_recovered_and_kept(path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        made, held = two_states(store)
        last = store.revision
    damaged = path.read_bytes()[:50_000]
    path.write_bytes(damaged)
    with pytest.raises(Damaged):
        Store.open(path, user="Ann")
    header.journal_of(path).write_bytes(b"stale")
    found = backup.listed_for(path)
    assert found == [made]
    with Store.recover(path, found[0], user="Ann") as store:
        assert steps.dump(store._reader) == held and store.revision == last + 1
        assert store.check() == []
    (kept,) = path.parent.glob("Book damaged *.partnerdesk")
    assert kept.read_bytes() == damaged and header.journal_of(kept).read_bytes() == b"stale"


def test_a_damaged_book_is_kept_aside_before_a_restore(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, held = two_states(store)
    monkeypatch.setattr(backup, "make", lambda *_: (_ for _ in ()).throw(Damaged("Book is damaged.")))
    store.restore(made)
    assert steps.dump(store._reader) == held and len(list(path.parent.glob("Book damaged *"))) == 1


def test_backups_are_made_during_work(store: Store) -> None:
    """Each holds whole steps: as many deal lines as source rows, whatever is being written meanwhile."""
    stop = threading.Event()

    def work() -> None:
        number = 1
        while not stop.is_set():
            store.transact("Import", steps.import_rows, 50, number)
            number += 1

    thread = threading.Thread(target=work)
    thread.start()
    made = [store.backup(f"backup {i}") for i in range(10)]
    stop.set()
    thread.join()
    for each in made:
        assert each.totals["deal_line"][0] == each.totals["source_row"][0] == 50 * each.totals["batch"][0]
        held = steps.dump_of(each.path)
        assert len(held.get("deal_line", ())) == each.totals["deal_line"][0]


def test_a_backup_that_does_not_equal_the_book_is_an_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    two_states(store)
    real = backup.totals
    monkeypatch.setattr(backup, "_totals_of", lambda path: real(store._reader) | {"deal": [7]})
    with pytest.raises(Damaged, match="does not equal the book"):
        store.backup("bad")
    assert len(store.backups()) == 1


def test_a_full_disk_leaves_no_half_backup(store: Store, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_states(store)
    before = sorted(own_home.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Damaged) as error:
        store.backup("full")
    assert error.value.sentence == "The backup cannot be used: no space left on device."
    assert sorted(own_home.rglob("*")) == before


def test_a_disk_that_fills_up_while_copying_is_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise driver.OperationalError("database or disk is full")  # a copy gives no code beside the words

    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(Damaged, match="The disk is full"):
        store.backup("full")


def test_a_strange_manifest_is_no_backup(store: Store) -> None:
    made, _ = two_states(store)
    (made.path.parent / "x.json").write_text("{", encoding="utf-8")
    (made.path.parent / "y.json").write_text('{"at": "2026-01-01T00:00:00Z"}', encoding="utf-8")
    assert store.backups() == [made]


def test_the_rule_throws_old_backups_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    for day in range(12):
        for hour in (0, 3):
            at = start + timedelta(days=day, hours=hour)
            monkeypatch.setattr("partnerdesk.store.journal.now", lambda at=at: at.isoformat())
            store.backup(f"day {day}")
    kept = sorted(f"{b.at:%d}" for b in store.backups())
    assert kept == ["03", "04", "05", "06", "07", "08", "09", "10", "11", "11", "12", "12"]
    files = list(store.backups()[0].path.parent.iterdir())
    assert len(files) == 2 * len(kept)
