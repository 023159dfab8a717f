"""Safety nets: what a finished period's earnings lack to the promised sum. They never lower what is paid."""

from collections.abc import Sequence

from partnerdesk.engine.dated import in_force, limit_on
from partnerdesk.engine.eligibility import barred
from partnerdesk.engine.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.needs import met
from partnerdesk.engine.outcome import TOPUP, EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reasons import amount_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms import LimitTerms, Version
from partnerdesk.engine.tiers import tier_on


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines of the safety nets, each under the version of its period's end."""
    found = []
    for version in reckoning.terms.versions:
        start = max(reckoning.first, version.start)
        for net in version.safety_nets:
            parts = _covered(reckoning, net, lines)
            for period in reckoning.calendar.between(start, version.last, net.rule.every):
                if period.end <= version.last:
                    line = _of_period(reckoning, version, net, period, parts.get(period.label, ()))
                    if line is not None:
                        found.append(line)
    return found


def _covered(reckoning: Reckoning[N], net: LimitTerms, lines: list[EarningLine[N]]) -> dict[str, list[N]]:
    """What a net's earnings brought, by the label of the period."""
    scopes, covered = reckoning.scoped(lines, net.rule.every), net.covered
    return {
        label: [line.amount for i in own if (line := lines[i]).rule.key in covered] for label, own in scopes.items()
    }


def _of_period(
    reckoning: Reckoning[N], version: Version, net: LimitTerms, period: Period, parts: Sequence[N]
) -> EarningLine[N] | None:
    """What a finished period lacks; None where it lacks nothing or the net is not for it."""
    rule, value = net.rule, reckoning.arithmetic.value
    entry = in_force(rule.at_least, period.end)
    if entry is None:
        return None
    earned = sum(map(value, parts), ZERO)
    if entry.amount is not None and earned >= entry.amount:
        return None
    if version.has_gate and barred(reckoning, version, period.end):
        return None
    if rule.when is not None and not met(reckoning, version, rule.when, period):
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
    return EarningLine(
        id=f"{net.key}:{period.label}",
        rule=net.ref,
        type=TOPUP,
        says=rule.says,
        partner=reckoning.partner,
        event=period.end,
        process=period.end,
        period=reckoning.calendar.at(period.end, reckoning.terms.statements),
        base=promised,
        rate=None,
        factor=None,
        share=None,
        computed=amount,
        effect=reckoning.nothing,
        amount=amount,
        currency=currency,
        base_currency=currency,
        exchange=None,
        because=f"earnings of the period are topped up to {amount_words(ar.value(promised), currency)}",
        tier=tier_on(reckoning, period.end),
    )
