"""The plan of an import into the book: batch, source rows, facts, and what follows them. All of it in one step.

Values are in stored form already, so rows go past the per-cell types straight to the driver; that makes an import of
60,000 rows a matter of seconds.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from json.encoder import encode_basestring as quoted
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine import facts
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.known import AS_ACCOUNT, KNOWN_BY, STATUS, UNKNOWN
from partnerdesk.ops.imports.linking import Placeholder

_TOGETHER = 100
_DATED = "%Y-%m-%dT%H:%M:%SZ"


def batch(session: Session, values: Mapping[str, Any]) -> int:
    """A new row of `batch`; returns its id."""
    on = session.connection()
    number = int(on.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM batch").scalar() or 1)
    row = {"id": number, "at": datetime.now(UTC).strftime(_DATED)} | dict(values)
    named = ", ".join(f'"{name}"' for name in row)
    on.exec_driver_sql(f"INSERT INTO batch ({named}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    return number


def source_rows(
    session: Session, number: int, sheet: str, rows: Sequence[tuple[int, int, Sequence[str]]]
) -> dict[int, int]:
    """The rows that facts come from, as (row of the table, line, cells); returns row of the table -> id."""
    on = session.connection()
    first = int(on.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM source_row").scalar() or 1)
    ids = {row: first + i for i, (row, _, _) in enumerate(rows)}
    records = [(ids[row], number, sheet, line, f"[{', '.join(map(quoted, cells))}]") for row, line, cells in rows]
    many(session, "INSERT INTO source_row VALUES ", 5, records)
    return ids


def insert(
    session: Session, d: Difference, system: str, number: int, sources: Mapping[int, int], currency: str
) -> None:
    """The new rows of a part; those of which no column tells the currency are in the file's."""
    if not d.new:
        return
    everything = len(d.new) == len(d.part.keys)
    columns: dict[str, Any] = {"id": d.ids if everything else [d.ids[i] for i in d.new]}
    for a in facts.attributes(d.part.kind):
        if a.name == "id":
            continue
        column = d.part.fields.get(a.name)
        if column is None:
            usual = currency if a.name == "currency" else default(a)
            columns[a.name] = repeat(d.part.defaults.get(a.name, usual), len(d.new))
        else:
            columns[a.name] = column if everything else [column[i] for i in d.new]
    columns["system"] = repeat(system, len(d.new))
    columns["key"] = d.part.keys if everything else [d.part.keys[i] for i in d.new]
    columns["batch"] = repeat(number, len(d.new))
    columns["source_row"] = [sources[d.part.rows[i]] for i in d.new]
    columns["typed_by"] = repeat("", len(d.new))
    put(session, d.part.kind, columns)


def default(a: facts.Attribute) -> Any:
    """What a field holds where nothing was said, in stored form."""
    if a.kind == facts.MAP:
        return "{}"
    if a.kind == facts.TEXT:
        return a.default if isinstance(a.default, str) else ""
    return int(a.default) if isinstance(a.default, bool) else None


def put(session: Session, kind: str, columns: Mapping[str, Any]) -> None:
    """Rows of a kind from their columns.

    A statement for a hundred rows: SQLite guards each statement that fires a trigger against its own failure, and
    that guard would cost more than the rows.
    """
    named = ", ".join(f'"{name}"' for name in columns)
    many(session, f'INSERT INTO "{kind}" ({named}) VALUES ', len(columns), list(zip(*columns.values(), strict=True)))


def many(session: Session, insert_into: str, width: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts rows of so many values, a hundred at a time and the rest one by one."""
    on = session.connection()
    one = f"({', '.join('?' * width)})"
    together = insert_into + ", ".join([one] * _TOGETHER)
    whole = len(rows) // _TOGETHER * _TOGETHER
    for start in range(0, whole, _TOGETHER):
        on.exec_driver_sql(together, tuple(chain.from_iterable(rows[start : start + _TOGETHER])))
    if whole < len(rows):
        on.exec_driver_sql(insert_into + one, list(rows[whole:]))


def update(session: Session, d: Difference, number: int, sources: Mapping[int, int]) -> None:
    """The changed rows of a part: only what differs, and where it was read."""
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for i, values in d.changed.items():
        alike[tuple(values)].append((*values.values(), number, sources[d.part.rows[i]], d.ids[i]))
    for names, rows in alike.items():
        assign = ", ".join(f'"{name}" = ?' for name in (*names, "batch", "source_row"))
        session.connection().exec_driver_sql(f'UPDATE "{d.part.kind}" SET {assign} WHERE "id" = ?', rows)


def placeholders(session: Session, found: Sequence[Placeholder], system: str, number: int, currency: str) -> None:
    """Rows for what was named and is not described: the name as it stood, the status "unknown"."""
    by_kind: dict[str, list[Placeholder]] = defaultdict(list)
    for p in found:
        by_kind[p.kind].append(p)
    for kind, some in by_kind.items():
        columns: dict[str, Any] = {a.name: repeat(default(a), len(some)) for a in facts.attributes(kind)}
        columns |= {"id": [p.id for p in some], "name": [p.name for p in some], "attributes": [_said(p) for p in some]}
        if kind in ("partner", "product"):
            columns["currency"] = repeat(currency, len(some))
        if kind == "partner":
            columns["status"] = repeat(UNKNOWN, len(some))
        if kind == "person":
            for other in ("employee", "email"):
                columns[other] = [p.text if p.by == other else "" for p in some]
        columns |= {"system": repeat(system, len(some)), "key": [p.key for p in some]}
        columns |= {"batch": repeat(number, len(some)), "source_row": repeat(None, len(some))}
        put(session, kind, columns | {"typed_by": repeat("", len(some))})


def _said(p: Placeholder) -> str:
    held = {KNOWN_BY: (AS_ACCOUNT if p.is_account else "") + p.by}
    if p.kind != "partner":
        held[STATUS] = UNKNOWN
    return json.dumps(held, ensure_ascii=False, sort_keys=True)
