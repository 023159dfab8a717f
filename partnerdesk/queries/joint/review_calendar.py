"""The calendar of reviews: per partner what was held, what is planned, and what its rhythm still asks for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.fiscal import unit_of
from partnerdesk.engine.period import FiscalYear, Period, next_period, period_at, previous_period
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.cadence import RHYTHMS, Cadence, cadence
from partnerdesk.queries.joint.review_periods import due_by, last_finished, review_period
from partnerdesk.queries.joint.reviews import ReviewRow, reviews
from partnerdesk.queries.partners.portfolio import PartnerRow, portfolio
from partnerdesk.queries.quarters import holds_most_of, program_year

QUARTERS_BACK = 2  # finished ones beside the newest
HELD, SENT, PLANNED, AGREED, DRAFT, LATE, DUE, OVERDUE, NONE = (
    "held",
    "sent",
    "planned",
    "agreed",
    "draft",
    "late",
    "due",
    "overdue",
    "",
)
OPEN = (OVERDUE, LATE, DUE, DRAFT)  # what somebody has to do something about, the most urgent first


@dataclass(frozen=True, slots=True)
class Slot:
    """A period of a partner's calendar: how its review stands, on which day, and which one it is.

    `state` is held, sent, planned (a draft with its day), draft (without one), late (its day passed), due or overdue
    (asked for and not begun), agreed (not begun, with the day that the review before said for it), or nothing. `day` of
    a due one is the day until which it is to be held.
    """

    label: str
    state: str
    day: date | None = None
    review: int | None = None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A partner: `quarters` from the oldest to the running one, `month` where it has operating reviews.

    `wanted` is what comes first of what its rhythm asks for, None where nothing is open.
    """

    partner: str
    partner_name: str
    tier: str
    rank: int
    tiers: int
    rhythm: str
    is_own: bool  # chosen for this partner alone
    quarters: tuple[Slot, ...]
    month: Slot | None
    last_held: date | None
    wanted: Slot | None

    @property
    def state(self) -> str:
        return self.wanted.state if self.wanted else NONE


@dataclass(frozen=True, slots=True)
class ReviewCalendar:
    """All partners by urgency, the quarters that are shown, and the highest tier that lacks reviews."""

    rows: tuple[CalendarRow, ...]
    quarters: tuple[str, ...]
    tier: str  # the highest one of whose partners the newest quarter has no review
    lacking: int  # how many of them
    tiers: tuple[str, ...]  # of the program, the highest first
    year: FiscalYear  # whose quarters they are


def review_calendar(session: Session, as_of: date) -> ReviewCalendar:
    """The calendar of all partners that take part: active ones and prospects, not those that left."""
    chosen, found, year = cadence(session), portfolio(session, as_of), program_year(session)
    people = {p.id: p for p in facts(session, kinds=("partner",)).of("partner")}
    by_partner: dict[str, list[ReviewRow]] = defaultdict(list)
    for row in reviews(session):
        by_partner[row.partner].append(row)
    page = _Page(chosen, year, _quarters(as_of, year), as_of)
    rows = [
        _row(partner, people[partner.id], by_partner[partner.id], page)
        for partner in found.rows
        if partner.status != "left" and partner.id in people
    ]
    ordered = sorted(rows, key=lambda r: (_urgency(r), r.wanted.day if r.wanted and r.wanted.day else date.max))
    tier, lacking = _lacking(rows)
    named = {row.rank: row.tier for row in rows if row.tier}
    tiers = tuple(named[rank] for rank in sorted(named, reverse=True))
    return ReviewCalendar(tuple(ordered), tuple(q.label for q in page.quarters), tier, lacking, tiers, year)


def _quarters(as_of: date, year: FiscalYear) -> tuple[Period, ...]:
    """The finished quarters that are shown, and the running one."""
    found = [last_finished(as_of, "quarter", year)]
    for _ in range(QUARTERS_BACK):
        found.insert(0, previous_period(found[0], year))
    return (*found, next_period(found[-1], year))


