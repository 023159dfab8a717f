"""What an import, or taking one back, would move before anything is written: tiers, scores, amounts, true-ups.

The figures come from two evaluations, before and after the very step that would be made. It is run where it may be
forgotten (`Store.suppose`), because it changes the book that it is given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import period_at
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.trace import moves
from partnerdesk.engine.whole import Outcome
from partnerdesk.ops.imports import preview
from partnerdesk.ops.imports.applying import LATER, apply
from partnerdesk.ops.imports.undoing import undo_batch
from partnerdesk.ops.vanishing.answering import Answer, accept_rows
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.archive import posted

TIER, SCORE, PAYABLE, HELD, TRUEUP = "tier", "score", "payable", "held", "trueup"
EARNED, CLAWED_BACK = "earned", "clawed_back"
AMOUNTS = (EARNED, CLAWED_BACK, TRUEUP, PAYABLE, HELD)
_ROWS = (EARNED, CLAWED_BACK, TRUEUP)  # of statements that are open
_TRIED = "tried"  # who does what is forgotten


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a partner that would be another: a tier by its name, or an amount or a score; None where it has
    none, as a partner that the file brings."""

    what: str
    now: str | Decimal | None
    then: str | Decimal | None


@dataclass(frozen=True, slots=True)
class PartnerEffect:
    """What would move of one partner; amounts in `currency`. `corrected` are closed periods whose lines change."""

    partner: str
    name: str
    currency: str
    moved: tuple[Moved, ...]
    corrected: tuple[str, ...]
    problems: tuple[str, ...]  # that its statements would have besides

    def change(self, what: str) -> Decimal:
        """By how much a figure would move; nothing where it stays."""
        sides = next(((m.now, m.then) for m in self.moved if m.what == what), (None, None))
        now, then = (side if isinstance(side, Decimal) else ZERO for side in sides)
        return then - now


@dataclass(frozen=True, slots=True)
class Effect:
    """What an import would move as of a day, those it moves most first. `since` is the first day of the open periods;
    `evaluated` is False in a book without a program, where there are no figures."""

    as_of: date
    since: date
    evaluated: bool
    partners: tuple[PartnerEffect, ...]


def effect(
    session: Session,
    path: Path | str,
    choices: Mapping[str, str],
    as_of: date,
    progress: Progress = SILENT,
    gone: Answer = LATER,
) -> Effect:
    """Imports the file into the book that it is given, and says what that moved. Raises what `apply` raises."""
    shown = preview(session, path, choices)
    return _of_step(session, lambda: apply(session, shown, by=_TRIED, gone=gone), as_of, progress, "taking the file in")


def effect_of_accepting(session: Session, ids: Sequence[int], as_of: date, progress: Progress = SILENT) -> Effect:
    """Accepts rows as gone from their source in the book that it is given, and says what that moved. Raises what
    `accept_rows` raises."""
    return _of_step(session, lambda: accept_rows(session, ids, by=_TRIED), as_of, progress, "without them")


def effect_of_removing(
    session: Session, op: Callable[..., object], id: str, as_of: date, progress: Progress = SILENT
) -> Effect:
    """Removes a row by `op(session, id, accepted=, by=)` in the book that it is given, and says what that moved."""
    return _of_step(session, lambda: op(session, id, accepted=True, by=_TRIED), as_of, progress, "without it")


def effect_of_taking_back(session: Session, batch: int, as_of: date, progress: Progress = SILENT) -> Effect:
    """Takes an import back in the book that it is given, and says what that moved. Raises what `undo_batch` raises."""
    return _of_step(session, lambda: undo_batch(session, batch), as_of, progress, "taking it back")


def _of_step(session: Session, step: Callable[[], object], as_of: date, progress: Progress, doing: str) -> Effect:
    if not programs(session):
        return Effect(as_of, as_of, False, ())
    progress.step(0, 3, "as it is")
    before = _figures(session, as_of)
    progress.step(1, 3, doing)
    step()
    session.flush()
    progress.step(2, 3, "as it would be")
    after = _figures(session, as_of)
    found = _effect(session, before, after, as_of)
    progress.step(3, 3, "done")
    return found


