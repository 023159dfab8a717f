"""Writing facts: rows in, one row changed as its editor saw it, one row out. The inverse of `queries.facts`.

Whole imports and single typed rows come through here alike; a row that would be wrong is a located problem before
anything is written. Reading files and comparing a second import with the first is not done here.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import KIND_OF, Fact
from partnerdesk.engine.money import minor
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES, source_row
from partnerdesk.ops import sentences
from partnerdesk.ops.rows import fact_checks
from partnerdesk.ops.rows.fact_checks import named, place, said
from partnerdesk.ops.rows.namers import references, refuse_named
from partnerdesk.queries.facts import fact
from partnerdesk.queries.unknown import no_row

TYPED = "typed"  # the source system of rows that a person typed


def check_rows(session: Session, rows: Iterable[Fact], *, system: str) -> list[Problem]:
    """What stands against adding these rows: wrong cells, taken identifiers, names that nothing describes.

    Credits of a deal that sum to more than one are a warning, since some programs pay overlays.
    """
    kinds = by_kind(rows)
    problems = [p for kind, of_kind in kinds.items() for p in fact_checks.check(kind, of_kind)]
    if errors(problems):
        return problems
    for kind, of_kind in kinds.items():
        problems += _taken(session, kind, of_kind, system)
        problems += _unknown(session, kind, of_kind, kinds, system)
    return problems + list(_overlays(session, kinds.get("credit", ())))


def add_rows(
    session: Session,
    rows: Iterable[Fact],
    *,
    system: str = TYPED,
    batch: int | None = None,
    by: str = "",
    checked: bool = False,
) -> tuple[str, ...]:
    """Adds rows of any kinds; returns their ids in the order given.

    An id that another source system took is told apart by this system's name, and the names within these rows follow.
    `checked` leaves `check_rows` out where the caller has just done it. Raises Refused and writes nothing otherwise.
    """
    rows = tuple(rows)
    problems = [] if checked else errors(check_rows(session, rows, system=system))
    if problems:
        more = f" ({len(problems) - 1} more problems.)" if len(problems) > 1 else ""
        raise Refused(f"{problems[0]}{more}", "Nothing was added.")
    kinds = by_kind(rows)
    renamed = _all_renamed(session, kinds, system)
    places = _places(session, batch)
    for kind, of_kind in kinds.items():
        columns = _stored(kind, of_kind, renamed)
        for name, value in (("system", system), ("batch", batch), ("typed_by", by)):
            columns[name] = [value] * len(of_kind)
        columns["key"] = [row.id for row in of_kind]
        columns["source_row"] = [_source_row(row, places) for row in of_kind]
        _insert(session, kind, columns)
    return tuple(renamed[KIND_OF[type(row)]].get(row.id, row.id) for row in rows)


def change_row(
    session: Session, kind: str, id: str, before: "Mapping[str, Any] | Fact", /, *, by: str = "", **changes: Any
) -> None:
    """Changes fields of one row, if each value in `before` is still what the editor saw.

    Raises Refused where the row is gone, was changed meanwhile (both values are named), or would become wrong.
    """
    row = present_row(session, kind, id)
    _unchanged(kind, row, before)
    after = replace(row, **changes)
    problems = errors(fact_checks.check(kind, (after,)) + list(_unknown(session, kind, (after,), {}, "")))
    if problems:
        raise Refused(str(problems[0]), "Nothing was changed.")
    money = {a.name for a in declared.attributes(kind) if a.kind == declared.MONEY}
    touched = set(changes) | (money if "currency" in changes else set())  # minor units differ by currency
    columns = _stored(kind, (after,), {})
    values = {name: columns[name][0] for name in touched} | ({"typed_by": by} if by else {})
    if values:
        _update(session, kind, id, values)


def remove_row(session: Session, kind: str, id: str, before: "Mapping[str, Any] | Fact | None" = None, /) -> None:
    """Removes one row. Raises Refused where it is gone, was changed meanwhile, or other rows name it."""
    row = present_row(session, kind, id)
    if before is not None:
        _unchanged(kind, row, before)
    refuse_named(session, kind, id, "Remove or change those first.")
    session.execute(delete(TABLES[kind]).where(TABLES[kind].c.id == id))


def by_kind(rows: Iterable[Fact]) -> dict[str, list[Any]]:
    """The rows of each kind, in the order given."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        kinds[KIND_OF[type(row)]].append(row)
    return dict(kinds)


def _taken(session: Session, kind: str, rows: Sequence[Any], system: str) -> Iterator[Problem]:
    table = TABLES[kind]
    ours = select(table.c.key).where(table.c.system == system)
    known = set(session.scalars(ours))
    for row in rows:
        if row.id in known:
            yield Problem(place(kind, row), f"There is already a {named(kind)} {row.id}.")
        known.add(row.id)


def _unknown(
    session: Session, kind: str, rows: Sequence[Any], together: Mapping[str, Sequence[Any]], system: str
) -> Iterator[Problem]:
    for a in references(kind):
        wanted = {getattr(row, a.name) for row in rows} - {None} - {row.id for row in together.get(a.to, ())}
        missing = wanted - _existing(session, a.to, wanted, system)
        for row in rows if missing else ():
            if getattr(row, a.name) in missing:
                yield Problem(
                    f"{place(kind, row)}, {a.says}",
                    f"There is no {named(a.to)} {getattr(row, a.name)}.",
                    f"Add the {named(a.to)} first, or correct the name.",
                )


