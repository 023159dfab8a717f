"""Between which values an input of a what-if makes sense: what is refused beyond, and how far a slider reaches.

A metric's bounds follow from how the program makes it: a share of yes and no lies between 0 and 1, a count is never
below zero, an answer lies on the scale it was given on, a weighted mean between the bounds of its parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import FLAG, attributes
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.errors import Refused
from partnerdesk.program.form import Cell

Pair = tuple[Decimal | None, Decimal | None]
OPEN: Pair = (None, None)
SHARE_OF_ALL: Pair = (ZERO, ONE)
NOT_NEGATIVE: Pair = (ZERO, None)
MANY = Decimal(10)  # times: growth, net retention and factors are not beyond
LARGEST = Decimal(10) ** 12  # where nothing else bounds a number
STEPS = 100  # of a slider, about
_STEPS = tuple(Decimal(n) for n in ("1", "2", "2.5", "5", "10"))
_ENDS = tuple(Decimal(n) for n in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
FEW = Decimal(10)  # what a count of nothing may come to on a slider


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that is taken, and the reach and the step of a slider within.

    A number of which nothing tells how large it may become has no reach: `low` is `high`, and it is typed.
    """

    least: Decimal
    most: Decimal
    low: Decimal
    high: Decimal
    step: Decimal


def bounds(pair: Pair, about: Decimal | None, *, is_share: bool = False, is_whole: bool = False) -> Bounds:
    """Bounds of a number that is `about` so much now: a slider reaches as far as they do, or to about twice that."""
    least, most = (-LARGEST if pair[0] is None else pair[0]), (LARGEST if pair[1] is None else pair[1])
    size = abs(about) if about else (ONE if is_share else FEW / 2 if is_whole else ZERO)
    if not size:
        return Bounds(least, most, ZERO, ZERO, ONE)
    whole = is_share and most == ONE and 2 * size >= ONE
    high = ONE if whole else _nice(2 * size, _ENDS)
    low = -high if least < ZERO and (about is None or about <= ZERO) else ZERO
    low, high = max(low, least), min(high, most)
    step = _nice((high - low) / STEPS, _STEPS)
    return Bounds(least, most, low, high, max(step, ONE) if is_whole else step)


def _nice(number: Decimal, among: Sequence[Decimal]) -> Decimal:
    """The next round number that is not less."""
    power = Decimal(1).scaleb(number.adjusted())
    return next(n * power for n in among if n * power >= number)


def refuse_outside(says: str, value: Decimal, found: Bounds, *, is_share: bool = False) -> None:
    """Raises Refused for a value that makes no sense, with those that do."""
    if found.least <= value <= found.most:
        return
    least, most = (_said(number, is_share) for number in (found.least, found.most))
    if found.most == LARGEST:
        sense = f"Write {least} or more." if value < found.least else "Write a smaller number."
    elif found.least == -LARGEST:
        sense = f"Write {most} or less."
    else:
        sense = f"Write it from {least} to {most}."
    raise Refused(f"“{says}” cannot be {_said(value, is_share)}.", sense)


def _said(value: Decimal, is_share: bool) -> str:
    number = (value * 100 if is_share else value).normalize()
    words = f"{number:f}" if -6 < number.adjusted() < 15 else f"{number:.2e}"
    return f"{words} %" if is_share else words


def rule_bounds(cell: Cell, now: Decimal) -> Pair:
    """The bounds of a number of the program: a rate or share is at most all of it, a factor is not."""
    is_share = cell.kind == "percent"
    if now < ZERO:
        return OPEN
    return (ZERO, (MANY if "factor" in cell.path else ONE) if is_share else None)


def metric_bounds(programs: Sequence[Program], name: str, facts: Mapping[str, Iterable[Any]]) -> Pair:
    """The bounds of a metric by the latest version that has it; (None, None) where nothing bounds it."""
    held = next((p for p in reversed(programs) if name in p.metric), None)
    return _of(held, name, facts, frozenset()) if held is not None else OPEN


def _of(program: Program, name: str, facts: Mapping[str, Iterable[Any]], seen: frozenset[str]) -> Pair:
    metric = program.metric[name]
    low, high = _made(program, metric, facts, seen | {name}) if name not in seen else OPEN
    return (
        metric.not_below if metric.not_below is not None else low,
        metric.not_above if metric.not_above is not None else high,
    )


def _made(program: Program, metric: Metric, facts: Mapping[str, Iterable[Any]], seen: frozenset[str]) -> Pair:
    """The bounds that follow from the way in which a metric is made."""
    if metric.of:
        return _aggregate(metric, facts)
    if metric.retention:
        return (ZERO, MANY) if metric.retention == "net revenue" else SHARE_OF_ALL
    if metric.growth and metric.groups is not None:
        return NOT_NEGATIVE if metric.groups.take == "count" else OPEN
    if metric.growth:
        return {"share": (-ONE, MANY), "ratio": (ZERO, MANY)}.get(metric.growth_as, OPEN)
    if metric.months_since:
        return NOT_NEGATIVE
    parts = [*(part.metric for part in metric.mix), *metric.greatest_of, *metric.least_of]
    if metric.series is not None and metric.series.take not in ("sum", "count"):
        parts.append(metric.series.metric)
    return _around([_of(program, part, facts, seen) for part in parts]) if parts else OPEN


def _around(pairs: Sequence[Pair]) -> Pair:
    """What encloses some bounds; open where one of them is."""
    lows, highs = zip(*pairs, strict=True)
    return (None if None in lows else min(lows), None if None in highs else max(highs))


def _aggregate(metric: Metric, facts: Mapping[str, Iterable[Any]]) -> Pair:
    if metric.groups is not None or metric.times:
        return OPEN
    if metric.take in ("count", "distinct"):
        return NOT_NEGATIVE
    if metric.take == "sum":
        return OPEN
    kinds = {a.name: a.kind for a in attributes(metric.of)} if metric.of != "earning" else {}
    if kinds.get(metric.value) == FLAG or metric.unit == "%":
        return SHARE_OF_ALL
    if metric.of == "survey" and metric.value == "score":
        rows = [r for r in facts.get("survey", ()) if r.scale_min is not None and r.scale_max is not None]
        return (min(r.scale_min for r in rows), max(r.scale_max for r in rows)) if rows else OPEN
    return OPEN
