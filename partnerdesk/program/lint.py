"""What a program must not leave open: names that lead nowhere, weights and shares that do not sum, unsorted floors.

Errors stop the program; warnings (cliffs, unreachable rules) stand beside it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from partnerdesk.engine.dated import amount_on
from partnerdesk.engine.earnings.triggers import PERIOD_END, TRIGGERS
from partnerdesk.engine.facts import KINDS
from partnerdesk.engine.money import HUNDRED, ONE, ZERO
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import (
    Bands,
    Cap,
    Earning,
    Factor,
    Holdback,
    Metric,
    Need,
    Point,
    Program,
    Rate,
    SafetyNet,
    Where,
)
from partnerdesk.engine.where import known_path
from partnerdesk.program.places import Places

Found = tuple[str, str, str, bool]  # key path, message, remedy, warning


def lint(program: Program, file: str, places: Places) -> list[Problem]:
    """All problems of a program version, located in its text."""
    checks = (_metrics, _score, _tiers, _earnings, _limits)
    found = [f for check in checks for f in check(program)]
    return [Problem(f"{file}, line {places.line(path)}, {path}", m, r, w) for path, m, r, w in found]


def _unknown(path: str, what: str, name: str, known: Sequence[str]) -> Found:
    near = get_close_matches(name, known, 1, 0.6)
    remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known) or 'none'}."
    return path, f"{what} {name} is not defined.", remedy, False


def _metrics(program: Program) -> Iterator[Found]:
    for name, metric in program.metric.items():
        path = f"metric.{name}"
        ways = [metric.of, metric.ratio, metric.growth, metric.mix, metric.retention]
        if sum(bool(w) for w in ways) != 1:
            yield path, "a metric is made in exactly one way.", "Give one of: of, ratio, growth, mix, retention.", False
            continue
        for other in _uses(metric):
            if other not in program.metric:
                yield _unknown(path, "metric", other, list(program.metric))
        if _in_circle(program, name, ()):
            yield path, "the metric is made of itself.", "Break the circle.", False
        if metric.of:
            yield from _aggregate(path, metric)
        elif metric.retention:
            yield from _filter(f"{path}.where", "contract", metric.where)


def _aggregate(path: str, metric: Metric) -> Iterator[Found]:
    if metric.of not in KINDS:
        yield _unknown(f"{path}.of", "kind of fact", metric.of, list(KINDS))
        return
    yield from _filter(f"{path}.where", metric.of, metric.where)
    if metric.take != "count" and not known_path(metric.of, metric.value):
        yield f"{path}.value", f"{metric.of} has no attribute {metric.value}.", "Name one of its attributes.", False
    for attribute in (metric.day, metric.until):
        if attribute and not known_path(metric.of, attribute):
            yield f"{path}.day", f"{metric.of} has no attribute {attribute}.", "Name one of its days.", False


def _uses(metric: Metric) -> list[str]:
    return [*(metric.ratio or ()), *([metric.growth] if metric.growth else []), *(p.metric for p in metric.mix)]


def _in_circle(program: Program, name: str, above: tuple[str, ...]) -> bool:
    if name in above:
        return True
    metric = program.metric.get(name)
    return metric is not None and any(_in_circle(program, used, (*above, name)) for used in _uses(metric))


def _filter(path: str, kind: str, where: Where) -> Iterator[Found]:
    for test in where:
        if not known_path(kind, test.attribute):
            yield path, f"{kind} has no attribute {test.attribute}.", "Name one of its attributes.", False


def _score(program: Program) -> Iterator[Found]:
    if program.score is None:
        return
    if sum((p.weight for p in program.score.parts), ZERO) != HUNDRED:
        yield "score", "the weights do not sum to 100.", "Correct the weights.", False
    for i, part in enumerate(program.score.parts):
        path = f"score.parts.{i}"
        if part.metric not in program.metric:
            yield _unknown(path, "metric", part.metric, list(program.metric))
        yield from _scale(f"{path}.scale", part.scale, 2)
        if any(not ZERO <= p.points <= HUNDRED for p in part.scale):
            yield f"{path}.scale", "points lie between 0 and 100.", "Correct the scale.", False


def _scale(path: str, scale: tuple[Point, ...], least: int) -> Iterator[Found]:
    if len(scale) < least:
        yield path, f"a scale needs at least {least} points.", "Add them.", False
    floors = [p.at for p in scale]
    if floors != sorted(set(floors)):
        yield path, "the scale's values must rise, each one once.", "Sort them.", False


def _tiers(program: Program) -> Iterator[Found]:
    names = [t.name for t in program.tier]
    if len(set(names)) != len(names):
        yield "tier", "two tiers have one name.", "Rename one.", False
    for i, tier in enumerate(program.tier):
        if tier.requires is None and i > 0:
            yield f"tier.{i}", f"{tier.name} requires nothing and hides the tiers below.", "Add requires.", False
        if tier.requires is not None:
            yield from _need(program, tier.requires, f"tier.{i}.requires")
    floors = [_floor(t.requires) for t in program.tier]
    known = [f for f in floors if f is not None]
    if known != sorted(known):
        yield "tier", "a higher tier needs a lower score than one below it.", "Order tiers from low to high.", False


def _floor(need: Need | None) -> Decimal | None:
    from partnerdesk.engine.tiers import score_floor

    return score_floor(need)


def _need(program: Program, need: Need, path: str) -> Iterator[Found]:
    for group in (need.all, need.any, need.of):
        for part in group:
            yield from _need(program, part, path)
    if need.score and program.score is None:
        yield path, "a score is required, but the program has none.", "Add [score] or ask for a metric.", False
    if need.metric and need.metric not in program.metric:
        yield _unknown(path, "metric", need.metric, list(program.metric))
    if need.of and need.some > len(need.of):
        yield path, f"{need.some} of {len(need.of)} can never be met.", "Lower at_least.", False
    yield from _filter(path, "partner", need.partner)


def _earnings(program: Program) -> Iterator[Found]:
    for name, rule in program.earning.items():
        path = f"earning.{name}"
        if rule.on == PERIOD_END:
            if rule.base.attribute or not (rule.base.metric or rule.amount is not None):
                yield path, "at the period's end the base is a metric.", "Write base = { metric = ... }.", False
        elif rule.on not in TRIGGERS:
            yield _unknown(f"{path}.on", "trigger", rule.on, [*TRIGGERS, PERIOD_END])
            continue
        yield from _earning(program, path, rule)


def _earning(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    kind = TRIGGERS[rule.on].kind if rule.on != PERIOD_END else ""
    if kind:
        yield from _filter(f"{path}.where", kind, rule.where)
        if rule.amount is None and not known_path(kind, rule.base.attribute or "?"):
            yield (
                f"{path}.base",
                f"{kind} has no attribute {rule.base.attribute or '(none)'}.",
                "Name the amount to pay on.",
                False,
            )
    if (rule.amount is None) == (rule.rate is None):
        yield path, "an earning has either a rate or a fixed amount.", "Give one of rate and amount.", False
    if rule.base.metric and rule.base.metric not in program.metric:
        yield _unknown(f"{path}.base", "metric", rule.base.metric, list(program.metric))
    if rule.when is not None:
        yield from _need(program, rule.when, f"{path}.when")
    if rule.rate is not None:
        yield from _rate(program, f"{path}.rate", rule.rate, kind)
    for factor in rule.factor:
        yield from _factor(program, f"{path}.factor", factor)
    if rule.vests and sum((v.share for v in rule.vests), ZERO) != ONE:
        yield f"{path}.vests", "the shares do not sum to 1.", "Correct the shares.", False


def _factor(program: Program, path: str, factor: Factor) -> Iterator[Found]:
    yield from _tier_names(program, path, list(factor.by_tier))
    if factor.metric:
        if factor.metric not in program.metric:
            yield _unknown(path, "metric", factor.metric, list(program.metric))
        yield from _scale(f"{path}.scale", factor.scale, 2)


def _rate(program: Program, path: str, rate: Rate, kind: str) -> Iterator[Found]:
    if rate.bands is not None:
        yield from _bands(program, f"{path}.bands", rate.bands)
    if rate.kind == "by_tier":
        yield from _tier_names(program, f"{path}.by_tier", [e.tier[0] for e in rate.entries])
    if rate.kind == "by_age":
        ages = [e.from_months for e in rate.entries]
        if ages != sorted(set(ages)) or not ages or ages[0] != 0:
            yield f"{path}.by_age", "ages must rise from 0, each one once.", "Sort them and begin with 0.", False
    for entry in rate.entries:
        if kind:
            yield from _filter(path, kind, entry.where)
        for tier in entry.tier:
            if tier not in [t.name for t in program.tier]:
                yield _unknown(path, "tier", tier, [t.name for t in program.tier])


def _tier_names(program: Program, path: str, named: list[str]) -> Iterator[Found]:
    if not named:
        return
    known = [t.name for t in program.tier]
    for name in named:
        if name not in known:
            yield _unknown(path, "tier", name, known)
    for name in known:
        if name not in named:
            yield path, f"the table has no entry for {name}.", f"Add {name} (0 for nothing).", False


def _bands(program: Program, path: str, bands: Bands) -> Iterator[Found]:
    floors = [s.floor for s in bands.steps]
    if not floors or floors != sorted(set(floors)):
        yield path, "floors must rise, each one once.", "Sort the steps.", False
        return
    if bands.by and bands.by not in program.metric:
        yield _unknown(path, "metric", bands.by, list(program.metric))
    if bands.how == "marginal" and bands.by:
        yield path, "marginal bands cut the base itself.", 'Drop by, or write bands = "whole amount".', False
    if bands.how == "whole amount" and bands.over:
        yield path, "only marginal bands go on through a period.", 'Drop over, or write bands = "marginal".', False
    rates = [s.rate for s in bands.steps]
    if bands.how == "whole amount" and not bands.by:
        for step, lower in zip(bands.steps[1:], rates, strict=False):
            if step.rate != lower:
                message = (
                    f"at {step.floor:,f} the whole amount changes its rate: one more unit moves the pay by a step."
                )
                yield path, message, "Use marginal bands if that is not meant.", True
                break


def _limits(program: Program) -> Iterator[Found]:
    for i, cap in program.cap.items():
        yield from _covers(program, f"cap.{i}", (*cap.of, *cap.cut))
    for i, net in program.safety_net.items():
        yield from _safety_net(program, f"safety_net.{i}", net)
    for i, back in program.holdback.items():
        yield from _holdback(program, f"holdback.{i}", back)


def _covers(program: Program, path: str, names: Sequence[str]) -> Iterator[Found]:
    for name in names:
        if name not in program.earning:
            yield _unknown(path, "earning", name, list(program.earning))


def _safety_net(program: Program, path: str, net: SafetyNet) -> Iterator[Found]:
    yield from _covers(program, path, net.of)
    if net.when is not None:
        yield from _need(program, net.when, f"{path}.when")
    if any(_below(program, cap, net) for cap in program.cap.values()):
        yield path, "the safety net promises more than the cap allows.", "Correct one of them.", True


def _below(program: Program, cap: Cap, net: SafetyNet) -> bool:
    if not set(cap.of) >= set(net.of) or cap.every != net.every:
        return False
    days = [entry.since or program.effective_from for entry in (*cap.at_most, *net.at_least)]
    limits = [(amount_on(cap.at_most, day), amount_on(net.at_least, day)) for day in days]
    return any(most is not None and least is not None and most < least for most, least in limits)


def _holdback(program: Program, path: str, back: Holdback) -> Iterator[Found]:
    yield from _covers(program, path, back.of)
    if back.when is not None:
        yield from _need(program, back.when, f"{path}.when")
    if not ZERO < back.share < ONE:
        yield f"{path}.share", "the share lies between 0 and 1.", "Write 0.10 for 10 %.", False
