"""kill -9 in the middle of work: the book is as before or as after, never between. Full size: make prove PART=kill."""

import os
import time
from pathlib import Path

import pytest

from partnerdesk.store import Store, header
from partnerdesk.store.backup import listed
from tests.cli.conftest import make_book
from tests.prove.prove_kills import kill_closes, kill_exports
from tests.store import crash, steps
from tests.store.kills import (
    ROWS,
    back_up,
    fails_in_hundreds,
    import_in_hundreds,
    import_once,
    import_until,
    kill_backups,
    kill_imports,
    kill_migrations,
    kill_restores,
    kill_undos,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a matter of POSIX")


def test_a_killed_import_leaves_all_or_nothing(path: Path) -> None:
    kill_imports(path, seed=1, count=5)


@pytest.mark.parametrize(("instructions", "spilled"), [(2_000, False), (60_000, True), (300_000, True)])
def test_an_import_killed_inside_the_database_leaves_nothing(path: Path, instructions: int, spilled: bool) -> None:
    before, at_rest = steps.dump_of(path), path.read_bytes()
    assert crash.run(import_until, path, instructions) == -9
    assert header.has_journal(path) and (path.read_bytes() != at_rest) == spilled
    with crash.opened(path) as store:
        assert steps.dump(store._reader) == before
        assert store.transact("Import", steps.import_rows, 5).changes.op == 2


def test_a_reader_recovers_a_killed_write_too(path: Path) -> None:
    at_rest = path.read_bytes()
    assert crash.run(import_until, path, 300_000) == -9
    assert path.read_bytes() != at_rest
    with Store.open(path, user="Ann", write=False) as store:
        assert store.revision == 1
    assert path.read_bytes() == at_rest and not header.has_journal(path)


def test_committing_every_hundred_rows_fails_this_test(path: Path) -> None:
    """The mutant: an import that commits on its way leaves a part of itself, and the comparison sees it."""
    before = steps.dump_of(path)
    assert crash.run(import_in_hundreds, path, ROWS // 2) == -9
    found = steps.dump_of(path)
    assert found != before and 0 < len(found["source_row"]) < ROWS


def test_the_same_kills_find_the_wrong_import(path: Path) -> None:
    assert fails_in_hundreds(path, seed=1)


def test_a_killed_backup_never_counts_as_one(path: Path) -> None:
    kill_backups(path, seed=1, count=3)


def test_a_killed_undo_is_done_or_not(path: Path) -> None:
    kill_undos(path, seed=1, count=3)


def test_a_killed_restore_leaves_the_one_book_or_the_other(path: Path) -> None:
    kill_restores(path, seed=1, count=3)


def test_a_killed_migration_leaves_the_one_version_or_the_other(path: Path, tmp_path: Path) -> None:
    kill_migrations(path, tmp_path, seed=1, count=4)


def test_a_backup_cut_off_before_its_manifest_is_cleared_away(path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        made = store.backup("first")
        made.manifest.unlink()
        (made.path.parent / "123.part").write_bytes(b"half")
        assert store.backups() == [] and store.backup_age is None
        again = store.backup("second")
        assert sorted(p.name for p in made.path.parent.iterdir()) == sorted([again.path.name, again.manifest.name])
        assert listed(store.info.id) == [again]


def test_the_clock_of_these_tests_reaches_the_commit(path: Path) -> None:
    """Kill moments are spread over the whole work, so they must know how long it takes."""
    start = time.perf_counter()
    assert crash.run(import_once, path) == 0
    assert time.perf_counter() - start < 60
    with crash.opened(path) as store:
        assert len(steps.dump(store._reader)["deal_line"]) == ROWS
    assert crash.run(back_up, path) == 0


def test_a_killed_close_or_export_of_a_real_book_is_whole_or_absent(tmp_path: Path) -> None:
    """The small size of `make prove PART=kills`."""
    book = tmp_path / "sound.partnerdesk"
    make_book(book)
    assert sum(kill_closes(book, tmp_path, seed=1, count=3).values()) == 3
    assert kill_exports(book, tmp_path, seed=1, count=3) <= 3
