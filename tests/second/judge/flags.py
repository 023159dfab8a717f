"""Which adjustments count in a metric: those flagged for what it says, or for what a sum of earnings is used for."""

import re
from dataclasses import replace

from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.rules.filters import Window
from tests.second.judge.line import EARNING

TIER, ATTAINMENT = "counts_for_tier", "counts_for_attainment"
_FLAGS = {"tier": (TIER,), "attainment": (ATTAINMENT,), "either": (TIER, ATTAINMENT)}


def flags_of(program: Program, rule: Metric) -> tuple[str, ...]:
    """The flags of which one makes an adjustment count in a metric of the program."""
    is_plain = rule.take == "sum" and not (rule.per or rule.times or rule.groups or rule.window.span == "in force")
    if rule.adjustments or rule.of != EARNING or not is_plain:
        return _FLAGS.get(rule.adjustments, ())
    (name,) = [name for name, metric in program.metric.items() if metric is rule]
    standing = _rests(program, name, (program.tier, program.score))
    paid = _rests(program, name, (program.earning, program.cap, program.safety_net, program.holdback))
    return _FLAGS["either" if standing == paid else "tier" if standing else "attainment"]


def _rests(program: Program, name: str, rules: tuple[object, ...]) -> bool:
    """Whether rules rest on a metric, also through other metrics."""
    found, more = set[str](), _named(program, rules)
    while more - found:
        found |= more
        parts = [replace(program.metric[one], window=Window(), value="", take="sum") for one in found]
        more = _named(program, parts)
    return name in found


def _named(program: Program, rules: object) -> set[str]:
    """The metrics whose names stand in rules."""
    return set(re.findall(r"'([^']*)'", repr(rules))) & program.metric.keys()
