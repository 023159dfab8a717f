"""Rows that a person removed and a file still holds: whether they come back is a question, and its answer is kept.

The fact is gone from the book, so an import would take it for a new one. `vanished_row.stays_out` remembers it by the
key that its source gave it: `ask` until somebody answers, `out` where it was left removed, and nothing where it came
back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from partnerdesk.engine import facts
from partnerdesk.engine.facts import plural
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import BACK, LEAVE, REMOVED
from partnerdesk.intake.question import Option, Question
from partnerdesk.models.vanished import ASK, OUT, vanished_row
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.rawsql import fetched
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.reports.gone import as_read

_FEW = 5  # rows that the question names
_OPTIONS = (Option(BACK, "Bring them back"), Option(LEAVE, "Leave them removed"))
_OPTIONS_OF_ONE = (Option(BACK, "Bring it back"), Option(LEAVE, "Leave it removed"))


class Removed(NamedTuple):
    """A row of `vanished_row` that the file holds again; `state` is ask or out."""

    id: int
    kind: str
    says: str
    by: str
    at: str  # UTC
    state: str

    @property
    def told(self) -> str:
        """The row, by whom and when it was removed."""
        return f"{as_read(self.says)} (removed by {self.by}, {day_words(date.fromisoformat(self.at[:10]))})"


@dataclass(frozen=True, slots=True)
class Returning:
    """What of a file was removed before: the question, what stays out and says so, and what the answer changes.

    `offers` ask nothing: what was left removed comes back where somebody thinks better of it.
    """

    questions: tuple[Question, ...] = ()
    offers: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    back: tuple[int, ...] = ()
    out: tuple[int, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is an answer to keep."""
        return bool(self.back or self.out)


def returning(
    session: Session, system: str, file: str, differences: Sequence[Difference], choices: Mapping[str, str]
) -> Returning:
    """Finds the removed rows among the new ones, and takes those out of them that stay removed."""
    found = _found(session, system, differences)
    if not found:
        return Returning()
    answer = choices.get(REMOVED, "")
    asked = [row for row in found.values() if row.state == ASK]
    if answer == BACK:
        return Returning(back=tuple(row.id for row in found.values()))
    out = {place: row for place, row in found.items() if row.state == OUT or answer == LEAVE}
    take_out(differences, dict.fromkeys(out, ""))
    problems = tuple(_told(file, list(out.values())))
    offers = tuple(_offered([row for row in out.values() if row.state == OUT]))
    if asked and not answer:
        return Returning((_question(asked),), (), problems)
    return Returning((), offers, problems, out=tuple(row.id for row in asked))


def settle(session: Session, found: Returning) -> None:
    """Keeps the answer: those that came back are not removed any more, the others stay out from now on."""
    for state, ids in (("", found.back), (OUT, found.out)):
        if ids:
            session.execute(update(vanished_row).where(vanished_row.c.id.in_(ids)).values(stays_out=state))


def take_out(differences: Sequence[Difference], gone: Mapping[tuple[str, str], str]) -> None:
    """Takes rows, by kind and id, out of what a file would bring as new, and new ones that name them."""
    for d in differences if gone else ():
        d.new = [i for i in d.new if (d.part.kind, d.ids[i]) not in gone and not _names(d, i, gone)]


def _names(d: Difference, i: int, gone: Mapping[tuple[str, str], str]) -> bool:
    """Whether a row names one that stays out."""
    references = (a for a in facts.attributes(d.part.kind) if a.kind == facts.REF and a.name in d.part.fields)
    return any((a.to, d.part.fields[a.name][i]) in gone for a in references)


def _found(session: Session, system: str, differences: Sequence[Difference]) -> dict[tuple[str, str], Removed]:
    """By kind and id the new rows that were removed before."""
    sql = (
        'SELECT "key", id, kind, says, coalesce(nullif(answered_by, \'\'), "by"), at, stays_out FROM vanished_row '
        "WHERE system = ? AND stays_out <> '' ORDER BY id"
    )
    known = {(row[2], row[0]): Removed(*row[1:]) for row in fetched(session, sql, (system,))}
    return {
        (d.part.kind, d.ids[i]): known[d.part.kind, d.part.keys[i]]
        for d in (differences if known else ())
        for i in d.new
        if (d.part.kind, d.part.keys[i]) in known
    }


def _question(rows: Sequence[Removed]) -> Question:
    one = len(rows) == 1
    were, them = ("was", "it") if one else ("were", "them")
    asks = f"{_counted(rows)} of this file {were} removed from the book. What becomes of {them} now?"
    return Question(REMOVED, asks, f"{_named(rows)}.", _OPTIONS_OF_ONE if one else _OPTIONS, len(rows))


def _offered(rows: Sequence[Removed]) -> list[Question]:
    if not rows:
        return []
    verb, option = ("stays", _OPTIONS_OF_ONE[0]) if len(rows) == 1 else ("stay", _OPTIONS[0])
    asks = f"{_counted(rows)} of this file {verb} removed, as somebody answered before."
    return [Question(REMOVED, asks, f"{_named(rows)}.", (option,))]


def _told(file: str, rows: Sequence[Removed]) -> list[Problem]:
    """A warning that rows stay out."""
    if not rows:
        return []
    verb, them = ("stays", "it") if len(rows) == 1 else ("stay", "them")
    remedy = f"“Bring {them} back” ({REMOVED}={BACK}) takes {them} in."
    return [Problem(file, f"{_counted(rows)} that somebody removed {verb} out of the book.", remedy, warning=True)]


def _named(rows: Sequence[Removed]) -> str:
    more = f"; and {len(rows) - _FEW} more" if len(rows) > _FEW else ""
    return "; ".join(row.told for row in rows[:_FEW]) + more


def _counted(rows: Sequence[Removed]) -> str:
    kinds = {row.kind for row in rows}
    if len(kinds) > 1:
        return f"{len(rows):,} rows"
    (kind,) = kinds
    return f"1 {named(kind)}" if len(rows) == 1 else f"{len(rows):,} {plural(kind)}"
