"""The book itself and its history: who it is, its settings, one row per step, one row per changed row.

These tables belong to the store; nothing else writes to `op`, `journal`, `personal` and `current_op`. What they mean
and how they are kept is in `partnerdesk.store`. Facts, plans and statements have their own files.
"""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Table, Text

from partnerdesk.models.base import NOT_JOURNALED, Day, Flag, metadata

book = Table(
    "book",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created", Text, nullable=False),  # UTC, ISO 8601
    Column("sample", Flag(), nullable=False),
    Column("as_of", Day),  # figures are of this day; none: of the day on which they are asked for
    CheckConstraint("one = 1", name="one_row"),
    sqlite_strict=True,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    CheckConstraint("json_valid(value)", name="value_json"),
    sqlite_strict=True,
)

# Derived data only; a row counts while its revision is that of the book.
cache = Table(
    "cache",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# One row per step of a user. `first` to `last` are its rows in `journal` (none where last < first). `reverses` is the
# step that an undo or redo took back. `undo_top` and `redo_top` are the steps that undo and redo would reverse next,
# `below` the one that follows this step in the stack on which it lies: two linked lists, so that the stacks of a long
# history cost nothing to open. `hash` covers this row, its journal rows and the hash before it.
op = Table(
    "op",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # UTC, ISO 8601; the order of steps is that of the ids
    Column("by", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reverses", Integer),
    Column("below", Integer),
    Column("undo_top", Integer),
    Column("redo_top", Integer),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("changed", Text, nullable=False),  # JSON: table -> [rows inserted, updated, deleted]
    Column("hash", Text, nullable=False),
    CheckConstraint("kind IN ('create', 'do', 'final', 'undo', 'redo', 'restore', 'migrate')", name="kind_known"),
    CheckConstraint("json_valid(changed)", name="changed_json"),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# One row per changed row. An insert keeps the key alone, an update the changed columns before and after, a delete
# the whole row before; values as JSON, bytes as hexadecimal text. `key` is the primary key's value, or a JSON list
# where it has several columns.
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("op", Integer, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# The personal columns of a journal row's images, apart so that they can be erased: the chain covers `digest`, which
# is salted and stays.
personal = Table(
    "personal",
    metadata,
    Column("journal", Integer, primary_key=True),
    Column("salt", Text),
    Column("before", Text),
    Column("after", Text),
    Column("digest", Text),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# The step that is being written, for the journal triggers; empty between steps, so that a write outside one fails.
current_op = Table(
    "current_op",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("op", Integer, nullable=False),
    CheckConstraint("one = 1", name="one_row"),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)
