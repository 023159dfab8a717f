"""Which flags of manual adjustments a metric heeds: what it says, or what it is used for."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.rules import Bands, Earning, Metric, Program
from partnerdesk.engine.rules.metrics import Groups
from partnerdesk.engine.semantics import NAMES_METRICS, NEWEST

FLAGS: dict[str, tuple[str, ...]] = {"tier": ("counts_for_tier",), "attainment": ("counts_for_attainment",)}
FLAGS["either"] = FLAGS["tier"] + FLAGS["attainment"]
_STANDING, _PAY = ("tier", "score"), ("earning", "cap", "safety_net", "holdback")
# The fields that name metrics, by their table; in any other table it is `metric` alone.
_NAMING: dict[type, tuple[str, ...]] = {
    Bands: ("by",),
    Earning: ("among", "without"),
    Groups: ("among", "without"),
    Metric: ("ratio", "growth", "product", "greatest_of", "least_of"),
}
_WORDS = ("says", "note", "reference", "name", "type")  # fields that named no metric before they were told apart


def heeded(
    program: Program, name: str, metric: Metric, is_sum_of_money: bool, semantics: int = NEWEST
) -> tuple[str, ...]:
    """The flags of which one makes an adjustment count in a metric.

    A sum of earnings heeds by itself what it is used for: the tier flag where tier or score rest on it, the attainment
    flag where earnings do, either one where both do or nothing does. Other sums heed what they say.
    """
    if not is_sum_of_money or metric.adjustments == "none" or (not metric.adjustments and metric.of != "earning"):
        return ()
    if metric.adjustments:
        return FLAGS[metric.adjustments]
    named = _named if semantics >= NAMES_METRICS else _said
    uses = ("tier", _STANDING), ("attainment", _PAY)
    moves = [use for use, rules in uses if name in _used(program, rules, named)]
    return FLAGS[moves[0] if len(moves) == 1 else "either"]


def _used(program: Program, rules: Sequence[str], named: Callable[[Any, Collection[str]], Iterator[str]]) -> set[str]:
    """The metrics that some of a program's rules rest on, also through other metrics."""
    ahead = [name for rule in rules for name in named(getattr(program, rule), program.metric)]
    found = set[str]()
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += named(program.metric[name], program.metric)
    return found


def _named(value: Any, names: Collection[str]) -> Iterator[str]:
    """The metrics that a rule names, where one may be named."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for part in value:
            yield from _named(part, names)
    elif is_dataclass(value):
        naming = _NAMING.get(type(value), ("metric",))
        for f in fields(value):
            part = getattr(value, f.name)
            if f.name in naming:
                yield from _said(part, names)
            else:
                yield from _named(part, names)


def _said(value: Any, names: Collection[str]) -> Iterator[str]:
    """The metrics whose names stand anywhere in a rule."""
    if isinstance(value, str):
        if value in names:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _said(part, names)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _said(part, names)
    elif is_dataclass(value):
        for f in fields(value):
            if f.name not in _WORDS:
                yield from _said(getattr(value, f.name), names)
