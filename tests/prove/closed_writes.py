"""Writes to what is closed, by every way that SQL and the ops know: each is one attempt, made from a random number."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.facts import fact
from partnerdesk.store import Store
from tests.cli.conftest import won

DAY, MOMENT = date(2026, 9, 30), "2026-09-30T12:00:00Z"
CLOSED = ("2026-02", "2026-03", "2026-04")
TABLES = ("statement", "posted_entry", "fact_chunk", "program_version", "restatement", "payment_run", "payment_item")
Attempt = Callable[[Store, random.Random], None]


def frozen(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a close froze."""
    return {table: store._reader.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


def _columns(session: Session, table: str) -> list[str]:
    return [row[1] for row in session.connection().exec_driver_sql(f"PRAGMA table_info({table})")]


def _sql(make: Callable[[random.Random, str, list[str]], str]) -> Attempt:
    """An attempt by SQL, on a random frozen table, sometimes with the pragmas off that guard REPLACE."""

    def attempt(store: Store, draw: random.Random) -> None:
        table = draw.choice(TABLES)

        def op(session: Session) -> None:
            if draw.random() < 0.3:
                session.connection().exec_driver_sql("PRAGMA recursive_triggers = 0")
                session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = 1")
            session.connection().exec_driver_sql(make(draw, table, _columns(session, table)))

        try:
            store.transact("Tamper", op)
        finally:
            with store._writer_alone() as raw:
                raw.execute("PRAGMA recursive_triggers = 1")

    return attempt


def _changed(draw: random.Random, columns: list[str]) -> str:
    """The columns of a row, one of them with another value."""
    other = draw.choice(columns[1:])
    return ", ".join(f'coalesce("{c}", 0) + 1' if c == other else f'"{c}"' for c in columns)


def _update(draw: random.Random, table: str, columns: list[str]) -> str:
    how = draw.choice(("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"))
    return f'{how} {table} SET "{draw.choice(columns)}" = 7 WHERE rowid % {draw.randint(1, 3)} = 0 OR 1'


def _delete(draw: random.Random, table: str, columns: list[str]) -> str:
    return (
        f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} ORDER BY random() LIMIT {draw.randint(1, 3)})"
    )


def _replace(draw: random.Random, table: str, columns: list[str]) -> str:
    how = draw.choice(("INSERT OR REPLACE", "REPLACE"))
    return f"{how} INTO {table} SELECT {_changed(draw, columns)} FROM {table} ORDER BY random() LIMIT 1"


def _upsert(draw: random.Random, table: str, columns: list[str]) -> str:
    first, other = columns[0], draw.choice(columns[1:])
    return (
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true ORDER BY random() LIMIT 1 "
        f'ON CONFLICT("{first}") DO UPDATE SET "{other}" = 7'
    )


def _another_entry(draw: random.Random, table: str, columns: list[str]) -> str:
    return (
        "INSERT INTO posted_entry(statement, partner, entry, kind, bucket, day, amount, line, type, rule, reference, "
        f"note) SELECT statement, partner, entry || 'x', kind, bucket, day, {draw.randint(1, 10**6)}, line, type, "
        "rule, reference, note FROM posted_entry ORDER BY random() LIMIT 1"
    )


def _another_statement(draw: random.Random, table: str, columns: list[str]) -> str:
    named = [n for n in _STATEMENT if n not in ("id", "revision")]
    listed = ", ".join(f'"{n}"' for n in named)
    return (
        f"INSERT INTO statement(revision, {listed}) SELECT revision + {draw.randint(1, 9)}, {listed} FROM statement "
        "ORDER BY random() LIMIT 1"
    )


_STATEMENT = (
    "id number partner period start end revision currency opening earned transfers clawed_back adjusted paid held "
    "payable tier score canonical sha256 program version program_sha256 facts_sha256 facts engine as_of maker checker "
    "closed_at"
).split()


def _close_again(store: Store, draw: random.Random) -> None:
    names = {"maker": "A", "checker": "B", "total": Decimal(draw.randint(0, 9)), "at": MOMENT}
    store.transact("Close", close_period, draw.choice(CLOSED), DAY, **names)


def _undo(store: Store, draw: random.Random) -> None:
    store.undo()


REFUSED: dict[str, Attempt] = {
    "update": _sql(_update),
    "delete": _sql(_delete),
    "replace": _sql(_replace),
    "upsert": _sql(_upsert),
    "another entry": _sql(_another_entry),
    "another statement": _sql(_another_statement),
    "close again": _close_again,
}


def _late_row(store: Store, draw: random.Random) -> None:
    """A fact of a closed period comes in late: it may, and what is closed stays."""
    day = date(2026, draw.randint(2, 4), draw.randint(1, 28))
    row = won(f"L{draw.getrandbits(40)}", draw.choice(("P1", "P2")), day, str(draw.randint(1, 99_999)))
    store.transact("Late", add_rows, [row])
    store.undo()


def _late_change(store: Store, draw: random.Random) -> None:
    """A fact that a closed statement rests on is corrected, and the correction is taken back."""
    row: Any = store.read(fact, "deal", "D1")
    store.transact("Correct", change_row, "deal", "D1", {"amount": row.amount}, amount=Decimal(draw.randint(1, 10**6)))
    _undo(store, draw)


ALLOWED: dict[str, Attempt] = {"a late row": _late_row, "a late change": _late_change}
