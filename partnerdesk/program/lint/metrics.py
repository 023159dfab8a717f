"""Metrics: made in one way, of names that exist, with keys that mean something there, not in a circle."""

from collections.abc import Iterator
from dataclasses import fields

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.rules.metrics import WAYS, ways_of
from partnerdesk.engine.terms.made_of import made_of
from partnerdesk.engine.terms.metrics import COUNTS
from partnerdesk.program.lint.aggregates import aggregate_problems, group_problems
from partnerdesk.program.lint.circles import earning_circles, metric_circle
from partnerdesk.program.lint.found import Found, filter_problems, units_of, unknown
from partnerdesk.program.lint.keeps import keep_problems
from partnerdesk.program.lint.windows import window_problems

# Keys that mean something in some ways only.
_BELONGS = {
    "where": ("of", "retention"),
    "whose": ("of", "retention"),
    "window": ("of", "retention", "series"),
    "minimum_rows": ("of", "retention"),
    **dict.fromkeys(("take", "value", "day", "until", "per", "times", "credit", "each", "adjustments"), ("of",)),
    "groups": ("of", "growth"),
    **dict.fromkeys(("growth_as", "growth_from", "minimum_base"), ("growth",)),
    "retention_of": ("retention",),
}
_DEFAULTS = {f.name: getattr(Metric(says=""), f.name) for f in fields(Metric)}


def metrics(program: Program) -> Iterator[Found]:
    lost = [found for name, metric in program.metric.items() for found in _lost(program, name, metric)]
    yield from lost
    for name, metric in program.metric.items():
        path = f"metric.{name}"
        ways = ways_of(metric)
        if len(ways) != 1:
            given = f"this one has {' and '.join(ways)}" if ways else "this one has none"
            yield path, f"a metric is made in exactly one way, {given}.", f"Give one of: {', '.join(WAYS)}.", False
            continue
        yield from _keys(path, metric, ways[0])
        yield from _limits(path, metric)
        if not lost:
            yield from _of_way(program, path, metric, ways[0])
    if not lost:
        yield from earning_circles(program)


def _lost(program: Program, name: str, metric: Metric) -> Iterator[Found]:
    """Names that lead nowhere, or back."""
    for other in made_of(metric):
        if other not in program.metric:
            yield unknown(f"metric.{name}", "metric", other, list(program.metric))
    circle = metric_circle(program, name)
    if circle:
        yield f"metric.{name}", f"the metric is made of itself: {' → '.join(circle)}.", "Break the circle.", False


def _keys(path: str, metric: Metric, way: str) -> Iterator[Found]:
    for name, ways in _BELONGS.items():
        if way not in ways and getattr(metric, name) != _DEFAULTS[name]:
            message = f"{name} means nothing in a metric made by {way}."
            yield f"{path}.{name}", message, f"Drop it; it belongs to {' and '.join(ways)}.", False


def _limits(path: str, metric: Metric) -> Iterator[Found]:
    low, high = metric.not_below, metric.not_above
    if low is not None and high is not None and low > high:
        yield f"{path}.not_below", "it is above not_above.", "Correct one of them.", False
    each = metric.each
    if each is not None:
        if each.not_below is not None and each.not_above is not None and each.not_below > each.not_above:
            yield f"{path}.each.not_below", "it is above not_above.", "Correct one of them.", False
        if metric.take in COUNTS:
            yield f"{path}.each", "a count has no values that could be bounded.", "Drop it.", False
    for name in ("decimals", "minimum_rows"):
        value = getattr(metric, name)
        if value is not None and value < 0:
            yield f"{path}.{name}", f"{name} is a count.", "Write 0 or more.", False


def _of_way(program: Program, path: str, metric: Metric, way: str) -> Iterator[Found]:
    if way == "of":
        yield from aggregate_problems(program, path, metric)
    elif way == "retention":
        yield from _retention(path, metric)
    elif way == "growth" and metric.groups is not None:
        yield from _growths(program, path, metric)
    elif way == "series":
        yield from _series(path, metric)
    elif way == "power":
        assert metric.power
        if metric.power.to < 1:
            yield f"{path}.power.to", "the exponent is 1 or more.", "Correct it.", False
    elif way == "mix":
        weights = [part.weight for part in metric.mix]
        if min(weights) < ZERO or not any(weights):
            yield f"{path}.mix", "weights are above zero.", "Correct them.", False
    elif way in ("total", "greatest_of", "least_of"):
        yield from _units(program, f"{path}.{way}", metric)


def _retention(path: str, metric: Metric) -> Iterator[Found]:
    yield from filter_problems(f"{path}.where", "contract", metric.where)
    yield from window_problems(f"{path}.window", metric.window)
    if metric.retention_of == "in force" and metric.window.span in ("ever", "in force"):
        message = 'retention of customers "in force" needs a window with a first day.'
        yield f"{path}.window", message, 'Write "trailing 12 months", for instance.', False


def _growths(program: Program, path: str, metric: Metric) -> Iterator[Found]:
    """Growth by group: of a metric whose facts can be put in groups."""
    of = program.metric[metric.growth]
    if not of.of or of.groups is not None:
        message = f"{metric.growth} is no aggregate of facts that could be put in groups."
        yield f"{path}.growth", message, "Name one made by `of`, without groups of its own.", False
    else:
        yield from group_problems(program, path, metric, of)


def _series(path: str, metric: Metric) -> Iterator[Found]:
    assert metric.series
    yield from window_problems(f"{path}.window", metric.window)
    yield from keep_problems(f"{path}.series.keep", metric.series.keep)
    if metric.window.span == "in force":
        message = "a series runs over the parts of a window; what is in force is asked of each part."
        yield f"{path}.window", message, 'Write "trailing 12 months", and "in force" in the other metric.', False


def _units(program: Program, path: str, metric: Metric) -> Iterator[Found]:
    units = units_of(program, made_of(metric))
    if len(units) > 1:
        remedy = f'Use metrics of one unit, or say what the total is: unit = "{program.currency}".'
        yield path, f"it puts {' and '.join(sorted(units))} together.", remedy, True
