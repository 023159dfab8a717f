"""Growth group by group: each group as if its facts were all there is."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Metric
from tests.second.judge.aggregates import Counted, by_group, taken
from tests.second.judge.book import Case
from tests.second.judge.days import Span, in_units
from tests.second.judge.money import rounded


def grown_by_group(case: Case, rule: Metric, span: Span) -> dict[Any, Fraction]:
    """The growth of each group with facts in either window, where it is evaluated. Raises NoRate."""
    of, groups = case.program.metric[rule.growth], rule.groups
    assert groups
    by = in_units(1, "year" if rule.growth_from == "a year before" else span.unit)
    now = by_group(case, of, span, groups)
    then = by_group(replace(case, back=case.back.and_also(by)), of, span, groups)
    found = {}
    for group in dict.fromkeys((*now, *then)):
        value = grown(rule, _measured(of, now.get(group, [])), _measured(of, then.get(group, [])))
        if value is not None:
            found[group] = value
    return found


def grown(rule: Metric, now: Fraction | None, then: Fraction | None) -> Fraction | None:
    """How much a number is above an earlier one; None where that is too little to compare with."""
    if now is None or then is None or then <= Fraction(rule.minimum_base):
        return None
    if rule.growth_as == "amount":
        return now - then
    if then == 0:
        return None
    return now / then if rule.growth_as == "ratio" else (now - then) / then


def _measured(of: Metric, facts: list[Counted]) -> Fraction | None:
    """The other metric of some facts alone, with its own bounds."""
    different = len({fact.value for fact in facts}) if of.take == "distinct" else len(facts)
    found = None if different < of.minimum_rows else taken(of.take, facts)
    if found is None and (of.missing == "zero" or (of.missing == "" and not of.minimum_rows)):
        found = Fraction(0)
    if found is None:
        return None
    if of.not_below is not None:
        found = max(found, Fraction(of.not_below))
    if of.not_above is not None:
        found = min(found, Fraction(of.not_above))
    return found if of.decimals is None else rounded(found, of.decimals, of.mode)
