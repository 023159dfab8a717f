"""Earnings: a trigger that exists, a base it has, one way to an amount, rates and bands in order."""

from collections.abc import Iterator

from partnerdesk.engine.earnings.triggers import PERIOD_END, TRIGGERS
from partnerdesk.engine.rules import Bands, Earning, Factor, Program, Rate
from partnerdesk.engine.where import known_path
from partnerdesk.program.lint.found import Found, filter_problems, scale_problems, tier_names, unknown
from partnerdesk.program.lint.tiers import need_problems
from partnerdesk.program.lint.timing import timing_problems


def earnings(program: Program) -> Iterator[Found]:
    for name, rule in program.earning.items():
        path = f"earning.{name}"
        if rule.on == PERIOD_END:
            if rule.base.attribute or not (rule.base.metric or rule.amount is not None):
                yield path, "at the period's end the base is a metric.", "Write base = { metric = ... }.", False
        elif rule.on not in TRIGGERS:
            yield unknown(f"{path}.on", "trigger", rule.on, [*TRIGGERS, PERIOD_END])
            continue
        yield from _earning(program, path, rule)


def _earning(program: Program, path: str, rule: Earning) -> Iterator[Found]:
    kind = TRIGGERS[rule.on].kind if rule.on != PERIOD_END else ""
    if kind:
        yield from filter_problems(f"{path}.where", kind, rule.where)
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
        yield unknown(f"{path}.base", "metric", rule.base.metric, list(program.metric))
    if rule.when is not None:
        yield from need_problems(program, rule.when, f"{path}.when")
    if rule.rate is not None:
        yield from _rate(program, f"{path}.rate", rule.rate, kind)
    for factor in rule.factor:
        yield from _factor(program, f"{path}.factor", factor)
    yield from timing_problems(program, path, rule)


def _factor(program: Program, path: str, factor: Factor) -> Iterator[Found]:
    yield from tier_names(program, path, list(factor.by_tier))
    if factor.metric:
        if factor.metric not in program.metric:
            yield unknown(path, "metric", factor.metric, list(program.metric))
        yield from scale_problems(f"{path}.scale", factor.scale, 2)


def _rate(program: Program, path: str, rate: Rate, kind: str) -> Iterator[Found]:
    if rate.bands is not None:
        yield from _bands(program, f"{path}.bands", rate.bands)
    if rate.kind == "by_tier":
        yield from tier_names(program, f"{path}.by_tier", [e.tier[0] for e in rate.entries])
    if rate.kind == "by_age":
        ages = [e.from_months for e in rate.entries]
        if ages != sorted(set(ages)) or not ages or ages[0] != 0:
            yield f"{path}.by_age", "ages must rise from 0, each one once.", "Sort them and begin with 0.", False
    for entry in rate.entries:
        if kind:
            yield from filter_problems(path, kind, entry.where)
        for tier in entry.tier:
            if tier not in [t.name for t in program.tier]:
                yield unknown(path, "tier", tier, [t.name for t in program.tier])


def _bands(program: Program, path: str, bands: Bands) -> Iterator[Found]:
    floors = [s.floor for s in bands.steps]
    if not floors or floors != sorted(set(floors)):
        yield path, "floors must rise, each one once.", "Sort the steps.", False
        return
    if bands.by and bands.by not in program.metric:
        yield unknown(path, "metric", bands.by, list(program.metric))
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