def _effect(session: Session, before: Mapping[str, Outcome], after: Mapping[str, Outcome], as_of: date) -> Effect:
    closed = posted(session)
    names = {p.id: p.document_name or p.name or p.id for p in facts(session, kinds=("partner",)).of("partner")}
    found = [
        PartnerEffect(
            id,
            names.get(id, id),
            (after.get(id) or before[id]).currency,
            _moved(before.get(id), after.get(id), closed.get(id), as_of),
            _corrected(session, before.get(id), after.get(id), closed.get(id)),
            _problems(before.get(id), after.get(id)),
        )
        for id in {**before, **after}
    ]
    moved = sorted((one for one in found if one.moved or one.corrected or one.problems), key=_most_first)
    starts = [start for id, outcome in after.items() for start in _open_from(outcome, closed.get(id))]
    return Effect(as_of, min(starts, default=as_of), True, tuple(moved))


def _figures(session: Session, as_of: date) -> Mapping[str, Outcome]:
    """All partners' figures, never those that are kept for a state of the book: this one is of no step."""
    versions = programs(session)
    world = facts(session, kinds=kinds_used(versions) | {"partner"})
    return evaluate(versions, world, as_of, posted=posted(session)).partners


def _most_first(one: PartnerEffect) -> tuple[bool, Decimal, str]:
    has_tier = any(m.what == TIER for m in one.moved)
    return not has_tier, -sum((abs(one.change(what)) for what in _ROWS), ZERO), one.name


def _moved(before: Outcome | None, after: Outcome | None, closed: Posted | None, as_of: date) -> tuple[Moved, ...]:
    now, then = (_told(side, closed, as_of) if side is not None else dict[str, Any]() for side in (before, after))
    for what in AMOUNTS:  # of a partner that the file brings, all are nothing now
        now.setdefault(what, ZERO)
        then.setdefault(what, ZERO)
    order = (TIER, SCORE, *AMOUNTS)
    return tuple(
        Moved(what, now.get(what), then.get(what))
        for what in order
        if (now.get(what) or ZERO) != (then.get(what) or ZERO)
    )


def _problems(before: Outcome | None, after: Outcome | None) -> tuple[str, ...]:
    """What would be wrong that is not wrong now."""
    was, wrong = ({str(p) for p in side.problems} if side else set() for side in (before, after))
    return tuple(sorted(wrong - was))


def _told(outcome: Outcome, closed: Posted | None, as_of: date) -> dict[str, str | Decimal | None]:
    """The figures that may move: of the open periods together, and as they stand at the end."""
    told: dict[str, str | Decimal | None] = {}
    statements = [s for s in outcome.statements.values() if closed is None or s.period.end > closed.closed_to]
    for what in _ROWS:
        told[what] = sum((r.total for s in statements for r in s.rows if _is_of(what, r.key)), ZERO)
    if statements:
        closing = max(statements, key=lambda s: s.period.end).row("closing")
        told |= {PAYABLE: closing.payable, HELD: closing.held}
    scores = list(outcome.scores.values())
    told[TIER] = outcome.tier_on(as_of) or None
    told[SCORE] = scores[-1].total if scores else None
    return told


def _is_of(what: str, row: str) -> bool:
    return row == TRUEUP if what == TRUEUP else moves(what, row)


def _open_from(outcome: Outcome, closed: Posted | None) -> Iterator[date]:
    for statement in outcome.statements.values():
        if closed is None or statement.period.end > closed.closed_to:
            yield statement.period.start


def _corrected(
    session: Session, before: Outcome | None, after: Outcome | None, closed: Posted | None
) -> tuple[str, ...]:
    """The labels of closed periods whose true-ups would be others."""
    if closed is None:
        return ()
    now, then = (_true_ups(side) if side is not None else {} for side in (before, after))
    changed = [key for key in {*now, *then} if now.get(key) != then.get(key)]
    last = programs(session)[-1]
    posted_on = {entry.id: entry.period.start for entry in closed.entries}
    known_on = {line.id: line.process for side in (before, after) if side for line in side.lines}
    days = (posted_on.get(reference) or known_on.get(line) for reference, line in changed)
    periods = {period_at(day, last.statements, last.fiscal_year) for day in days if day is not None}
    return tuple(period.label for period in sorted(periods, key=lambda period: period.start))


def _true_ups(outcome: Outcome) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for entry in outcome.entries:
        if entry.kind == TRUEUP:
            key = (entry.reference, entry.line)
            found[key] = found.get(key, ZERO) + entry.amount
    return found
