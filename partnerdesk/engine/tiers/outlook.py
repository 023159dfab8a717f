"""What comes next for a tier: the next review in each direction, a move that is decided, and why the tier stays."""

from datetime import date, timedelta

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.outcome import Move, Review
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.tiers import Direction
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.protection import protected
from partnerdesk.engine.tiers.tiers import in_force_since, tier_line, verdict

_DAY = timedelta(days=1)


def next_reviews(reckoning: Reckoning[N], version: Version, day: date) -> tuple[Review, ...]:
    """The next review after a day in each direction in which figures may move a tier."""
    return tuple(_next(reckoning, d, day) for d in version.tiers.directions if d.moves != "never")


def _next(reckoning: Reckoning[N], direction: Direction, day: date) -> Review:
    calendar = reckoning.calendar
    period = calendar.at(day + _DAY, direction.unit)
    effective = direction.effective(calendar, direction.first_day(calendar, period), reckoning.world.partner)
    shield = protected(reckoning, direction, day, in_force_since(reckoning, day))
    until, words = (shield.until, shield.words) if shield else (None, "")
    return Review(direction.up, period, effective, direction.moves, until, words)


def coming(reckoning: Reckoning[N], period: Period, day: date) -> Move | None:
    """The move that is decided for a day after this one."""
    if not reckoning.terms.has_tier_line:
        return None
    line = tier_line(reckoning)
    line.advance(day + _DAY)
    step = line.coming(day)
    if step is None or step.up is None:
        return None
    return Move(period, step.came_from, step.tier, step.day, step.up)


def stays(reckoning: Reckoning[N], version: Version, period: Period, tier: str, reached: str) -> str:
    """Why the tier in force at a period's end is another than the one its figures reach."""
    if tier == reached:
        return ""
    if reckoning.terms.has_tier_line:
        last = verdict(reckoning, period)
        if last is not None and last.reason and last.move.period.end <= reckoning.as_of:
            return last.reason
    ranks = version.tiers.ranks
    up = ranks[reached] > ranks[tier]
    direction = next(d for d in version.tiers.directions if d.up is up)
    if direction.moves == "never":
        return f"figures alone never move a tier {direction.word}"
    if direction.moves == "confirmed":
        return "a person decides on each move"
    calendar = reckoning.calendar
    first = direction.effective(calendar, direction.first_day(calendar, period), reckoning.world.partner)
    return f"what {period} reaches counts from {day_words(first)} on"
