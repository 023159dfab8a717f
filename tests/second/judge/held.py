"""The tiers that a partner held, found day by day."""

from dataclasses import dataclass, replace
from datetime import date

from tests.second.judge.account import Account
from tests.second.judge.days import ONE_DAY, Span
from tests.second.judge.start import first_day


@dataclass(frozen=True)
class Held:
    """A tier from its first to its last day; the last one goes on, unless the partner left."""

    id: str
    partner: str
    tier: str
    start: date
    end: date | None


def tiers_held(account: Account) -> list[Held]:
    """From the partner's first day on; none in statement periods in which the program is not for it."""
    partner, joins = account.case.partner, dict[Span, bool]()
    day, last, found = first_day(account.case), min(account.as_of, partner.left or account.as_of), list[Held]()
    before = ""
    while day <= last:
        span = account.statement(day)
        if span not in joins:
            joins[span] = account.takes_part(span)
        tier = account.tier_on(day) if joins[span] else ""
        if tier != before and found and found[-1].end is None:
            found[-1] = replace(found[-1], end=day - ONE_DAY)
        if tier and tier != before:
            found.append(Held(f"{partner.id}:{day}", partner.id, tier, day, None))
        day, before = day + ONE_DAY, tier
    if found and found[-1].end is None:
        found[-1] = replace(found[-1], end=partner.left)
    return found


def tier_below(account: Account, day: date) -> str:
    """The tier that a partner below holds on a day; nothing before its first day and after it has left."""
    return next((h.tier for h in account.tiers if h.start <= day and (h.end is None or day <= h.end)), "")
