"""Workbooks of plans that were sent to partners, what came back in them, and what was decided about each proposal.

What was sent is kept as it was sent, whatever is undone afterwards: a file that has left the house comes back.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from partnerdesk.models.base import NOT_JOURNALED, Day, metadata, of_our_making, personal
from partnerdesk.models.plans import one_of, words

BLOCKS = (
    *("plan", "target", "objective", "account", "cell", "person", "decision", "risk", "level", "meeting", "step"),
    "promise",
)
OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"

plan_sheet = Table(
    "plan_sheet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("plan", Integer, nullable=False),  # no reference: a plan that was removed is still known to its files
    Column("key", Text, nullable=False),  # stands in the workbook
    Column("made", Day, nullable=False),
    Column("file", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib of its rows and cells as JSON
    UniqueConstraint("key"),
    info=NOT_JOURNALED,
    sqlite_strict=True,
)

plan_return = Table(
    "plan_return",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("sheet", Integer, ForeignKey("plan_sheet.id"), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("read_on", Day, nullable=False),
    Column("read_by", Text, nullable=False),
    sqlite_strict=True,
)
personal(plan_return.c.read_by)

# `row` is the key of a row of the sheet, empty for a new one, whose fields stand in `theirs` as JSON.
plan_proposal = Table(
    "plan_proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("returned", Integer, ForeignKey("plan_return.id"), nullable=False),
    Column("block", Text, nullable=False),
    words("row"),
    words("field"),
    words("label"),
    words("base"),
    words("theirs"),
    words("place"),
    Column("status", Text, nullable=False),
    Column("decided_on", Day),
    words("decided_by"),
    words("reason"),
    one_of("block", BLOCKS),
    one_of("status", (OPEN, ACCEPTED, REFUSED)),
    sqlite_strict=True,
)
personal(plan_proposal.c.label, plan_proposal.c.base, plan_proposal.c.theirs, plan_proposal.c.decided_by)
Index("ix_plan_proposal_returned", plan_proposal.c.returned)
# File names and keys are nobody's words, nor is who of us read it.
of_our_making(plan_sheet, "file")
of_our_making(plan_return, "sha256 read_by")
of_our_making(plan_proposal, "field decided_by")
