"""The tables and triggers of a book: made from the models, told apart from any other, the same by either way."""

from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

from partnerdesk.errors import Damaged
from partnerdesk.models import metadata
from partnerdesk.models.base import personal
from partnerdesk.store import Store, connection, header, journal, migrate, reverse, schema
from partnerdesk.store.triggers import digest, triggers
from tests.store import steps


def test_the_stated_triggers_are_those_of_the_models() -> None:
    """Opening trusts this constant so that it need not build the metadata of all tables."""
    wanted = digest(triggers(metadata))
    assert wanted == schema.TRIGGERS, f'a table changed: set schema.TRIGGERS = "{wanted}"'


def test_a_new_book_is_what_the_models_say(store: Store) -> None:
    assert schema.differences(store._reader, metadata) == []
    assert store._reader.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.revision(),)]
    assert store._reader.execute("PRAGMA user_version").fetchone() == (header.SCHEMA_VERSION,)
    assert store._reader.execute("PRAGMA application_id").fetchone() == (header.APPLICATION_ID,)


def test_the_migrations_lead_to_the_same_schema(tmp_path: Path) -> None:
    connection.make_file(tmp_path / "x.db")
    raw = connection.connect(tmp_path / "x.db", write=True)
    with connection.engine(raw, "BEGIN IMMEDIATE").begin() as on:
        migrate._run(on, migrate.current())
    assert schema.differences(raw, metadata) == []
    raw.close()


def test_every_table_is_strict_and_every_check_has_a_name(store: Store) -> None:
    listed = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
    assert store._reader.execute(listed).fetchall() == []
    for sql, name in store._reader.execute("SELECT sql, name FROM sqlite_schema WHERE type = 'table'"):
        assert sql.count("CHECK (") == sql.count(f"CONSTRAINT ck_{name}_"), sql


@pytest.mark.parametrize(
    "tampering",
    [
        "DROP TRIGGER journal_deal_update",
        "CREATE TRIGGER extra AFTER INSERT ON deal BEGIN SELECT 1; END",
        "DROP TRIGGER keep_op_delete",
    ],
)
def test_a_book_that_lost_its_triggers_is_refused(path: Path, tampering: str) -> None:
    """As a migration tool does that rebuilds a table, or a person with another program."""
    raw = connection.connect(path, write=True)
    raw.execute(tampering)
    raw.close()
    with pytest.raises(Damaged, match="history keeping"):
        Store.open(path, user="Ann")


def test_a_changed_trigger_is_refused(path: Path) -> None:
    raw = connection.connect(path, write=True)
    (sql,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_deal_delete'").fetchone()
    raw.execute("DROP TRIGGER journal_deal_delete")
    raw.execute(sql.replace("'D'", "'U'"))
    raw.close()
    with pytest.raises(Damaged):
        Store.open(path, user="Ann")


@pytest.mark.parametrize(
    "tampering",
    [
        "ALTER TABLE setting ADD COLUMN more TEXT",
        "CREATE TABLE stranger (a)",
        "DROP INDEX ix_source_row_place",
        "CREATE INDEX another ON setting (value)",
    ],
)
def test_another_shape_is_a_difference(store: Store, tampering: str) -> None:
    store.transact("Connect", steps.add_person, "p1")
    store._writer.execute(tampering)
    assert len(schema.differences(store._reader, metadata)) == 1


def test_a_write_outside_a_step_fails(store: Store) -> None:
    """Also by SQL past the store: the triggers refuse it."""
    store.transact("Add Ann", steps.add_person, "p1")
    with pytest.raises(connection.driver.IntegrityError, match=r"journal\.op"):
        store._writer.execute("DELETE FROM person")
    assert len(store.read(steps.names)) == 1


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE op SET label = 'x'",
        "DELETE FROM op WHERE id = 2",
        "INSERT OR REPLACE INTO op SELECT * FROM op WHERE id = 2",
        "UPDATE journal SET key = 'x'",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
        "DELETE FROM personal",
        "UPDATE personal SET before = 'x'",
        "UPDATE personal SET salt = NULL, before = NULL, after = NULL, digest = NULL",
    ],
)
def test_the_history_cannot_be_changed(store: Store, tampering: str) -> None:
    store.transact("Add Ann", steps.add_person, "p1")
    store.transact("Rename Ann", steps.rename, "p1", "Bea")
    with pytest.raises(connection.driver.IntegrityError, match="history of a book"):
        store._writer.execute(tampering)


def test_personal_values_can_be_erased_and_the_chain_holds(store: Store) -> None:
    store.transact("Add Ann", steps.add_person, "p1", "Ann")
    store.transact("Rename Ann", steps.rename, "p1", "Bea Verity")
    image = "SELECT coalesce(before, '') || coalesce(after, '') FROM journal"
    assert not [row for row in store._reader.execute(image) if "Ann" in row[0] or "Verity" in row[0]]
    store._writer.execute("UPDATE personal SET salt = NULL, before = NULL, after = NULL")
    assert [f for f in store.check() if f.category == "history"] == []
    assert store._reader.execute("SELECT before, after FROM personal").fetchall() == [(None, None)]


def test_a_foreign_key_with_an_action_cannot_be_journaled() -> None:
    """SQLite changes rows for it in no stated order, so an undo could not follow."""
    apart = MetaData()
    Table("a", apart, Column("id", Integer, primary_key=True))
    Table("b", apart, Column("id", Integer, primary_key=True), Column("a", ForeignKey("a.id", ondelete="CASCADE")))
    with pytest.raises(ValueError, match="b: a foreign key with an action"):
        triggers(apart)


def test_a_table_without_a_key_cannot_be_journaled() -> None:
    apart = MetaData()
    Table("a", apart, Column("text", Text))
    with pytest.raises(ValueError, match="no primary key"):
        triggers(apart)


def test_keys_of_several_columns_and_bytes_are_undone(tmp_path: Path) -> None:
    """No table of a book needs this today; the next one may."""
    apart = MetaData()
    book = [metadata.tables[name].to_metadata(apart) for name in ("op", "journal", "personal", "current_op")]
    table = Table(
        "pair",
        apart,
        Column("a", Integer, primary_key=True),
        Column("b", Text, primary_key=True),
        Column("body", LargeBinary),
        Column("secret", LargeBinary),
        sqlite_strict=True,
    )
    personal(table.c.secret)
    connection.make_file(tmp_path / "x.db")
    raw = connection.connect(tmp_path / "x.db", write=True)
    schema.create_tables(raw, apart)
    schema.put_triggers(raw, apart)
    before = None
    states = []
    changes = (
        "INSERT INTO pair VALUES (1, 'x', x'00ff27', NULL), (2, 'y\"', NULL, x'01'), (2, 'z', x'', x'')",
        "UPDATE pair SET a = a + 10, body = x'aa', secret = NULL WHERE b <> 'z'",
        "UPDATE pair SET body = NULL, secret = x'02'",
        "DELETE FROM pair WHERE a > 2",
    )
    for sql in changes:
        states.append(raw.execute("SELECT * FROM pair ORDER BY a, b").fetchall())
        before, number = journal.begin(raw)
        raw.execute(sql)
        journal.seal(raw, before, number, "me", sql, "do")
    for state in reversed(states):
        last = journal.last_step(raw)
        assert last and last.undo_top
        target = journal.step(raw, last.undo_top)
        before, number = journal.begin(raw)
        reverse.reverse(raw, target)
        journal.seal(raw, before, number, "me", "", "undo", target)
        assert raw.execute("SELECT * FROM pair ORDER BY a, b").fetchall() == state
    assert len(book) == 4
    raw.close()
