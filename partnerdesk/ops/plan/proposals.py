"""Proposals of partners: taken from a returned workbook, listed as they stand today, accepted or refused one by one.

What is accepted is written by the same ops that a person's own edits use; what is refused is kept with its day.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plan_sheets import ACCEPTED, OPEN, REFUSED, plan_proposal, plan_return, plan_sheet
from partnerdesk.ops.plan.accepting import Accepting, apply
from partnerdesk.ops.plan.contents import Contents, contents
from partnerdesk.ops.plan.layout import Block
from partnerdesk.ops.plan.lineage import newest_version, rows_now
from partnerdesk.ops.plan.proposing import GONE, ours_now, row_now, what_of, why_not
from partnerdesk.ops.plan.reading import as_read
from partnerdesk.ops.plan.returned import ReturnedSheet
from partnerdesk.queries.partners.people import partner_card

NO_VALUES: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as it stands. `ours` and `state` (change, conflict, new, gone, or empty where it is so already) are of
    today; `stands` says why it cannot be accepted now.
    """

    id: int
    partner: str
    plan: int
    block: str
    noun: str
    what: str
    label: str
    base: str
    theirs: str
    ours: str
    state: str
    stands: str
    place: str
    file: str
    read_on: date
    status: str
    decided_on: date | None
    decided_by: str
    reason: str
    fields: tuple[tuple[str, str], ...] = ()  # of a new row: their titles with what they say

    @property
    def is_open(self) -> bool:
        return self.status == OPEN


def take_sheet(session: Session, found: ReturnedSheet, *, on: date, by: str) -> tuple[int, ...]:
    """Keeps what a returned workbook proposes, to be decided; returns the ids. Raises Refused where nothing is new."""
    if not found.fresh:
        raise Refused("This file proposes nothing that is not known already.", "Nothing is to be done.")
    values = {"partner": found.partner, "sheet": found.sheet, "file": found.file, "sha256": found.sha256}
    made = insert(plan_return).values(**values, read_on=on, read_by=by).returning(plan_return.c.id)
    returned = session.execute(made).scalar_one()
    ids = []
    for one in found.fresh:
        row = {name: getattr(one, name) for name in ("block", "row", "field", "label", "base", "theirs", "place")}
        query = insert(plan_proposal).values(returned=returned, status=OPEN, **row).returning(plan_proposal.c.id)
        ids.append(session.execute(query).scalar_one())
    return tuple(ids)


def named_proposals(session: Session, partner: str, as_of: date) -> tuple[str, tuple[ProposalRow, ...]]:
    """A partner's name with everything that it proposed."""
    card = partner_card(session, partner)
    return card.name if card is not None else partner, proposals(session, partner, as_of)


def proposals(session: Session, partner: str, as_of: date, *, only_open: bool = False) -> tuple[ProposalRow, ...]:
    """A partner's proposals, the newest file first, each as it stands to the plan of now."""
    at = plan_proposal.c
    query = (
        select(plan_proposal, plan_return.c.file, plan_return.c.read_on, plan_sheet.c.plan.label("sent"))
        .join(plan_return, plan_return.c.id == at.returned)
        .join(plan_sheet, plan_sheet.c.id == plan_return.c.sheet)
        .where(plan_return.c.partner == partner)
        .order_by(plan_return.c.id.desc(), at.id)
    )
    if only_open:
        query = query.where(at.status == OPEN)
    known = _Plans(session, as_of)
    found = [known.row(one, partner) for one in session.execute(query).all() if known.has(one.sent)]
    return tuple(found)


