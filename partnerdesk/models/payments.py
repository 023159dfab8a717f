"""Payment runs: what finance was told to pay or to invoice, item by item, and what was withdrawn again.

A released run never changes. What was really paid are payments, a kind of fact; one that names an item settles it.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import Day, Money, freeze, metadata, of_our_making

payment_run = Table(
    "payment_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),  # PR-0001
    Column("day", Day, nullable=False),  # everything due up to it
    Column("as_of", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("total", Money, nullable=False),  # net of what is paid out
    Column("maker", Text, nullable=False),
    Column("checker", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    UniqueConstraint("number"),
    sqlite_strict=True,
)

payment_item = Table(
    "payment_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("payment_run.id"), nullable=False),
    Column("reference", Text, nullable=False),  # PR-0001-003
    Column("partner", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("gross", Money, nullable=False),
    Column("tax", Money, nullable=False),
    Column("net", Money, nullable=False),
    Column("due", Day, nullable=False),
    Column("statements", Text, nullable=False),  # ST-2026-08, ST-2026-09
    UniqueConstraint("reference"),
    CheckConstraint("kind IN ('pay', 'invoice')", name="kind_known"),
    CheckConstraint("gross > 0 AND tax >= 0 AND net = gross - tax", name="amounts"),
    sqlite_strict=True,
)
Index("ix_payment_item_partner", payment_item.c.partner)

payment_withdrawal = Table(
    "payment_withdrawal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", Integer, ForeignKey("payment_item.id"), nullable=False),
    Column("day", Day, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC
    UniqueConstraint("item"),
    sqlite_strict=True,
)

for _table in (payment_run, payment_item, payment_withdrawal):
    freeze(
        _table,
        "UPDATE DELETE",
        "1",
        "This belongs to a released payment run, which finance may have paid.",
        "Withdraw the item, and release it anew.",
    )

# A release writes the items first; with its run they are sealed. REPLACE must find nothing to replace either.
for _table, _taken in (
    (payment_run, "payment_run WHERE id = {row}.id OR number = {row}.number"),
    (payment_item, "payment_run WHERE id = {row}.run"),
    (payment_item, "payment_item WHERE id = {row}.id OR reference = {row}.reference"),
    (payment_withdrawal, "payment_withdrawal WHERE id = {row}.id OR item = {row}.item"),
):
    freeze(
        _table,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {_taken})",
        "Nothing is added to a released payment run, and nothing in it is replaced.",
        "Release another one.",
    )
# The numbers of statements are everybody's: they are a period's.
of_our_making(payment_item, "currency statements")
# Who of us did it, and when.
of_our_making(payment_withdrawal, "by at")
