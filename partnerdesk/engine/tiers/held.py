"""The tiers that a partner held, stretch by stretch: what the partners above it may count."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import TierHeld
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.tiers import anniversary
from partnerdesk.engine.tiers.decisions import decisions
from partnerdesk.engine.tiers.eligibility import takes_part
from partnerdesk.engine.tiers.tiers import tier_on

_DAY = timedelta(days=1)


def tiers_held(reckoning: Reckoning[Any]) -> tuple[TierHeld, ...]:
    """The stretches from the partner's first day to the as-of day, or to the day on which it left, in order.

    There is none under a version without tiers, nor in a statement period in which the program is not for the partner.
    """
    partner, last = reckoning.world.partner, reckoning.as_of
    if partner.left is not None:
        last = min(last, partner.left)
    begun = [(day, _tier(reckoning, day)) for day in tier_days(reckoning, reckoning.began, last)]
    turns = [turn for i, turn in enumerate(begun) if not i or turn[1] != begun[i - 1][1]]
    ends = [*(day - _DAY for day, _ in turns[1:]), partner.left]
    return tuple(
        TierHeld(f"{partner.id}:{start.isoformat()}", partner.id, tier, start, end)
        for (start, tier), end in zip(turns, ends, strict=False)
        if tier
    )


def _tier(reckoning: Reckoning[Any], day: date) -> str:
    return tier_on(reckoning, day) if takes_part(reckoning, reckoning.terms.statement_period(day)) else ""


def tier_days(reckoning: Reckoning[N], first: date, last: date) -> list[date]:
    """The days on which a tier can begin: of months, versions, people's decisions, and anniversaries."""
    days = {first, *_anniversaries(reckoning, first, last)}
    days |= {month.start for month in reckoning.calendar.between(first, last, "month")}
    days |= {v.start for v in reckoning.terms.versions}
    days |= {row.day for row in decisions(reckoning).rows}
    return sorted(day for day in days if first <= day <= last)


def _anniversaries(reckoning: Reckoning[N], first: date, last: date) -> Iterator[date]:
    """The days of the partner on whose anniversaries some version lets it move."""
    for name in {name for version in reckoning.terms.versions for name in version.tiers.anniversaries}:
        since = getattr(reckoning.world.partner, name)
        day = None if since is None else anniversary(since, first)
        while day is not None and day <= last:
            yield day
            day = anniversary(since, day + _DAY)
