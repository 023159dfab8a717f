"""Rows of closed statements that change their partner: which, on what they rest, and how that is said.

What was posted stays; the next statement of both partners corrects it by a true-up. A file that does it is asked
(`ops.imports.handed_over`), and so is a person (`ops.rows.deals`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.sentences import listed
from partnerdesk.ops.vanishing.describing import Place
from partnerdesk.queries.statements.resting import rested_on

CORRECTED = "What was posted stays, and the next statement of each partner corrects it."
_FEW = 5  # rows that a sentence names
_AT_ONCE = 500  # rows that one question to the book asks for


@dataclass(frozen=True, slots=True)
class Handed:
    """A row with the partner it would leave, the one it would go to ("" for none), and the statements resting on it."""

    place: Place
    before: str
    after: str
    statements: tuple[str, ...] = ()


def resting(session: Session, rows: Sequence[Handed]) -> Iterator[Handed]:
    """Those on which closed statements of the partner rest that they leave: with the ones that post them, else the
    latest. An open deal moves nothing of a statement.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.place[0]].add(row.place[1])
    rests, posting = rested_on(session, wanted), _posting(session, {row.before for row in rows})
    deal = TABLES["deal"].c
    is_open = select(deal.id).where(deal.status == "open", deal.id.in_(wanted["deal"]))
    still_open = {("deal", id) for (id,) in session.execute(is_open)} if wanted["deal"] else set()
    for row in rows:
        numbers = posting.get((row.before, row.place[1]), ())
        if not numbers and row.before in rests.get(row.place, ()) and row.place not in still_open:
            numbers = _latest(session, row.before)
        if numbers:
            yield Handed(row.place, row.before, row.after, tuple(numbers))


def _posting(session: Session, partners: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """By partner and fact the numbers of the statements that posted its lines, oldest first; a line is named after its
    rule and its fact.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = select(statement.c.partner, posted_entry.c.line, statement.c.number).join_from(posted_entry, statement)
    for some in portions(sorted(partners)):
        lines = query.where(statement.c.partner.in_(some), posted_entry.c.line != "")
        for partner, line, number in session.execute(lines.distinct().order_by(statement.c.start)):
            fact = line.partition(":")[2]
            for name in {fact, fact.partition(":")[0]}:
                if number not in found[partner, name]:
                    found[partner, name].append(number)
    return found


def _latest(session: Session, partner: str) -> list[str]:
    latest = select(statement.c.number).where(statement.c.partner == partner).order_by(statement.c.start.desc())
    return list(session.execute(latest.limit(1)).scalars())


def portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, as many at once as one question to the book asks for."""
    yield from (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def handed_words(session: Session, found: Sequence[Handed]) -> str:
    """Deal O-1 (ST-2026-01) goes from EQ1 (Quasar Trading) to BT4 (Beta Group); the first of them."""
    partner = TABLES["partner"].c
    shown = found[:_FEW]
    ids = {id for row in shown for id in (row.before, row.after)}
    names = dict(session.execute(select(partner.id, partner.name).where(partner.id.in_(ids))).all())

    def whom(id: str) -> str:
        if not id:
            return "no partner"
        return f"{id} ({names[id]})" if names.get(id, id) != id else id

    texts = [
        f"{named(row.place[0])} {row.place[1]} ({listed(list(row.statements))}) goes from {whom(row.before)} "
        f"to {whom(row.after)}"
        for row in shown
    ]
    more = f"; and {len(found) - _FEW:,} more" if len(found) > _FEW else ""
    sentence = "; ".join(texts) + more
    return sentence[:1].upper() + sentence[1:]
