"""Holdbacks on the sums of periods whose lines are only paid: nothing else happens to their money meanwhile.

What all partners share of such a holdback (names, days, how it may end) is worked out once per period.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO, rounded
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine, entry_of
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import EARNED, Reckoning
from partnerdesk.engine.settling.holds import Hold, ending
from partnerdesk.engine.settling.postings import Form, Postings, Transfer
from partnerdesk.engine.terms.versions import LimitTerms
from partnerdesk.engine.tiers.eligibility import Resolution
from partnerdesk.engine.tiers.needs import Holds


class Sum(NamedTuple, Generic[N]):
    """A holdback, a finished period, and the lines of that period with their sum, of which it is taken."""

    holdback: LimitTerms
    period: Period
    lines: Sequence[EarningLine[N]]
    total: N


_sum_of: Callable[[tuple[Any, ...]], Sum[Any]] = partial(tuple.__new__, Sum)


class SumHold(NamedTuple):
    """A holdback on one period's sum as it is for every partner: its name, and the entries that it can make."""

    id: str
    day: date
    keeps: Transfer
    frees: Transfer
    loses: Form
    due: Period
    open: Resolution  # how it ends: as its condition holds or is still to be asked, and as it does not
    lost: Resolution
    holds: Holds | None


def all_sums(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[Sum[N]]:
    """The sums of finished periods of which something is held back, in order of time."""
    holdbacks = reckoning.terms.sum_holdbacks
    sums = [found for holdback in holdbacks for found in _sums(reckoning, holdback, lines)]
    # Those of one follow the lines, which are in order.
    return sums if len(holdbacks) < 2 else sorted(sums, key=lambda found: found[1].end)


def paid_sums(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[Sum[N]]:
    """The same where lines are only paid, and nobody asks which they were."""
    terms, as_of = reckoning.terms, reckoning.as_of
    if terms.alone is None or not reckoning.arithmetic.plain or len(terms.sum_holdbacks) != 1:
        return all_sums(reckoning, lines)
    (holdback,) = terms.sum_holdbacks
    every = holdback.rule.every
    sums = reckoning.earned(lines, holdback.covered, every)
    periods = reckoning.calendar.between(reckoning.first, as_of, every) if sums else ()
    return [_sum_of((holdback, p, (), sums[p.label])) for p in periods if p.label in sums and p.end <= as_of]


def _sums(reckoning: Reckoning[N], holdback: LimitTerms, lines: list[EarningLine[N]]) -> Iterator[Sum[N]]:
    """Those of one holdback, each to be rounded once."""
    every, day = holdback.rule.every, holdback.version.program.effective_from
    period_of, as_of = reckoning.calendar.by_day[every], reckoning.as_of
    is_alone, ar = reckoning.terms.alone is not None, reckoning.arithmetic
    sums = reckoning.earned(lines, holdback.covered, every) if is_alone else {}
    for label, own in reckoning.covered(lines, holdback.covered, every).items():
        members = own if is_alone else [line for line in own if line.rule.effective_from == day]
        period = period_of[own[0].event]
        if members and period.end <= as_of:
            total = sums[label] if is_alone else ar.sum([n.amount for n in members], reckoning.currency, EARNED)
            yield Sum(holdback, period, members, total)


def hold_sums(reckoning: Reckoning[N], book: Postings[N], sums: Sequence[Sum[N]]) -> list[Hold[N]]:
    """Posts what is held back of each sum, and how that ended; returns the holds."""
    found: list[Hold[N]] = []
    ar, as_of, entries = reckoning.arithmetic, reckoning.as_of, book.entries
    for holdback, period, _, total in sums:
        held = share_of(reckoning, holdback, total)
        if not (held > ZERO or held < ZERO):
            continue
        id, day, keeps, frees, loses, due, end, lost, holds = holdback.sums.get(period.label) or _shared(
            reckoning, book, holdback, period
        )
        is_over = due.end <= as_of
        if is_over and holds is not None and not holds(reckoning, due):
            end = lost
        own = held, reckoning.partner
        away = ar.negative(held, end.condition), reckoning.partner
        into, out_of, after = keeps
        entries += (entry_of(into + own + after), entry_of(out_of + away + after))
        found.append(Hold(id, "", "holdback", held, day, due.end, end.condition, [(due.end, held)] if is_over else []))
        if is_over and end.kind == "release":
            into, out_of, after = frees
            entries += (entry_of(into + own + after), entry_of(out_of + away + after))
        elif is_over:
            entries.append(entry_of(loses[0] + away + loses[1]))
    return found


def _shared(reckoning: Reckoning[N], book: Postings[N], holdback: LimitTerms, period: Period) -> SumHold:
    """What all partners share of a holdback on a period's sum. Kept."""
    due, open_, lost, holds = ending(reckoning, holdback, period.end)
    id, ref = sum_id(reckoning, holdback, period), holdback.ref
    named = (id, "", "", ref, open_.condition)
    keeps, frees = book.forms("holdback", period.end, named, HELD), book.forms("release", due.end, named, PAYABLE)
    loses = book.form("forfeiture", HELD, due.end, (id, "", "", ref, lost.why or lost.condition))
    found = holdback.sums[period.label] = SumHold(id, period.end, keeps, frees, loses, due, open_, lost, holds)
    return found


def sum_id(reckoning: Reckoning[N], holdback: LimitTerms, period: Period) -> str:
    """The name of a holdback on a period's sum; that of an earlier version in the period names the version."""
    terms, version = reckoning.terms, holdback.version
    if len(terms.versions) == 1 or terms.at_end(period) is version:
        return f"{holdback.key}:{period.label}"
    since = "" if version.opens == version.start else f" {version.start.isoformat()}"
    return f"{holdback.key}:{period.label}:{version.program.version}{since}"


def share_of(reckoning: Reckoning[N], holdback: LimitTerms, amount: N) -> N:
    """The held share of an amount, rounded."""
    ar, rule, rounding = reckoning.arithmetic, holdback.rule, holdback.version.program.rounding
    if ar.plain:
        return rounded(amount * rule.share, rounding.decimals, rounding.mode)  # type: ignore[return-value]
    share = ar.rule(rule.share, "%", rule.says, holdback.origin)
    return ar.round(ar.product([amount, share], reckoning.currency, rule.says), rounding.decimals, rounding.mode)
