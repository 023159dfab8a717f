"""Rows that a file brought before and does not hold any more: a corrected list again, or a list of a later day.

A file is an earlier one again where its system, its headers and its kind are the same, and it holds more than half of
what the other brought for the days that it covers; a list of other days, or of other partners, is another file. What
is then missing is a question to a person: nothing here takes a row away.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import HAPPENED, attributes
from partnerdesk.intake.drafts import Draft
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.known import PLACED
from partnerdesk.ops.imports.rawsql import fetched
from partnerdesk.ops.vanishing.describing import PARTS, Described, Place, described


@dataclass(frozen=True, slots=True)
class Gone:
    """Rows that are missing, and the imports that the file is again."""

    rows: tuple[Described, ...] = ()
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """A row of the book that an earlier import of such a file brought; `day` is "" where its kind has none."""

    id: str
    key: str
    batch: int
    day: str


def gone_from(session: Session, draft: Draft, differences: Sequence[Difference]) -> Gone:
    """What the file lacks. Nothing while rows of it cannot be read: they would look gone."""
    groups = {} if draft.rejected else _earlier(session, draft)
    places: list[Place] = []
    again: set[int] = set()
    for d in differences if groups else ():
        if d.part.kind not in PLACED and d.part.keys:
            for batches, missing in _missing(session, draft.columns.system, d, groups):
                again |= batches
                places += [(d.part.kind, id) for id in missing]
    asked = set(fetched(session, "SELECT kind, fact FROM vanished_row WHERE answer <> 'accept'")) if places else set()
    left = [place for place in dict.fromkeys(places) if place not in asked]
    return Gone(tuple(described(session, _without_parts(session, left))), tuple(sorted(again)))


def _earlier(session: Session, draft: Draft) -> dict[int, frozenset[int]]:
    """Imports of such files, each with those that it belongs together with, being again what they were."""
    headers, found = set(draft.table.headers), dict[int, set[int]]()
    sql = "SELECT id, mapping, report FROM batch WHERE system = ? ORDER BY id"
    for id, mapping, report in fetched(session, sql, (draft.columns.system,)):
        read = json.loads(mapping)
        if read["kind"] != draft.columns.kind or set(read["headers"]) != headers:
            continue
        together = {id}
        for other in json.loads(report).get("again", ()):
            together |= found.get(other, set())
        for one in together:
            found[one] = together
    return {id: frozenset(together) for id, together in found.items()}


def _missing(
    session: Session, system: str, d: Difference, groups: dict[int, frozenset[int]]
) -> Iterator[tuple[frozenset[int], list[str]]]:
    """By group of imports that the file is again, the rows of this kind that it lacks."""
    keys, days = set(d.part.keys), sorted(filter(None, _days_of(d)))
    by_group: dict[frozenset[int], list[_Known]] = defaultdict(list)
    for row in _known(session, system, d.part.kind, groups):
        by_group[groups[row.batch]].append(row)
    for batches, rows in by_group.items():
        covered = _covered(rows, days)
        missing = [row.id for row in covered if row.key not in keys]
        if len(missing) * 2 < len(covered):
            yield batches, missing


def _covered(rows: Sequence[_Known], days: Sequence[str]) -> list[_Known]:
    """Those of the days that the file covers. Where it lies within the months of what came before and reaches into the
    first and the last of them, it is the same list: its first or last day may be what is gone."""
    dated = [row.day for row in rows if row.day]
    if not days or not dated:
        return list(rows)
    first, last, before, after = days[0], days[-1], min(dated), max(dated)
    if before <= first and last <= after and first[:7] == before[:7] and last[:7] == after[:7]:
        return list(rows)
    return [row for row in rows if first <= row.day <= last]


def _day_columns(kind: str) -> list[str]:
    declared = {a.name for a in attributes(kind)}
    return [name for name in HAPPENED.get(kind, ("day",)) if name in declared]


def _days_of(d: Difference) -> Iterator[str]:
    columns: list[Sequence[Any]] = [d.part.fields[name] for name in _day_columns(d.part.kind) if name in d.part.fields]
    for values in zip(*columns, strict=True):
        yield next((value for value in values if value), "")


def _known(session: Session, system: str, kind: str, groups: dict[int, frozenset[int]]) -> Iterator[_Known]:
    names = _day_columns(kind)
    quoted = ", ".join(f'"{name}"' for name in names)
    day = f"coalesce({quoted}, '')" if names else "''"
    sql = f'SELECT "id", "key", "batch", {day} FROM "{kind}" WHERE "system" = ? AND "batch" IS NOT NULL'
    for row in fetched(session, sql, (system,)):
        if row[2] in groups:
            yield _Known(*row)


def _without_parts(session: Session, places: Sequence[Place]) -> Iterator[Place]:
    """Without the parts of rows that are gone themselves: they go with them."""
    found = set(places)
    wholes = {part: whole for whole, parts in PARTS.items() for part in parts}
    for kind, id in places:
        whole = wholes.get(kind)
        if whole:
            ((owner,),) = fetched(session, f'SELECT "{whole}" FROM "{kind}" WHERE "id" = ?', (id,))
            if (whole, owner) in found:
                continue
        yield kind, id


def come_back(session: Session, system: str, differences: Sequence[Difference]) -> None:
    """Rows that the file holds again are not gone any more; what was accepted before stays on record."""
    sql = "SELECT id, kind, key FROM vanished_row WHERE system = ? AND answer <> 'accept'"
    marked = fetched(session, sql, (system,))
    keys = {d.part.kind: set(d.part.keys) for d in differences} if marked else {}
    for id, kind, key in marked:
        if key in keys.get(kind, ()):
            session.connection().exec_driver_sql("DELETE FROM vanished_row WHERE id = ?", (id,))