@dataclass(frozen=True, slots=True)
class _Page:
    """What all rows are made with: the rhythms, whose quarters they are, those that are shown, and the day."""

    chosen: Cadence
    year: FiscalYear
    quarters: Sequence[Period]
    as_of: date

    def known(self, own: Sequence[ReviewRow]) -> dict[str, ReviewRow]:
        """A partner's reviews by the book's own period; one of the calendar stands in the one that holds most of it,
        unless that has its own.
        """
        found: dict[str, ReviewRow] = {}
        for row in own:
            label = holds_most_of(review_period(row.quarter, self.year), self.year).label
            if label == row.quarter or label not in found:
                found[label] = row
        return found


def _row(shown: PartnerRow, partner: Partner, own: Sequence[ReviewRow], page: _Page) -> CalendarRow:
    rhythm = page.chosen.of(shown.id, shown.tier)
    known = page.known(own)
    asked = {unit: _asked(unit, partner, known, page) for unit in RHYTHMS[rhythm][1]}
    month = asked.get("month") or _newest_month(known, page.as_of)
    open_ones = [slot for slot in asked.values() if slot is not None and slot.state in OPEN]
    held = [row.held_on for row in own if row.held_on is not None]
    return CalendarRow(
        shown.id,
        shown.name,
        shown.tier,
        shown.rank,
        shown.tiers,
        rhythm,
        shown.id in page.chosen.partners,
        tuple(_in_quarter(quarter, asked, known, page) for quarter in page.quarters),
        month,
        max(held, default=None),
        min(open_ones, key=lambda slot: (OPEN.index(slot.state), slot.label), default=None),
    )


def _asked(unit: str, partner: Partner, known: Mapping[str, ReviewRow], page: _Page) -> Slot | None:
    """The newest finished period of a unit, which the rhythm asks to review; None before the partner joined."""
    period = last_finished(page.as_of, unit, page.year)
    if period.label in known:
        return _slot(known[period.label], page.as_of)
    if partner.joined is not None and partner.joined > period.end:
        return None
    until = due_by(period)
    return Slot(period.label, OVERDUE if until < page.as_of else DUE, until)


def _in_quarter(quarter: Period, asked: Mapping[str, Slot | None], known: Mapping[str, ReviewRow], page: _Page) -> Slot:
    """What stands in the column of a quarter: its own review, or the half-yearly one that ends with it."""
    half = period_at(quarter.end, "half", page.year)
    for period in (quarter, half) if half.end == quarter.end else (quarter,):
        if period.label in known:
            return _slot(known[period.label], page.as_of)
        due = next((slot for slot in asked.values() if slot and slot.label == period.label), None)
        if due is not None:
            return due
    return _agreed(quarter, known, page)


def _agreed(quarter: Period, known: Mapping[str, ReviewRow], page: _Page) -> Slot:
    """The day that the review of the quarter before said for the next one; nothing where that passed or is not said."""
    before = known.get(previous_period(quarter, page.year).label)
    day = before.next_review if before is not None and before.is_held else None
    return Slot(quarter.label, AGREED, day) if day is not None and day >= page.as_of else Slot(quarter.label, NONE)


def _newest_month(known: Mapping[str, ReviewRow], as_of: date) -> Slot | None:
    """The newest operating review of a partner whose rhythm asks for none."""
    months = sorted(label for label in known if unit_of(label) == "month")
    return _slot(known[months[-1]], as_of) if months else None


def _slot(row: ReviewRow, as_of: date) -> Slot:
    if row.is_held:
        return Slot(row.quarter, HELD, row.held_on, row.id)
    if row.day is None:
        return Slot(row.quarter, DRAFT, None, row.id)
    state = LATE if row.day < as_of else SENT if row.status == "sent" else PLANNED
    return Slot(row.quarter, state, row.day, row.id)


def _urgency(row: CalendarRow) -> int:
    return OPEN.index(row.state) if row.state in OPEN else len(OPEN)


def _lacking(rows: Sequence[CalendarRow]) -> tuple[str, int]:
    """The highest tier of whose partners the newest finished quarter has no review, and how many."""
    lacking: dict[int, list[CalendarRow]] = defaultdict(list)
    for row in rows:
        if row.quarters[-2].state in (DUE, OVERDUE):
            lacking[row.rank].append(row)
    top = max(lacking, default=None)
    return (lacking[top][0].tier, len(lacking[top])) if top is not None else ("", 0)
