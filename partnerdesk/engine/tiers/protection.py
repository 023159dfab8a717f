"""What protects a tier from a move, until when, and in which words."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.period import add_months
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.tiers import Direction


class Shield(NamedTuple):
    """Why a tier does not move, and until when if a day is known."""

    words: str
    until: date | None


def shield(reckoning: Reckoning[N], direction: Direction, day: date, entered: date | None, calls: int) -> Shield | None:
    """What keeps a tier from moving on a day; `entered` is since when it is held, `calls` the reviews in a row."""
    until = protected(reckoning, direction, day, entered)
    if until is not None:
        return until
    needed = direction.rule.notice_periods
    if calls < needed:
        return Shield(f"{calls} of {needed} reviews in a row called for it", None)
    return None


def protected(reckoning: Reckoning[N], direction: Direction, day: date, entered: date | None) -> Shield | None:
    """The protection that lasts longest, where it covers a day."""
    found = [s for s in _protections(reckoning, direction, entered) if s.until and day < s.until]
    return max(found, key=lambda s: s.until or day, default=None)


def _protections(reckoning: Reckoning[N], direction: Direction, entered: date | None) -> Iterator[Shield]:
    rule, joined = direction.rule, reckoning.world.partner.joined
    if rule.grace_months and joined:
        until = add_months(joined, rule.grace_months)
        yield Shield(_words(direction, until, f"grace of {rule.grace_months} months after joining"), until)
    since = entered or joined
    if rule.kept_months and since:
        until = add_months(since, rule.kept_months)
        yield Shield(_words(direction, until, f"a tier is kept {rule.kept_months} months"), until)
    if rule.not_before:
        yield Shield(_words(direction, rule.not_before, "grace under these rules"), rule.not_before)


def _words(direction: Direction, until: date, why: str) -> str:
    return f"no move {direction.word} before {day_words(until)}: {why}"
