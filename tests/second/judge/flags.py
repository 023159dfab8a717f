"""Which adjustments count in a metric: those flagged for what it says, or for what a sum of earnings is used for."""

import re

from partnerdesk.engine.rules import Metric, Program
from tests.second.judge.line import EARNING

TIER, ATTAINMENT = "counts_for_tier", "counts_for_attainment"
# How keys that take metrics stand in what Python writes of a rule. Groups are `by` an attribute, bands by a metric.
_ONE = re.compile(r"\b(?:metric|growth|among|without)='([^']*)'|(?<!Groups\()\bby='([^']*)'")
_SEVERAL = re.compile(r"\b(?:ratio|product|greatest_of|least_of)=\(([^)]*)\)")
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
        more = _named(program, [program.metric[one] for one in found])
    return name in found


def _named(program: Program, rules: object) -> set[str]:
    """The metrics that rules name: after a key that takes a metric, one or several of them."""
    one = [name for pair in _ONE.findall(repr(rules)) for name in pair]
    several = [name for names in _SEVERAL.findall(repr(rules)) for name in re.findall(r"'([^']*)'", names)]
    return {*one, *several} & program.metric.keys()
