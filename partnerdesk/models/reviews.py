"""Quarterly reviews and notes: who met, what was said, decided and learned. Commitments are actions (`plans.py`).

A review that was held is frozen, its parts included, with the figures that its pack showed; what follows from it goes
on as actions. What customers and field teams say stands beside the metrics (`feedback`), review or not.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from partnerdesk.models.base import (
    Day,
    Flag,
    for_us_alone,
    freeze,
    metadata,
    of_our_making,
    personal,
    rows_for_us_alone,
)
from partnerdesk.models.plans import SIDES, one_of, words

NOTE_KINDS = ("call", "visit", "mail", "qbr", "note")
FROZEN = ("This review was held; its record stays as it was.", "Write a note instead, or undo marking it as held.")
ITEM_KINDS = ("agenda", "win", "learning", "ask", "decision", "issue", "feedback", "recalibrate")
VOICES = ("customer", "field team", "partner")

note = Table(
    "note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    words("people"),
    words("author"),
    Column("internal", Flag, nullable=False, server_default="1"),
    Column("review", Integer, ForeignKey("review.id")),
    words("place"),  # where a file or page lies that the note is about; the file itself is not kept
    one_of("kind", NOTE_KINDS),
    sqlite_strict=True,
)
personal(note.c.text, note.c.people, note.c.author, note.c.place)
rows_for_us_alone(note, note.c.internal.is_(True))
Index("ix_note_partner", note.c.partner, note.c.day)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("quarter", Text, nullable=False),  # 2026Q3; an operating review is of a month (2026-10), others of 2026H1
    Column("day", Day),
    words("time"),
    words("place"),
    Column("status", Text, nullable=False),
    Column("created", Day, nullable=False),
    Column("sent_on", Day),
    Column("held_on", Day),
    Column("next_review", Day),
    words("internal_notes"),
    Column("minutes", Integer),  # how long the meeting is to be
    one_of("status", ("draft", "sent", "held")),
    CheckConstraint("minutes > 0", name="minutes_positive"),
    UniqueConstraint("partner", "quarter"),
    sqlite_strict=True,
)
personal(review.c.internal_notes)
for_us_alone(review.c.internal_notes)

# What is written after the meeting: when the next one is, and our own notes. Undoing the holding is the one way back.
_OPEN = ("next_review", "internal_notes")
_touched = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in review.c if c.name not in _OPEN)
freeze(review, "UPDATE", f"OLD.status = 'held' AND NEW.status = 'held' AND ({_touched})", *FROZEN)
freeze(review, "DELETE", "{row}.status = 'held'", *FROZEN)


def _part(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows belong to a review."""
    table = Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("review", Integer, ForeignKey("review.id"), nullable=False),
        *columns,
        sqlite_strict=True,
    )
    Index(f"ix_{name}_review", table.c.review)
    freeze(
        table,
        "INSERT UPDATE DELETE",
        "(SELECT status FROM review WHERE id = {row}.review) = 'held'",
        *FROZEN,
    )
    return table


attendee = _part(
    "attendee",
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("side", Text, nullable=False),
    words("role"),
    one_of("side", SIDES),
)
personal(attendee.c.name)

# Lines of a review: agenda (with minutes and the page it speaks to), wins, learnings, asks (owner, due), decisions
# (owner decides), issues (level of the ladder, answer due), feedback of the partner (owner said it), objectives to
# recalibrate. `became` is what a line was turned into: "action 12" or "plan 3".
review_item = _part(
    "review_item",
    Column("kind", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    words("detail"),
    words("owner"),
    Column("due", Day),
    Column("minutes", Integer),
    Column("level", Integer),
    words("page"),
    words("became"),
    one_of("kind", ITEM_KINDS),
    CheckConstraint("minutes > 0", name="minutes_positive"),
)
personal(review_item.c.owner)
rows_for_us_alone(review_item, review_item.c.kind == "learning")

# What a person wrote over the drafted title, and the narrative, of one page of the pack (`page` is its key), and its
# place among the pages where it was moved.
review_page = _part(
    "review_page",
    Column("page", Text, nullable=False),
    words("title"),
    words("narrative"),
    Column("position", Integer),
    UniqueConstraint("review", "page"),
)

# The pack of a held review as data: what its figures were on the day, so that the same pages can be made again.
review_record = _part(
    "review_record",
    Column("canonical", LargeBinary, nullable=False),  # zlib of the canonical pack
    Column("sha256", Text, nullable=False),  # of the canonical pack
    Column("locale", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("engine", Text, nullable=False),
    UniqueConstraint("review"),
)

# What was said about a partner's work, kept beside the metric it is about (a key of the program's; empty for all of
# it). It leaves the house in a pack only where somebody marked it as shareable.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("voice", Text, nullable=False),
    words("said_by"),
    words("metric"),
    Column("text", Text, nullable=False),
    words("customer"),
    Column("shareable", Flag, nullable=False, server_default="0"),
    Column("review", Integer, ForeignKey("review.id")),
    one_of("voice", VOICES),
    sqlite_strict=True,
)
personal(feedback.c.said_by, feedback.c.text)
rows_for_us_alone(feedback, feedback.c.shareable.is_(False))
Index("ix_feedback_partner", feedback.c.partner, feedback.c.day)
# A page's key and what a record was made with are everybody's.
of_our_making(review_page, "page")
of_our_making(review_record, "sha256 locale file engine")
