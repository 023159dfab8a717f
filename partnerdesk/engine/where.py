"""Filters and attributes of facts by name: `deal.kind`, `customer.country`, `attributes.segment`, derived values.

A path is compiled once into a function of (row, world); a `Where` into a predicate, and for explanations into the
first test that fails, in words. Nothing here evaluates text.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.facts import MAP, REF, attributes
from partnerdesk.engine.money import ONE, ZERO, rounded
from partnerdesk.engine.reasons import day_words
from partnerdesk.engine.rules import Test, Where

if TYPE_CHECKING:
    from partnerdesk.engine.world import World

Getter = Callable[[Any, "World"], Any]
Check = Callable[[Any], bool]
Predicate = Callable[[Any, "World"], bool]


def _days_late(row: Any, world: "World") -> Decimal | None:
    if row.live is None or row.planned_live is None:
        return None
    return Decimal((row.live - row.planned_live).days)


def _on_time(row: Any, world: "World") -> Decimal | None:
    late = _days_late(row, world)
    return None if late is None else (ONE if late <= 0 else ZERO)


def _checked(group: str) -> Getter:
    def share(row: Any, world: "World") -> Decimal | None:
        checks = [c for c in world.checks_of(row.id) if c.group == group and c.met is not None and world.known(c)]
        return Decimal(sum(c.met for c in checks)) / len(checks) if checks else None

    return share


def _survey_share(row: Any, world: "World") -> Decimal | None:
    low, high = row.scale_min, row.scale_max
    if row.score is None or low is None or high is None or high <= low:
        return None
    return Decimal((row.score - low) / (high - low))


def _margin(row: Any, world: "World") -> Decimal | None:
    return None if row.amount is None or row.cost is None else row.amount - row.cost


def _value_days(row: Any, world: "World") -> Decimal | None:
    if row.kickoff is None or row.first_value is None:
        return None
    return Decimal((row.first_value - row.kickoff).days)


# Values that follow from a row and what belongs to it; None where they cannot be known.
DERIVED: dict[str, dict[str, tuple[Getter, str]]] = {
    "deployment": {
        "days_late": (_days_late, "Days from planned to actual go-live"),
        "on_time": (_on_time, "1 when live on the planned day or before, else 0"),
        "standards": (_checked("standards"), "Share of the standards checks that are met"),
        "adoption": (_checked("adoption"), "Share of the adoption milestones that are met"),
        "days_to_value": (_value_days, "Days from kick-off to first value"),
    },
    "survey": {"share": (_survey_share, "Answer as a share of its scale, 0 to 1")},
    "deal": {"margin": (_margin, "Amount less cost")},
    "deal_line": {"margin": (_margin, "Amount less cost")},
    "transaction": {"margin": (_margin, "Amount less cost")},
}


def money_attribute(kind: str, path: str) -> bool:
    """Whether the path leads to an amount in the row's currency."""
    declared = {a.name: a.kind for a in attributes(kind)}
    return declared.get(path) == "money" or path == "margin"


def known_path(kind: str, path: str) -> bool:
    """Whether a kind has such an attribute."""
    head, _, rest = path.partition(".")
    if not rest and head in DERIVED.get(kind, {}):
        return True
    declared = {a.name: a for a in attributes(kind)}
    if head not in declared:
        return False
    if not rest:
        return True
    if declared[head].kind == MAP:
        return True
    return declared[head].kind == REF and known_path(declared[head].to, rest)


def is_own(kind: str, path: str) -> bool:
    """Whether the path is a declared attribute of the row itself, read as it stands."""
    return any(a.name == path and a.kind != MAP for a in attributes(kind)) and path not in DERIVED.get(kind, {})


@lru_cache(maxsize=4096)
def getter(kind: str, path: str) -> Getter:
    """The function that reads a path from a row of a kind. Raises KeyError for an unknown one."""
    if not known_path(kind, path):
        raise KeyError(f"{kind} has no attribute {path}")
    if path in DERIVED.get(kind, {}):
        return DERIVED[kind][path][0]
    head, _, rest = path.partition(".")
    if not rest:
        return lambda row, world: getattr(row, head)
    declared = {a.name: a for a in attributes(kind)}[head]
    if declared.kind == MAP:
        return lambda row, world: row.attributes.get(rest, "")
    inner = getter(declared.to, rest)

    def through(row: Any, world: "World") -> Any:
        other = world.row(declared.to, getattr(row, head))
        return None if other is None else inner(other, world)

    return through


def _bound(test: Test) -> Check:
    """The check of a test's bounds and choices, whichever of them it has."""
    checks: list[Check] = []
    if test.one_of is not None:
        choices = test.one_of
        checks.append(lambda value: value in choices)
    for asked, compare in ((test.at_least, le), (test.above, lt), (test.at_most, ge), (test.below, gt)):
        if asked is not None:
            checks.append(partial(compare, asked))
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def check_of(test: Test) -> Check:
    """Whether a value passes a test; an unknown value passes none but `known = false`."""
    if test.is_set is not None:
        wanted = test.is_set
        return lambda value: (value not in (None, "")) is wanted
    bound = _bound(test)
    if test.negated:
        return lambda value: value is not None and not bound(value)
    return lambda value: value is not None and bound(value)


@lru_cache(maxsize=1024)
def predicate(kind: str, where: Where) -> Predicate | None:
    """One function for all tests of a filter; None when everything passes."""
    if not where:
        return None
    tests = [(getter(kind, t.attribute), check_of(t)) for t in where]
    if len(tests) == 1:
        (test,), ((get, check),) = where, tests
        if test == Test(attribute=test.attribute, one_of=test.one_of) and is_own(kind, test.attribute):
            name, choices = test.attribute, frozenset(test.one_of or ()) - {None}
            return lambda row, world: getattr(row, name) in choices
        return lambda row, world: check(get(row, world))
    return lambda row, world: all(check(get(row, world)) for get, check in tests)


def failing(kind: str, where: Where, row: Any, world: "World") -> str:
    """The first test that a row does not pass, in words; empty when it passes all."""
    for test in where:
        value = getter(kind, test.attribute)(row, world)
        if not check_of(test)(value):
            shown = "not known" if value in (None, "") else plain(value)
            return f"{spoken(test.attribute)} is {shown}, needed: {test_words(test)}"
    return ""


def spoken(path: str) -> str:
    """An attribute's path as people say it."""
    return path.replace(".", "'s ").replace("_", " ")


def plain(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Decimal):
        short = rounded(value, 4)  # a share such as 2/3 has no end; four places tell one from another
        text = f"{short:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def test_words(test: Test) -> str:
    """What a test asks for, in words."""
    if test.is_set is not None:
        return "known" if test.is_set else "empty"
    asks = []
    if test.one_of is not None:
        asks.append(" or ".join(plain(v) for v in test.one_of))
    bounds: Sequence[tuple[str, Any]] = (
        ("at least", test.at_least),
        ("more than", test.above),
        ("at most", test.at_most),
        ("less than", test.below),
    )
    asks += [f"{word} {plain(bound)}" for word, bound in bounds if bound is not None]
    return ("not " if test.negated else "") + " and ".join(asks)
