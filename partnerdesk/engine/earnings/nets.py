"""Safety nets: what a finished period's earnings lack to the promised sum. They never lower what is paid."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from partnerdesk.engine.dated import in_force, limit_on
from partnerdesk.engine.eligibility import barred
from partnerdesk.engine.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.needs import ready
from partnerdesk.engine.outcome import TOPUP, EarningLine, line_of
from partnerdesk.engine.period import Period
from partnerdesk.engine.reasons import amount_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms import LimitTerms, Version
from partnerdesk.engine.tiers import tier_on


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines of the safety nets, each under the version of its period's end."""
    nets = [net for version in reckoning.terms.versions for net in version.safety_nets]
    return [line for net in nets for line in _of_net(reckoning, net, lines)]


def _of_net(reckoning: Reckoning[N], net: LimitTerms, lines: list[EarningLine[N]]) -> Iterator[EarningLine[N]]:
    version, when, every = net.version, net.rule.when, net.rule.every
    covered, total, bound = reckoning.covered(lines, net.covered, every), reckoning.arithmetic.total, net.bound
    holds = ready(version, when) if when is not None else None
    for period in reckoning.calendar.between(max(reckoning.first, version.start), version.last, every):
        own = covered.get(period.label)
        parts = [line.amount for line in own] if own else []
        earned = total(parts) if own else ZERO
        if earned >= bound or period.end > version.last or (holds and not holds(reckoning, period)):
            continue
        line = _of_period(reckoning, version, net, period, parts, earned)
        if line is not None:
            yield line


def _of_period(
    reckoning: Reckoning[N], version: Version, net: LimitTerms, period: Period, parts: Sequence[N], earned: Decimal
) -> EarningLine[N] | None:
    """What a finished period lacks; None where it lacks nothing, or the partner may not earn."""
    rule, value = net.rule, reckoning.arithmetic.value
    entry = in_force(rule.at_least, period.end)
    if entry is None:
        return None
    if entry.amount is not None and earned >= entry.amount:
        return None
    if version.has_gate and barred(reckoning, version, period.end):
        return None
    promised = limit_on(reckoning, version, rule.at_least, (period.end, period), (rule.says, net.origin))
    if promised is None or earned >= value(promised):
        return None
    return _top_up(reckoning, net, period, parts, promised)


def _top_up(
    reckoning: Reckoning[N], net: LimitTerms, period: Period, parts: Sequence[N], promised: N
) -> EarningLine[N]:
    ar, currency, rule = reckoning.arithmetic, reckoning.currency, net.rule
    amount = ar.difference(promised, ar.sum(parts, currency, "earned in the period"), currency, rule.says)
    because = f"earnings of the period are topped up to {amount_words(ar.value(promised), currency)}"
    day, statement = period.end, reckoning.terms.statement_period(period.end)
    # fmt: off
    return line_of((
        f"{net.key}:{period.label}", net.ref, TOPUP, rule.says, reckoning.partner, day, day, statement,
        promised, None, None, None, amount, reckoning.nothing, amount, currency, currency, None, because,
        "", "", None, None, None, None, tier_on(reckoning, day), (), "", "", None,
    ))
    # fmt: on
