"""Circles: what would have to be known before it can be worked out.

A metric may rest on earnings, an earning on tiers and metrics, tiers on metrics. That is a circle only where nothing
in it lies in an earlier period: a window “... before”, or tiers that count in the next period.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.metrics.of_lines import named
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.terms.metrics import made_of
from partnerdesk.engine.terms.triggers import TIER_REACHED
from partnerdesk.engine.world.where import EARNING
from partnerdesk.program.lint.found import Found

_TIERS = "tiers"


def metric_circle(program: Program, name: str) -> list[str]:
    """The metrics on the way from one back to itself, in order; none where there is no circle."""
    graph = {n: _directly(m) for n, m in program.metric.items()}
    return _way_back(graph, name)


def earning_circles(program: Program) -> Iterator[Found]:
    """Earnings that would have to be known before they can be worked out."""
    if not any(metric.of == EARNING for metric in program.metric.values()):
        return
    graph = _dependencies(program)
    for name in program.earning:
        way = _way_back(graph, f"earning.{name}")
        if way:
            message = f"the earning rests on what it pays itself: {' → '.join(way)}."
            yield f"earning.{name}", message, 'Measure earlier periods: window = "1 quarter before".', False


def _way_back(graph: dict[str, list[str]], start: str) -> list[str]:
    """The shortest way from a node back to itself."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop(0)
        for following in graph.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _directly(metric: Metric) -> list[str]:
    groups = [metric.groups.among, metric.groups.without] if metric.groups else []
    return [*made_of(metric), *(name for name in groups if name)]


def _dependencies(program: Program) -> dict[str, list[str]]:
    """What rests on what in the same period."""
    graph = {f"metric.{n}": [f"metric.{other}" for other in _directly(m)] for n, m in program.metric.items()}
    for name, metric in program.metric.items():
        if metric.of == EARNING and metric.window.span != "before":
            graph[f"metric.{name}"] += [f"earning.{other}" for other in named(metric) or program.earning]
    is_late = program.tiers.in_force == "next period" or program.tiers.moves == "confirmed"
    for name, rule in program.earning.items():
        found = [*_names(program, rule), *([_TIERS] if rule.on == TIER_REACHED else [])]
        graph[f"earning.{name}"] = [n for n in found if n != _TIERS or not is_late]
    graph[_TIERS] = [n for part in (program.score, program.tier) for n in _names(program, part) if n != _TIERS]
    graph[_TIERS] += [f"metric.{name}" for name, m in program.metric.items() if m.missing == "blocks"]
    return graph


def _names(program: Program, part: Any) -> list[str]:
    """The metrics that a part of a program names, and tiers where it asks for the tier or the score."""
    if isinstance(part, tuple):
        return [name for item in part for name in _names(program, item)]
    if not is_dataclass(part):
        return []
    found = []
    for f in fields(part):
        value = getattr(part, f.name)
        if isinstance(value, str) and f.name in ("metric", "by") and value in program.metric:
            found.append(f"metric.{value}")
        elif f.name in ("tier", "by_tier", "score") and value:
            found.append(_TIERS)
        found += _names(program, value)
    return found
