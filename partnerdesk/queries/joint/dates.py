"""The days of a book that belong in a calendar: reviews, renewals and their notice, plans, disputes, open actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.plans import plans
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.queries.joint.reviews import reviews

REVIEW, NEXT, RENEWAL, NOTICE, PLAN, ANSWER, ACTION = "review", "next", "renewal", "notice", "plan", "answer", "action"
SHARED_PLANS = ("shared", "agreed", "in progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A day that is still to come, or an action that is open. `key` stays the same as long as the row it is of.

    `about` is what it is of (a customer, a plan, the action's text), `time` is HH:MM where one was agreed. `internal`
    rows are for us alone.
    """

    key: str
    kind: str
    day: date
    partner: str
    partner_name: str
    about: str = ""
    detail: str = ""
    place: str = ""
    time: str = ""
    minutes: int | None = None
    owner: str = ""
    internal: bool = False


def dates(session: Session, as_of: date, partner: str | None = None, owner: str = "") -> tuple[DateRow, ...]:
    """The days of one partner or of all, by day; of one owner only those that name them."""
    named = {p.id: p.name for p in facts(session, kinds=("partner",)).of("partner")}
    found = [*_reviews(session, as_of, partner), *_plans(session, as_of, partner), *_actions(session, as_of, partner)]
    found += [*_renewals(session, as_of, partner, named), *_disputes(session, as_of, partner, named)]
    return tuple(sorted((r for r in found if owner in ("", r.owner)), key=lambda r: (r.day, r.key)))


def _row(key: str, kind: str, day: date, **said: Any) -> DateRow:
    return DateRow(key=key, kind=kind, day=day, **said)


def _reviews(session: Session, as_of: date, partner: str | None) -> Iterator[DateRow]:
    found = reviews(session, partner)
    planned = {row.partner for row in found if row.day is not None and not row.is_held}
    for row in found:
        who = {"partner": row.partner, "partner_name": row.partner_name}
        if row.day is not None and row.day >= as_of and not row.is_held:
            about = spoken(row.quarter)
            when = {"place": row.place, "time": row.time, "minutes": row.minutes}
            yield _row(f"review-{row.id}", REVIEW, row.day, about=about, **when, **who)
        is_open = row.next_review is not None and row.next_review >= as_of and row.partner not in planned
        if row.next_review is not None and is_open and row.is_held:
            yield _row(f"next-review-{row.id}", NEXT, row.next_review, **who)


def _plans(session: Session, as_of: date, partner: str | None) -> Iterator[DateRow]:
    for row in plans(session, partner):
        who = {"partner": row.partner, "partner_name": row.partner_name, "about": row.title, "owner": row.vendor_owner}
        internal = row.status not in SHARED_PLANS
        for name, words, day in (("kickoff", "Kick-off", row.kickoff), ("end", "Ends", row.end)):
            if day is not None and day >= as_of and row.status != "closed":
                key = f"plan-{name}-{row.partner}-{row.start.isoformat()}"  # the same for every version
                yield _row(key, PLAN, day, detail=words, internal=internal, **who)


def _actions(session: Session, as_of: date, partner: str | None) -> Iterator[DateRow]:
    for row in actions(session, as_of, partner, only_open=True):
        if row.due is not None:
            yield DateRow(
                key=f"action-{row.id}",
                kind=ACTION,
                day=row.due,
                partner=row.partner,
                partner_name=row.partner_name,
                about=row.text,
                detail=row.side,
                owner=row.owner,
                internal=row.internal,
            )


def _renewals(session: Session, as_of: date, partner: str | None, named: dict[str, str]) -> Iterator[DateRow]:
    world = facts(session, kinds=("contract", "customer", "product"))
    customers = {c.id: c.name for c in world.of("customer")}
    products = {p.id: p.name for p in world.of("product")}
    for row in world.of("contract"):
        if row.outcome != "open" or row.end is None or row.end < as_of or partner not in (None, row.partner):
            continue
        sold = (customers.get(row.customer or "", row.customer or ""), products.get(row.product or "", ""))
        about = ", ".join(part for part in sold if part)
        who = {"partner": row.partner, "partner_name": named.get(row.partner, row.partner), "about": about}
        yield _row(f"renewal-{row.id}", RENEWAL, row.end, **who)
        notice = row.end - timedelta(days=row.notice_days) if row.notice_days else None
        if notice is not None and notice >= as_of:
            yield _row(f"notice-{row.id}", NOTICE, notice, **who)


def _disputes(session: Session, as_of: date, partner: str | None, named: dict[str, str]) -> Iterator[DateRow]:
    for row in facts(session, kinds=("dispute",)).of("dispute"):
        if row.outcome in ("open", "escalated") and row.answer_by is not None and partner in (None, row.partner):
            who = {"partner": row.partner, "partner_name": named.get(row.partner, row.partner)}
            yield _row(f"dispute-{row.id}", ANSWER, row.answer_by, about=row.id, **who)
