"""Circles: what would have to be known before it can be worked out.

A metric may rest on earnings, an earning on tiers, the score and metrics, tiers on metrics. That is a circle only where
nothing in it lies earlier: a window “... before”, or tiers that count in the next period. Where tiers are reviewed more
often than statements close, a rule that asks for the tier at its period's end asks for reviews that rest on the lines
of that very period. What must hold to take part and to earn is asked of every line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

from partnerdesk.engine.metrics.of_lines import named
from partnerdesk.engine.period import MONTHS
from partnerdesk.engine.rules import Earning, Gate, Metric, Need, Program
from partnerdesk.engine.terms.made_of import made_of
from partnerdesk.engine.terms.triggers import PERIOD_END, TIER_REACHED
from partnerdesk.engine.world.tree import OWN, WITH_OWN
from partnerdesk.engine.world.where import EARNING
from partnerdesk.program.lint.found import Found

_TIERS, _SCORE = "tiers", "score"
_TIERS_AT_END = "tiers at the period's end"
_JOIN, _EARN = "eligibility.join", "eligibility.earn"


def metric_circle(program: Program, name: str) -> list[str]:
    """The metrics on the way from one back to itself, in order; none where there is no circle."""
    graph = {n: _directly(m) for n, m in program.metric.items()}
    return _way_back(graph, name)


def earning_circles(program: Program) -> Iterator[Found]:
    """Earnings that would have to be known before they can be worked out."""
    if not any(metric.of == EARNING for metric in program.metric.values()):
        return
    graph = _Dependencies(program).graph()
    beside = _with_others(program, graph)
    for name in program.earning:
        node = _Node(f"earning.{name}")
        # Earnings that count each other's earlier lines are none; a metric of these very lines between them makes one.
        way = _way_back(graph, node) or next(
            (found for rests in graph[node] if rests.asked and (found := _way_through(beside, node, rests))), []
        )
        if way:
            steps = " → ".join(node.name for node in way)
            message = f"the earning rests on what it pays itself: {steps}."
            yield f"earning.{name}", message, _remedy({node.name for node in way}), False


def _remedy(names: set[str]) -> str:
    """How to break a circle, by what lies on it."""
    if _JOIN in names or _EARN in names:
        return (
            "Ask there for what no line of that period moves: metrics of earlier periods, tiers that count in the next "
            "period, and of those to earn a period (every) no longer than tiers are reviewed."
        )
    if _TIERS_AT_END in names:
        return "Take the tier of the event's day (tier_as_of), or review tiers no oftener than statements close."
    return (
        'Measure earlier periods: "1 quarter before", or "year to date, 1 month earlier". Rates by what the rule '
        'itself paid are bands = "marginal", over = "year", floors_of = "paid".'
    )


def _with_others(program: Program, graph: "dict[_Node, list[_Node]]") -> "dict[_Node, list[_Node]]":
    """The same with the earnings whose lines fill the bands of others."""
    found = dict(graph)
    for name, rule in program.earning.items():
        rate, node = rule.rate, _Node(f"earning.{name}")
        for bands in rate.all_bands if rate else ():
            found[node] = [*found[node], *(_Node(f"earning.{other}") for other in bands.paid_with)]
    return found


def _way_through(graph: dict[Any, list[Any]], node: Any, first: Any) -> list[Any]:
    """The way from a node back to itself that begins with another one."""
    return _way_back({**graph, node: [first]}, node)


class _Asked(NamedTuple):
    """A period for which figures are asked, in months from the first day of the one in which lines are made."""

    start: int
    length: int


@dataclass(frozen=True)
class _Node:
    """What rests on others; a metric, the score and tiers as they are asked for one period."""

    name: str
    asked: _Asked | None = None


def _way_back(graph: dict[Any, list[Any]], start: Any) -> list[Any]:
    """The shortest way from a node back to itself."""
    ways, seen = [[start]], set()
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


class _Dependencies:
    """What rests on what among lines of one period."""

    def __init__(self, program: Program) -> None:
        self.program = program
        policy = program.tiers
        directions = policy.up, policy.down
        self.is_decided = policy.moves == "confirmed"
        self.is_late = all((one.in_force or policy.in_force) == "next period" for one in directions)
        self.year = program.fiscal_year
        self.review = min(self.year.longest(one.every or policy.every) for one in directions)
        self.statement = self.year.longest(program.statements)
        self.conditions = [*self._of_all_lines(program.eligibility.join, program.eligibility.earn)]

    def _of_all_lines(self, join: Need | None, earn: Gate | None) -> Iterator[tuple[str, Need, int]]:
        """What each line asks for, and in how long a period. What is only suspended is earned and held."""
        if join is not None:
            yield _JOIN, join, self.statement
        if earn is not None and earn.otherwise == "forfeit":
            yield _EARN, earn.when, self.year.longest(earn.every)

    def graph(self) -> dict[_Node, list[_Node]]:
        found = {_Node(name): self._of_condition(need, length) for name, need, length in self.conditions}
        found |= {_Node(f"earning.{name}"): self._of_earning(rule) for name, rule in self.program.earning.items()}
        asked = {node.asked for rests in found.values() for node in rests if node.asked is not None}
        for period in asked:
            for name, metric in self.program.metric.items():
                found[_Node(f"metric.{name}", period)] = self._of_metric(metric, period)
            found[_Node(_SCORE, period)] = self._named(self.program.score, period)
            found[_Node(_TIERS, period)] = found[_Node(_TIERS_AT_END, period)] = self._of_tiers(period)
        return found

    def _of_earning(self, rule: Earning) -> list[_Node]:
        own = _Asked(0, max(self.statement, self.year.longest(rule.every) if rule.every in MONTHS else 0))
        names = [*_names(self.program, rule), *([_TIERS] if rule.on == TIER_REACHED else [])]
        found = [*(_Node(name) for name, *_ in self.conditions), *self._measured(names, own)]
        if self.is_decided:
            return found
        if rule.tier_as_of == "period end" and _TIERS in names:
            names.append(_TIERS_AT_END)
        looks_ahead = _TIERS_AT_END in names and rule.on != PERIOD_END and rule.measured == "period"
        return found + self._reviewed(names, self.statement if looks_ahead else 0)

    def _of_condition(self, need: Need, length: int) -> list[_Node]:
        """What a condition asks of the period that holds a line's day."""
        names = _names(self.program, need)
        found = self._measured(names, _Asked(0, length))
        return found if self.is_decided else found + self._reviewed(names, length)

    def _measured(self, names: list[str], asked: _Asked) -> list[_Node]:
        """Metrics and the score of a period."""
        return [_Node(name, asked) for name in names if name not in (_TIERS, _TIERS_AT_END)]

    def _reviewed(self, names: list[str], ahead: int) -> list[_Node]:
        """The reviews that tiers rest on, where those of the end of a period of so many months are asked for."""
        if ahead > self.review and _TIERS_AT_END in names:
            last = ahead - self.review * (2 if self.is_late else 1)
            return [_Node(_TIERS_AT_END, _Asked(last, self.review))]
        if not self.is_late and (_TIERS in names or _TIERS_AT_END in names):
            return [_Node(_TIERS, _Asked(0, self.review))]
        return []

    def _of_metric(self, metric: Metric, asked: _Asked) -> list[_Node]:
        """The metrics that one is made of, and the earnings whose lines of this period it counts."""
        found = [_Node(f"metric.{other}", asked) for other in _directly(metric)]
        end = asked.start + (0 if metric.window.span == "before" else asked.length)
        end -= self.year.months_in(metric.window.earlier_months)
        is_own = metric.whose == OWN or metric.whose in WITH_OWN  # those below are worked out before
        if metric.of == EARNING and is_own and end > 0:
            found += [_Node(f"earning.{other}") for other in named(metric) or self.program.earning]
        return found

    def _of_tiers(self, asked: _Asked) -> list[_Node]:
        blocking = [f"metric.{name}" for name, metric in self.program.metric.items() if metric.missing == "blocks"]
        return [*self._named(self.program.tier, asked), *(_Node(name, asked) for name in blocking)]

    def _named(self, part: Any, asked: _Asked) -> list[_Node]:
        return self._measured(_names(self.program, part), asked)


def _names(program: Program, part: Any) -> list[str]:
    """The metrics that a part of a program names, and tiers and the score where it asks for them."""
    if isinstance(part, tuple):
        return [name for item in part for name in _names(program, item)]
    if not is_dataclass(part):
        return []
    found = []
    for f in fields(part):
        value = getattr(part, f.name)
        naming = ("metric", "by", "among", "without") if isinstance(part, Earning) else ("metric", "by")
        if isinstance(value, str) and f.name in naming and value in program.metric:
            found.append(f"metric.{value}")
        elif f.name in ("tier", "by_tier") and value:
            found.append(_TIERS_AT_END if isinstance(part, Need) else _TIERS)
        elif f.name == "score" and value is True:
            found.append(_SCORE)
        found += _names(program, value)
    return found
