"""Who needs me: what is due or out of line, ranked by the value at stake, with four figures of the whole book."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.models.book import op, setting
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.joint.actions import ActionRow, kept
from partnerdesk.queries.joint.actions import actions as all_actions
from partnerdesk.queries.joint.reviews import ReviewRow, reviews
from partnerdesk.queries.partners.portfolio import portfolio
from partnerdesk.queries.today.needs import SOON, is_due, needs, rank
from partnerdesk.queries.today.tiles import tiles
from partnerdesk.queries.today.view import Day, Side, Today
from partnerdesk.queries.today.well import promised, risers, won

SNOOZED = "today.snoozed"  # setting: key of a need -> the day on which it comes back
AHEAD = timedelta(days=7)


def today(session: Session, as_of: date) -> Today:
    """The whole view, computed."""
    found = portfolio(session, as_of)
    versions = programs(session)
    world = facts(session, kinds=kinds_used(versions) | {"case"}) if versions else facts(session, kinds=("partner",))
    listed, meetings = all_actions(session, as_of), reviews(session)
    hidden = _snoozed(session, as_of)
    every = sorted(needs(session, found, world, listed, meetings, as_of), key=rank)
    shown = tuple(need for need in every if need.key not in hidden)
    return Today(
        as_of=as_of,
        revision=_revision(session),
        program=found.program,
        version=found.version,
        currency=found.currency,
        partners=len(found.rows),
        tiles=tuple(tiles(session, world, found.currency, as_of)) if versions else (),
        needs=shown,
        days=tuple(sorted(_days(listed, meetings, as_of), key=lambda d: (d.day, d.time))),
        ours=_side(listed, "vendor"),
        theirs=_side(listed, "partner"),
        entering=_entering(world, as_of),
        snoozed=len(every) - len(shown),
        promised=tuple(promised(listed, meetings, as_of)),
        risers=risers(session, found, as_of) if versions else (),
        won=won(world, listed, found.quarter.start, as_of),
    )


def _revision(session: Session) -> int:
    return int(session.execute(select(func.coalesce(func.max(op.c.id), 0))).scalar_one())


def _snoozed(session: Session, as_of: date) -> set[str]:
    text = session.execute(select(setting.c.value).where(setting.c.key == SNOOZED)).scalar()
    return {key for key, day in json.loads(text or "{}").items() if day > as_of.isoformat()}


def _side(listed: Sequence[ActionRow], side: str) -> Side:
    record = kept(listed, side)
    return Side(record.done, record.late, record.dropped, record.open)


def _days(listed: Sequence[ActionRow], meetings: Sequence[ReviewRow], as_of: date) -> Iterator[Day]:
    last = as_of + AHEAD
    for review in meetings:
        if not review.is_held and review.day is not None and as_of <= review.day <= last:
            note = review.place or ("pack sent" if review.status == "sent" else "pack is a draft")
            yield Day(
                review.day, review.time, "", review.quarter, review.partner_name, note, ("reviews", str(review.id))
            )
    for action in listed:
        if action.is_open and action.due is not None and as_of <= action.due <= last:
            target = ("action", str(action.id), action.partner)
            yield Day(action.due, "", action.text, "", action.partner_name, action.partner_name, target)


def _entering(world: Facts, as_of: date) -> int:
    """How many renewals enter the ninety days within a week."""
    first, last = as_of + SOON + timedelta(days=1), as_of + SOON + AHEAD
    return sum(is_due(c, first, last) for c in world.of("contract"))
