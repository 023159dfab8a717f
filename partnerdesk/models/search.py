"""What the full-text search keeps: one row per searchable row of the book, and the index of their words.

All of it is derived: the store keeps it in step with the rows (`partnerdesk.store.search_index`) and can make it anew.
The index holds folded words only; what a hit says is read from the row itself.
"""

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import NOT_JOURNALED, metadata

# `id` is the row of the index; `digest` tells whether the words that were indexed are still those of the row.
search_doc = Table(
    "search_doc",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tbl", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Integer, nullable=False),
    UniqueConstraint("tbl", "key"),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# Up to which step the index is complete, and which declaration of texts it was made by.
search_state = Table(
    "search_state",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("op", Integer, nullable=False),
    Column("shape", Text, nullable=False),
    CheckConstraint("one = 1", name="one_row"),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

# `kind` and `about` hold one word each per kind of hit and per partner, customer and product a row is about.
# A deleted text leaves nothing behind: `secure-delete` is set where the index is made.
SEARCH_TEXT = (
    'CREATE VIRTUAL TABLE search_text USING fts5(kind, about, title, body, tokenize="unicode61 remove_diacritics 2")'
)
SECURE = "INSERT INTO search_text(search_text, rank) VALUES ('secure-delete', 1)"
