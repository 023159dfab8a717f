"""Restatements: a closed statement issued anew with other words in its head or its texts, every figure the same.

The closed statement itself stays as it was frozen, and so does each of its revisions; the figures stand with the
statement alone, so that no revision can hold others.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, freeze, metadata, of_our_making

restatement = Table(
    "restatement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statement.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("issued", Day, nullable=False),
    Column("revision", Integer, nullable=False),  # v2 and so on; the statement as it was closed is v1
    Column("reason", Text, nullable=False),
    Column("canonical", LargeBinary, nullable=False),  # zlib of the canonical statement
    Column("sha256", Text, nullable=False),  # of the canonical statement
    Column("engine", Text, nullable=False),  # whose words it is in
    Column("maker", Text, nullable=False),
    Column("checker", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    UniqueConstraint("statement", "revision"),
    CheckConstraint("revision > 1", name="later"),
    sqlite_strict=True,
)

freeze(
    restatement,
    "UPDATE DELETE",
    "1",
    "This belongs to a closed statement, and closed means closed.",
    "Restate the statement again.",
)
freeze(
    restatement,
    "INSERT",
    "EXISTS (SELECT 1 FROM restatement WHERE id = {row}.id) OR {row}.revision IS NOT 1 + coalesce("
    "(SELECT max(revision) FROM restatement WHERE statement = {row}.statement), 1)",
    "A restatement follows the one before it.",
    "Restate the statement again.",
)
# Digests, and who of us restated: a partner's manager does for others, too.
of_our_making(restatement, "sha256 engine maker checker at")
