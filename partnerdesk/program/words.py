"""A program's rules in the sentences a partner reads, generated from the rules themselves so that they cannot differ.

One `RuleWords` per rule: the statement's rule sheet, the Why panel and the pack's appendix all use them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.earnings.triggers import PERIOD_END, TRIGGERS
from partnerdesk.engine.holds import vest_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reasons import day_words, percent_words
from partnerdesk.engine.rules import (
    Bands,
    Cap,
    Clawback,
    DatedAmount,
    Earning,
    Holdback,
    Metric,
    Need,
    Program,
    Rate,
    SafetyNet,
    ScoreRule,
    TierPolicy,
    Where,
)
from partnerdesk.engine.tiers import need_label
from partnerdesk.engine.where import plain, spoken, test_words


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule for people: `sentence` says it, `formula` computes it, `parameters` lists its numbers."""

    key: str
    reference: str
    title: str
    sentence: str
    formula: str
    parameters: str
    version: str
    effective_from: date


def rule_words(program: Program) -> tuple[RuleWords, ...]:
    """Every rule of a version: score, tiers, earnings, limits, holdbacks, in the order of the text."""
    return tuple(
        RuleWords(key, reference or key, title, sentence, formula, parameters, program.version, program.effective_from)
        for key, reference, title, sentence, formula, parameters in _rules(program)
    )


Said = tuple[str, str, str, str, str, str]


def _rules(program: Program) -> Iterator[Said]:
    if program.score is not None:
        yield _score(program, program.score)
    if program.tier:
        yield _tiers(program, program.tiers)
    for name, rule in program.earning.items():
        yield _earning(program, name, rule)
        for i, clawback in enumerate(rule.clawback):
            yield _clawback(program, name, i, rule, clawback)
    for key, cap in program.cap.items():
        yield _cap(program, key, cap)
    for key, net in program.safety_net.items():
        yield _net(program, key, net)
    for key, holdback in program.holdback.items():
        yield _holdback(program, key, holdback)


def definition(program: Program, name: str) -> str:
    """What a metric measures, in one line."""
    metric = program.metric[name]
    if metric.ratio:
        return f"{_says(program, metric.ratio[0])} divided by {_says(program, metric.ratio[1])}"
    if metric.growth:
        how = {"share": "growth of", "ratio": "ratio of", "amount": "increase of"}[metric.growth_as]
        floor = f", where last year's is above {plain(metric.minimum_base)}" if metric.minimum_base else ""
        return f"{how} {_says(program, metric.growth)} against the same window a year before{floor}"
    if metric.mix:
        parts = ", ".join(f"{_says(program, p.metric)} {plain(p.weight)}" for p in metric.mix)
        return f"weighted mean of {parts}; what is not evaluated leaves its weight to the others"
    if metric.retention:
        return f"{_RETENTION[metric.retention]}, contracts that ended in the {metric.window}"
    return _aggregate(metric)


_RETENTION = {
    "gross revenue": "recurring value renewed, at most what was due, divided by what was due",
    "net revenue": "recurring value renewed, with expansion, divided by what was due",
    "logo": "contracts renewed divided by contracts due",
}


def _aggregate(metric: Metric) -> str:
    kind = metric.of.replace("_", " ")
    how = {"sum": "sum of", "count": "number of", "distinct": "number of different"}.get(
        metric.take, metric.take + " of"
    )
    what = f"{kind}s" if metric.take == "count" else f"{spoken(metric.value)} of {kind}s"
    least = f"; at least {metric.minimum_rows} needed" if metric.minimum_rows else ""
    return f"{how} {what}{where_words(metric.where)}, {metric.window}{least}"


def where_words(where: Where) -> str:
    """A filter as a half sentence: " whose kind is new or cross-sell"."""
    if not where:
        return ""
    return " whose " + " and ".join(f"{spoken(t.attribute)} is {test_words(t)}" for t in where)


def need_words(program: Program, need: Need) -> str:
    """A requirement as a half sentence."""
    if need.says:
        return need.says
    for word, parts in (("and", need.all), ("or", need.any)):
        if parts:
            inner = [need_words(program, n) for n in parts]
            inner = [f"({w})" if (n.all or n.any) else w for n, w in zip(parts, inner, strict=True)]
            return f" {word} ".join(inner)
    if need.of:
        return f"at least {need.some} of: " + "; ".join(need_words(program, n) for n in need.of)
    if need.partner:
        return "the partner's " + " and ".join(f"{spoken(t.attribute)} is {test_words(t)}" for t in need.partner)
    bounds = (
        ("at least", need.at_least),
        ("more than", need.above),
        ("at most", need.at_most),
        ("less than", need.below),
    )
    asked = " and ".join(f"{word} {_bound(program, need, b)}" for word, b in bounds if b is not None)
    return f"{need_label(program, need).lower()} {asked}"


