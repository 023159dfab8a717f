"""Limits over many lines: caps that never raise and safety nets that never lower."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.needs import met
from partnerdesk.engine.outcome import TOPUP, EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reasons import amount_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Cap, SafetyNet
from partnerdesk.engine.terms import Version
from partnerdesk.engine.tiers import tier_on

N = TypeVar("N")


def rule_name(line: EarningLine[Any]) -> str:
    """The earning's name in its program: `commission` of `earning.commission`."""
    return line.rule.key.removeprefix("earning.")


class Capping(NamedTuple):
    """A cap of one version: its place in the text, the rule keys that it covers, those that are cut first."""

    version: Version
    key: str
    cap: Cap
    covered: frozenset[str]
    cut: tuple[str, ...]


def capped(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines with every cap applied, in the order of the program's caps.

    Within a cap's period lines are taken by day; on one day those that are cut first come last. Each line is cut by
    the cap of its own version, and what earlier versions paid in the period counts.
    """
    for i in range(max(len(v.program.cap) for v in reckoning.terms.versions)):
        cappings = {v.program.version: _capping(v, i) for v in reckoning.terms.versions if i < len(v.program.cap)}
        lines = _with_caps(reckoning, cappings, lines)
    return lines


def _capping(version: Version, i: int) -> Capping:
    cap = version.program.cap[i]
    covered = frozenset(f"earning.{name}" for name in cap.of)
    return Capping(version, f"cap.{i}", cap, covered, tuple(f"earning.{name}" for name in cap.cut))


def _with_caps(
    reckoning: Reckoning[N], cappings: dict[str, Capping], lines: list[EarningLine[N]]
) -> list[EarningLine[N]]:
    groups: dict[str, list[tuple[date, int, int, Capping]]] = defaultdict(list)
    for i, line in enumerate(lines):
        capping = cappings.get(line.rule.version)
        if capping is not None and line.rule.key in capping.covered:
            scope = reckoning.calendar.at(line.event, capping.cap.every).label
            groups[scope].append((line.event, _cut_order(capping, line.rule.key), i, capping))
    result = list(lines)
    value = reckoning.arithmetic.value
    for group in groups.values():
        most = sum([amount for _, _, i, _ in group if (amount := value(lines[i].amount)) > 0], ZERO)
        if most > min(capping.cap.at_most for _, _, _, capping in group):
            _cut_group(reckoning, sorted(group, key=_turn), result)
    return result


def _turn(placed: tuple[date, int, int, Capping]) -> tuple[date, int, int]:
    return placed[:3]


def _cut_order(capping: Capping, key: str) -> int:
    return len(capping.cut) - capping.cut.index(key) if key in capping.cut else 0


def _cut_group(
    reckoning: Reckoning[N], group: list[tuple[date, int, int, Capping]], lines: list[EarningLine[N]]
) -> None:
    """Cuts the lines of one period in their turn, so that their sum is the least of what they were and the cap."""
    whole: list[N] = []
    kept: list[N] = []
    for _, _, i, capping in group:
        line = lines[i]
        amount = _cut(reckoning, capping, line, whole, kept)
        whole.append(line.amount)
        kept.append(amount)
        if reckoning.arithmetic.value(amount) != reckoning.arithmetic.value(line.amount):
            cap, currency = capping.cap, line.currency
            effect = reckoning.arithmetic.difference(amount, line.computed, currency, cap.says)
            note = f"{cap.says} of {amount_words(cap.at_most, currency)} reached"
            lines[i] = line._replace(amount=amount, effect=effect, effect_note=note)


def _cut(reckoning: Reckoning[N], capping: Capping, line: EarningLine[N], whole: list[N], kept: list[N]) -> N:
    """What a line keeps: at most what is left under the cap; a negative one first gives back what others lost."""
    ar, currency, cap = reckoning.arithmetic, line.currency, capping.cap
    where = capping.version.origin(capping.key)
    zero = ar.rule(ZERO, currency, "nothing", where)
    before = ar.sum(kept, currency, "earned before in the period")
    if ar.value(line.amount) >= 0:
        limit = ar.rule(cap.at_most, currency, cap.says, where)
        left = ar.greatest([ar.difference(limit, before, currency, "left under the cap"), zero], currency, cap.says)
        return ar.because(ar.least([line.amount, left], currency, line.says), f"{cap.says} reached")
    lost = ar.difference(ar.sum(whole, currency, "earned before, uncut"), before, currency, "cut before")
    rest = ar.sum([line.amount, lost], currency, line.says)
    return ar.because(ar.least([rest, zero], currency, line.says), f"{cap.says} had cut the period already")


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]], first: date) -> list[EarningLine[N]]:
    """The lines of the safety nets: what a finished period's earnings lack to the promised sum."""
    found = []
    for version in reckoning.terms.versions:
        start = max(first, version.program.effective_from)
        for i, net in enumerate(version.program.safety_net):
            sums = _sums(reckoning, net, lines)
            for period in reckoning.calendar.between(start, version.last, net.every):
                if period.end > version.last:
                    continue
                parts = sums.get(period.label, ())
                if parts and sum(map(reckoning.arithmetic.value, parts), ZERO) >= net.at_least:
                    continue
                if net.when is None or met(reckoning, version, net.when, period):
                    found.append(_top_up(reckoning, version, i, net, period, parts))
    return found


def _sums(reckoning: Reckoning[N], net: SafetyNet, lines: list[EarningLine[N]]) -> dict[str, list[N]]:
    """The amounts of the earnings that a safety net looks at, by period."""
    keys = {f"earning.{name}" for name in net.of}
    sums: dict[str, list[N]] = defaultdict(list)
    for line in lines:
        if line.rule.key in keys:
            sums[reckoning.calendar.at(line.event, net.every).label].append(line.amount)
    return sums


def _top_up(
    reckoning: Reckoning[N], version: Version, i: int, net: SafetyNet, period: Period, parts: Sequence[N]
) -> EarningLine[N]:
    ar, currency, key = reckoning.arithmetic, reckoning.currency, f"safety_net.{i}"
    where = version.origin(key)
    promised = ar.rule(net.at_least, currency, net.says, where)
    earned = ar.sum(parts, currency, "earned in the period")
    amount = ar.difference(promised, earned, currency, net.says)
    return EarningLine(
        id=f"{key}:{period}",
        rule=version.ref(key, net.reference),
        type=TOPUP,
        says=net.says,
        partner=reckoning.world.partner.id,
        event=period.end,
        process=period.end,
        period=reckoning.terms.statement_period(period.end),
        base=promised,
        rate=None,
        factor=None,
        share=None,
        computed=amount,
        effect=ar.rule(ZERO, currency, "no limit reached", where),
        amount=amount,
        currency=currency,
        base_currency=currency,
        exchange=None,
        because=f"earnings of the period are topped up to {amount_words(net.at_least, currency)}",
        tier=tier_on(reckoning, period.end).tier,
    )
