"""Metric audits: a sample of the rows that a metric counts, and what was found of each, with its evidence.

The sample is drawn from the rows as they were counted on the day, and stays as it was drawn; what a finding changed in
the facts is recorded beside it, and the change itself is in the journal like every other.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, Rate, freeze, metadata, of_our_making, personal

FINDINGS = ("", "right", "wrong", "unverifiable")

metric_audit = Table(
    "metric_audit",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),  # MA-0001
    Column("partner", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("period", Text, nullable=False),  # 2026Q3
    Column("version", Text, nullable=False),  # of the program
    Column("value", Rate, nullable=False),
    Column("unit", Text, nullable=False),
    Column("counted", Integer, nullable=False),  # rows of which the sample was drawn
    Column("seed", Integer, nullable=False),
    Column("day", Day, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    Column("finished", Day),
    Column("finished_by", Text, nullable=False, server_default=""),
    Column("conclusion", Text, nullable=False, server_default=""),
    sqlite_strict=True,
)
Index("ix_metric_audit_partner", metric_audit.c.partner, metric_audit.c.metric)

metric_audit_row = Table(
    "metric_audit_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", Text, ForeignKey("metric_audit.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("stratum", Integer, nullable=False),  # 1 holds the largest amounts
    Column("kind", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("amount", Rate, nullable=False),
    Column("source", Text, nullable=False),
    Column("finding", Text, nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("changed", Text, nullable=False, server_default=""),  # what was corrected or withdrawn, in words
    Column("day", Day),
    Column("by", Text, nullable=False, server_default=""),
    UniqueConstraint("audit", "number"),
    CheckConstraint(f"finding IN ({', '.join(repr(one) for one in FINDINGS)})", name="finding_known"),
    sqlite_strict=True,
)
# Facts that a finding took out of the book, by the key that their source gave them.
withdrawn_row = Table(
    "withdrawn_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("audit", Text, nullable=False),
    UniqueConstraint("kind", "system", "key"),
    sqlite_strict=True,
)
Index("ix_metric_audit_row_audit", metric_audit_row.c.audit)
personal(metric_audit.c.by, metric_audit.c.finished_by, metric_audit_row.c.by)
freeze(
    metric_audit_row,
    "INSERT",
    "(SELECT finished FROM metric_audit WHERE id = {row}.audit) IS NOT NULL",
    "This audit is finished, and its sample stays as it was drawn.",
    "Draw another sample.",
)
# What a metric is called and counted in stands in everybody's terms.
of_our_making(metric_audit, "metric title period version unit by at finished_by")
of_our_making(metric_audit_row, "kind by")
