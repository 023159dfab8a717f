"""A book of an earlier version: backed up, then migrated as a whole or not at all."""

import os
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged, Refused
from partnerdesk.store import Store, connection, header, journal, migrate, schema
from partnerdesk.store.backup import listed_for
from partnerdesk.store.triggers import digest, triggers
from tests.store import crash, steps
from tests.store.old_version import NEXT, next_version, upgrade


@pytest.fixture
def worked_on(path: Path) -> Path:
    """A book with some work in it."""
    with Store.open(path, user="Ann") as store:
        store.transact("Add Ann", steps.add_person, "p1", "Ann")
        store.transact("Import", steps.import_rows, 50)
    return path


def version_and_rooms(path: Path) -> tuple[int, list[tuple[str, ...]]]:
    raw = connection.connect(path, write=False)
    try:
        return raw.execute("PRAGMA user_version").fetchone()[0], raw.execute("SELECT * FROM setting").fetchall()
    finally:
        raw.close()


def test_a_migration_keeps_the_rows_and_makes_the_triggers_again(worked_on: Path, tmp_path: Path) -> None:
    before = steps.dump_of(worked_on)
    target = next_version(tmp_path)
    upgrade(worked_on, target)
    assert version_and_rooms(worked_on) == (NEXT, [("migrated", "1", "all")])
    after = steps.dump_of(worked_on)
    assert {k: v for k, v in after.items() if k != "setting"} == before
    raw = connection.connect(worked_on, write=True)
    assert schema.differences(raw, target.metadata) == []
    assert digest(schema._triggers_of(raw)) == digest(triggers(target.metadata))
    with pytest.raises(connection.driver.IntegrityError, match="ck_setting_room_known"):
        raw.execute("INSERT INTO setting VALUES ('a', '1', 'theirs')")
    last = journal.last_step(raw)
    assert last and (last.kind, last.label, last.undo_top) == (
        "migrate",
        f"Update the file from version {NEXT - 1}",
        None,
    )
    raw.close()


def test_a_migration_is_preceded_by_a_backup_of_the_old_book(worked_on: Path, tmp_path: Path) -> None:
    before = steps.dump_of(worked_on)
    upgrade(worked_on, next_version(tmp_path))
    (made,) = listed_for(worked_on)
    assert made.version == NEXT - 1 and steps.dump_of(made.path) == before


@pytest.mark.parametrize(
    "more",
    [
        "raise RuntimeError('a step fails')",
        "op.execute('INSERT INTO nowhere VALUES (1)')",
        "op.execute('DELETE FROM batch')",
        "op.drop_index('ix_source_row_place')",
        "op.execute('CREATE TABLE stranger (a)')",
        "op.create_table('another', sa.Column('a', sa.Integer))",
    ],
)
def test_a_migration_that_fails_changes_nothing(worked_on: Path, tmp_path: Path, more: str) -> None:
    """An error, rows left without what they refer to, or another schema than the models state."""
    before = worked_on.read_bytes()
    with pytest.raises(Exception, match=f"fails|nowhere|refer to nothing|did not arrive at version {NEXT}"):
        upgrade(worked_on, next_version(tmp_path, more))
    assert worked_on.read_bytes() == before
    with Store.open(worked_on, user="Ann") as store:
        assert store.undo_label == "Import"


def test_an_older_book_is_updated_when_it_is_opened_for_writing(
    worked_on: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program of the next version meets a book of this one."""
    target = next_version(tmp_path)
    before = worked_on.read_bytes()
    monkeypatch.setattr(header, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(migrate, "current", lambda: target)
    monkeypatch.setattr(schema, "TRIGGERS", digest(triggers(target.metadata)))
    with pytest.raises(Refused, match=f"has version {NEXT - 1} of the file; this PartnerDesk reads version {NEXT}"):
        Store.open(worked_on, user="Bo", write=False)
    assert worked_on.read_bytes() == before
    with Store.open(worked_on, user="Bo") as store:
        assert store.info.version == NEXT and store.undo_label is None
        assert [b.reason for b in store.backups()] == ["before an update of the file"]
        store.transact("Add", steps.add_person, "p2")
        store.undo()
        old = store.backups()[0]
        store.restore(old)  # a backup of the old version is updated on its way back
        assert store.info.version == NEXT and store.read(steps.names) == [("p1", "Ann")]


def test_a_newer_backup_is_refused(worked_on: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(worked_on, user="Ann") as store:
        made = store.backup("newer")
        monkeypatch.setattr(header, "SCHEMA_VERSION", 0)
        with pytest.raises(Refused, match="newer PartnerDesk"):
            store.restore(made)


def test_a_book_that_cannot_be_backed_up_is_not_migrated(
    worked_on: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = worked_on.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Damaged, match="no space left"):
        upgrade(worked_on, next_version(tmp_path))
    assert worked_on.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a matter of POSIX")
@pytest.mark.parametrize("where", ["in the step", "after the step"])
def test_a_killed_migration_leaves_the_old_book(worked_on: Path, tmp_path: Path, where: str) -> None:
    before = steps.dump_of(worked_on)
    kill = "import os; os.kill(os.getpid(), 9)"
    target = (tmp_path / "steps", kill) if where == "in the step" else (tmp_path / "steps", "")
    assert crash.run(migrate_and_die, worked_on, tmp_path, target[1]) == -9
    assert steps.dump_of(worked_on) == before and version_and_rooms(worked_on)[0] == NEXT - 1
    with Store.open(worked_on, user="Ann") as store:
        assert store.undo_label == "Import"
        assert [f.category for f in store.check()] == []


def migrate_and_die(path: Path, folder: Path, more: str) -> None:
    """Die inside the step, or right before the commit."""
    target = next_version(folder, more)
    if not more:
        migrate._check = lambda *_: os.kill(os.getpid(), 9)  # type: ignore[assignment]
    upgrade(path, target)
