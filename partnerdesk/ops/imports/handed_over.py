"""Rows of closed statements that a file gives to another partner: whether they really change hands is a question.

Applied, what was posted is taken back from the one partner by true-ups, and the other one earns it. A file that merely
names the wrong partner would do the same; so nothing comes in unasked.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import LEAVE, OWNER, TAKE
from partnerdesk.intake.question import Option, Question
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.relinking import Merge
from partnerdesk.ops.rows.handing_over import CORRECTED, Handed, handed_words, portions, resting
from partnerdesk.ops.vanishing.describing import Place


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
    found = list(resting(session, changed))
    if not found:
        return Asked()
    answer = choices.get(OWNER, "")
    if answer == LEAVE:
        _leave(differences, {row.place for row in found})
    words = f"{handed_words(session, found)}."
    if answer not in (LEAVE, TAKE):
        return Asked((_question(found, words),))
    if answer == LEAVE:
        sentence = f"Left as in the book: {words}"
    else:
        sentence = f"{words} What was posted is corrected on the next statement of each."
    return Asked((), (Problem(file, sentence, warning=True),))


def _changed(session: Session, differences: Sequence[Difference]) -> Iterator[Handed]:
    """The rows that would have another partner than they have."""
    for d in differences:
        kind, after = d.part.kind, {d.ids[i]: v["partner"] for i, v in d.changed.items() if v.get("partner")}
        if kind == "partner" or not after:
            continue
        table = TABLES[kind].c
        for some in portions(sorted(after)):
            for id, before in session.execute(select(table.id, table.partner).where(table.id.in_(some))):
                if before and before != after[id]:
                    yield Handed((kind, id), before, after[id])


def _leave(differences: Sequence[Difference], places: set[Place]) -> None:
    for d in differences:
        for i in [i for i in d.changed if (d.part.kind, d.ids[i]) in places]:
            del d.changed[i]


def _question(found: Sequence[Handed], words: str) -> Question:
    one = len(found) == 1
    rows = "1 row of closed statements" if one else f"{len(found):,} rows of closed statements"
    asks = f"The file gives {rows} to another partner. Does {'it' if one else 'each of them'} change its partner?"
    because = f"{words} {CORRECTED}"
    options = (
        Option(TAKE, "Yes, it changes its partner" if one else "Yes, they change their partner"),
        Option(LEAVE, "No, leave it as it is" if one else "No, leave them as they are"),
    )
    return Question(OWNER, asks, because, options, len(found))
