"""Quarterly reviews: the list with what was kept, one review with all its parts, and what its pack still lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.reviews import attendee, review, review_item, review_page
from partnerdesk.queries.joint.actions import ActionRow, Kept, actions, kept
from partnerdesk.queries.joint.review_periods import review_period
from partnerdesk.queries.quarters import program_year
from partnerdesk.queries.shape import rows, shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    id: int
    partner: str
    partner_name: str
    quarter: str
    day: date | None
    time: str
    place: str
    status: str
    created: date
    sent_on: date | None
    held_on: date | None
    next_review: date | None
    internal_notes: str
    minutes: int | None

    @property
    def is_held(self) -> bool:
        return self.status == "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeRow:
    id: int
    review: int
    position: int
    name: str
    side: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A line of a review: `kind` is one of `models.reviews.ITEM_KINDS`; `became` says what it was turned into."""

    id: int
    review: int
    kind: str
    position: int
    text: str
    detail: str
    owner: str
    due: date | None
    minutes: int | None
    level: int | None
    page: str
    became: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a person wrote on a page; empty where the drafted title stands. `position` where the page was moved."""

    title: str = ""
    narrative: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """Something of the pack to look at before it leaves; `page` is the number a reader sees."""

    page: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review with all its parts. `previous` are the commitments of the review before, as they stand now."""

    review: ReviewRow
    attendees: tuple[AttendeeRow, ...]
    items: tuple[ItemRow, ...]
    pages: Mapping[str, PageWords]
    commitments: tuple[ActionRow, ...]
    previous: tuple[ActionRow, ...]
    previous_review: ReviewRow | None

    def of(self, kind: str) -> tuple[ItemRow, ...]:
        """The lines of one kind."""
        return tuple(item for item in self.items if item.kind == kind)

    def kept(self, side: str) -> Kept:
        """How the side kept the commitments of the review before."""
        return kept(self.previous, side)

    @property
    def minutes(self) -> int:
        """What the agenda adds up to."""
        return sum(item.minutes or 0 for item in self.of("agenda"))

    @property
    def order(self) -> tuple[str, ...]:
        """The pages that somebody put in an order, in that order."""
        placed = {page: words.position for page, words in self.pages.items() if words.position is not None}
        return tuple(sorted(placed, key=lambda page: placed[page]))

    @property
    def checks(self) -> tuple[ReviewCheck, ...]:
        return tuple(self._checks())

    def _checks(self) -> Iterator[ReviewCheck]:
        if self.review.day is None:
            yield ReviewCheck("1", "The review has no date.")
        for side in ("vendor", "partner"):
            if not any(a.side == side for a in self.attendees):
                yield ReviewCheck("1", f"Nobody attends for the {side}.")
        for number, row in enumerate(self.commitments, 1):
            for words, value in (("owner", row.owner), ("date", row.due)):
                if not value:
                    yield ReviewCheck("8", f"Commitment {number} has no {words}: {row.text}")
        for ask in self.of("ask"):
            if ask.due is None:
                yield ReviewCheck("1", f"An ask has no date: {ask.text}")


def reviews(session: Session, partner: str | None = None) -> tuple[ReviewRow, ...]:
    """Reviews, the newest period first."""
    found, year = _reviews(session, *([] if partner is None else [review.c.partner == partner])), program_year(session)

    def place(row: ReviewRow) -> tuple[date, date]:
        period = review_period(row.quarter, year)
        return period.end, period.start

    return tuple(sorted(found, key=place, reverse=True))


def review_row(session: Session, id: int) -> ReviewRow | None:
    """One review's header, or None."""
    return next(iter(_reviews(session, review.c.id == id)), None)


def review_view(session: Session, id: int, as_of: date) -> ReviewView | None:
    """A review with all its parts, or None."""
    head = review_row(session, id)
    if head is None:
        return None
    before = previous_review(session, head)
    pages = session.execute(review_page.select().where(review_page.c.review == id)).all()
    people = shaped(AttendeeRow, attendee).where(attendee.c.review == id)
    items = shaped(ItemRow, review_item).where(review_item.c.review == id)
    return ReviewView(
        head,
        rows(session, AttendeeRow, people.order_by(attendee.c.position, attendee.c.id)),
        rows(session, ItemRow, items.order_by(review_item.c.kind, review_item.c.position, review_item.c.id)),
        {row.page: PageWords(row.title, row.narrative, row.position) for row in pages},
        actions(session, as_of, review_id=id),
        actions(session, as_of, review_id=before.id) if before else (),
        before,
    )


def previous_review(session: Session, of: ReviewRow) -> ReviewRow | None:
    """The last review of the same kind that was held before this one's period; of any kind where there is none."""
    held = (review.c.partner == of.partner, review.c.status == "held", review.c.id != of.id)
    year = program_year(session)
    this = review_period(of.quarter, year)
    earlier = [(review_period(row.quarter, year), row) for row in _reviews(session, *held)]
    earlier = sorted(((p, row) for p, row in earlier if p.start < this.start), key=lambda pair: pair[0].end)
    same = [row for period, row in earlier if period.unit == this.unit]
    return next(iter(same[-1:] or [row for _, row in earlier[-1:]]), None)


def kept_by_review(session: Session, as_of: date) -> dict[int, tuple[Kept, Kept]]:
    """Per review: how vendor and partner kept what was promised there."""
    promised: dict[int, list[ActionRow]] = defaultdict(list)
    for row in actions(session, as_of):
        if row.review is not None:
            promised[row.review].append(row)
    return {id: (kept(found, "vendor"), kept(found, "partner")) for id, found in promised.items()}


def _reviews(session: Session, *where: ColumnElement[bool]) -> tuple[ReviewRow, ...]:
    partner = TABLES["partner"]
    query = (
        shaped(ReviewRow, review, partner_name=func.coalesce(partner.c.name, review.c.partner))
        .select_from(review)
        .outerjoin(partner, partner.c.id == review.c.partner)
        .where(*where)
        .order_by(review.c.partner, review.c.id)
    )
    return rows(session, ReviewRow, query)
