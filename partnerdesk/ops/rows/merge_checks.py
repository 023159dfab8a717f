"""Before two partners become one: what names the one that goes, what stays on record as it was, what is in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Table, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import KINDS, plural
from partnerdesk.models import metadata
from partnerdesk.models.agreements import agreement
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import plan
from partnerdesk.models.reviews import review
from partnerdesk.models.statements import statement
from partnerdesk.ops.imports import relinking
from partnerdesk.ops.imports.by_hand import SAME
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.sentences import count, day, listed

# Record of what was said and sent under a name: frozen, and true of the partner as it was called then.
_ON_RECORD = {
    "outgoing_document": ("document that left", "documents that left"),
    "kept_forecast": ("kept forecast", ""),
}
_NO_ID = ("ladder_level",)  # its column of that name holds words
_CALLED = {
    "person": ("contact", "contacts"),
    "partner": ("partner below it", "partners below it"),
    "plan": ("joint plan", "joint plans"),
    "item_use": ("use of a pathway", "uses of pathways"),
    "plan_return": ("returned plan", "returned plans"),
    "feedback": ("piece of feedback", "pieces of feedback"),
}
_TWICE = SAME | {"opening": ("partner", "day")}


@dataclass(frozen=True, slots=True)
class Pair:
    """The partner `old` becomes `new`."""

    old: str
    old_name: str
    new: str
    new_name: str


@lru_cache(maxsize=1)
def moved_tables() -> tuple[str, ...]:
    """The tables, other than those of facts, whose rows are of a partner and follow it."""
    stay = {*KINDS, *_ON_RECORD, *_NO_ID}
    return tuple(t.name for t in metadata.sorted_tables if "partner" in t.c and t.name not in stay)


def counted(session: Session, old: str) -> Iterator[str]:
    """What follows, by kind: 3 deals, 2 contacts, 1 action."""
    for name, field in (*relinking.referring("partner"), *((table, "partner") for table in moved_tables())):
        table: Table = metadata.tables[name]
        found = session.scalar(select(func.count()).where(table.c[field] == old)) or 0
        if found:
            yield count(found, *_CALLED.get(name, (named(name), plural(name))))


def left_on_record(session: Session, old: str) -> Iterator[str]:
    """What stays as it was, under the old id."""
    for name, words in _ON_RECORD.items():
        table: Table = metadata.tables[name]
        found = session.scalar(select(func.count()).where(table.c.partner == old)) or 0
        if found:
            yield count(found, *words)


def in_the_way(session: Session, pair: Pair) -> Iterator[str]:
    """Sentences that name what both have, or what cannot change its partner any more."""
    yield from _kept(session, pair.old)
    yield from _openings(session, pair)
    for kind, names in _TWICE.items():
        yield from _both(session, pair, TABLES[kind], names, plural(kind))
    for name in moved_tables():
        table: Table = metadata.tables[name]
        for unique in (c for c in table.constraints if isinstance(c, UniqueConstraint)):
            names = tuple(c.name for c in unique.columns)
            if "partner" in names:
                yield from _both(session, pair, table, names, _CALLED.get(name, ("", plural(name)))[1])
    if _is_below(session, pair):
        yield f"{pair.new} stands below {pair.old} through another partner."


def _kept(session: Session, old: str) -> Iterator[str]:
    """What is agreed or held, and stays as it was."""
    issued = session.scalars(select(agreement.c.number).where(agreement.c.partner == old)).all()
    if issued:
        yield f"The agreement {listed(list(issued))} was issued in the name of {old}."
    agreed = plan.c.status.in_(("agreed", "in progress", "closed"))
    for start in session.scalars(select(plan.c.start).where(plan.c.partner == old, agreed)):
        yield f"The joint plan of {old} from {day(start)} is agreed and locked."
    held = select(review.c.quarter).where(review.c.partner == old, review.c.status == "held")
    for quarter in session.scalars(held):
        yield f"The review of {old} for {quarter} was held."


def _openings(session: Session, pair: Pair) -> Iterator[str]:
    opening = TABLES["opening"].c
    last = session.scalar(select(func.max(statement.c.end)).where(statement.c.partner == pair.new))
    late = select(opening.day).where(opening.partner == pair.old, opening.day <= last) if last is not None else None
    if late is not None and (first := session.scalars(late).first()) is not None:
        yield f"{pair.old} has opening balances of {day(first)}, and {pair.new} has closed statements after that day."


def _both(session: Session, pair: Pair, table: Table, names: tuple[str, ...], what: str) -> Iterator[str]:
    """A sentence where both partners have a row that says the same; counted together, it would count twice."""
    one, other = table.alias(), table.alias()
    alike = [one.c[name].is_not_distinct_from(other.c[name]) for name in names if name != "partner"]
    alike += [
        one.c[name] != "" for name in names if name in ("number", "title", "name")
    ]  # nothing said is not the same
    when = next((name for name in ("day", "start", "awarded", "opened", "quarter") if name in names), "partner")
    both = one.c.partner == pair.old, other.c.partner == pair.new
    found = session.execute(select(one.c[when]).select_from(one.join(other, and_(*alike))).where(*both)).first()
    if found is not None:
        at = day(found[0]) if isinstance(found[0], date) else found[0] if when == "quarter" else ""
        yield f"Both have {what}{f' of {at}' if at else ''} that say the same."


def _is_below(session: Session, pair: Pair) -> bool:
    """Whether the one that stays is below the one that goes, with a third one between them."""
    return pair.old in above(session, pair.new)[1:]


def above(session: Session, id: str) -> list[str]:
    """The partners above one, the next one first."""
    partner = TABLES["partner"].c
    parents = {row.id: row.parent for row in session.execute(select(partner.id, partner.parent))}
    found: list[str] = []
    at = parents.get(id)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found
