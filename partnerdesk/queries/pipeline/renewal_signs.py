"""Why a renewal may fail, from facts alone: signs that anybody can look up, their weights, and the band they make.

A sign weighs one, a grave one two. Three and more together are a high risk, two a medium one, less a low one. It is a
reading order, no probability: how likely a renewal is by the book's record is told beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.queries.pipeline.contracts import RenewalRow, SurveyMark

HIGH, MEDIUM, LOW = "high", "medium", "low"
BANDS = (HIGH, MEDIUM, LOW)
ENDED, NOTICE, ANSWER, USAGE, CASE, UNOWNED, UNPREPARED = (
    "ended",
    "notice",
    "answer",
    "usage",
    "case",
    "unowned",
    "unprepared",
)
RECENT = timedelta(days=365)  # an older answer says nothing
OLD_CASE = 30  # days from which an open ticket is a sign
SOON = 90  # days within which a renewal without a joint action is a sign
CONTENT, HALF = Decimal("0.75"), Decimal("0.5")  # shares of the scale of an answer
FELL, FELL_FAR = Decimal("0.15"), Decimal("0.30")  # of the usage of the ninety days before


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks against a renewal. `share` is how far usage fell, `days` how long a ticket is open."""

    kind: str
    weight: int
    day: date | None = None
    share: Decimal | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a renewal's customer: how far its usage fell, and since when its oldest ticket is open."""

    usage_fell: Decimal | None = None
    oldest_case: date | None = None


def signs(row: RenewalRow, known: Known, as_of: date) -> tuple[Sign, ...]:
    """What speaks against a renewal, the gravest first."""
    return tuple(sorted(_signs(row, known, as_of), key=lambda sign: -sign.weight))


def band(found: tuple[Sign, ...]) -> str:
    """How high the risk is that the signs make together."""
    weight = sum(sign.weight for sign in found)
    return HIGH if weight > 2 else MEDIUM if weight > 1 else LOW


def _signs(row: RenewalRow, known: Known, as_of: date) -> Iterator[Sign]:
    contract = row.contract
    if row.days < 0:
        yield Sign(ENDED, 2, contract.end, days=-row.days)
    elif row.is_notice_past:
        yield Sign(NOTICE, 1, contract.notice_by)
    if row.survey is not None and as_of - row.survey.day <= RECENT:
        share = answered(row.survey)
        if share is not None and share < CONTENT:
            yield Sign(ANSWER, 2 if share < HALF else 1, row.survey.day, share)
    if known.usage_fell is not None and known.usage_fell >= FELL:
        yield Sign(USAGE, 2 if known.usage_fell >= FELL_FAR else 1, share=known.usage_fell)
    if known.oldest_case is not None and (as_of - known.oldest_case).days > OLD_CASE:
        yield Sign(CASE, 1, known.oldest_case, days=(as_of - known.oldest_case).days)
    if row.is_unowned:
        yield Sign(UNOWNED, 1)
    if not row.actions and 0 <= row.days <= SOON:
        yield Sign(UNPREPARED, 1)


def answered(mark: SurveyMark) -> Decimal | None:
    """Where an answer stands on its scale, 0 to 1; None where the scale is not known."""
    lowest = mark.scale_min or Decimal(0)
    if mark.scale_max is None or mark.scale_max <= lowest:
        return None
    return (mark.score - lowest) / (mark.scale_max - lowest)
