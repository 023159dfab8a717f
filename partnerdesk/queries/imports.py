"""What was imported: the batches, one batch in full, and the cells of a file that a field of a fact was read from."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.models.facts import TABLES, batch, source_row


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import. read = accepted + rejected + ignored; new, changed and same are facts."""

    id: int
    at: str  # UTC, ISO 8601
    by: str
    file: str
    origin: str
    system: str
    read: int
    accepted: int
    rejected: int
    ignored: int
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """Facts of one kind in a batch; `derived` ones were summed from lines."""

    kind: str
    new: int
    changed: int
    same: int
    derived: bool


@dataclass(frozen=True, slots=True)
class SumLine:
    """The sum of a money column as it was previewed."""

    header: str
    target: str
    currency: str
    total: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """A batch in full. `columns` are (header, target, how it was read); `problems` the first thousand."""

    row: BatchRow
    sha256: str
    title: str
    encoding: str
    delimiter: str
    line: int
    currency: str
    columns: tuple[tuple[str, str, str], ...]
    kinds: tuple[KindLine, ...]
    sums: tuple[SumLine, ...]
    reasons: tuple[tuple[str, int], ...]
    placeholders: int
    problems: tuple[Problem, ...]
    problem_count: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that a field was read from: file, sheet and row as a user finds them, the column and its text."""

    batch: int
    at: str
    file: str
    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file} sheet {self.sheet} row {self.row}" if self.sheet else f"{self.file} line {self.row}"
        return f"{where}, column {self.column}"


def batches(session: Session) -> tuple[BatchRow, ...]:
    """All imports, the newest first."""
    rows = session.execute(select(batch).order_by(batch.c.id.desc())).all()
    return tuple(_row(row, json.loads(row.report)) for row in rows)


def _row(row: Any, report: dict[str, Any]) -> BatchRow:
    facts = [c for c in report["counts"] if not c[4]]
    return BatchRow(
        row.id,
        row.at,
        row.by,
        row.file,
        row.origin,
        row.system,
        row.read,
        row.accepted,
        row.rejected,
        row.ignored,
        sum(c[1] for c in facts),
        sum(c[2] for c in facts),
        sum(c[3] for c in facts),
    )


def batch_detail(session: Session, id: int) -> BatchDetail | None:
    """One import in full; None where there is none."""
    row = session.execute(select(batch).where(batch.c.id == id)).one_or_none()
    if row is None:
        return None
    mapping, report = json.loads(row.mapping), json.loads(row.report)
    return BatchDetail(
        _row(row, report),
        row.sha256,
        mapping["title"],
        mapping["encoding"],
        mapping["delimiter"],
        mapping["line"],
        mapping["currency"],
        tuple((header, target, mapping["how"].get(header, "")) for header, target in mapping["columns"].items()),
        tuple(KindLine(*c) for c in report["counts"]),
        tuple(SumLine(h, t, c, Decimal(total), n) for h, t, c, total, n in report["sums"]),
        tuple((reason, n) for reason, n in report["reasons"]),
        report["placeholders"],
        tuple(Problem(*p) for p in report["problems"]),
        report["problem_count"],
        tuple(report["notes"]),
    )


def facts_of(session: Session, id: int) -> tuple[tuple[str, int], ...]:
    """How many facts of each kind still come from a batch."""
    found = []
    for kind, table in TABLES.items():
        count = session.scalar(select(func.count()).where(table.c.batch == id)) or 0
        if count:
            found.append((kind, count))
    return tuple(found)


def source_cells(session: Session, kind: str, id: str, field: str) -> tuple[SourceCell, ...]:
    """The cells that a field of a fact was read from; none where it was typed, made or never mentioned.

    An amount that was summed from lines has the cells of all its lines.
    """
    table = TABLES[kind]
    places = (
        select(source_row.c.sheet, source_row.c.row, source_row.c.raw, batch.c.id, batch.c.at, batch.c.file)
        .add_columns(batch.c.mapping, batch.c.report)
        .join(batch, batch.c.id == source_row.c.batch)
    )
    query = places.join(table, table.c.source_row == source_row.c.id).where(table.c.id == id)
    rows = list(session.execute(query))
    if rows and kind == "deal" and field in ("amount", "cost") and _is_derived(rows[0].report):
        lines = TABLES["deal_line"]
        query = places.join(lines, lines.c.source_row == source_row.c.id).where(lines.c.deal == id)
        rows = list(session.execute(query.order_by(batch.c.id, source_row.c.row)))
        kind = "deal_line"
    return tuple(cell for row in rows for cell in _cells(row, kind, field))


def _is_derived(report: str) -> bool:
    return any(c[0] == "deal" and c[4] for c in json.loads(report)["counts"])


def _cells(row: Any, kind: str, field: str) -> list[SourceCell]:
    mapping, raw = json.loads(row.mapping), json.loads(row.raw)
    columns: list[int] = mapping["cells"].get(kind, {}).get(field, [])
    headers = mapping["headers"]
    return [
        SourceCell(row.id, row.at, row.file, row.sheet, row.row, headers[c], raw[c] if c < len(raw) else "")
        for c in columns
    ]
