"""Which flags of manual adjustments a metric heeds: what it says, or what it is used for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from partnerdesk.engine.rules import Metric, Program

FLAGS: dict[str, tuple[str, ...]] = {"tier": ("counts_for_tier",), "attainment": ("counts_for_attainment",)}
FLAGS["either"] = FLAGS["tier"] + FLAGS["attainment"]
_STANDING, _PAY = ("tier", "score"), ("earning", "cap", "safety_net", "holdback")
_WORDS = ("says", "note", "reference", "name", "type")  # fields that name no metric


def heeded(program: Program, name: str, metric: Metric, is_sum_of_money: bool) -> tuple[str, ...]:
    """The flags of which one makes an adjustment count in a metric.

    A sum of earnings heeds by itself what it is used for: the tier flag where tier or score rest on it, the attainment
    flag where earnings do, either one where both do or nothing does. Other sums heed what they say.
    """
    if not is_sum_of_money or metric.adjustments == "none" or (not metric.adjustments and metric.of != "earning"):
        return ()
    if metric.adjustments:
        return FLAGS[metric.adjustments]
    moves = [use for use, rules in (("tier", _STANDING), ("attainment", _PAY)) if name in _used(program, rules)]
    return FLAGS[moves[0] if len(moves) == 1 else "either"]


def _used(program: Program, rules: Sequence[str]) -> set[str]:
    """The metrics that some of a program's rules rest on, also through other metrics."""
    ahead = [name for rule in rules for name in _named(getattr(program, rule), program.metric)]
    found = set[str]()
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _named(program.metric[name], program.metric)
    return found


def _named(value: Any, names: Collection[str]) -> Iterator[str]:
    """The metrics that a rule names anywhere."""
    if isinstance(value, str):
        if value in names:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _named(part, names)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _named(part, names)
    elif is_dataclass(value):
        for f in fields(value):
            if f.name not in _WORDS:
                yield from _named(getattr(value, f.name), names)
