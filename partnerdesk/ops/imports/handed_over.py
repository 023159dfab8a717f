"""Rows of closed statements that a file gives to another partner: whether they really change hands is a question.

Applied, what was posted is taken back from the one partner by true-ups, and the other one earns it. A file that merely
names the wrong partner would do the same; so nothing comes in unasked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import LEAVE, OWNER, TAKE
from partnerdesk.intake.question import Option, Question
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.relinking import Merge
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.sentences import listed
from partnerdesk.ops.vanishing.describing import Place
from partnerdesk.queries.statements.resting import rested_on

_FEW = 5  # rows that the question names
_AT_ONCE = 500  # rows that one question to the book asks for


@dataclass(frozen=True, slots=True)
class _Handed:
    """A row with the partner it would leave, the one it would go to, and the statements that rest on it."""

    place: Place
    before: str
    after: str
    statements: tuple[str, ...] = ()


def handed_over(
    session: Session,
    file: str,
    differences: Sequence[Difference],
    merges: Sequence[Merge],
    choices: Mapping[str, str],
) -> Asked:
    """Finds such rows among the changed ones, and takes those out that are left as they are.

    A partner that was only named and is described now (`merges`) is the same one.
    """
    same = {(m.old, m.new) for m in merges if m.kind == "partner"}
    changed = [row for row in _changed(session, differences) if (row.before, row.after) not in same]
    found = list(_resting(session, changed))
    if not found:
        return Asked()
    answer = choices.get(OWNER, "")
    if answer == LEAVE:
        _leave(differences, {row.place for row in found})
    told = f"{_told(session, found)}."
    if answer not in (LEAVE, TAKE):
        return Asked((_question(found, told),))
    if answer == LEAVE:
        sentence = f"Left as in the book: {told}"
    else:
        sentence = f"{told} What was posted is corrected on the next statement of each."
    return Asked((), (Problem(file, sentence, warning=True),))


def _changed(session: Session, differences: Sequence[Difference]) -> Iterator[_Handed]:
    """The rows that would have another partner than they have."""
    for d in differences:
        kind, after = d.part.kind, {d.ids[i]: v["partner"] for i, v in d.changed.items() if v.get("partner")}
        if kind == "partner" or not after:
            continue
        table = TABLES[kind].c
        for some in _portions(sorted(after)):
            for id, before in session.execute(select(table.id, table.partner).where(table.id.in_(some))):
                if before and before != after[id]:
                    yield _Handed((kind, id), before, after[id])


def _resting(session: Session, rows: Sequence[_Handed]) -> Iterator[_Handed]:
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
            yield _Handed(row.place, row.before, row.after, tuple(numbers))


def _posting(session: Session, partners: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """By partner and fact the numbers of the statements that posted its lines, oldest first; a line is named after its
    rule and its fact.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = select(statement.c.partner, posted_entry.c.line, statement.c.number).join_from(posted_entry, statement)
    for some in _portions(sorted(partners)):
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


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _leave(differences: Sequence[Difference], places: set[Place]) -> None:
    for d in differences:
        for i in [i for i in d.changed if (d.part.kind, d.ids[i]) in places]:
            del d.changed[i]


def _question(found: Sequence[_Handed], told: str) -> Question:
    one = len(found) == 1
    rows = "1 row of closed statements" if one else f"{len(found):,} rows of closed statements"
    asks = f"The file gives {rows} to another partner. Does {'it' if one else 'each of them'} change its partner?"
    because = f"{told} What was posted stays, and the next statement of each partner corrects it."
    options = (
        Option(TAKE, "Yes, it changes its partner" if one else "Yes, they change their partner"),
        Option(LEAVE, "No, leave it as it is" if one else "No, leave them as they are"),
    )
    return Question(OWNER, asks, because, options, len(found))


def _told(session: Session, found: Sequence[_Handed]) -> str:
    """Deal O-1 (ST-2026-01) goes from EQ1 (Quasar Trading) to BT4 (Beta Group); the first of them."""
    partner = TABLES["partner"].c
    shown = found[:_FEW]
    ids = {id for row in shown for id in (row.before, row.after)}
    names = dict(session.execute(select(partner.id, partner.name).where(partner.id.in_(ids))).all())

    def whom(id: str) -> str:
        return f"{id} ({names[id]})" if names.get(id, id) != id else id

    texts = [
        f"{named(row.place[0])} {row.place[1]} ({listed(list(row.statements))}) goes from {whom(row.before)} "
        f"to {whom(row.after)}"
        for row in shown
    ]
    more = f"; and {len(found) - _FEW:,} more" if len(found) > _FEW else ""
    sentence = "; ".join(texts) + more
    return sentence[:1].upper() + sentence[1:]
