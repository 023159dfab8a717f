"""Safety nets: what a finished period's earnings lack to the promised sum. They never lower what is paid."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from partnerdesk.engine.earnings.dated import in_force, limit_on
from partnerdesk.engine.earnings.limits import Taken
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.outcome import TOPUP, EarningLine, line_of
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import EARNED, Reckoning
from partnerdesk.engine.rules import DatedAmount
from partnerdesk.engine.rules.limits import MAKES_ROOM
from partnerdesk.engine.terms.versions import LimitTerms
from partnerdesk.engine.tiers.eligibility import barred
from partnerdesk.engine.tiers.needs import ready
from partnerdesk.engine.tiers.tiers import tier_on


class Promise(NamedTuple):
    """What a net promises in a period as it is for every partner: its entry, and what names and dates a line of it."""

    entry: DatedAmount | None
    day: date
    names: tuple[Any, ...]
    days: tuple[Any, ...]
    words: str  # the amount, where no metric says it


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]], taken: Taken[N]) -> list[EarningLine[N]]:
    """The lines of the safety nets, each under the version of its period's end."""
    nets = [net for version in reckoning.terms.versions for net in version.safety_nets]
    return [line for net in nets for line in _of_net(reckoning, net, lines, taken)]


def _of_net(
    reckoning: Reckoning[N], net: LimitTerms, lines: list[EarningLine[N]], taken: Taken[N]
) -> Iterator[EarningLine[N]]:
    if net.rule.per != "partner":
        yield from _of_owners(reckoning, net, lines, taken)
        return
    version, when, every, bound = net.version, net.rule.when, net.rule.every, net.bound
    sums, ar = reckoning.earned(lines, net.covered, every), reckoning.arithmetic
    holds = ready(version, when) if when is not None else None
    for period in reckoning.calendar.between(max(reckoning.first, version.start), version.last, every):
        earned = sums.get(period.label)
        if earned is not None and net.rule.taken_back == MAKES_ROOM:
            own = reckoning.covered(lines, net.covered, every)[period.label]
            earned = _left(reckoning, net, period, earned, own, taken)
        if earned is not None and earned >= bound:
            continue
        if period.end > version.last or (holds and not holds(reckoning, period)):
            continue
        line = _of_period(reckoning, net, period, ar.sum([], reckoning.currency, EARNED) if earned is None else earned)
        if line is not None:
            yield line


def _left(
    reckoning: Reckoning[N],
    net: LimitTerms,
    period: Period,
    earned: N,
    lines: Iterable[EarningLine[N]],
    taken: Taken[N],
) -> N:
    """What is left of what lines earned at the end of their period, where what is taken back makes room."""
    if net.rule.taken_back != MAKES_ROOM:
        return earned
    back = [amount for line in lines for day, amount in taken(line) if day <= period.end]
    if not back:
        return earned
    ar, currency = reckoning.arithmetic, reckoning.currency
    return ar.difference(earned, ar.sum(back, currency, "taken back in the period"), currency, EARNED)


def _of_owners(
    reckoning: Reckoning[N], net: LimitTerms, lines: list[EarningLine[N]], taken: Taken[N]
) -> Iterator[EarningLine[N]]:
    """The same for each customer, contract, deal or product that has lines in a finished period."""
    version, rule, per, ar = net.version, net.rule, net.rule.per, reckoning.arithmetic
    groups = reckoning.covered(lines, net.covered, rule.every)
    for period in reckoning.calendar.between(max(reckoning.first, version.start), version.last, rule.every):
        own = groups.get(period.label, [])
        owners = dict.fromkeys(owner for line in own if (owner := getattr(line, per)))
        if not owners or period.end > version.last:
            continue
        if rule.when is not None and not ready(version, rule.when)(reckoning, period):
            continue
        for owner in owners:
            found = [line for line in own if getattr(line, per) == owner]
            earned = ar.sum([line.amount for line in found], reckoning.currency, EARNED)
            earned = _left(reckoning, net, period, earned, found, taken)
            line = _of_period(reckoning, net, period, earned)
            if line is not None:
                named = {per: owner} if per == "product" else {per: owner, "customer": found[0].customer}
                yield line._replace(id=f"{line.id}:{owner}", **named)


def _of_period(reckoning: Reckoning[N], net: LimitTerms, period: Period, earned: N) -> EarningLine[N] | None:
    """What a finished period lacks; None where it lacks nothing, or the partner may not earn."""
    promise: Promise = net.sums.get(period.label) or _promise(reckoning, net, period)
    entry = promise.entry
    if entry is None or (entry.amount is not None and earned >= entry.amount):
        return None
    if net.version.has_gate and barred(reckoning, net.version, period.end):
        return None
    ar, rule = reckoning.arithmetic, net.rule
    if not entry.metric and entry.amount is not None:
        return _top_up(
            reckoning, net, promise, earned, ar.rule(entry.amount, reckoning.currency, rule.says, net.origin)
        )
    promised = limit_on(reckoning, net.version, rule.at_least, (period.end, period), (rule.says, net.origin))
    if promised is None or earned >= ar.value(promised):
        return None
    return _top_up(reckoning, net, promise, earned, promised)


def _promise(reckoning: Reckoning[N], net: LimitTerms, period: Period) -> Promise:
    """What a net promises in a period. Kept."""
    entry, day, currency = in_force(net.rule.at_least, period.end), period.end, reckoning.currency
    words = amount_words(entry.amount, currency) if entry is not None and entry.amount is not None else ""
    names = f"{net.key}:{period.label}", net.ref, TOPUP, net.rule.says
    days = day, day, reckoning.terms.statement_period(day)
    found = net.sums[period.label] = Promise(entry, day, names, days, words)
    return found


def _top_up(reckoning: Reckoning[N], net: LimitTerms, promise: Promise, earned: N, promised: N) -> EarningLine[N]:
    ar, currency, nothing = reckoning.arithmetic, reckoning.currency, reckoning.nothing
    amount = ar.difference(promised, earned, currency, net.rule.says)
    because = f"earnings of the period are topped up to {promise.words or amount_words(ar.value(promised), currency)}"
    # fmt: off
    return line_of((
        *promise.names, reckoning.partner, *promise.days,
        promised, None, None, None, amount, nothing, amount, currency, currency, None, because,
        "", "", None, None, None, None, tier_on(reckoning, promise.day), (), "", "", None,
    ))
    # fmt: on