def _bound(program: Program, need: Need, bound: Decimal) -> str:
    metric = program.metric.get(need.metric)
    share = metric is not None and (metric.unit == "%" or bool(metric.retention or metric.mix))
    growth = metric is not None and bool(metric.growth) and metric.growth_as == "share"
    return percent_words(bound) if share or growth else plain(bound)


def _says(program: Program, metric: str) -> str:
    return program.metric[metric].says.lower()


def _score(program: Program, rule: ScoreRule) -> Said:
    parts = [f"{program.metric[p.metric].says} counts {plain(p.weight)} %" for p in rule.parts]
    sentence = (
        f"Each {rule.every} the score adds up to 100 points: {'; '.join(parts)}. Each measure earns points on its own "
        "scale; a measure that cannot be evaluated earns none. The total is rounded half up to "
        f"{rule.decimals} decimal."
    )
    formula = " + ".join(f"{plain(p.weight / 100)} × points of {_says(program, p.metric)}" for p in rule.parts)
    scales = "; ".join(
        f"{program.metric[p.metric].says}: "
        + ", ".join(f"{percent_words(s.at)} = {plain(s.points)} points" for s in p.scale)
        for p in rule.parts
    )
    return "score", rule.reference, rule.says, sentence, formula, scales


def _tiers(program: Program, policy: TierPolicy) -> Said:
    asked = "; ".join(
        f"{t.name}: {need_words(program, t.requires)}" if t.requires else f"{t.name}: open to every partner"
        for t in program.tier
    )
    when = "the same period" if policy.in_force == "same period" else "the next period"
    who = (
        "A person confirms each move, with a reason"
        if policy.moves == "confirmed"
        else "Moves take effect by themselves"
    )
    sentence = (
        f"Tiers are reviewed each {policy.every}. A partner has the highest tier whose requirements all hold, "
        f"bounds included; it counts from {when} on. {who}."
    )
    return "tiers", policy.reference, "Tiers", sentence, "highest tier whose requirements hold", asked


def _earning(program: Program, name: str, rule: Earning) -> Said:
    when = (
        f"At the end of each {rule.every or 'quarter'}" if rule.on == PERIOD_END else f"When {TRIGGERS[rule.on].says}"
    )
    base = _says(program, rule.base.metric) if rule.base.metric else f"the {spoken(rule.base.attribute)}"
    parts = [when + where_words(rule.where)]
    if rule.when is not None:
        parts.append(f" and {need_words(program, rule.when)}")
    if rule.amount is not None:
        parts.append(f", you earn {rule.amount:,.2f} {program.currency}")
        formula, parameters = f"{rule.amount:,.2f}", f"{rule.amount:,.2f} {program.currency}"
    else:
        assert rule.rate is not None
        parts.append(f", you earn {rate_words(rule.rate)} of {base}")
        formula, parameters = f"{base.removeprefix('the ')} × rate", rate_table(rule.rate)
        for factor in rule.factor:
            formula += " × factor"
            parts.append(", times the factor of your tier" if factor.by_tier else ", times a factor")
            parameters += "; factor " + ", ".join(f"{t} {plain(f)}" for t, f in factor.by_tier.items())
    if len(rule.vests) > 1:
        shares = " and ".join(f"{percent_words(v.share)} {_vest(v.at, vest_words(v))}" for v in rule.vests)
        parts.append(f". {shares[:1].upper()}{shares[1:]}")
        parameters += "; " + ", ".join(f"{percent_words(v.share)} {vest_words(v)}" for v in rule.vests)
    rounding = f"rounded {program.rounding.mode.replace('-', ' ')} to {program.rounding.decimals} decimals per line"
    formula = f"{formula}, {rounding}"
    return f"earning.{name}", rule.reference, rule.says, "".join(parts) + ".", formula, parameters


def _vest(at: str, words: str) -> str:
    return f"is payable {words}" if at == "event" else f"becomes payable on {words}"