class _Plans:
    """The plans that proposals are about, each read once."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session, self._as_of = session, as_of
        self._known: dict[int, tuple[Contents, Mapping[str, Mapping[str, str]]] | None] = {}

    def has(self, sent: int) -> bool:
        """Whether the plan of a workbook is still there."""
        return self.of(sent) is not None

    def of(self, sent: int) -> "tuple[Contents, Mapping[str, Mapping[str, str]]] | None":
        """The plan of now for one that was sent, and which rows go on which."""
        if sent not in self._known:
            try:
                made, now = newest_version(self._session, sent)
            except Refused:
                self._known[sent] = None
            else:
                following = rows_now(self._session, made, now)
                self._known[sent] = contents(self._session, now.id, self._as_of), following
        return self._known[sent]

    def row(self, one: "Row[Any]", partner: str) -> ProposalRow:
        """A stored proposal against the plan of now."""
        found = self.of(one.sent)
        assert found is not None
        now, following = found
        block = now.block(one.block)
        ours, state = ours_now(one.block, one.row, one.field, one.base, one.theirs, now, following)
        stands = why_not(block, one.field, state, now) if one.status == OPEN else ""
        return ProposalRow(
            id=one.id,
            partner=partner,
            plan=now.plan.id,
            block=one.block,
            noun=block.noun,
            what=what_of(block, one.field),
            label=one.label,
            base=one.base,
            theirs=one.theirs,
            ours=ours,
            state=state,
            stands=stands,
            place=one.place,
            file=one.file,
            read_on=one.read_on,
            status=one.status,
            decided_on=one.decided_on,
            decided_by=one.decided_by,
            reason=one.reason,
            fields=() if one.field else _given(block, one.theirs),
        )


def _given(block: Block, theirs: str) -> tuple[tuple[str, str], ...]:
    """The fields of a new row, in the order of its sheet."""
    given: dict[str, str] = json.loads(theirs)
    places = [field.name for field in block.fields]
    ordered = sorted(given, key=lambda name: places.index(name) if name in places else len(places))
    return tuple((what_of(block, name), as_read(block, name, given)) for name in ordered)


def accept_proposals(
    session: Session, ids: Sequence[int], *, on: date, by: str, seen: Mapping[int, str] = NO_VALUES
) -> None:
    """Writes proposals into the plan, all or none. `seen` are the values that were shown as ours, by proposal.

    Raises Refused for one that is decided, whose row is gone, that a locked plan does not take, or where ours is not
    any more what was shown.
    """
    for id in ids:
        one = _open(session, id)
        made, plan = newest_version(session, one.sent)
        now, following = contents(session, plan.id, on), rows_now(session, made, plan)
        block = now.block(one.block)
        ours, state = ours_now(one.block, one.row, one.field, one.base, one.theirs, now, following)
        if stands := why_not(block, one.field, state, now):
            raise Refused(f"{_named(one.label, what_of(block, one.field))} cannot be accepted: {stands}")
        if id in seen and seen[id] != ours and state != GONE:
            raise Refused(
                f"{_named(one.label, what_of(block, one.field))} was “{seen[id]}” when you looked and is “{ours}” now.",
                "Look at it again, then decide.",
            )
        if state:
            row = row_now(one.block, one.row, now, following)
            sibling = _siblings(session, one.returned, one.block, one.row)
            apply(session, Accepting(now.plan, block, row, one.field, one.theirs, sibling, on))
        _decide(session, id, ACCEPTED, on, by, "")


def refuse_proposals(session: Session, ids: Sequence[int], *, on: date, by: str, reason: str = "") -> None:
    """Keeps proposals as refused, with the day; the same value in a later file is not proposed again."""
    for id in ids:
        _open(session, id)
        _decide(session, id, REFUSED, on, by, reason.strip())


def reopen_proposal(session: Session, id: int) -> None:
    """A refused proposal is open again."""
    row = session.execute(select(plan_proposal.c.status).where(plan_proposal.c.id == id)).scalar_one_or_none()
    if row != REFUSED:
        raise Refused("Only a refused proposal is opened again.")
    _decide(session, id, OPEN, None, "", "")


def _decide(session: Session, id: int, status: str, on: date | None, by: str, reason: str) -> None:
    values = {"status": status, "decided_on": on, "decided_by": by, "reason": reason}
    session.execute(update(plan_proposal).where(plan_proposal.c.id == id).values(values))


def _named(label: str, what: str) -> str:
    return f"“{label}”, {what}" if label else what


def _open(session: Session, id: int) -> "Row[Any]":
    query = (
        select(plan_proposal, plan_sheet.c.plan.label("sent"))
        .join(plan_return, plan_return.c.id == plan_proposal.c.returned)
        .join(plan_sheet, plan_sheet.c.id == plan_return.c.sheet)
        .where(plan_proposal.c.id == id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise Refused("This proposal is not there any more.", "Look at the list again.")
    if row.status != OPEN:
        raise Refused(f"This proposal is {row.status} already.", "Look at the list again.")
    return row


def _siblings(session: Session, returned: int, block: str, row: str) -> dict[str, str]:
    """What else the same file proposes for the same row, refused things aside: a state comes with its reason."""
    at = plan_proposal.c
    query = select(at.field, at.theirs).where(at.returned == returned, at.block == block, at.row == row)
    return {name: text for name, text in session.execute(query.where(at.status != REFUSED)) if name}


def open_count(session: Session, partner: str) -> int:
    """How many proposals of a partner wait for a decision."""
    query = (
        select(func.count())
        .select_from(plan_proposal)
        .join(plan_return, plan_return.c.id == plan_proposal.c.returned)
        .where(plan_return.c.partner == partner, plan_proposal.c.status == OPEN)
    )
    return session.scalar(query) or 0
