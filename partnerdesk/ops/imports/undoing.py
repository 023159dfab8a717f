"""Taking back one batch, also when other steps came after it: what it added goes, what it changed is as before.

Undo of the last step is the store's; this reads the same journal for a batch further back, or for one file of several
that were imported together as one step. Where a later step changed
the same rows, the batch stays, and the sentence says which step stands in the way; what matching noted with a payment
that the batch brought goes with the payment. Rows that others name by then stay as placeholders.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine import facts
from partnerdesk.errors import Refused
from partnerdesk.ops.imports import also_known, writing
from partnerdesk.ops.imports.known import KNOWN_BY, PLACED, STATUS, UNKNOWN
from partnerdesk.ops.imports.relinking import referring
from partnerdesk.queries.payments.runs import MATCHING


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a batch back did, in facts."""

    removed: int
    restored: int
    kept_as_placeholders: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A batch's own part of the step that imported it, with other files or alone: journal entries first to last."""

    op: int
    first: int
    last: int


@dataclass(slots=True)
class _Changes:
    """What the batch's part did, by table: keys it added, rows it updated (key, before), rows it deleted (before)."""

    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    updated: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    deleted: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def leave_out(self, stay: frozenset[tuple[str, str]]) -> None:
        """Without what happened to rows that stay as they are."""
        for table in {table for table, _ in stay}:
            self.added[table] = [id for id in self.added[table] if (table, id) not in stay]
            self.updated[table] = [row for row in self.updated[table] if (table, row[0]) not in stay]


def undo_batch(session: Session, batch_id: int, stay: frozenset[tuple[str, str]] = frozenset()) -> Undone:
    """Take back a batch, but for the rows of a kind and id in `stay`: they remain as they are, and so does the batch.

    Raises Refused where there is none, or where later steps build on its rows.
    """
    force = _in_force(session)
    part = _part(session, _op_of(session, batch_id, force), batch_id)
    changes = _changes(session, part)
    _refuse_later(session, part, changes, force)
    changes.leave_out(stay)
    kept = _kept(session, changes)
    restored = _restore(session, changes)
    removed = _remove(session, changes, kept)
    _forget(session, batch_id)
    also_known.forget(session, batch_id)
    return Undone(removed, restored, sum(map(len, kept.values())))


def _op_of(session: Session, batch_id: int, force: dict[int, str]) -> int:
    on = session.connection()
    if on.exec_driver_sql("SELECT id FROM batch WHERE id = ?", (batch_id,)).scalar() is None:
        raise Refused(f"There is no batch {batch_id} any more.", "Look at the list of imports again.")
    sql = "SELECT op FROM journal WHERE tbl = 'batch' AND act = 'I' AND key = ? ORDER BY op"
    made = [int(op) for (op,) in on.exec_driver_sql(sql, (str(batch_id),))]
    if not made:
        raise Refused(f"The history of batch {batch_id} is not in this book.", "Restore a backup from before it.")
    # An undo or a redo that brought the batch again is later than steps that build on it: the import itself counts.
    return next((op for op in reversed(made) if op in force), made[-1])


def _part(session: Session, op: int, batch_id: int) -> _Part:
    """The files of a step were written one after the other, each after the row of its batch."""
    on = session.connection()
    first, last = on.exec_driver_sql("SELECT min(id), max(id) FROM journal WHERE op = ?", (op,)).one()
    sql = "SELECT id, key FROM journal WHERE op = ? AND tbl = 'batch' AND act = 'I' ORDER BY id"
    begun = list(on.exec_driver_sql(sql, (op,)))
    place = [key for _, key in begun].index(str(batch_id))
    return _Part(op, begun[place][0] if place else first, begun[place + 1][0] - 1 if begun[place + 1 :] else last)


def _in_force(session: Session) -> dict[int, str]:
    """The steps that count: a step and its undo cancel each other out, and so on."""
    rows = session.connection().exec_driver_sql("SELECT id, kind, reverses, label FROM op ORDER BY id").fetchall()
    force: dict[int, str] = {}
    meant: dict[int, int] = {}  # undo and redo -> the step that they take back and do again
    for id, kind, reverses, label in rows:
        if kind not in ("undo", "redo"):
            force[id] = label
            continue
        meant[id] = meant.get(reverses, reverses)
        if kind == "undo":
            force.pop(meant[id], None)
        else:
            force[meant[id]] = label
    return force


def _refuse_later(session: Session, part: _Part, changes: _Changes, force: dict[int, str]) -> None:
    """Refuse where what came later and is in force changed a row that this batch changed."""
    ours = {(table, key) for table, keys in changes.added.items() for key in keys}
    ours |= {(table, key) for table, rows in changes.updated.items() for key, _ in rows}
    ours |= {(table, str(image.get("id"))) for table, images in changes.deleted.items() for image in images}
    settled = _taken_back(session, part, force)
    noted = {("payment", key) for key in changes.added["payment"]}
    sql = "SELECT id, op, tbl, key FROM journal WHERE id > ? ORDER BY id"
    for id, later, table, key in session.connection().exec_driver_sql(sql, (part.last,)):
        if later not in force or (table, key) not in ours or (force[later] == MATCHING and (table, key) in noted):
            continue
        if id not in settled:
            if later == part.op:
                raise Refused(
                    "A later file of the same import changed the same rows.",
                    "Take back that file first, or correct the rows by hand.",
                )
            raise Refused(
                f"“{force[later]}” came later and changed the same rows.",
                "Undo that first, or correct the rows by hand.",
            )


