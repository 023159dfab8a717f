"""The cheapest set of actions that reaches a goal, exactly: what acts on different measures is looked at apart.

Actions fall into groups that share no measure. Of each group all subsets are measured, and those are kept that no
cheaper one matches in every measure; sets made of one kept subset a group are tried, the cheapest first. Where a group
is too large for that, its subsets are taken in the order of their cost as far as it goes, and a result is called proven
only if nothing that was left out can be cheaper.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count

from partnerdesk.engine.money import ZERO

Cost = tuple[Decimal, Decimal]
Values = tuple[Decimal | None, ...]
NOTHING: Cost = (ZERO, ZERO)
MOST_SUBSETS = 4096  # of a group
MOST_TRIED = 20_000  # sets that are put to the test


@dataclass(frozen=True, slots=True)
class Group:
    """Actions by their numbers that share measures; `better` says of each measure whether more is better (1), less is
    (-1), or neither is known (0).
    """

    actions: tuple[int, ...]
    better: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked: the measures of a group under a subset of its actions, whether a whole set reaches the goal, and
    whether it would be reached if every measure were as good as in any subset.
    """

    measures: Callable[[Group, frozenset[int]], Values]
    reached: Callable[[frozenset[int]], bool]
    ideal: Callable[[Sequence[tuple[Group, Values]]], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The set, or None where none reaches the goal; `is_proven` says whether that is certain."""

    actions: frozenset[int] | None
    cost: Cost
    tried: int
    is_proven: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """The subsets of a group that are worth trying, the cheapest first; `beyond` is what those left out cost at least,
    None where none was.
    """

    group: Group
    subsets: tuple[tuple[Cost, frozenset[int], Values], ...]
    beyond: Cost | None


def cheapest(costs: Sequence[Cost], groups: Sequence[Group], goal: Goal, allowed: frozenset[int]) -> Found:
    """The cheapest of the allowed sets that reaches the goal; costs are zero or more and add up."""
    kept = [_kept(costs, group, goal, allowed) for group in groups]
    limit = min((k.beyond for k in kept if k.beyond is not None), default=None)
    if limit is None and _is_out_of_reach(kept, goal):
        return Found(None, NOTHING, 0, True)
    tried = 0
    for cost, chosen in _sets(kept):
        if tried == MOST_TRIED:
            return Found(None, NOTHING, tried, False)
        tried += 1
        if goal.reached(chosen):
            return Found(chosen, cost, tried, limit is None or cost <= limit)
    return Found(None, NOTHING, tried, limit is None)


def subsets(costs: Sequence[Cost]) -> Iterator[tuple[Cost, tuple[int, ...]]]:
    """All subsets of some costs by their places, the cheapest first."""
    order = sorted(range(len(costs)), key=lambda i: (costs[i], i))
    yield NOTHING, ()
    waiting: list[tuple[Cost, int, int, tuple[int, ...]]] = []
    number = count()
    if order:
        heappush(waiting, (costs[order[0]], next(number), 0, (0,)))
    while waiting:
        cost, _, last, chosen = heappop(waiting)
        yield cost, tuple(order[i] for i in chosen)
        if last + 1 < len(order):
            more = costs[order[last + 1]]
            heappush(waiting, (plus(cost, more), next(number), last + 1, (*chosen, last + 1)))
            other = minus(plus(cost, more), costs[order[last]])
            heappush(waiting, (other, next(number), last + 1, (*chosen[:-1], last + 1)))


def plus(a: Cost, b: Cost) -> Cost:
    """The sum of two costs."""
    return a[0] + b[0], a[1] + b[1]


def minus(a: Cost, b: Cost) -> Cost:
    """The difference of two costs."""
    return a[0] - b[0], a[1] - b[1]


def _kept(costs: Sequence[Cost], group: Group, goal: Goal, allowed: frozenset[int]) -> _Kept:
    own = [i for i in group.actions if i in allowed]
    found: list[tuple[Cost, frozenset[int], Values]] = []
    for number, (cost, places) in enumerate(subsets([costs[i] for i in own])):
        if number == MOST_SUBSETS:
            return _Kept(group, tuple(found), cost)
        chosen = frozenset(own[place] for place in places)
        values = goal.measures(group, chosen)
        if not any(_matches(before, values, group.better) for _, _, before in found):
            found.append((cost, chosen, values))
    return _Kept(group, tuple(found), None)


def _matches(one: Values, other: Values, better: Sequence[int]) -> bool:
    """Whether one is as good as another in every measure; one that is not evaluated matches only its like."""
    for a, b, sign in zip(one, other, better, strict=True):
        if a is None or b is None or not sign:
            if a != b:
                return False
        elif (a < b) if sign > 0 else (a > b):
            return False
    return True


def _is_out_of_reach(kept: Sequence[_Kept], goal: Goal) -> bool:
    """Whether not even the best of every measure together reaches the goal; unknown where some has no best."""
    best: list[tuple[Group, Values]] = []
    for one in kept:
        columns = list(zip(*(values for _, _, values in one.subsets), strict=True))
        ideal: list[Decimal | None] = []
        for column, sign in zip(columns, one.group.better, strict=True):
            if len(set(column)) > 1 and (not sign or None in column):
                return False
            known = [value for value in column if value is not None]
            ideal.append((max(known) if sign >= 0 else min(known)) if known else None)
        best.append((one.group, tuple(ideal)))
    return not goal.ideal(best)


def _sets(kept: Sequence[_Kept]) -> Iterator[tuple[Cost, frozenset[int]]]:
    """One subset of each group, the cheapest sets first."""
    start = (0,) * len(kept)
    waiting: list[tuple[Cost, tuple[int, ...]]] = [(NOTHING, start)]
    seen = {start}
    while waiting:
        cost, places = heappop(waiting)
        rows = [one.subsets[place] for one, place in zip(kept, places, strict=True)]
        yield cost, frozenset().union(*(chosen for _, chosen, _ in rows))
        for i, one in enumerate(kept):
            if places[i] + 1 < len(one.subsets):
                after = (*places[:i], places[i] + 1, *places[i + 1 :])
                if after not in seen:
                    seen.add(after)
                    step = minus(one.subsets[places[i] + 1][0], rows[i][0])
                    heappush(waiting, (plus(cost, step), after))
