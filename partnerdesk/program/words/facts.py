"""Facts in words: which ones count, on which day and in which window, and what is taken of them."""

from partnerdesk.engine.facts import plural
from partnerdesk.engine.rules import Metric, Test, Where, Window
from partnerdesk.engine.world.where_words import spoken, test_words, tests_words
from partnerdesk.program.words.naming import listed, many, period_noun

# States that people name as such: attribute -> (its values that mean yes, the state, the state when it is not so).
_STATES = {
    "escalated": ((True,), "escalated", "not escalated"),
    "in_time": ((True,), "resolved in time", "not resolved in time"),
    "met": ((True,), "met", "not met"),
    "on_time": ((1,), "on time", "late"),
}
_VERIFIED = "verified_by"
# What has happened to a fact that has such a day.
_HAPPENED = {"registered": "registered", "closed": "closed", "live": "live", "reviewed": "reviewed"}
_OF_CUSTOMERS = "new_customer"
_PARTNER = "partner."
_DAYS = {
    "closed": "on the day it was closed",
    "live": "on the day it went live",
    "awarded": "on the day it was awarded",
    "opened": "on the day it was opened",
    "start": "on the day it starts",
    "end": "on the day it ends",
    "registered": "on the day it was registered",
    "created": "on the day it was created",
    "kickoff": "on the day of its kick-off",
    "first_value": "on the day of its first value",
    "outcome_on": "on the day its outcome was known",
    "reviewed": "on the day it was reviewed",
    "expires": "on the day it expires",
    "day": "on its day",
}
_ENDS = {
    "expires": "until it expires",
    "ended": "until it ends",
    "end": "until it ends",
    "closed": "until it is closed",
    "left": "until it leaves",
}
# What is taken of facts, where the attribute's own name does not read well: by kind and attribute, else by attribute.
_VALUES = {
    ("survey", "share"): "answers (as a share of their scale)",
    ("survey", "score"): "answers",
    ("observation", "value"): "values observed",
    "amount": "amounts",
    "recurring": "yearly recurring amounts",
    "list_amount": "list amounts",
    "cost": "costs",
    "margin": "margins",
}
_SHARES = {"on_time": "were live on time", "notice_kept": "were settled with notice kept"}


def where_words(where: Where, *, one: bool = False) -> str:
    """A filter as a half sentence: " that are won and whose kind is new"; `one` speaks of a single fact."""
    verb = "is" if one else "are"
    states, partners, others, of = [], [], [], ""
    for test in where:
        if (state := _state(test)) is not None:
            states.append(f"that {verb} {state}")
        elif test.attribute == _OF_CUSTOMERS and test.one_of in ((True,), (False,)) and not test.or_unknown:
            known = "" if (test.one_of == (True,)) is not test.negated else "n existing" if one else "existing"
            of = f", of a{known or ' new'} customer" if one else f", of {known or 'new'} customers"
        elif test.attribute.startswith(_PARTNER):
            partners.append(test)
        else:
            others.append(test)
    said = " and ".join([*states, *([f"whose {tests_words(tuple(others))}"] if others else [])])
    return (f" {said}" if said else "") + of + _partner(partners, one)


def _state(test: Test) -> str | None:
    """The state that a test asks for, where people name it as such: won, escalated, late."""
    if test.attribute == _VERIFIED and test.is_set is not None:
        return "verified" if test.is_set else "not verified"
    if test.attribute in _HAPPENED and test.is_set is not None:
        return f"{'' if test.is_set else 'not '}{_HAPPENED[test.attribute]}"
    if test.one_of is None or test.or_unknown:
        return None
    if test.attribute == "status":
        return f"{'not ' if test.negated else ''}{listed([str(value) for value in test.one_of], 'or')}"
    if test.attribute not in _STATES or len(test.one_of) != 1:
        return None
    yes, state, other = _STATES[test.attribute]
    return state if (test.one_of == yes) is not test.negated else other


def _partner(tests: list[Test], one: bool) -> str:
    """What is asked of the fact's partner."""
    if not tests:
        return ""
    asked = [f"{spoken(t.attribute.removeprefix(_PARTNER))} is {test_words(t)}" for t in tests]
    return f" for a partner whose {' and '.join(asked)}" if one else f", of a partner whose {' and '.join(asked)}"


def day_sentence(metric: Metric) -> str:
    """On which day a fact counts."""
    return f"each counts {_DAYS.get(metric.day, f'on its day “{spoken(metric.day)}”')}"


def ends_words(attribute: str) -> str:
    """Until when a fact is in force."""
    return _ENDS.get(attribute, f"until its day “{spoken(attribute)}”")


def taken_words(metric: Metric) -> str:
    """What is made of the facts: number of deals, sum of the amounts of deals, latest value observed as "rank"."""
    kinds, where = plural(metric.of), where_words(_without_name(metric))
    if metric.take == "count":
        return f"number of {kinds}{where}"
    if metric.take == "distinct":
        return f"number of different {plural(metric.value)} with {kinds}{where}"
    if metric.take == "mean" and metric.value in _SHARES:
        return f"share of {kinds}{where} that {_SHARES[metric.value]}"
    value = _VALUES.get((metric.of, metric.value)) or _VALUES.get(metric.value) or spoken(metric.value)
    if metric.of == "observation":
        return f"{metric.take} of the {value}{_observed(metric)}{where}"
    return f"{metric.take} of the {value} of {kinds}{where}"


def _without_name(metric: Metric) -> Where:
    """The filter but for the name of what is observed, which stands with the value."""
    if metric.of != "observation":
        return metric.where
    return tuple(test for test in metric.where if not _is_name(test))


def _is_name(test: Test) -> bool:
    return test.attribute == "metric" and test.one_of is not None and not test.negated


def _observed(metric: Metric) -> str:
    names = [str(value) for test in metric.where if _is_name(test) for value in test.one_of or ()]
    return f" as {listed([f'“{name}”' for name in names], 'or')}" if names else ""


def window_words(window: Window) -> str:
    """Which days count: in the last 12 months, in the year so far, in force at the period's end."""
    calendar = "calendar " if window.is_calendar else ""
    length = f"{calendar}{period_noun(window.unit)}" if window.length == 1 else ""
    length = length or f"{window.length} {calendar}{many(2, period_noun(window.unit)).removeprefix('2 ')}"
    said = {
        "period": "in the period",
        "in force": "in force at the period's end",
        "ever": "so far",
        "trailing": _last(window, length),
        "before": f"in the {length} before the period",
        "next": f"in the {length} after the period",
        "first": f"in the partner's first {length}",
        "whole": f"in the whole {period_noun(window.unit)}",
        "to date": f"in the {period_noun(window.unit)} so far",
    }[window.span]
    cut = f", cut {many(window.cut_days, 'day')} before its end" if window.cut_days else ""
    if window.span == "ever" and window.earlier_months:
        said = "up to"
    shift = _shift(window.earlier_months)
    return said + (shift.removeprefix(",") if said == "up to" else shift) + cut


def _last(window: Window, length: str) -> str:
    """The last so many units; of the calendar's own, the running one counts in full and is one of them."""
    if not window.is_calendar:
        return f"in the last {length}"
    return f"in the running {length}" if window.length == 1 else f"in the last {length}, the running one included"


def _shift(months: int) -> str:
    if not months:
        return ""
    return f", {many(months, 'month')} earlier" if months % 12 else f", {many(months // 12, 'year')} earlier"
