"""Limits over many lines: caps that never raise and safety nets that never lower."""

from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import Period, periods
from partnerdesk.engine.reckoning import Reckoning, origin, rule_ref
from partnerdesk.engine.rules import Cap, Program, SafetyNet
from partnerdesk.engine.tiers import met, tier_on

N = TypeVar("N")


def rule_name(line: EarningLine[Any]) -> str:
    """The earning's name in its program: `commission` of `earning.commission`."""
    return line.rule.key.removeprefix("earning.")


def capped(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines with every cap of their version applied, in the order of the program's caps.

    Within a cap's period lines are taken by day; on one day those that are cut first come last.
    """
    for program in reckoning.programs:
        for i, cap in enumerate(program.cap):
            lines = _with_cap(reckoning, program, f"cap.{i}", cap, lines)
    return lines


def _with_cap(
    reckoning: Reckoning[N], program: Program, key: str, cap: Cap, lines: list[EarningLine[N]]
) -> list[EarningLine[N]]:
    groups: dict[Period, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.rule.version == program.version and rule_name(line) in cap.of:
            groups[reckoning.period(line.event, cap.every)].append(i)
    result = list(lines)
    ar, value = reckoning.arithmetic, reckoning.arithmetic.value
    for group in groups.values():
        if not ar.traced and sum((value(lines[i].amount) for i in group), ZERO) <= cap.at_most:
            continue
        order = sorted(group, key=lambda i: (lines[i].event, _cut_order(cap, lines[i]), i))
        used: list[N] = []
        for i in order:
            result[i] = _cut(reckoning, program, key, cap, lines[i], used)
            used.append(result[i].amount)
    return result


def _cut_order(cap: Cap, line: EarningLine[Any]) -> int:
    name = rule_name(line)
    return len(cap.cut) - cap.cut.index(name) if name in cap.cut else 0


def _cut(
    reckoning: Reckoning[N], program: Program, key: str, cap: Cap, line: EarningLine[N], used: list[N]
) -> EarningLine[N]:
    ar, currency = reckoning.arithmetic, line.currency
    left = cap.at_most - sum((ar.value(u) for u in used), ZERO)
    if ar.value(line.amount) <= max(left, ZERO):
        return line
    where = origin(program, key)
    limit = ar.rule(cap.at_most, currency, cap.says, where)
    before = ar.sum(used, currency, "earned before in the period")
    room = ar.greatest(
        [ar.difference(limit, before, currency, "left under the cap"), ar.rule(ZERO, currency, "nothing", where)],
        currency,
        "left under the cap",
    )
    amount = ar.because(ar.least([line.amount, room], currency, line.says), f"{cap.says} reached")
    effect = ar.difference(amount, line.computed, currency, cap.says)
    return line._replace(amount=amount, effect=effect, effect_note=f"{cap.says} of {cap.at_most:,.2f} reached")


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]], first: date) -> list[EarningLine[N]]:
    """The lines of the safety nets: what a finished period's earnings lack to the promised sum."""
    found = []
    for program in reckoning.programs:
        for i, net in enumerate(program.safety_net):
            sums = _sums(reckoning, program, net, lines)
            for period in periods(first, reckoning.as_of, net.every, program.fiscal_year_starts):
                if period.end > reckoning.as_of or reckoning.program_at(period.end) is not program:
                    continue
                parts = sums.get(period, [])
                if sum((reckoning.arithmetic.value(p) for p in parts), ZERO) >= net.at_least:
                    continue
                if net.when is None or met(reckoning, program, net.when, period):
                    found.append(_top_up(reckoning, program, i, net, period, parts))
    return found


def _sums(
    reckoning: Reckoning[N], program: Program, net: SafetyNet, lines: list[EarningLine[N]]
) -> dict[Period, list[N]]:
    sums: dict[Period, list[N]] = defaultdict(list)
    for line in lines:
        if rule_name(line) in net.of:
            sums[reckoning.period(line.event, net.every)].append(line.amount)
    return sums


def _top_up(
    reckoning: Reckoning[N], program: Program, i: int, net: SafetyNet, period: Period, parts: list[N]
) -> EarningLine[N]:
    ar, currency = reckoning.arithmetic, reckoning.world.currency
    where = origin(program, f"safety_net.{i}")
    promised = ar.rule(net.at_least, currency, net.says, where)
    earned = ar.sum(parts, currency, "earned in the period")
    amount = ar.difference(promised, earned, currency, net.says)
    zero = ar.rule(ZERO, currency, "no limit reached", where)
    return EarningLine(
        id=f"safety_net.{i}:{period}",
        rule=rule_ref(program, f"safety_net.{i}", net.reference),
        type="TOPUP",
        says=net.says,
        partner=reckoning.world.partner.id,
        event=period.end,
        process=period.end,
        period=reckoning.period(period.end, program.statements),
        base=promised,
        rate=None,
        factor=None,
        share=None,
        computed=amount,
        effect=zero,
        amount=amount,
        currency=currency,
        base_currency=currency,
        exchange=None,
        because=f"earnings of the period are topped up to {net.at_least:,.2f}",
        tier=tier_on(reckoning, period.end).tier,
    )
