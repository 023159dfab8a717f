"""What is whose: the rows that make up one partner's world, as conditions on the fact tables.

A partner's world is its own rows, the deals that credit it with what hangs on them, the customers and products these
name, the vendor's people, and the exchange rates. Other partners of a shared deal are veiled: their role and share
count, their name is nobody's business.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true, union

from partnerdesk.models.facts import TABLES

ANOTHER = "another partner"

# Kinds whose rows name customers and products.
_NAMING = {
    "customer": ("deal", "contract", "transaction", "deployment", "survey", "activity", "case"),
    "product": ("deal", "deal_line", "contract", "transaction", "deployment"),
}


def belongs(kind: str, partner: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition on the table of `kind` that holds for the rows of this partner's world."""
    table = TABLES[kind]
    if kind == "exchange_rate":
        return true()
    if kind == "partner":
        return table.c.id == partner
    if kind in _NAMING:
        named = (select(TABLES[k].c[kind]).where(belongs(k, partner)) for k in _NAMING[kind])
        return table.c.id.in_(union(*named))
    ways = list(_ways(kind, partner))
    return or_(*ways) if ways else false()


def _ways(kind: str, partner: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
    """The ways in which a row of this kind can belong to the partner."""
    columns = TABLES[kind].c
    if "partner" in columns:
        yield columns.partner == partner
    if "deal" in columns:
        yield columns.deal.in_(_deals(partner))
    if kind == "deal":
        yield columns.id.in_(_credited(partner))
    if kind == "person":
        yield and_(columns.side == "vendor", columns.partner.is_(None))
    if kind == "transaction":
        contract = TABLES["contract"].c
        ours = or_(contract.partner == partner, contract.deal.in_(_credited(partner)))
        yield columns.contract.in_(select(contract.id).where(ours))
    if kind in ("check", "survey"):
        deployment = TABLES["deployment"].c
        yield columns.deployment.in_(select(deployment.id).where(deployment.partner == partner))


def _credited(partner: ColumnElement[str]) -> Select[Any]:
    credit = TABLES["credit"].c
    return select(credit.deal).where(credit.partner == partner)


def _deals(partner: ColumnElement[str]) -> Select[Any]:
    deal = TABLES["deal"].c
    return select(deal.id).where(or_(deal.partner == partner, deal.id.in_(_credited(partner))))


def veiled(kind: str, rows: tuple[Any, ...], partner: str) -> tuple[Any, ...]:
    """The rows of this partner's world as it may see them: another partner is not named, not even in an identifier."""
    if kind in ("partner", "person") or not rows or not hasattr(rows[0], "partner"):
        return rows
    seen: Counter[str] = Counter()
    return tuple(row if row.partner in (None, partner) else _veiled(kind, row, seen) for row in rows)


def _veiled(kind: str, row: Any, seen: Counter[str]) -> Any:
    if kind != "credit":
        return replace(row, partner=ANOTHER, source=None)
    seen[row.deal] += 1
    return replace(row, id=f"{row.deal}, other credit {seen[row.deal]}", partner=ANOTHER, attributes={}, source=None)


def beside_or_above(above: Mapping[str, str | None], partner: str) -> set[str]:
    """The partners that stand neither at nor below one, by who is above each: where metrics count a whole group."""
    found = set(above) - {partner}
    for one in tuple(found):
        at, seen = above[one], {one}
        while at is not None and at in above and at not in seen and at != partner:
            seen.add(at)
            at = above[at]
        if at == partner:
            found.discard(one)
    return found
