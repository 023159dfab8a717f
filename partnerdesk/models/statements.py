"""Program versions as they were published, and closed statements with everything they rest on; none ever changes.

A closed statement keeps its canonical text and hash, the entries it posted, the hash of the program's texts and the
hashes of the fact chunks it was computed from. Chunks hold one month of one partner's facts and are stored once by
the hash of their content, so that the file does not grow with the square of time.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from partnerdesk.models.base import NOT_JOURNALED, Day, Money, Rate, freeze, metadata, of_our_making

program_version = Table(
    "program_version",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("program", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("effective_from", Day, nullable=False),
    Column("text", Text, nullable=False),
    Column("file", Text, nullable=False),
    UniqueConstraint("program", "effective_from"),
    sqlite_strict=True,
)
freeze(
    program_version,
    "UPDATE",
    "1",
    "A published program version never changes.",
    "Add the next version with its own effective_from.",
)
freeze(
    program_version,
    "DELETE",
    "EXISTS (SELECT 1 FROM statement)",
    "Closed statements rest on this program version.",
    "It stays; add the next version instead.",
)

fact_chunk = Table(
    "fact_chunk",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib of canonical JSON: kind -> rows
    sqlite_strict=True,
)

statement = Table(
    "statement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),  # ST-2026-09
    Column("partner", Text, nullable=False),
    Column("period", Text, nullable=False),  # 2026-09
    Column("start", Day, nullable=False),
    Column("end", Day, nullable=False),
    Column("revision", Integer, nullable=False),  # v1
    Column("currency", Text, nullable=False),
    Column("opening", Money, nullable=False),
    Column("earned", Money, nullable=False),
    Column("transfers", Money, nullable=False),
    Column("clawed_back", Money, nullable=False),
    Column("adjusted", Money, nullable=False),
    Column("paid", Money, nullable=False),
    Column("held", Money, nullable=False),  # closing, in held
    Column("payable", Money, nullable=False),  # closing, in payable
    Column("tier", Text, nullable=False),
    Column("score", Rate),
    Column("canonical", LargeBinary, nullable=False),  # zlib of the canonical statement
    Column("sha256", Text, nullable=False),  # of the canonical statement
    Column("program", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("program_sha256", Text, nullable=False),
    Column("facts_sha256", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON list of chunk hashes
    Column("engine", Text, nullable=False),
    Column("as_of", Day, nullable=False),
    Column("maker", Text, nullable=False),
    Column("checker", Text, nullable=False),
    Column("closed_at", Text, nullable=False),  # UTC
    UniqueConstraint("partner", "period", "revision"),
    CheckConstraint("json_valid(facts)", name="facts_json"),
    sqlite_strict=True,
)

posted_entry = Table(
    "posted_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statement.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("bucket", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("amount", Money, nullable=False),
    Column("line", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("bucket IN ('held', 'payable')", name="bucket_known"),
    sqlite_strict=True,
)
Index("ix_posted_entry_partner", posted_entry.c.partner)

for _table in (statement, posted_entry, fact_chunk):
    freeze(
        _table,
        "UPDATE DELETE",
        "1",
        "This belongs to a closed statement, and closed means closed.",
        "A correction appears in the next open period.",
    )

# A close writes the entries first; with its statement they are sealed, and nothing joins them any more. REPLACE must
# find nothing to replace either, also under another period: without recursive triggers it deletes unseen.
freeze(
    posted_entry,
    "INSERT",
    "EXISTS (SELECT 1 FROM statement WHERE id = {row}.statement)"
    " OR EXISTS (SELECT 1 FROM posted_entry WHERE id = {row}.id)",
    "Nothing is added to a closed statement, and closed means closed.",
    "A correction appears in the next open period.",
)
freeze(
    statement,
    "INSERT",
    "EXISTS (SELECT 1 FROM statement WHERE id = {row}.id OR (partner = {row}.partner AND period = {row}.period))",
    "This period is closed for this partner, and closed means closed.",
    "A correction appears in the next open period.",
)
freeze(
    fact_chunk,
    "INSERT",
    "EXISTS (SELECT 1 FROM fact_chunk WHERE sha256 = {row}.sha256)",
    "These facts belong to a closed statement, and closed means closed.",
    "A correction appears in the next open period.",
)
freeze(
    program_version,
    "INSERT",
    "EXISTS (SELECT 1 FROM program_version WHERE sha256 = {row}.sha256"
    " OR (program = {row}.program AND effective_from = {row}.effective_from))",
    "A published program version never changes.",
    "Add the next version with its own effective_from.",
)
issued_workbook = Table(
    "issued_workbook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statement.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", Text, nullable=False),  # of the cells
    Column("cells", LargeBinary, nullable=False),  # zlib of canonical JSON: sheet -> [row, column, text] ...
    Column("at", Text, nullable=False),  # UTC, when they first left
    UniqueConstraint("statement", "revision", "sha256"),
    info={**NOT_JOURNALED},
    sqlite_strict=True,
)
freeze(
    issued_workbook,
    "UPDATE DELETE",
    "1",
    "What was issued of a closed statement is kept as it was sent.",
    "Export again; both are kept.",
)
of_our_making(issued_workbook, "sha256 at")
# What a period is numbered and made with is in everybody's world; digests of a group rest on the same facts.
of_our_making(
    statement, "currency sha256 program version program_sha256 facts_sha256 facts engine maker checker closed_at"
)
# What the engine says of an entry: “6 months after the event” stands in everybody's terms.
of_our_making(posted_entry, "kind type rule note")
