"""Which kinds of facts have an attribute, so that their facts fall into scopes; which kinds a metric reads."""

from collections.abc import Sequence
from typing import Any

from partnerdesk.engine.rules import Metric, Program, Term
from tests.second.judge.book import Case, declared, refers_to
from tests.second.judge.filters import look

OF_A_LINE = ("customer", "product", "deal", "contract")  # what a line of an earning names


def has_attribute(kind: str, path: str) -> bool:
    first, _, rest = path.partition(".")
    if not rest:
        return declared(kind, first) is not None
    to = refers_to(kind, first)
    return bool(to) and has_attribute(to, rest)


def in_scope(case: Case, kind: str, row: Any) -> bool:
    """Whether a fact belongs to the scope that is looked at; kinds without the attribute belong to each."""
    if case.scope is None:
        return True
    first = case.scope[0].partition(".")[0]
    if kind == "tier_held":
        is_apart = first == "partner"
    else:
        is_apart = first in OF_A_LINE if kind == "earning" else has_attribute(kind, case.scope[0])
    if not is_apart:
        return True
    return bool(look(case, kind, row, case.scope[0]) == case.scope[1])


def made_of(rule: Metric) -> list[str]:
    """The other metrics that a metric is made of, the one that bounds its groups included."""
    found = [*(rule.ratio or ()), *rule.product, *rule.greatest_of, *rule.least_of]
    found += [part.metric for part in rule.mix] + [term.metric for term in rule.total]
    found += [rule.growth] if rule.growth else []
    found += [rule.series.metric] if rule.series else []
    if rule.groups and isinstance(rule.groups.not_above, Term):
        found.append(rule.groups.not_above.metric)
    return found + ([rule.power.metric] if rule.power else [])


def kinds_read(program: Program, names: Sequence[str]) -> list[tuple[str, str]]:
    """The kinds of facts that metrics rest on, near and far, each with whose they are."""
    waiting, kinds = list(names), set()
    for name in waiting:
        rule = program.metric[name]
        kinds |= {(rule.of, rule.whose)} if rule.of and rule.of not in ("earning", "tier_held") else set()
        kinds |= {("contract", rule.whose)} if rule.retention else set()
        waiting += [other for other in made_of(rule) if other not in waiting]
    return sorted(kinds)
