"""The triggers of a book, generated from the table metadata: journal, protection of the history, frozen rows.

Nothing here runs them. Every open compares the file's triggers with this set, because a migration tool that rebuilds
a table drops its triggers silently and an undo without them would lose work.
"""

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Column, LargeBinary, MetaData, Table

REFUSED = "refused: "  # a trigger's message that is a sentence for the user; remedy after a line break


def triggers(metadata: MetaData) -> dict[str, str]:
    """All triggers by name, with their SQL as the file stores it."""
    made: dict[str, str] = {}
    for table in metadata.sorted_tables:
        if table.info.get("journaled", True):
            made |= _journal(table)
        made |= _frozen(table)
    for name in ("op", "journal", "personal"):
        made |= _protected(name)
    return made


def digest(made: Mapping[str, str]) -> str:
    """One hash of a trigger set."""
    text = "\n".join(f"{name}\n{made[name]}" for name in sorted(made))
    return hashlib.sha256(text.encode()).hexdigest()


def _create(name: str, when: str, table: str, body: str) -> dict[str, str]:
    return {name: f'CREATE TRIGGER "{name}" {when} ON "{table}" BEGIN {body}; END'}


def _journal(table: Table) -> dict[str, str]:
    for constraint in table.foreign_key_constraints:
        if constraint.ondelete or constraint.onupdate:
            raise ValueError(f"{table.name}: a foreign key with an action would change rows in no stated order")
    name, changed = table.name, " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
    open_, hidden = _split(table)
    insert = _write(name, "I", _key(table, "NEW"), "NULL", "NULL")
    delete = _write(name, "D", _key(table, "OLD"), _image(open_, "OLD"), "NULL")
    update = _write(name, "U", _key(table, "OLD"), _changes(open_, "OLD"), _changes(open_, "NEW"))
    if hidden:
        delete += _apart(_image(hidden, "OLD"), "NULL")
        update += _apart(_changes(hidden, "OLD"), _changes(hidden, "NEW"))
    return (
        _create(f"journal_{name}_insert", "AFTER INSERT", name, insert)
        | _create(f"journal_{name}_delete", "AFTER DELETE", name, delete)
        | {
            f"journal_{name}_update": f'CREATE TRIGGER "journal_{name}_update" AFTER UPDATE ON "{name}" '
            f"WHEN {changed} BEGIN {update}; END"
        }
    )


def _split(table: Table) -> "tuple[list[Column[object]], list[Column[object]]]":
    """The open columns and the personal ones."""
    columns = list(table.columns)
    return [c for c in columns if not c.info.get("personal")], [c for c in columns if c.info.get("personal")]


def _write(table: str, act: str, key: str, before: str, after: str) -> str:
    return (
        "INSERT INTO journal(op, tbl, act, key, before, after) "
        f"VALUES ((SELECT op FROM current_op), '{table}', '{act}', {key}, {before}, {after})"
    )


def _apart(before: str, after: str) -> str:
    salted = f"last_insert_rowid(), lower(hex(randomblob(16))), {before}, {after}"
    return f"; INSERT INTO personal(journal, salt, before, after) VALUES ({salted})"


def _key(table: Table, row: str) -> str:
    keys = [f'{row}."{c.name}"' for c in table.primary_key.columns]
    if not keys:
        raise ValueError(f"{table.name} has no primary key, so its changes cannot be undone")
    return keys[0] if len(keys) == 1 else f"json_array({', '.join(keys)})"


def _value(column: "Column[object]", row: str) -> str:
    named = f'{row}."{column.name}"'
    return f"iif({named} IS NULL, NULL, hex({named}))" if isinstance(column.type, LargeBinary) else named


def _image(columns: "Iterable[Column[object]]", row: str) -> str:
    """A JSON object of the whole row."""
    return "json_object(" + ", ".join(f"'{c.name}', {_value(c, row)}" for c in columns) + ")"


def _changes(columns: "Iterable[Column[object]]", row: str) -> str:
    """A JSON object of the columns that an update changed: an edit of one field costs one field."""
    parts = " || ".join(
        f"""iif(OLD."{c.name}" IS NOT NEW."{c.name}", ',"{c.name}":' || json_quote({_value(c, row)}), '')"""
        for c in columns
    )
    return f"'{{' || ltrim({parts}, ',') || '}}'"


def _frozen(table: Table) -> dict[str, str]:
    made: dict[str, str] = {}
    for number, rule in enumerate(table.info.get("frozen", ())):
        rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[rule.event]
        when = " OR ".join(f"({rule.when.format(row=row)})" for row in rows)
        message = (REFUSED + rule.sentence + "\n" + rule.remedy).replace("'", "''")
        name = f"frozen_{table.name}_{number}_{rule.event.lower()}"
        body = f"SELECT RAISE(ABORT, '{message}') WHERE {when}"
        made |= _create(name, f"BEFORE {rule.event}", table.name, body)
    return made


def _protected(name: str) -> dict[str, str]:
    """No change of the history, by REPLACE neither (recursive_triggers is on); personal values may be erased."""
    sealed = "OLD.digest IS NULL AND NEW.salt IS OLD.salt AND NEW.before IS OLD.before AND NEW.after IS OLD.after"
    erased = "NEW.digest IS OLD.digest AND NEW.salt IS NULL AND NEW.before IS NULL AND NEW.after IS NULL"
    allowed = f" WHERE NOT (NEW.journal = OLD.journal AND (({sealed}) OR ({erased})))"
    stop = "SELECT RAISE(ABORT, 'the history of a book cannot be changed')"
    return _create(f"keep_{name}_update", "BEFORE UPDATE", name, stop + (allowed if name == "personal" else "")) | (
        _create(f"keep_{name}_delete", "BEFORE DELETE", name, stop)
    )
