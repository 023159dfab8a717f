"""Quarterly reviews and notes: who met, what was said, decided and learned. Commitments are actions (`plans.py`).

A review that was held is frozen, its parts included; what follows from it goes on as actions.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from partnerdesk.models.base import Day, Flag, freeze, metadata, personal
from partnerdesk.models.plans import SIDES, one_of, words

NOTE_KINDS = ("call", "visit", "mail", "qbr", "note")
FROZEN = ("This review was held; its record stays as it was.", "Write a note instead, or undo marking it as held.")
ITEM_KINDS = ("agenda", "win", "learning", "ask", "decision", "issue")

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
    one_of("kind", NOTE_KINDS),
    sqlite_strict=True,
)
personal(note.c.text, note.c.people, note.c.author)
Index("ix_note_partner", note.c.partner, note.c.day)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("quarter", Text, nullable=False),
    Column("day", Day),
    words("time"),
    words("place"),
    Column("status", Text, nullable=False),
    Column("created", Day, nullable=False),
    Column("sent_on", Day),
    Column("held_on", Day),
    Column("next_review", Day),
    words("internal_notes"),
    one_of("status", ("draft", "sent", "held")),
    UniqueConstraint("partner", "quarter"),
    sqlite_strict=True,
)
personal(review.c.internal_notes)


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
# (owner decides), issues (level of the ladder, answer due).
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
    one_of("kind", ITEM_KINDS),
    CheckConstraint("minutes > 0", name="minutes_positive"),
)
personal(review_item.c.owner)

# What a person wrote over the drafted title, and the narrative, of one page of the pack (`page` is its key).
review_page = _part(
    "review_page",
    Column("page", Text, nullable=False),
    words("title"),
    words("narrative"),
    UniqueConstraint("review", "page"),
)
