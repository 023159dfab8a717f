"""What protects a tier from a move, until when, and in which words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.outcome import Move
from partnerdesk.engine.period import add_months
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import TierMoves
from partnerdesk.engine.terms.tiers import Direction


class Shield(NamedTuple):
    """Why a tier does not move, and until when if a day is known."""

    words: str
    until: date | None


def shield(
    reckoning: Reckoning[N], direction: Direction, move: Move, entered: date | None, calls: int
) -> Shield | None:
    """What keeps a tier from a move; `entered` is since when it is held, `calls` the reviews in a row."""
    calendar = reckoning.calendar
    first = direction.first_day(calendar, calendar.after(move.period, -1))
    before = direction.effective(calendar, first, reckoning.world.partner)
    until = protected(reckoning, direction, move.effective, entered, before)
    if until is not None:
        return until
    needed = direction.rule.notice_periods
    if calls < needed:
        return Shield(f"{calls} of {needed} reviews in a row called for it", None)
    return None


def protected(
    reckoning: Reckoning[N], direction: Direction, day: date, entered: date | None, before: date | None = None
) -> Shield | None:
    """The protection that lasts longest, where it covers a day.

    A tier that is kept again may move with the review of an end: where `before` is the day from which the review
    before counts, and the end lies after that. Without it the protection is that of the day itself.
    """
    found = [s for s in _protections(reckoning, direction, day, entered, before) if s.until and day < s.until]
    return max(found, key=lambda s: s.until or day, default=None)


def _protections(
    reckoning: Reckoning[N], direction: Direction, day: date, entered: date | None, before: date | None
) -> Iterator[Shield]:
    rule, joined = direction.rule, reckoning.world.partner.joined
    if rule.grace_months and joined:
        until = add_months(joined, rule.grace_months)
        yield Shield(_words(direction, until, f"grace of {rule.grace_months} months after joining"), until)
    since = entered or joined
    if rule.kept_months and since:
        until, again = _kept_until(since, rule, day, before), " and as many again" if rule.kept_again else ""
        yield Shield(_words(direction, until, f"a tier is kept {rule.kept_months} months{again}"), until)
    if rule.not_before:
        yield Shield(_words(direction, rule.not_before, "grace under these rules"), rule.not_before)


def _kept_until(since: date, rule: TierMoves, day: date, before: date | None) -> date:
    """The end of the months that hold a day: of the first ones, or of as many again."""
    until, months = add_months(since, rule.kept_months), rule.kept_months
    while rule.kept_again and until <= day and not (before and before < until):
        months += rule.kept_months
        until = add_months(since, months)
    return until


def _words(direction: Direction, until: date, why: str) -> str:
    return f"no move {direction.word} before {day_words(until)}: {why}"
