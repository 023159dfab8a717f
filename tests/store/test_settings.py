"""The settings under which a book is open, read back from the connections themselves."""

import ast
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged
from partnerdesk.store import Store, connection
from tests.conftest import ROOT
from tests.store import steps

WANTED = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
    "cache_size": -65536,
}


def test_both_connections_have_every_setting(store: Store) -> None:
    store.transact("Connect", steps.add_person, "p1")
    for raw, own in ((store._writer, {"cache_spill": 0, "query_only": 0}), (store._reader, {"query_only": 1})):
        found = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED | own}
        assert found == WANTED | own
        mapped = raw.execute("PRAGMA mmap_size").fetchone()
        assert mapped is None or mapped[0] == 0


def test_a_setting_that_does_not_hold_is_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite ignores what it does not know."""
    monkeypatch.setitem(connection.EVERY_CONNECTION, "synchronous", 7)
    with pytest.raises(Damaged, match="synchronous is"):
        Store.open(path, user="Ann")


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 4), (3, 7, 0)])
def test_a_library_that_can_lose_data_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(Damaged, match=r"SQLite 3\.\d+\.\d+, which can damage"):
        connection.check_library(version)


def test_the_library_in_use_is_new_enough() -> None:
    connection.check_library()
    assert connection.driver.sqlite_version_info >= (3, 51, 3)


def test_the_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Damaged, match="may not be written"):
        store.read(steps.add_person, "p1")
    assert store.read(steps.names) == []


def imported(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_standard_librarys_database_is_nowhere_used() -> None:
    """A second copy of SQLite on an open book drops the first one's locks."""
    assert imported("import sqlite3\nfrom sqlite3.dbapi2 import connect") == {"sqlite3"}
    places = [ROOT / "partnerdesk", ROOT / "packaging", ROOT / "tests"]
    texts = ((p, p.read_text("utf-8")) for place in places for p in place.rglob("*.py"))
    assert [p for p, source in texts if "sqlite3" in source and "sqlite3" in imported(source)] == []
