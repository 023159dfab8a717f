"""Rows that are gone from their source: each a question to a person, and what was answered.

A row that a file does not hold any more may be a mistake of the file or a correction of the world. Until somebody says
which, nothing of it changes and the statements it counts in are not closed. `vanished_entry` names what closed
statements had posted of a row that was accepted as gone, so that the true-up says why.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from partnerdesk.models.base import Day, freeze, metadata, personal

WAITING, KEEP, ACCEPT = "", "keep", "accept"
ASK, OUT = "ask", "out"  # of a row that a person removed: a file that still holds it asks, or was told to leave it out

vanished_row = Table(
    "vanished_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("partners", Text, nullable=False),  # JSON list of those whose statements wait, the row's own first
    Column("source", Text, nullable=False),  # where it was read
    Column("missing", Text, nullable=False),  # what it is missing from
    Column("at", Text, nullable=False),  # UTC
    Column("by", Text, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("answered_at", Text, nullable=False, server_default=""),
    Column("answered_by", Text, nullable=False, server_default=""),
    Column("stays_out", Text, nullable=False, server_default=""),
    CheckConstraint("answer IN ('', 'keep', 'accept')", name="answer_known"),
    CheckConstraint("json_valid(partners)", name="partners_json"),
    sqlite_strict=True,
)
Index("ix_vanished_row_fact", vanished_row.c.kind, vanished_row.c.fact)
personal(vanished_row.c.by, vanished_row.c.answered_by)

vanished_entry = Table(
    "vanished_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vanished", Integer, ForeignKey("vanished_row.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("closed_to", Day, nullable=False),  # the last closed day then: the true-up stands in the period after it
    Column("entry", Text, nullable=False),
    sqlite_strict=True,
)
Index("ix_vanished_entry_partner", vanished_entry.c.partner, vanished_entry.c.closed_to)
freeze(
    vanished_entry,
    "INSERT UPDATE DELETE",
    'EXISTS (SELECT 1 FROM statement WHERE partner = {row}.partner AND "end" > {row}.closed_to)',
    "A closed statement says why it corrects this, and closed means closed.",
    "A correction appears in the next open period.",
)
