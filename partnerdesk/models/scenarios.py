"""Named what-ifs of a partner: what would be another way, never what is. Nothing but a what-if reads these tables.

A change is one value: a field of a fact, a field of a fact that is added, a fact that is taken away, a key of a
program version, or what a metric comes to. Values are texts as a file would hold them, so that a scenario outlives
the row that it is about.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, metadata, of_our_making
from partnerdesk.models.plans import one_of, words

SET, ADD, REMOVE, RULE, METRIC = "set", "add", "remove", "rule", "metric"
ACTIONS = (SET, ADD, REMOVE, RULE, METRIC)

scenario = Table(
    "scenario",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("name", Text, nullable=False),
    words("reason"),
    words("owner"),
    Column("created", Day, nullable=False),
    Column("changed", Text, nullable=False),  # UTC
    Column("day", Day),  # the day that it looks at; none for the day on which it is looked at
    UniqueConstraint("partner", "name"),
    sqlite_strict=True,
)

# `of` is a kind of fact, the name of a program version, or a metric; `item` the id of a fact; `field` a field or a key.
scenario_change = Table(
    "scenario_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scenario", Integer, ForeignKey("scenario.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("of", Text, nullable=False),
    words("item"),
    words("field"),
    words("value"),
    one_of("action", ACTIONS),
    sqlite_strict=True,
)
Index("ix_scenario_change_scenario", scenario_change.c.scenario, scenario_change.c.position)
# A moment, and the keys of what is changed.
of_our_making(scenario, "changed")
of_our_making(scenario_change, "of field")