def _existing(session: Session, kind: str, wanted: set[str], system: str) -> set[str]:
    """Which of these names are ids of rows of the kind, or keys of this system's rows."""
    table = TABLES[kind]
    ids, keys = select(table.c.id), select(table.c.key).where(table.c.system == system)
    if len(wanted) <= 500:
        ids, keys = ids.where(table.c.id.in_(wanted)), keys.where(table.c.key.in_(wanted))
    return set(session.scalars(ids)) | set(session.scalars(keys)) if wanted else set()


def _overlays(session: Session, credits: Sequence[declared.Credit]) -> Iterator[Problem]:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in credits:
        shares[row.deal] += row.share
    table = TABLES["credit"]
    for deal, share in session.execute(select(table.c.deal, table.c.share)):
        if deal in shares:
            shares[deal] += share
    for deal, share in shares.items():
        if share > 1:
            yield Problem(
                f"deal {deal}",
                f"Its credits sum to {share}.",
                "Right only where the program pays overlays.",
                warning=True,
            )


def _all_renamed(session: Session, kinds: Mapping[str, Sequence[Any]], system: str) -> dict[str, dict[str, str]]:
    named_kinds = set(kinds) | {a.to for kind in kinds for a in references(kind)}
    return {kind: _renamed(session, kind, kinds.get(kind, ()), system) for kind in sorted(named_kinds)}


def _renamed(session: Session, kind: str, rows: Sequence[Any], system: str) -> dict[str, str]:
    """Keys of this system whose id is another one, since the plain one was taken: of these rows and of earlier ones."""
    table = TABLES[kind]
    earlier = select(table.c.key, table.c.id).where(table.c.system == system, table.c.key != table.c.id)
    renamed: dict[str, str] = dict(session.execute(earlier).all())
    taken = set(session.scalars(select(table.c.id))) if rows else set()
    return renamed | {row.id: f"{row.id} ({system})" for row in rows if row.id in taken}


def _stored(kind: str, rows: Sequence[Any], renamed: Mapping[str, Mapping[str, str]]) -> dict[str, list[Any]]:
    """The declared columns of these rows as the file keeps them."""
    columns: dict[str, list[Any]] = {}
    for a in declared.attributes(kind):
        values = [getattr(row, a.name) for row in rows]
        if a.kind == declared.MONEY:
            values = [None if v is None else minor(v, row.currency) for v, row in zip(values, rows, strict=True)]
        elif store := _STORE.get(a.kind):
            values = [None if v is None else store(v) for v in values]
        elif names := renamed.get(kind if a.name == "id" else a.to):
            values = [names.get(v, v) for v in values]
        columns[a.name] = values
    return columns


_STORE: dict[str, Callable[[Any], Any]] = {
    declared.DAY: date.isoformat,
    declared.RATE: lambda value: format(value, "f"),
    declared.FLAG: int,
    declared.MAP: lambda value: json.dumps(dict(value), ensure_ascii=False, sort_keys=True) if value else "{}",
}


def _insert(session: Session, kind: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """All rows in one prepared statement, past the per-cell type decorators: the values are in stored form already."""
    statement, order = _statement(kind, frozenset(columns))
    rows = list(zip(*(columns[name] for name in order), strict=True))
    if rows:
        session.connection().exec_driver_sql(statement, rows)


def _update(session: Session, kind: str, id: str, values: Mapping[str, Any]) -> None:
    table = TABLES[kind]
    compiled = update(table).where(table.c.id == id).compile(dialect=sqlite.dialect(), column_keys=list(values))
    order = [name for name in compiled.positiontup or () if name in values]
    session.connection().exec_driver_sql(str(compiled), (*(values[name] for name in order), id))


@lru_cache(maxsize=64)
def _statement(kind: str, names: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """An INSERT of these columns and the order in which it wants them."""
    compiled = insert(TABLES[kind]).compile(dialect=sqlite.dialect(), column_keys=sorted(names))
    return str(compiled), tuple(compiled.positiontup or ())


def _places(session: Session, batch: int | None) -> dict[tuple[str, int], int]:
    """The source rows of a batch by sheet and row number."""
    if batch is None:
        return {}
    query = select(source_row.c.sheet, source_row.c.row, source_row.c.id).where(source_row.c.batch == batch)
    return {(sheet, row): id for sheet, row, id in session.execute(query)}


def _source_row(row: Fact, places: Mapping[tuple[str, int], int]) -> int | None:
    return places.get((row.source.sheet, row.source.row)) if row.source else None


def present_row(session: Session, kind: str, id: str) -> Fact:
    """The row as it is now. Raises Refused where it is gone."""
    row = fact(session, kind, id)
    if row is None:
        raise no_row(session, kind, id)
    return row


def _unchanged(kind: str, row: Fact, before: "Mapping[str, Any] | Fact") -> None:
    names = before if isinstance(before, Mapping) else [a.name for a in declared.attributes(kind)]
    for name in names:
        seen = before[name] if isinstance(before, Mapping) else getattr(before, name)
        now = getattr(row, name)
        if seen != now:
            raise Refused(
                f"“{said(kind, name)}” of {named(kind)} {row.id} was {sentences.value(seen)} when you opened it "
                f"and is {sentences.value(now)} now.",
                "Look at it again, then change it if you still want to.",
            )
