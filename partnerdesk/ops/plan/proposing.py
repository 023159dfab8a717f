"""A change of a returned workbook as a proposal: what we have now, and whether we changed it too."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.plan_sheets import plan_proposal, plan_return
from partnerdesk.ops.plan.comparing import Change
from partnerdesk.ops.plan.contents import Contents, Kept
from partnerdesk.ops.plan.layout import Block
from partnerdesk.reports.plan.data import OPEN_STATUSES

# The workbook speaks to the partner; here the same titles speak of it.
_OURS = {"your": "their", "you": "they", "You": "They"}
_TOLD = re.compile(r"\b(your|you|You)\b")
CHANGE, CONFLICT, NEW, GONE = "change", "conflict", "new", "gone"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a partner proposes. `ours` is the value now, `state` one of change, conflict, new and gone.

    `known` is what became of the same proposal before: open, accepted or refused; empty for a fresh one.
    """

    block: str
    row: str
    field: str
    what: str
    label: str
    base: str
    theirs: str
    ours: str
    state: str
    place: str
    known: str = ""

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of a new row by name."""
        return json.loads(self.theirs) if not self.field else {}


def standing(
    session: Session, sheet: int, change: Change, now: Contents, following: Mapping[str, Mapping[str, str]]
) -> Proposed | None:
    """A change against the plan of now; None where the plan says so already."""
    ours, state = ours_now(change.block, change.row, change.field, change.base, change.theirs, now, following)
    if state == "":
        return None
    what = what_of(now.block(change.block), change.field)
    told = (change.block, change.row, change.field, what, change.label, change.base, change.theirs, ours, state)
    return Proposed(*told, change.place, _known(session, sheet, change))


def ours_now(
    block: str,
    row: str,
    field: str,
    base: str,
    theirs: str,
    now: Contents,
    following: Mapping[str, Mapping[str, str]],
) -> tuple[str, str]:
    """The value that a field has now, and how a proposal stands to it; no state where it is so already."""
    if not field:
        given = json.loads(theirs)
        is_there = any(_holds(kept, given) for kept in now.rows[block])
        return "", "" if is_there else NEW
    kept = row_now(block, row, now, following)
    if kept is None:
        return "", GONE
    ours = kept.values.get(field, "")
    return ours, "" if ours == theirs else CHANGE if ours == base else CONFLICT


def row_now(block: str, row: str, now: Contents, following: Mapping[str, Mapping[str, str]]) -> Kept | None:
    """The row of the plan of now that goes on a row that was sent."""
    key = following[block].get(row) if block in following else row
    return None if key is None else now.row(block, key)


def what_of(block: Block, field: str) -> str:
    """What is proposed, in words: the title of the field as we say it, or that a row is new."""
    found = block.field(field)
    return _TOLD.sub(lambda word: _OURS[word[0]], found.title) if found else f"New {block.noun}"


def why_not(block: Block, field: str, state: str, now: Contents) -> str:
    """Why a proposal cannot be accepted as the plan is now, in words; nothing where it can."""
    if state == GONE:
        return f"This {block.noun} is not in the plan any more."
    if now.plan.status == "closed":
        return "This plan is closed."
    if state == NEW and block.most is not None and len(now.rows[block.key]) >= block.most:
        return f"The plan has {block.most} {block.noun}s, and no more are taken."
    found = block.field(field)
    is_words = found.when == "words" if found else any(f.when == "words" for f in block.fields)
    if is_words and now.plan.status not in OPEN_STATUSES:
        return "This plan is agreed and locked; start its next version to take it in."
    return ""


def _holds(kept: Kept, given: Mapping[str, str]) -> bool:
    return all(kept.values.get(name) == text for name, text in given.items())


def _known(session: Session, sheet: int, change: Change) -> str:
    at = plan_proposal.c
    query = (
        select(at.status)
        .join(plan_return, plan_return.c.id == at.returned)
        .where(plan_return.c.sheet == sheet, at.block == change.block, at.row == change.row, at.field == change.field)
        .where(at.theirs == change.theirs)
        .order_by(at.id.desc())
    )
    return session.scalar(query) or ""
