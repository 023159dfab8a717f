"""One table per kind of fact, its columns derived from the kind's declaration in `engine.facts`.

Besides its own fields each row carries `system` and `key` (who it is in the system it came from, the identity that
makes a second import change nothing), `batch` and `source_row` (the row it was read from) and `typed_by`.
References are not foreign keys to facts: a file may name a partner that a later file describes; `Check book` and
the import preview report names that nothing describes.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeEngine

from partnerdesk.engine import facts
from partnerdesk.models.base import Day, Flag, Money, Rate, metadata

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("by", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("mapping", Text, nullable=False),  # JSON: column header -> kind.field, encoding, delimiter, date order
    Column("read", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("ignored", Integer, nullable=False),
    Column("report", Text, nullable=False),  # JSON: counts, sums and problems as they were previewed
    CheckConstraint("read = accepted + rejected + ignored", name="balanced"),
    sqlite_strict=True,
)

source_row = Table(
    "source_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch", Integer, ForeignKey("batch.id"), nullable=False),
    Column("sheet", Text, nullable=False, server_default=""),
    Column("row", Integer, nullable=False),
    Column("raw", Text, nullable=False),  # JSON list of the cells as they were read
    sqlite_strict=True,
)
Index("ix_source_row_place", source_row.c.batch, source_row.c.row)


_TYPES: dict[str, TypeEngine[Any]] = {
    facts.TEXT: Text(),
    facts.REF: Text(),
    facts.DAY: Day(),
    facts.MONEY: Money(),
    facts.RATE: Rate(),
    facts.WHOLE: Integer(),
    facts.FLAG: Flag(),
    facts.MAP: Text(),  # JSON object of texts
}


def _column(a: facts.Attribute) -> "Column[Any]":
    if a.name == "id":
        return Column("id", Text(), primary_key=True)
    nullable = not (a.required or isinstance(a.default, str) or a.kind == facts.MAP)
    return Column(a.name, _TYPES[a.kind], nullable=nullable)


def _table(kind: str) -> Table:
    declared = facts.attributes(kind)
    checks = [
        CheckConstraint(f'"{a.name}" IN ({", ".join(repr(c) for c in a.choices)})', name=f"{a.name}_known")
        for a in declared
        if a.choices
    ]
    columns = [_column(a) for a in declared]
    table = Table(
        kind,
        metadata,
        *columns,
        Column("system", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("batch", Integer, ForeignKey("batch.id")),
        Column("source_row", Integer, ForeignKey("source_row.id")),
        Column("typed_by", Text, nullable=False, server_default=""),
        *checks,
        UniqueConstraint("system", "key"),
        sqlite_strict=True,
    )
    for a in declared:
        if a.kind == facts.REF and a.to in ("partner", "deal", "contract", "deployment"):
            Index(f"ix_{kind}_{a.name}", table.c[a.name])
    # Taking an import back deletes its source rows, and for each of them SQLite looks for facts that still name it.
    Index(f"ix_{kind}_source_row", table.c.source_row)
    return table


TABLES: dict[str, Table] = {kind: _table(kind) for kind in facts.KINDS}
