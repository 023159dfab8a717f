"""The audit trail: who changed what and when, from what to what. Reads the store's journal and changes nothing.

What happened with a partner, in words of the business, is in `queries.partners.history`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from partnerdesk.models.book import journal, op, personal

_ACTS = {"I": "added", "U": "changed", "D": "removed"}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a user. `changed` counts the rows (added, changed, removed) per table; `at` is UTC.

    `taken_back` says that its effect is not in the book: it was undone and not redone since.
    """

    id: int
    at: datetime
    by: str
    label: str
    kind: str
    changed: Mapping[str, tuple[int, int, int]]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed row. `before` and `after` hold the columns that changed, or the whole row where it was removed.

    An added row shows no values here: they are what it holds now, or what its next change shows as before. Money is
    in minor units, as stored. Personal values that were erased are absent.
    """

    step: int
    at: datetime
    by: str
    label: str
    table: str
    key: str
    act: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def steps(session: Session, *, limit: int = 200, older_than: int | None = None) -> tuple[StepRow, ...]:
    """The newest steps first; `older_than` a step's id, for the next page."""
    query = select(op.c.id, op.c.at, op.c.by, op.c.label, op.c.kind, op.c.changed).order_by(op.c.id.desc())
    if older_than is not None:
        query = query.where(op.c.id < older_than)
    reversed_by: dict[int, int] = dict(
        session.execute(select(op.c.reverses, op.c.id).where(op.c.kind.in_(("undo", "redo")))).all()
    )
    return tuple(
        StepRow(
            id,
            datetime.fromisoformat(at),
            by,
            label,
            kind,
            {table: (added, edited, gone) for table, (added, edited, gone) in json.loads(changed).items()},
            kind in ("do", "final") and _taken_back(id, reversed_by),
        )
        for id, at, by, label, kind, changed in session.execute(query.limit(limit))
    )


def _taken_back(step: int, reversed_by: Mapping[int, int]) -> bool:
    """Whether a step was reversed an odd number of times: an undo is itself reversed by a redo, and so on."""
    odd = False
    while step in reversed_by:
        step, odd = reversed_by[step], not odd
    return odd


def changes_of_step(session: Session, step: int, *, limit: int = 1000) -> tuple[ChangeRow, ...]:
    """What one step changed, in its order; of a large import the first `limit` rows."""
    return _changes(session, _query().where(journal.c.op == step).order_by(journal.c.id).limit(limit))


def changes_of_row(session: Session, table: str, key: object, *, limit: int = 200) -> tuple[ChangeRow, ...]:
    """What was done to one row over all time, newest first."""
    named = journal.c.tbl == table, journal.c.key == str(key)
    return _changes(session, _query().where(*named).order_by(journal.c.id.desc()).limit(limit))


def _query() -> Select[Any]:
    columns = (op.c.id, op.c.at, op.c.by, op.c.label, journal.c.tbl, journal.c.key, journal.c.act)
    images = (journal.c.before, personal.c.before, journal.c.after, personal.c.after)
    # A step's rows lie together in the journal, so its range finds them without an index.
    steps_rows = (journal.c.op == op.c.id) & journal.c.id.between(op.c.first, op.c.last)
    joined = op.join(journal, steps_rows).outerjoin(personal, personal.c.journal == journal.c.id)
    return select(*columns, *(image.label(f"image{n}") for n, image in enumerate(images))).select_from(joined)


def _changes(session: Session, query: Select[Any]) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            step,
            datetime.fromisoformat(at),
            by,
            label,
            table,
            key,
            _ACTS[act],
            _image((before, before_apart)),
            _image((after, after_apart)),
        )
        for step, at, by, label, table, key, act, before, before_apart, after, after_apart in session.execute(query)
    )


def _image(parts: Iterable[str | None]) -> dict[str, Any]:
    """The values of a row's image and of the part that is kept apart."""
    return {name: value for part in parts if part for name, value in json.loads(part).items()}
