"""Enablement beside the facts: pathways of trainings and certificates, and who was in which session.

A certificate that somebody earned is a fact (`certification`), a session that took place is one too (`activity`);
neither is kept here a second time. These tables hold what no fact says: what builds on what, and names of attendees.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import metadata, personal
from partnerdesk.models.plans import one_of, words

STEP_KINDS = ("training", "certificate")
RESULTS = ("attended", "passed", "failed", "absent")

pathway = Table(
    "pathway",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    words("product"),
    words("says"),
    UniqueConstraint("name"),
    sqlite_strict=True,
)

# A training or a certificate by the title that facts give it; an empty level takes any. `months` is how long it holds
# where a row of it names no last day.
pathway_step = Table(
    "pathway_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pathway", Integer, ForeignKey("pathway.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    words("level"),
    Column("months", Integer),
    one_of("form", STEP_KINDS),
    CheckConstraint("months > 0", name="months_positive"),
    sqlite_strict=True,
)
Index("ix_pathway_step_pathway", pathway_step.c.pathway)

# What has to be held before a step, all of it.
pathway_need = Table(
    "pathway_need",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step", Integer, ForeignKey("pathway_step.id"), nullable=False),
    Column("needs", Integer, ForeignKey("pathway_step.id"), nullable=False),
    CheckConstraint("step <> needs", name="another_step"),
    UniqueConstraint("step", "needs"),
    sqlite_strict=True,
)

# `activity` is the id of the fact that the session is.
attendance = Table(
    "attendance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("result", Text, nullable=False),
    one_of("result", RESULTS),
    UniqueConstraint("activity", "person"),
    sqlite_strict=True,
)
personal(attendance.c.person)
Index("ix_attendance_partner", attendance.c.partner)