def _taken_back(session: Session, part: _Part, force: dict[int, str]) -> set[int]:
    """The journal's entries about rows of later batches that were taken back, and are as they were before both.

    Not those of the rows that stayed as placeholders.
    """
    on = session.connection()
    pairs = (
        "SELECT d.key, max(i.op), d.op FROM journal d JOIN journal i ON i.tbl = 'batch' AND i.act = 'I' "
        "AND i.key = d.key AND i.op < d.op WHERE d.tbl = 'batch' AND d.act = 'D' AND i.id > ? GROUP BY d.op, d.key"
    )
    settled: set[int] = set()
    for batch, made, back in on.exec_driver_sql(pairs, (part.last,)).fetchall():
        if made in force and back in force:
            own = _part(session, made, int(batch))
            rows = "SELECT id, tbl, key, act FROM journal WHERE op = ?"
            came = on.exec_driver_sql(f"{rows} AND id BETWEEN ? AND ?", (made, own.first, own.last)).fetchall()
            went = on.exec_driver_sql(rows, (back,)).fetchall()
            stayed = {(t, k) for _, t, k, act in came if act == "I"} & {(t, k) for _, t, k, act in went if act == "U"}
            settled.update(id for id, table, key, _ in (*came, *went) if (table, key) not in stayed)
    return settled


def _changes(session: Session, part: _Part) -> _Changes:
    changes = _Changes()
    sql = (
        "SELECT j.tbl, j.act, j.key, j.before, p.before FROM journal j LEFT JOIN personal p ON p.journal = j.id "
        "WHERE j.op = ? AND j.id BETWEEN ? AND ? AND j.tbl <> 'setting' ORDER BY j.id DESC"
    )
    for table, act, key, before, apart in session.connection().exec_driver_sql(sql, (part.op, part.first, part.last)):
        image = (json.loads(before) if before else {}) | (json.loads(apart) if apart else {})
        if act == "I":
            changes.added[table].append(key)
        elif act == "U":
            changes.updated[table].append((key, image))
        else:
            changes.deleted[table].append(image)
    return changes


def _kept(session: Session, changes: _Changes) -> dict[str, list[str]]:
    """Of the added rows those that rows of other batches and steps name."""
    on = session.connection()
    kept: dict[str, list[str]] = {}
    for kind in PLACED:
        added = set(changes.added.get(kind, ()))
        named: set[str] = set()
        for table, name in referring(kind) if added else ():
            ours = set(changes.added.get(table, ()))
            before = {key: image[name] for key, image in changes.updated.get(table, ()) if name in image}
            sql = f'SELECT "id", "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL'
            for id, target in on.exec_driver_sql(sql):
                if target in added and id not in ours and before.get(id, target) == target:
                    named.add(target)
        kept[kind] = sorted(named)
    return kept


def _restore(session: Session, changes: _Changes) -> int:
    on = session.connection()
    count = 0
    for table, images in changes.deleted.items():
        for image in images:
            named = ", ".join(f'"{name}"' for name in image)
            sql = f'INSERT INTO "{table}" ({named}) VALUES ({", ".join("?" * len(image))})'
            on.exec_driver_sql(sql, tuple(image.values()))
            count += 1
    for table, rows in changes.updated.items():
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for key, image in rows:
            alike[tuple(image)].append((*image.values(), key))
        for names, values in alike.items():
            assign = ", ".join(f'"{name}" = ?' for name in names)
            on.exec_driver_sql(f'UPDATE "{table}" SET {assign} WHERE "id" = ?', values)
            count += len(values)
    return count


def _remove(session: Session, changes: _Changes, kept: dict[str, list[str]]) -> int:
    """What the step added: facts, and what it found to be gone from the file."""
    on = session.connection()
    count = 0
    for table in [t for t in changes.added if t in facts.KINDS]:
        stays = set(kept.get(table, ()))
        gone = [(id,) for id in changes.added[table] if id not in stays]
        if gone:
            on.exec_driver_sql(f'DELETE FROM "{table}" WHERE "id" = ?', gone)
        count += len(gone)
        _undescribe(session, table, sorted(stays))
    for table in ("vanished_entry", "vanished_row"):
        on.exec_driver_sql(
            f'DELETE FROM "{table}" WHERE "id" = ?', [(id,) for id in changes.added.get(table, ())] or [(0,)]
        )
    return count


def _forget(session: Session, batch_id: int) -> None:
    """The rows of the file that no fact was read from any more, and the batch where none is left."""
    on = session.connection()
    read = " UNION ".join(
        f'SELECT "source_row" FROM "{kind}" WHERE "batch" = {int(batch_id)} AND "source_row" IS NOT NULL'
        for kind in facts.KINDS
    )
    on.exec_driver_sql(f"DELETE FROM source_row WHERE batch = ? AND id NOT IN ({read})", (batch_id,))
    held = " UNION ALL ".join(f'SELECT 1 FROM "{kind}" WHERE "batch" = {int(batch_id)}' for kind in facts.KINDS)
    on.exec_driver_sql(f"DELETE FROM batch WHERE id = ? AND NOT EXISTS ({held})", (batch_id,))


def _undescribe(session: Session, kind: str, ids: list[str]) -> None:
    """Rows that are still named are placeholders again: their name as it is, everything else as if unknown."""
    if not ids:
        return
    kept = ("id", "name", "employee", "email", "currency")
    held = {KNOWN_BY: "key"} | ({} if kind == "partner" else {STATUS: UNKNOWN})
    values: dict[str, Any] = {a.name: writing.default(a) for a in facts.attributes(kind) if a.name not in kept}
    values |= {"attributes": json.dumps(held, sort_keys=True), "batch": None, "source_row": None}
    if kind == "partner":
        values["status"] = UNKNOWN
    assign = ", ".join(f'"{name}" = ?' for name in values)
    rows = [(*values.values(), id) for id in ids]
    session.connection().exec_driver_sql(f'UPDATE "{kind}" SET {assign} WHERE "id" = ?', rows)
