"""What a tier brings: whether it was delivered, which renewals it protects, and when payouts come."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Benefit, Program, Settlement
from tests.second.judge.account import Account
from tests.second.judge.book import mine, rows
from tests.second.judge.days import ONE_DAY, Span
from tests.second.judge.start import first_day


class Promise(NamedTuple):
    """A benefit of the tier in force: its state, until when it is due, when it was delivered, what it protects."""

    state: str
    due: date | None
    delivered: date | None
    protected: list[tuple[date, str]]


def described(version: Program, tier: str) -> dict[str, Benefit]:
    """The benefits of a tier of which more is said than their name, in the order of its list."""
    names = [name for one in version.tier if one.name == tier for name in one.benefits]
    return {name: version.benefit[name] for name in names if name in version.benefit}


def benefits(account: Account) -> dict[str, Promise]:
    """All that the tier of the as-of day promises."""
    day = account.as_of
    version, tier = account.version_on(day), account.tier_on(day)
    if not version.tier or not account.takes_part(account.statement(day)):
        return {}
    names = [name for one in version.tier if one.name == tier for name in one.benefits]
    since, known = entered(account, version), described(version, tier)
    return {
        name: _promise(account, name, known[name], since) if name in known else Promise("standing", None, None, [])
        for name in names
    }


def entered(account: Account, version: Program) -> date:
    """The first day of the tier in force: the day of its move, else of the first of the periods that all show it.

    Under a version without tiers none is in force.
    """
    day = account.as_of
    spans = [(account.begins(v), account.ends(v)) for v in account.case.versions if not v.tier]
    without = [last + ONE_DAY for begun, last in spans if begun <= min(day, last)]
    first = max(first_day(account.case), account.begins(account.case.versions[0]), *without)
    if (moved := account.standing.moved_on(day)) is not None:
        return max(moved, first)
    tier, span = account.tier_on(day), account.case.span(day, version.tiers.every)
    while span.start > first and account.tier_on(span.start - ONE_DAY) == tier:
        span = account.case.span(span.start - ONE_DAY, version.tiers.every)
    return max(span.start, first)


def _promise(account: Account, name: str, benefit: Benefit, since: date) -> Promise:
    day, first, due = account.as_of, since, None
    if benefit.delivered not in ("standing", "once"):
        first = max(since, account.case.span(day, benefit.delivered).start)
    if benefit.delivered != "standing":
        due = first + timedelta(days=benefit.within_days)
    done = _delivered(account, {name.lower(), benefit.says.lower()}, Span("", first, day))
    state = "standing" if due is None else "due" if due >= day else "late"
    return Promise("delivered" if done else state, due, done, _protected(account, name))


def _delivered(account: Account, names: set[str], span: Span) -> date | None:
    """The last day on which an activity delivered it."""
    found = [
        row.day
        for row in mine(account.case, "activity")
        if row.kind == "benefit" and row.day is not None and row.day in span and row.title.strip().lower() in names
    ]
    return max(found, default=None)


def _protected(account: Account, name: str) -> list[tuple[date, str]]:
    """Contracts that have ended undecided and whose renewal is still the partner's, with the last day of that."""
    found, everybodys = [], list(rows(account.case, "contract"))
    for row in mine(account.case, "contract"):
        is_open = row.end is not None and row.end < account.as_of and row.outcome == "open"
        if is_open and not any(other.renewal_of == row.id for other in everybodys):
            days = _days(account, name, row)
            until = None if days is None else row.end + timedelta(days=days)
            found += [(until, str(row.id))] if until is not None and until >= account.as_of else []
    return sorted(found)


def _days(account: Account, name: str, row: Any) -> int | None:
    """How long a benefit protects a renewal: by the tier of the contract's last day."""
    benefit = described(account.version_on(row.end), account.tier_on(row.end)).get(name)
    return None if benefit is None else benefit.protection_days


def settled_by(account: Account, version: Program, span: Span) -> Settlement:
    """The settlement, paid as soon as a benefit of the tier at the period's end lets it."""
    tier = account.tier_on(account.case.last_day(span))
    days = [benefit.payout_days for benefit in described(version, tier).values() if benefit.payout_days is not None]
    return (
        replace(version.settlement, pays_after_days=min(days), pays_on_dates=(), pays_on_days=())
        if days
        else version.settlement
    )
