"""What happened to a dispute, in order: raised, noted, escalated, decided. The dispute itself is a kind of fact.

A step is never changed; what turns out later is the next step.
"""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from partnerdesk.models.base import Day, freeze, metadata, personal

KINDS = ("raised", "noted", "escalated", "decided")

dispute_step = Table(
    "dispute_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dispute", Text, nullable=False),  # the id of the fact
    Column("day", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in KINDS)})", name="kind_known"),
    sqlite_strict=True,
)
Index("ix_dispute_step_dispute", dispute_step.c.dispute)
personal(dispute_step.c.by)  # a partner's contact raises it
freeze(
    dispute_step,
    "UPDATE",
    "1",
    "What happened to a dispute stays as it was recorded.",
    "Record what happened since as the next step.",
)
