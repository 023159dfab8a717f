"""Holdbacks on the sums of periods whose lines are only paid: nothing else happens to their money meanwhile.

What all partners share of such a holdback (names, days, how it may end) is worked out once per period.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from partnerdesk.engine.figure import N, is_zero
from partnerdesk.engine.holds import Hold, Resolution, ending
from partnerdesk.engine.needs import Holds
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.postings import Named, Postings, pair_ids
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms import LimitTerms


class SumHold(NamedTuple):
    """A holdback on one period's sum as it is for every partner."""

    day: date
    named: Named  # of what holds it back and releases it, and of a forfeiture
    forfeits: Named
    holdback: tuple[str, str]  # the ids of the entries that hold it back, and of those that release it
    release: tuple[str, str]
    due: Period
    open: Resolution  # how it ends: as its condition holds or is still to be asked, and as it does not
    lost: Resolution
    holds: Holds | None


def hold_sums(
    reckoning: Reckoning[N], book: Postings[N], sums: Sequence[tuple[LimitTerms, Period, list[EarningLine[N]]]]
) -> list[Hold[N]]:
    """Posts what is held back of each sum, and how that ended; returns the holds."""
    found, ar, as_of = list[Hold[N]](), reckoning.arithmetic, reckoning.as_of
    for holdback, period, lines in sums:
        total = ar.sum([line.amount for line in lines], reckoning.currency, "earned in the period")
        held = share_of(reckoning, holdback, total)
        if is_zero(held):
            continue
        day, named, forfeits, ids, release, due, end, lost, holds = holdback.sums.get(period.label) or _shared(
            reckoning, holdback, period
        )
        is_over = due.end <= as_of
        if is_over and holds is not None and not holds(reckoning, due):
            end = lost
        book.pair("holdback", day, held, named, HELD, ids)
        moves = [(due.end, held)] if is_over else []
        found.append(Hold(named[0], "", "holdback", held, day, due.end, end.condition, moves))
        if is_over and end.kind == "release":
            book.pair("release", due.end, held, named, PAYABLE, release)
        elif is_over:
            book.post("forfeiture", HELD, due.end, ar.negative(held, end.condition), forfeits)
    return found


def _shared(reckoning: Reckoning[N], holdback: LimitTerms, period: Period) -> SumHold:
    """What all partners share of a holdback on a period's sum. Kept."""
    due, open_, lost, holds = ending(reckoning, holdback, period.end)
    id = sum_id(reckoning, holdback, period)
    ids = pair_ids(id, "holdback", HELD), pair_ids(id, "release", PAYABLE)
    named = (id, "", "", holdback.ref, open_.condition)
    forfeits = (id, "", "", holdback.ref, lost.why or lost.condition)
    found = holdback.sums[period.label] = SumHold(period.end, named, forfeits, *ids, due, open_, lost, holds)
    return found


def sum_id(reckoning: Reckoning[N], holdback: LimitTerms, period: Period) -> str:
    """The name of a holdback on a period's sum; that of an earlier version in the period names the version."""
    terms = reckoning.terms
    if len(terms.versions) == 1 or terms.at_end(period) is holdback.version:
        return f"{holdback.key}:{period.label}"
    return f"{holdback.key}:{period.label}:{holdback.version.program.version}"


def share_of(reckoning: Reckoning[N], holdback: LimitTerms, amount: N) -> N:
    """The held share of an amount, rounded."""
    ar, rule, rounding = reckoning.arithmetic, holdback.rule, holdback.version.program.rounding
    share = ar.rule(rule.share, "%", rule.says, holdback.origin)
    return ar.round(ar.product([amount, share], reckoning.currency, rule.says), rounding.decimals, rounding.mode)
