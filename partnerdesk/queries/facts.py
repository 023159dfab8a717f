"""A book's facts as the engine wants them: all of them, or one partner's world. The way into every figure.

Rows are read as plain tuples and turned column by column, which is several times faster than a type decorator per
cell: whole books come through here before each evaluation. What belongs to a partner is decided in `world.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Fact, Facts, Source, plural
from partnerdesk.errors import Damaged
from partnerdesk.models.facts import TABLES, batch, source_row
from partnerdesk.queries.kept import kept
from partnerdesk.queries.shape import amounts, built
from partnerdesk.queries.world import belongs, veiled

_RESTORE = "Restore a verified backup (Data, Backups)."
_WORLDS = 2  # that are kept
_day = lru_cache(maxsize=65536)(date.fromisoformat)
_rate = lru_cache(maxsize=65536)(Decimal)


def facts(session: Session, partner: str | None = None, kinds: Iterable[str] | None = None) -> Facts:
    """All facts, or those of one partner's world, in the order of their ids; only `kinds` where given.

    In a partner's world the other partners of a shared deal appear as "another partner". The rows of the book and the
    last whole worlds are kept while nothing is written: every part of a page, of a document and of a close asks for its
    own, and a large book takes longer to read than to look at.
    """
    if partner is not None and kinds is None:
        return kept(session, "worlds", partner, lambda: _read(session, declared.KINDS, partner), _WORLDS)
    return _read(session, declared.KINDS if kinds is None else tuple(kinds), partner)


def _read(session: Session, wanted: Collection[str], partner: str | None) -> Facts:
    known: dict[str, tuple[Any, ...]] = {}
    if partner is None:
        known = kept(session, "the rows of the book by kind", None, dict)
    if missing := [kind for kind in wanted if kind not in known]:
        files = {row.id: row.file for row in session.execute(select(batch.c.id, batch.c.file))}
        known.update({kind: _rows(session, kind, files, partner) for kind in missing})
    return Facts({kind: known[kind] for kind in wanted})


def fact(session: Session, kind: str, id: str) -> Fact | None:
    """One row by its id, or None."""
    files = {row.id: row.file for row in session.execute(select(batch.c.id, batch.c.file))}
    found = session.execute(_select(kind).where(TABLES[kind].c.id == id)).all()
    rows: tuple[Fact, ...] = _built_rows(kind, found, files)
    return rows[0] if rows else None


def _rows(session: Session, kind: str, files: Mapping[int, str], partner: str | None) -> tuple[Any, ...]:
    if partner is None:
        return _built_rows(kind, session.execute(_select(kind)).all(), files)
    raw = session.execute(_select_own(kind), {"partner": partner}).all()
    return veiled(kind, _built_rows(kind, raw, files), partner)


def _built_rows(kind: str, raw: Sequence[Any], files: Mapping[int, str]) -> tuple[Any, ...]:
    if not raw:
        return ()
    columns = dict(zip(raw[0]._fields, zip(*raw, strict=True), strict=True))
    try:
        return built(declared.KINDS[kind], _converted(kind, columns, files), len(raw))
    except (ValueError, ArithmeticError, LookupError) as error:  # what every way into the book had checked
        what = plural(kind)
        raise Damaged(f"The book is damaged: it holds {what} with values that nobody wrote.", _RESTORE) from error


@lru_cache(maxsize=64)
def _select(kind: str) -> Select[Any]:
    table = TABLES[kind]
    columns = [_plain(table.c[a.name], a.kind) for a in declared.attributes(kind)]
    place = [source_row.c.sheet.label("_sheet"), source_row.c.row.label("_row")]
    known = [table.c.batch.label("_batch"), table.c.typed_by.label("_by")]
    joined = table.outerjoin(source_row, source_row.c.id == table.c.source_row)
    return select(*columns, *known, *place).select_from(joined).order_by(table.c.id)


@lru_cache(maxsize=64)
def _select_own(kind: str) -> Select[Any]:
    """The rows of the world of the partner that is given as `partner`; made once, as many worlds are read in a row."""
    return _select(kind).where(belongs(kind, bindparam("partner", type_=Text())))


def _plain(column: ColumnElement[Any], kind: str) -> ColumnElement[Any]:
    """The column without its Python type where that would run once per cell."""
    if kind in (declared.DAY, declared.RATE, declared.FLAG):
        return type_coerce(column, Text()).label(column.key)
    return column


def _converted(kind: str, columns: dict[str, Any], files: Mapping[int, str]) -> dict[str, Iterable[Any]]:
    out: dict[str, Iterable[Any]] = {}
    for a in declared.attributes(kind):
        values = columns[a.name]
        if a.kind == declared.MONEY:
            values = amounts(values, columns["currency"])
        elif convert := _CONVERT.get(a.kind):
            values = [None if v is None else convert(v) for v in values]
        out[a.name] = values
    places = zip(columns["_batch"], columns["_sheet"], columns["_row"], columns["_by"], strict=True)
    out["source"] = [_source(number, sheet, row, by, files) for number, sheet, row, by in places]
    return out


def _map(text: str) -> Mapping[str, str]:
    if text == "{}":
        return declared.NOTHING
    import json

    found: dict[str, str] = json.loads(text)
    return found


_CONVERT: dict[str, Callable[[Any], Any]] = {
    declared.DAY: _day,
    declared.RATE: _rate,
    declared.FLAG: bool,
    declared.MAP: _map,
}


def _source(number: int | None, sheet: str | None, row: int | None, by: str, files: Mapping[int, str]) -> Source:
    if number is None:
        return _typed(by)
    return Source(number, files[number], sheet or "", row or 0, by)


@lru_cache(maxsize=1024)
def _typed(by: str) -> Source:
    return Source(by=by)
