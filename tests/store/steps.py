"""Small ops, and what a book holds as plain data, for tests of the store."""

import random
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.models import metadata
from partnerdesk.models.book import setting
from partnerdesk.models.facts import TABLES, batch, source_row

JOURNALED = [t for t in metadata.sorted_tables if t.info.get("journaled", True)]
TEXTS = ("Ann", "AT&T", 'R&D <Labs> "x"', "Łódź 😀", "a\0b", "\\'\n\t\u2028", "", "12", "null", "{}", "=1+1")


def fact_values(kind: str, id: str, **own: Any) -> dict[str, Any]:
    """A row of a kind of fact with every required column filled."""
    values: dict[str, Any] = {"id": id, "system": "test", "key": id, "attributes": "{}"}
    for column in TABLES[kind].columns:
        if not column.nullable and column.name not in values and column.server_default is None:
            values[column.name] = "open" if column.name in ("status", "outcome") else ""
    return values | own


def add_person(session: Session, id: str, name: str = "Ann") -> str:
    session.execute(insert(TABLES["person"]).values(fact_values("person", id, name=name)))
    return id


def rename(session: Session, id: str, name: str) -> None:
    session.execute(update(TABLES["person"]).where(TABLES["person"].c.id == id).values(name=name))


def remove(session: Session, id: str) -> None:
    session.execute(delete(TABLES["person"]).where(TABLES["person"].c.id == id))


def names(session: Session) -> list[tuple[str, str]]:
    person = TABLES["person"]
    return [(row.id, row.name) for row in session.execute(select(person.c.id, person.c.name).order_by(person.c.id))]


def import_rows(session: Session, count: int, number: int = 1) -> None:
    """What an import does: a batch, its source rows, a deal line for each, in bulk."""
    values = (number, "2026-01-01", "me", "f.csv", "0", "aw", f"aw{number}", "{}", count, count, 0, 0, "{}")
    on = session.connection()
    on.exec_driver_sql(f"INSERT INTO batch VALUES ({', '.join('?' * len(values))})", values)
    first = number * 1_000_000
    rows = [(first + i, number, "", i, f'["{i}", "Łódź"]') for i in range(count)]
    on.exec_driver_sql("INSERT INTO source_row VALUES (?, ?, ?, ?, ?)", rows)
    lines = (
        fact_values("deal_line", f"{number}-{i}", system=f"aw{number}", batch=number, source_row=first + i, amount=i)
        for i in range(count)
    )
    put(session, TABLES["deal_line"], list(lines))


