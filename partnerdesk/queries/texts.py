"""The texts of a book that can be searched, folded: partners, people, deals, plans, reviews, actions, notes.

They are read once per revision and kept in memory: a search then is a scan of some thousand short strings, which takes
a few milliseconds. Matching and ranking are in `search.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.models.book import book, op
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import action, objective, plan
from partnerdesk.models.reviews import note, review, review_item


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that can be found; `id` is that of its kind, `partner` whom it is about, `detail` a second line."""

    kind: str
    id: str
    partner: str | None
    partner_name: str
    title: str
    detail: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit with its title and all its words, folded."""

    hit: Hit
    title: str
    words: str


_kept: dict[tuple[Any, ...], tuple[Entry, ...]] = {}


def entries(session: Session) -> tuple[Entry, ...]:
    """The searchable texts of the book as it stands; kept until it changes."""
    revision = select(func.max(op.c.id)).scalar_subquery()
    state = session.execute(select(book.c.id, revision, func.total_changes())).first()
    if state is None:  # not a whole book, so nothing says when it changes
        return tuple(_read(session))
    key = tuple(state)
    if key not in _kept:
        read = tuple(_read(session))
        while len(_kept) >= 2:
            _kept.pop(next(iter(_kept)))
        _kept[key] = read
    return _kept[key]


def _read(session: Session) -> Iterator[Entry]:
    partner = TABLES["partner"]
    found = session.execute(select(partner).order_by(partner.c.id)).all()
    names: dict[str | None, str] = {row.id: row.name for row in found}
    for row in found:
        where = ", ".join(filter(None, (row.type, row.city, row.country)))
        more = " ".join((row.id, row.legal_name, row.document_name, row.agreement))
        yield _entry("partner", row.id, row.id, names, row.name, where, None, more)
    for read in (_people, _deals, _plans, _reviews, _actions, _notes):
        yield from read(session, names)


def _entry(
    kind: str,
    id: object,
    partner: str | None,
    names: dict[str | None, str],
    title: str,
    detail: str,
    day: date | None,
    more: str = "",
) -> Entry:
    name = names.get(partner, partner or "")
    hit = Hit(kind, str(id), partner, name, title, detail, day)
    plain = folded(title)
    return Entry(hit, plain, f"{plain} {folded(f'{detail} {name} {more}')}")


def _people(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    person = TABLES["person"]
    for row in session.execute(select(person).order_by(person.c.id)):
        yield _entry("person", row.id, row.partner, names, row.name, row.role, None, row.email)


def _deals(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    deal, customer = TABLES["deal"].c, TABLES["customer"].c
    columns = (deal.id, deal.partner, deal.name, deal.status, deal.closed, deal.expected_close, customer.name)
    query = select(*columns).outerjoin_from(TABLES["deal"], TABLES["customer"], customer.id == deal.customer)
    for id, partner, name, status, closed, expected, bought_by in session.execute(query.order_by(deal.id)):
        detail = ", ".join(filter(None, (status, bought_by)))
        yield _entry("deal", id, partner, names, name or f"Deal {id}", detail, closed or expected, id)


def _plans(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    titles: dict[int, list[str]] = {}
    for owner, title in session.execute(select(objective.c.plan, objective.c.title).order_by(objective.c.id)):
        titles.setdefault(owner, []).append(title)
    for row in session.execute(select(plan).order_by(plan.c.id)):
        more = " ".join((row.thesis, row.partner_goals, row.vendor_goals, *titles.get(row.id, ())))
        yield _entry("plan", row.id, row.partner, names, row.title, row.status, row.start, more)


def _reviews(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    lines: dict[int, list[str]] = {}
    items = select(review_item.c.review, review_item.c.text, review_item.c.detail).where(review_item.c.kind != "agenda")
    for owner, text, detail in session.execute(items.order_by(review_item.c.id)):
        lines.setdefault(owner, []).append(f"{text} {detail}")
    for row in session.execute(select(review).order_by(review.c.id)):
        title = f"Review Q{row.quarter[-1]} {row.quarter[:4]}"
        yield _entry("review", row.id, row.partner, names, title, row.status, row.day, " ".join(lines.get(row.id, ())))


def _actions(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    for row in session.execute(select(action).order_by(action.c.id)):
        detail = ", ".join(filter(None, (row.status, row.owner)))
        yield _entry("action", row.id, row.partner, names, row.text, detail, row.due, row.outcome)


def _notes(session: Session, names: dict[str | None, str]) -> Iterator[Entry]:
    for row in session.execute(select(note).order_by(note.c.id)):
        title = row.text if len(row.text) <= 80 else row.text[:79].rstrip() + "…"
        yield _entry("note", row.id, row.partner, names, title, row.kind, row.day, f"{row.text} {row.people}")
