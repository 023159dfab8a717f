"""Metrics: made in one way, of names that exist, not in a circle."""

from collections.abc import Iterator

from partnerdesk.engine.facts import KINDS
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.where import known_path
from partnerdesk.program.lint.found import Found, filter_problems, unknown


def metrics(program: Program) -> Iterator[Found]:
    for name, metric in program.metric.items():
        path = f"metric.{name}"
        ways = [metric.of, metric.ratio, metric.growth, metric.mix, metric.retention]
        if sum(bool(w) for w in ways) != 1:
            yield path, "a metric is made in exactly one way.", "Give one of: of, ratio, growth, mix, retention.", False
            continue
        for other in uses(metric):
            if other not in program.metric:
                yield unknown(path, "metric", other, list(program.metric))
        if _in_circle(program, name, ()):
            yield path, "the metric is made of itself.", "Break the circle.", False
        if metric.of:
            yield from _aggregate(path, metric)
        elif metric.retention:
            yield from filter_problems(f"{path}.where", "contract", metric.where)


def _aggregate(path: str, metric: Metric) -> Iterator[Found]:
    if metric.of not in KINDS:
        yield unknown(f"{path}.of", "kind of fact", metric.of, list(KINDS))
        return
    yield from filter_problems(f"{path}.where", metric.of, metric.where)
    if metric.take != "count" and not known_path(metric.of, metric.value):
        yield f"{path}.value", f"{metric.of} has no attribute {metric.value}.", "Name one of its attributes.", False
    for attribute in (metric.day, metric.until):
        if attribute and not known_path(metric.of, attribute):
            yield f"{path}.day", f"{metric.of} has no attribute {attribute}.", "Name one of its days.", False


def uses(metric: Metric) -> list[str]:
    return [*(metric.ratio or ()), *([metric.growth] if metric.growth else []), *(p.metric for p in metric.mix)]


def _in_circle(program: Program, name: str, above: tuple[str, ...]) -> bool:
    if name in above:
        return True
    metric = program.metric.get(name)
    return metric is not None and any(_in_circle(program, used, (*above, name)) for used in uses(metric))
