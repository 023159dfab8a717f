"""Rows that were named before they were described: when the description comes, what named them follows.

A placeholder that a file called by name, number or e-mail is merged into the row that turns out to carry it; an
account that turns out to be a partner takes its deals with it. Files may thus come in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine import facts
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.known import PLACED, Known, folded
from partnerdesk.ops.imports.rawsql import fetched_in


@dataclass(frozen=True, slots=True)
class Merge:
    """The placeholder `old` is the row `new` of the same kind."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Move:
    """The customer `customer` is the partner `partner`; `text` is how files name the account."""

    customer: str
    partner: str
    name: str


def merges(known: Known, differences: Sequence[Difference]) -> list[Merge]:
    """Placeholders whose row these differences describe."""
    found = []
    for kind in {d.part.kind for d in differences if d.part.kind in PLACED and (d.new or d.changed)}:
        rows = known.kind(kind)
        for placed in rows.placeholders.values():
            target = None if placed.by == "key" else _described(known, kind, placed.text, placed.by)
            if target is not None and target != placed.id:
                found.append(Merge(kind, placed.id, target))
    return sorted(found, key=lambda m: (m.kind, m.old))


def apart(session: Session, found: Sequence[Merge]) -> tuple[list[Merge], list[Merge]]:
    """Those that can be merged, and those that cannot: a partner whose statements are closed keeps its own row.

    Merged, it would take the facts of what was posted to another partner, who would be paid for them again.
    """
    olds = [m.old for m in found if m.kind == "partner"]
    sql = "SELECT DISTINCT partner FROM statement WHERE partner IN ({})"
    closed = {partner for (partner,) in fetched_in(session, sql, (), olds)}
    stay = [m for m in found if m.kind == "partner" and m.old in closed]
    return [m for m in found if m not in stay], stay


def _described(known: Known, kind: str, text: str, by: str) -> str | None:
    rows = known.kind(kind)
    ways = [rows.names, rows.called] if by in ("any", "name") else []
    ways += [rows.others[o] for o in ("employee", "email") if by in ("any", o)] if kind == "person" else []
    for way in ways:
        found = [id for id in way.get(folded(text), ()) if id not in rows.placeholders]
        if len(found) == 1:
            return found[0]
    return None


def moves(known: Known, differences: Sequence[Difference], are_accounts: bool) -> list[Move]:
    """Customers that these differences describe as partners."""
    found = []
    customers = known.kind("customer")
    for d in differences:
        if d.part.kind != "partner" or not (d.new or d.changed):
            continue
        names = d.part.fields.get("name", d.part.keys)
        described = dict(zip(d.ids, names, strict=True))
        for key, id in zip(d.part.keys, d.ids, strict=True):
            customer = customers.ids.get(key)
            if customer is not None and (_is_account(known, customer) or are_accounts):
                found.append(Move(customer, id, described[id]))
        taken = {m.customer for m in found}
        for placed in customers.placeholders.values():
            target = known.kind("partner").one(placed.text) if placed.is_account and placed.by != "key" else None
            if target in described and placed.id not in taken:
                found.append(Move(placed.id, target, described[target]))
    return found


def _is_account(known: Known, customer: str) -> bool:
    placed = known.kind("customer").placeholders.get(customer)
    return placed is not None and placed.is_account


@lru_cache(maxsize=64)
def referring(kind: str) -> tuple[tuple[str, str], ...]:
    """(kind, field) of every reference to a kind."""
    return tuple(
        (other, a.name)
        for other in facts.KINDS
        for a in facts.attributes(other)
        if a.kind == facts.REF and a.to == kind
    )


def merge(session: Session, found: Sequence[Merge]) -> None:
    """What named the placeholders names the rows, and the placeholders go."""
    on = session.connection()
    for kind in {m.kind for m in found}:
        new = {m.old: m.new for m in found if m.kind == kind}
        for table, field in referring(kind):
            changes = [(new[old], id) for id, old in _naming(session, table, field, list(new))]
            if changes:
                on.exec_driver_sql(f'UPDATE "{table}" SET "{field}" = ? WHERE "id" = ?', changes)
        on.exec_driver_sql(f'DELETE FROM "{kind}" WHERE "id" = ?', [(old,) for old in new])


def _naming(session: Session, table: str, field: str, ids: Sequence[str]) -> list[tuple[str, str]]:
    """(id, named id) of the rows of a table whose field names one of these ids."""
    sql = f'SELECT "id", "{field}" FROM "{table}" WHERE "{field}" IN ({{}})'
    return [(row[0], row[1]) for row in fetched_in(session, sql, (), ids)]


def move(session: Session, found: Sequence[Move]) -> None:
    """Deals and other rows of these accounts go from the customer's side to the partner's."""
    if not found:
        return
    on = session.connection()
    partner = {m.customer: m.partner for m in found}
    for table in _with_both_sides():
        rows = [(partner[c], id) for id, c in _naming(session, table, "customer", list(partner))]
        if rows:
            sql = f'UPDATE "{table}" SET "partner" = ?, "customer" = NULL WHERE "id" = ? AND "partner" IS NULL'
            on.exec_driver_sql(sql, rows)
    _move_lines(session, list(partner.values()))
    _move_people(session, found)
    _drop_customers(session, found)


@lru_cache(maxsize=1)
def _with_both_sides() -> tuple[str, ...]:
    partners = {kind for kind, field in referring("partner") if field == "partner"}
    return tuple(kind for kind, field in referring("customer") if kind in partners)


def _move_lines(session: Session, partners: Sequence[str]) -> None:
    """Lines follow their deal."""
    sql = (
        'UPDATE deal_line SET "partner" = (SELECT d."partner" FROM deal d WHERE d."id" = deal_line."deal") '
        'WHERE "partner" IS NULL AND "deal" IN (SELECT "id" FROM deal WHERE "partner" = ?)'
    )
    session.connection().exec_driver_sql(sql, [(p,) for p in partners])


def _move_people(session: Session, found: Sequence[Move]) -> None:
    """People whose employer turns out to be a partner."""
    changes: list[tuple[Any, ...]] = []
    for m in found:
        changes += [(m.partner, m.customer), (m.partner, m.name)]
    sql = (
        'UPDATE person SET "partner" = ?, "side" = \'partner\', '
        '"attributes" = json_remove("attributes", \'$.account\') '
        'WHERE "partner" IS NULL AND json_extract("attributes", \'$.account\') = ?'
    )
    session.connection().exec_driver_sql(sql, changes)


def _drop_customers(session: Session, found: Sequence[Move]) -> None:
    """A customer that nothing names any more was the partner all along; one that is named still keeps its name."""
    ids = [m.customer for m in found]
    named = {c for table, field in referring("customer") for _, c in _naming(session, table, field, ids)}
    on = session.connection()
    gone = [(id,) for id in ids if id not in named]
    if gone:
        on.exec_driver_sql('DELETE FROM customer WHERE "id" = ?', gone)
    kept = [(m.name, m.customer) for m in found if m.customer in named and m.name]
    if kept:
        on.exec_driver_sql('UPDATE customer SET "name" = ? WHERE "id" = ?', kept)