def rate_words(rate: Rate) -> str:
    """A rate inside a sentence."""
    if rate.bands is not None:
        return _band_words(rate.bands)
    if rate.kind == "by_tier":
        return "the rate of your tier"
    if rate.kind == "by_age":
        return "a rate that grows with the customer's age"
    if rate.kind == "entries":
        return "the rate of the most specific matching entry"
    return percent_words(rate.entries[0].rate or ZERO)


def _band_words(bands: Bands) -> str:
    if bands.how == "marginal":
        over = f", bands going on through the {bands.over}" if bands.over else ""
        return f"each slice's own rate{over}"
    return "the rate of the band that is reached, on the whole"


def rate_table(rate: Rate) -> str:
    """The numbers of a rate."""
    if rate.bands is not None:
        return ", ".join(f"from {plain(s.floor)}: {percent_words(s.rate)}" for s in rate.bands.steps)
    if rate.kind == "by_age":
        return ", ".join(f"from month {e.from_months}: {percent_words(e.rate or ZERO)}" for e in rate.entries)
    if rate.kind == "by_tier":
        return ", ".join(f"{e.tier[0]} {percent_words(e.rate or ZERO)}" for e in rate.entries)
    if rate.kind == "entries":
        return ", ".join(f"{percent_words(e.rate or ZERO)}{where_words(e.where)}" for e in rate.entries)
    return percent_words(rate.entries[0].rate or ZERO)


def _clawback(program: Program, name: str, i: int, rule: Earning, clawback: Clawback) -> Said:
    cause = "the customer leaves" if clawback.cause == "churned" else "a payment is refunded"
    how = "all of it" if clawback.shape == "full" else "the share of the window that is not over"
    if clawback.cause == "refunded":
        how = "the refunded share"
    sentence = (
        f"If {cause} within {clawback.within_months} months, {how} of what was earned as {rule.says.lower()} is clawed "
        "back: first from what is not yet vested, then from what is held, then from what was payable."
    )
    title = f"Clawback of {rule.says.lower()}"
    key = f"earning.{name}.clawback.{i}"
    return key, clawback.reference, title, sentence, f"earned × {how}", f"{clawback.within_months} months"


def _names(program: Program, names: tuple[str, ...]) -> str:
    said = [program.earning[n].says.lower() for n in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _cap(program: Program, i: str, cap: Cap) -> Said:
    first = f"; what exceeds it is cut from {_names(program, cap.cut)} first" if cap.cut else ""
    sentence = (
        f"{_names(program, cap.of).capitalize()} together are at most {amounts_words(program, cap.at_most)} "
        f"a {cap.every}{first}."
    )
    return (
        f"cap.{i}",
        cap.reference,
        cap.says,
        sentence,
        "least of earned and cap",
        f"{amounts_words(program, cap.at_most)} a {cap.every}",
    )


def amounts_words(program: Program, amounts: Sequence[DatedAmount]) -> str:
    """An amount, or amounts with the days from which they hold."""
    return ", ".join(_amount_words(program, entry) for entry in amounts)


def _amount_words(program: Program, entry: DatedAmount) -> str:
    since = f" from {day_words(entry.since)}" if entry.since else ""
    if entry.metric:
        times = f" × {plain(entry.times)}" if entry.times != 1 else ""
        return f"{_says(program, entry.metric)}{times}{since}"
    return f"{entry.amount:,.2f} {program.currency}{since}" if entry.amount is not None else f"no limit{since}"


def _net(program: Program, i: str, net: SafetyNet) -> Said:
    who = f" if {need_words(program, net.when)}" if net.when else ""
    sentence = (
        f"If {_names(program, net.of)} of a {net.every} are below {amounts_words(program, net.at_least)}, "
        f"the difference is paid{who}."
    )
    return (
        f"safety_net.{i}",
        net.reference,
        net.says,
        sentence,
        "floor − earned",
        f"{amounts_words(program, net.at_least)} a {net.every}",
    )


def _holdback(program: Program, i: str, rule: Holdback) -> Said:
    ends = f"at the end of {rule.release_after} {rule.release_unit}s after"
    condition = ""
    if rule.when is not None:
        other = "it is forfeited" if rule.otherwise == "forfeit" else "it is released all the same"
        condition = f" if {need_words(program, rule.when)}; otherwise {other}"
    sentence = f"{percent_words(rule.share)} of {_names(program, rule.of)} is held and released {ends}{condition}."
    return (
        f"holdback.{i}",
        rule.reference,
        rule.says,
        sentence,
        f"earned × {percent_words(rule.share)}",
        percent_words(rule.share),
    )
