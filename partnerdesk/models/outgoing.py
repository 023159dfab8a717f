"""Documents that left: one row for each file that passed the gate, what it was, whose, for whom, when and by whom.

Writing a file changes nothing in the book, so a row is no step of undo; nothing changes a row or takes it away.
"""

from sqlalchemy import Column, Index, Integer, Table, Text

from partnerdesk.models.base import NOT_JOURNALED, Day, freeze, metadata, of_our_making

outgoing_document = Table(
    "outgoing_document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("day", Day, nullable=False),  # on which the book stood
    Column("by", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("about", Text, nullable=False),  # a period, or a number
    Column("file", Text, nullable=False),  # its name
    Column("sha256", Text, nullable=False),  # of the file
    Column("recipients", Text, nullable=False),
    Column("total", Text),  # exact decimal, of a statement
    Column("currency", Text, nullable=False),
    info={**NOT_JOURNALED},
    sqlite_strict=True,
)
Index("ix_outgoing_document_partner", outgoing_document.c.partner, outgoing_document.c.id)
freeze(
    outgoing_document,
    "UPDATE DELETE",
    "1",
    "What left is on record for good.",
    "Export again; the record keeps both.",
)
# What a document is about: “ST-2026-09 final” is every partner's.
of_our_making(outgoing_document, "at by kind about file sha256 currency")
