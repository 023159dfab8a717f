"""What a row is that is gone from its source: its words, where it was read, and whose statements it counts in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Fact
from partnerdesk.engine.money import decimals
from partnerdesk.engine.world.days import happened
from partnerdesk.models.facts import TABLES
from partnerdesk.ops import sentences
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.queries.facts import fact, facts

Place = tuple[str, str]  # kind and id
PARTS = {"deal": ("deal_line", "credit", "stage_change"), "deployment": ("check",)}  # what goes with a row
_FEW = 50  # rows of a kind are read one by one up to so many


@dataclass(frozen=True, slots=True)
class Described:
    """A row of the book in words. `partners` are those whose statements it counts in, its own first."""

    kind: str
    id: str
    system: str
    key: str
    says: str
    source: str
    partners: tuple[str, ...]


def described(session: Session, places: Iterable[Place]) -> list[Described]:
    """The rows that are still in the book, in the order given."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, id in places:
        by_kind[kind].append(id)
    parents = dict(session.execute(select(TABLES["partner"].c.id, TABLES["partner"].c.parent)).all())
    return [
        Described(kind, row.id, system, key, _says(kind, row), str(row.source or ""), _concerned(session, row, parents))
        for kind, ids in by_kind.items()
        for row, system, key in _rows(session, kind, ids)
    ]


def _rows(session: Session, kind: str, ids: Sequence[str]) -> Iterator[tuple[Any, str, str]]:
    if len(ids) > _FEW:
        whole: dict[str, Fact | None] = {row.id: row for row in facts(session, kinds=(kind,)).of(kind)}
    else:
        whole = {id: fact(session, kind, id) for id in ids}
    table = TABLES[kind].c
    for id in ids:
        if (row := whole.get(id)) is not None:
            system, key = session.execute(select(table.system, table.key).where(table.id == id)).one()
            yield row, system, key


def _says(kind: str, row: Any) -> str:
    """Deal “Rollout”, 1,200.00 EUR, 4 Dec 2026: what a person knows the row by."""
    texts = (getattr(row, name, "") for name in ("name", "title", "certificate", "person", "reason"))
    name = next((str(text) for text in texts if text), "") or row.id
    money = (getattr(row, a.name) for a in declared.attributes(kind) if a.kind == declared.MONEY)
    amount = next((m for m in money if m is not None), None)
    day = happened(kind, row) if hasattr(row, "day") or kind in declared.HAPPENED else None
    parts = [f"{named(kind).capitalize()} {name}"]
    parts += [f"{amount:,.{decimals(row.currency)}f} {row.currency}"] if amount is not None else []
    parts += [sentences.day(day)] if day is not None else []
    return ", ".join(parts)


def _concerned(session: Session, row: Any, parents: "dict[str, str | None]") -> tuple[str, ...]:
    """Partners whose statements a row counts in: its own, those credited, and those above; none for an open deal."""
    if isinstance(row, declared.Deal) and row.status == "open":
        return ()
    found = list(dict.fromkeys(_own(session, row)))
    for id in found:  # grows while it is walked
        above = parents.get(id)
        if above and above not in found:
            found.append(above)
    return tuple(found)


def _own(session: Session, row: Any) -> Iterator[str]:
    if partner := getattr(row, "partner", None):
        yield partner
    deal = row.id if isinstance(row, declared.Deal) else getattr(row, "deal", None)
    for kind, id in (("contract", getattr(row, "contract", None)), ("deployment", getattr(row, "deployment", None))):
        if id and (through := fact(session, kind, id)) is not None:
            yield from _own(session, through)
    if deal:
        credit = TABLES["credit"].c
        if not isinstance(row, declared.Deal) and (through := fact(session, "deal", deal)) is not None:
            yield from _own(session, through)
        yield from session.scalars(select(credit.partner).where(credit.deal == deal).order_by(credit.id))
