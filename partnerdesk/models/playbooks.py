"""Playbooks and the library: templates of dated actions, where they ran, and what was learned, with who used what.

Playbooks that ship with the program are files under `resources/playbooks`; these tables hold a book's own ones. A run
keeps the words it was started with, so that a playbook may change or go afterwards.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from partnerdesk.models.base import Day, Flag, metadata, of_our_making, personal
from partnerdesk.models.plans import SIDES, one_of, words

RUN_STATES = ("running", "done", "stopped")
ITEM_KINDS = ("reference architecture", "lesson learned", "guide", "template")

# `stages` and `types` are words divided by commas: the stages of a program and the types of partner it is made for.
playbook = Table(
    "playbook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    words("says"),
    words("stages"),
    words("types"),
    words("goal"),
    words("metric"),
    Column("workdays", Flag, nullable=False, server_default="1"),
    sqlite_strict=True,
)

# An action to come: `days` after the start, of a team, for whoever has the role there.
playbook_step = Table(
    "playbook_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("playbook", Integer, ForeignKey("playbook.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("side", Text, nullable=False),
    words("team"),
    words("role"),
    Column("days", Integer, nullable=False),
    words("measure"),
    Column("internal", Flag, nullable=False, server_default="0"),
    one_of("side", SIDES),
    sqlite_strict=True,
)
Index("ix_playbook_step_playbook", playbook_step.c.playbook)

# `playbook` is the key of the one it came from, such as renewal-rescue or own-3; `metric` a key of the program's.
playbook_run = Table(
    "playbook_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("playbook", Text, nullable=False),
    Column("title", Text, nullable=False),
    words("goal"),
    words("metric"),
    Column("start", Day, nullable=False),
    Column("created", Day, nullable=False),
    words("started_by"),
    Column("status", Text, nullable=False),
    Column("ended_on", Day),
    words("outcome"),
    one_of("status", RUN_STATES),
    sqlite_strict=True,
)
personal(playbook_run.c.started_by)
Index("ix_playbook_run_partner", playbook_run.c.partner)

# `place` is where the document lies: a path or an address, never a copy of it. Shared means: checked to name nobody.
library_item = Table(
    "library_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    words("text"),
    words("tags"),
    words("product"),
    words("partner_type"),
    words("place"),
    words("author"),
    Column("created", Day, nullable=False),
    Column("shared_on", Day),
    one_of("form", ITEM_KINDS),
    sqlite_strict=True,
)
personal(library_item.c.author)

item_use = Table(
    "item_use",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", Integer, ForeignKey("library_item.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("day", Day, nullable=False),
    words("used_by"),
    words("result"),
    sqlite_strict=True,
)
personal(item_use.c.used_by)
Index("ix_item_use_item", item_use.c.item)
Index("ix_item_use_partner", item_use.c.partner)
# A metric's key, and who of us began.
of_our_making(playbook_run, "metric started_by")
