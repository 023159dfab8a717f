"""The people's part of a pack: who meets, what was promised before and now, and the words somebody wrote."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import cast

from partnerdesk.ops.joint.drafted_wins import drafted_wins
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.queries.joint.actions import ActionRow
from partnerdesk.queries.joint.reviews import ReviewView
from partnerdesk.reports.pack.data import (
    AgendaItem,
    Attendee,
    Commitment,
    Decision,
    Issue,
    Meeting,
    NextDate,
    NextSteps,
    PageText,
    Point,
    Side,
    Status,
)


def meeting(view: ReviewView | None) -> Meeting:
    if view is None:
        return Meeting()

    def side(name: str) -> tuple[Attendee, ...]:
        return tuple(Attendee(a.name, a.role) for a in view.attendees if a.side == name)

    review = view.review
    return Meeting(review.held_on or review.day, review.time, review.place, side("partner"), side("vendor"))


def wins(g: Gathered) -> tuple[Point, ...]:
    """The wins of the review; those that it would begin with where nobody has begun it."""
    if g.review is not None:
        return points(g.review, "win")
    drafted = drafted_wins(g.session, g.partner.id, g.period.label, g.as_of)
    return tuple(Point(detail, text) for text, detail in drafted)


def points(view: ReviewView | None, kind: str) -> tuple[Point, ...]:
    """Wins or asks: the text leads, its detail follows."""
    if view is None:
        return ()
    return tuple(Point(i.detail or i.text, i.text if i.detail else "", i.owner, i.due) for i in view.of(kind))


def agenda(view: ReviewView | None) -> tuple[AgendaItem, ...]:
    if view is None:
        return ()
    return tuple(AgendaItem(i.text, i.minutes, i.page) for i in view.of("agenda"))


def commitments(rows: Iterable[ActionRow]) -> tuple[Commitment, ...]:
    """Commitments as they stand, without those that are ours alone."""
    return tuple(_commitment(row) for row in rows if not row.internal)


def _commitment(row: ActionRow) -> Commitment:
    state = "open" if row.state == "proposed" else row.state
    return Commitment(
        text=row.text,
        side=cast(Side, row.side),
        owner=row.owner,
        due=row.due,
        measure=row.measure,
        status=cast(Status, state),
        result=row.outcome,
        evidence=row.evidence,
        carried=True if row.carried_to is not None else None,
        carried_to=row.carried_due,
    )


def next_steps(g: Gathered) -> NextSteps:
    """New commitments of both sides, decisions, issues and the next dates."""
    view = g.review
    if view is None:
        return NextSteps(dates=tuple(_renewal_dates(g)))
    return NextSteps(
        commitments=commitments(view.commitments),
        decisions=tuple(Decision(i.detail or i.text, i.text if i.detail else "", i.owner) for i in view.of("decision")),
        issues=tuple(Issue(i.detail or i.text, i.text if i.detail else "", i.level, i.due) for i in view.of("issue")),
        dates=tuple(_renewal_dates(g)),
        next_review=view.review.next_review,
        signs_partner=g.plan.plan.partner_owner if g.plan else "",
        signs_vendor=g.plan.plan.vendor_owner if g.plan else "",
    )


def _renewal_dates(g: Gathered) -> Iterable[NextDate]:
    """The first renewals ahead: what the calendar of both sides must hold."""
    open_ones = [
        c
        for c in g.world.of("contract")
        if c.partner == g.partner.id and c.outcome == "open" and c.end and g.as_of <= c.end <= g.as_of + timedelta(90)
    ]
    for contract in sorted(open_ones, key=lambda c: (c.end, c.id))[:4]:
        yield NextDate(contract.end, f"{g.named('customer', contract.customer)} renews")


def texts(view: ReviewView | None) -> Mapping[str, PageText]:
    """What a person wrote over the drafted titles."""
    if view is None:
        return {}
    return {page: PageText(words.title, words.narrative) for page, words in view.pages.items()}