def put(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    named = ", ".join(f'"{name}"' for name in columns)
    sql = f'INSERT INTO "{table.name}" ({named}) VALUES ({", ".join("?" * len(columns))})'
    session.connection().exec_driver_sql(sql, [tuple(row[name] for name in columns) for row in rows])


def dump(raw: Any) -> dict[str, list[tuple[Any, ...]]]:
    """All journaled rows, in an order of their own: equal for books that hold the same."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in JOURNALED:
        keys = ", ".join(f'"{c.name}"' for c in table.primary_key.columns)
        rows = raw.execute(f'SELECT * FROM "{table.name}" ORDER BY {keys}').fetchall()
        if rows:
            found[table.name] = rows
    return found


def dump_of(path: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The same of a file at rest."""
    raw = driver.connect(str(path))
    try:
        return dump(raw)
    finally:
        raw.close()


def random_op(chosen: random.Random) -> Any:
    """An op that changes some rows of several tables in some way, as its seed says."""
    parts = [chosen.choice(_PARTS) for _ in range(chosen.randint(1, 4))]
    seed = chosen.random()

    def op(session: Session) -> None:
        inner = random.Random(seed)
        for part in parts:
            part(session, inner)

    return op


def _ids(session: Session, table: Table) -> list[Any]:
    key = next(iter(table.primary_key.columns))
    return list(session.scalars(select(key).order_by(key)))


def _new_people(session: Session, chosen: random.Random) -> None:
    rows = [
        fact_values("person", f"p{chosen.getrandbits(60)}", name=chosen.choice(TEXTS), email=chosen.choice(TEXTS))
        for _ in range(chosen.choice((1, 1, 2, 30)))
    ]
    put(session, TABLES["person"], rows)


def _edit_one(session: Session, chosen: random.Random) -> None:
    ids = _ids(session, TABLES["person"])
    if ids:
        column = chosen.choice(("name", "email", "role", "partner", "known_on"))
        value: Any = (
            chosen.choice(TEXTS) if column not in ("partner", "known_on") else chosen.choice((None, "2026-01-01"))
        )
        sql = f'UPDATE person SET "{column}" = ? WHERE id = ?'
        session.connection().exec_driver_sql(sql, (value, chosen.choice(ids)))


def _edit_all(session: Session, chosen: random.Random) -> None:
    sql = "UPDATE deal SET amount = coalesce(amount, 0) + ?, name = ? || id WHERE length(id) % 2 = ?"
    values = (chosen.randint(-(10**15), 10**15), chosen.choice(TEXTS), chosen.randint(0, 1))
    session.connection().exec_driver_sql(sql, values)


def _new_deals(session: Session, chosen: random.Random) -> None:
    rows = [
        fact_values("deal", f"d{chosen.getrandbits(60)}", amount=chosen.choice((None, 0, -5, 2**53 + 1)))
        for _ in range(chosen.choice((1, 3, 40)))
    ]
    put(session, TABLES["deal"], rows)


def _remove_some(session: Session, chosen: random.Random) -> None:
    table = chosen.choice((TABLES["person"], TABLES["deal"], setting))
    ids = _ids(session, table)
    for id in chosen.sample(ids, min(len(ids), chosen.choice((1, 2, 10)))):
        session.execute(delete(table).where(next(iter(table.primary_key.columns)) == id))


def _new_key(session: Session, chosen: random.Random) -> None:
    """A row gets another primary key."""
    ids = _ids(session, TABLES["deal"])
    if ids:
        sql = "UPDATE deal SET id = ? WHERE id = ?"
        session.connection().exec_driver_sql(sql, (f"k{chosen.getrandbits(60)}", chosen.choice(ids)))


def _swap(session: Session, chosen: random.Random) -> None:
    """Two rows exchange a unique value, through a third one, as an op must."""
    ids = _ids(session, TABLES["deal"])
    if len(ids) > 1:
        one, two = chosen.sample(ids, 2)
        keys = {id: session.scalar(select(TABLES["deal"].c.key).where(TABLES["deal"].c.id == id)) for id in (one, two)}
        for id, key in ((one, "·"), (two, keys[one]), (one, keys[two])):
            session.connection().exec_driver_sql("UPDATE deal SET key = ? WHERE id = ?", (key, id))


def _settings(session: Session, chosen: random.Random) -> None:
    """REPLACE deletes and inserts in one statement."""
    key, value = chosen.choice("abc"), chosen.choice(("1", '"x"', "null", "[]"))
    session.connection().exec_driver_sql("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


def _import(session: Session, chosen: random.Random) -> None:
    number = (session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) FROM batch").scalar() or 0) + 1
    import_rows(session, chosen.choice((1, 60)), number)


def _remove_import(session: Session, chosen: random.Random) -> None:
    """Parents and children go together, children first."""
    numbers = [row[0] for row in session.execute(select(batch.c.id))]
    if numbers:
        number = chosen.choice(numbers)
        session.execute(delete(TABLES["deal_line"]).where(TABLES["deal_line"].c.batch == number))
        session.execute(delete(source_row).where(source_row.c.batch == number))
        session.execute(delete(batch).where(batch.c.id == number))


_PARTS = (
    _new_people,
    _edit_one,
    _edit_one,
    _edit_all,
    _new_deals,
    _remove_some,
    _new_key,
    _swap,
    _settings,
    _import,
    _remove_import,
)
