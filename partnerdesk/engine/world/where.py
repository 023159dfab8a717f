"""Filters and attributes of facts by name: `deal.kind`, `customer.country`, `attributes.segment`, derived values.

A path is compiled once into a function of (row, world), a `Where` into a predicate. Nothing here evaluates text. How
they are said to people is told in `where_words`.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.facts import DAY, FLAG, MAP, MONEY, RATE, REF, TEXT, WHOLE, attributes
from partnerdesk.engine.rules import Test, Where
from partnerdesk.engine.world.days import day_in, day_of_row
from partnerdesk.engine.world.derived import DAYS, derived
from partnerdesk.engine.world.derived import Getter as Getter

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World

Check = Callable[[Any], bool]
Predicate = Callable[[Any, "World"], bool]


ROLE = "deal", "role"  # a credited partner's is that of its credit
_DAY_PAIR = re.compile(r"((?:attributes\.)?[^.]+)\.((?:attributes\.)?[^.]+)")
# The kinds of fact that the program makes itself: the lines of its earnings, and the tiers that partners below hold.
EARNING, TIER_HELD = "earning", "tier_held"
MADE = (EARNING, TIER_HELD)
# What a line of an earning has: name -> (kind, what it refers to).
_OF_LINES = {
    "type": (TEXT, ""),
    "amount": (MONEY, ""),
    "customer": (REF, "customer"),
    "product": (REF, "product"),
    "deal": (REF, "deal"),
    "contract": (REF, "contract"),
}
# The same of a tier that is held.
_OF_TIERS = {"partner": (REF, "partner"), "tier": (TEXT, ""), "start": (DAY, ""), "end": (DAY, "")}
_OF_MADE = {EARNING: _OF_LINES, TIER_HELD: _OF_TIERS}


@lru_cache(maxsize=64)
def _declared(kind: str) -> dict[str, tuple[str, str]]:
    """The attributes of a kind by name: what each is, and the kind that it refers to."""
    return _OF_MADE[kind] if kind in MADE else {a.name: (a.kind, a.to) for a in attributes(kind)}


def kind_of(kind: str, path: str) -> str:
    """What a known path leads to: money, rate, whole, flag, text, day or ref."""
    head, _, rest = path.partition(".")
    if head == DAYS and rest:
        return WHOLE
    if path in derived(kind):
        return derived(kind)[path].kind
    is_a, to = _declared(kind)[head]
    return kind_of(to, rest) if rest and is_a == REF else TEXT if is_a == MAP else is_a


def is_number(kind: str, path: str) -> bool:
    """Whether a known path can be counted: a number, or a free attribute that may hold one."""
    return is_free(kind, path) or kind_of(kind, path) in (MONEY, RATE, WHOLE, FLAG)


def paths(kind: str) -> list[str]:
    """The names of a kind's own and derived attributes."""
    return [*_declared(kind), *derived(kind)]


def kinds_through(kind: str, path: str) -> set[str]:
    """The kinds of fact that a known path leads through."""
    head, _, rest = path.partition(".")
    is_a, to = _declared(kind).get(head, ("", ""))
    return {to} | kinds_through(to, rest) if rest and is_a == REF else set()


def money_attribute(kind: str, path: str) -> bool:
    """Whether the path leads to an amount in the row's currency."""
    return _declared(kind).get(path, ("", ""))[0] == MONEY or path == "margin"


@lru_cache(maxsize=1024)
def referred_currency(kind: str, path: str) -> str:
    """The path to the currency of an amount that is read of what a row refers to; empty for any other number."""
    head, _, last = path.rpartition(".")
    own = f"{head}.currency"
    if not head or not (known_path(kind, path) and known_path(kind, own)):
        return ""
    return own if last == "margin" or kind_of(kind, path) == MONEY else ""


def known_path(kind: str, path: str) -> bool:
    """Whether a kind has such an attribute."""
    head, _, rest = path.partition(".")
    if head == DAYS and rest:
        return _day_pair(kind, rest) is not None
    if not rest and head in derived(kind):
        return True
    is_a, to = _declared(kind).get(head, ("", ""))
    if not is_a or not rest or is_a == MAP:
        return bool(is_a)
    return is_a == REF and known_path(to, rest)


def is_free(kind: str, path: str) -> bool:
    """Whether the path leads to a free attribute: a text, read as what it is compared with or counted as."""
    head, _, rest = path.partition(".")
    is_a, to = _declared(kind).get(head, ("", ""))
    return bool(rest) and (is_a == MAP or (is_a == REF and is_free(to, rest)))


def is_own(kind: str, path: str) -> bool:
    """Whether the path is a declared attribute of the row itself, read as it stands."""
    return _declared(kind).get(path, (MAP, ""))[0] != MAP and path not in derived(kind) and (kind, path) != ROLE


def is_day(kind: str, path: str) -> bool:
    """Whether the path names a day of the row itself: a declared one, or a free attribute, which is read as one."""
    head, _, rest = path.partition(".")
    is_a = _declared(kind).get(head, ("", ""))[0]
    return is_a == MAP if rest else is_a == DAY and is_own(kind, path)


def _day_pair(kind: str, rest: str) -> tuple[str, str] | None:
    """The two days of a path `days.opened.closed`; a free one among them is written attributes.NAME."""
    found = _DAY_PAIR.fullmatch(rest)
    return (found[1], found[2]) if found and all(is_day(kind, day) for day in found.groups()) else None


def _days_between(first: str, second: str) -> Getter:
    started, ended = day_of_row(first), day_of_row(second)

    def days(row: Any, world: "World") -> Decimal | None:
        start, end = started(row), ended(row)
        return None if start is None or end is None else Decimal((end - start).days)

    return days


@lru_cache(maxsize=4096)
def getter(kind: str, path: str) -> Getter:
    """The function that reads a path from a row of a kind. Raises KeyError for an unknown one."""
    if not known_path(kind, path):
        raise KeyError(f"{kind} has no attribute {path}")
    if path in derived(kind):
        return derived(kind)[path].read
    if (kind, path) == ROLE:
        return _role
    head, _, rest = path.partition(".")
    if not rest:
        return lambda row, world: getattr(row, head)
    if head == DAYS and (pair := _day_pair(kind, rest)):
        return _days_between(*pair)
    is_a, to = _declared(kind)[head]
    if is_a == MAP:
        return lambda row, world: row.attributes.get(rest, "")
    inner = getter(to, rest)

    def through(row: Any, world: "World") -> Any:
        other = world.row(to, getattr(row, head))
        return None if other is None else inner(other, world)

    return through


def _role(deal: Any, world: "World") -> str:
    """The partner's role in a deal: the deal's own, or the credit's of a partner that is only credited on it."""
    partner = world.partner.id
    if deal.partner != partner:
        own = [credit for credit in world.index.credits.get(deal.id, ()) if credit.partner == partner]
        if own:
            return str(min(own, key=lambda credit: credit.id).role)
    return str(deal.role)


def number(kind: str, path: str) -> Getter:
    """The function that reads a path as a number: a free attribute counts where it is one, and is else not known."""
    return _as(kind, path, _number_in)


def _as(kind: str, path: str, read: Callable[[str], Any]) -> Getter:
    get = getter(kind, path)
    return (lambda row, world: read(get(row, world) or "")) if is_free(kind, path) else get


@lru_cache(maxsize=4096)
def _number_in(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def compared(kind: str, test: Test) -> Getter:
    """The function that reads what a test compares: a free attribute as what the test asks for."""
    asked = [test.at_least, test.above, test.at_most, test.below, *(test.one_of or ())]
    if any(isinstance(value, Decimal) for value in asked):
        return number(kind, test.attribute)
    if any(isinstance(value, date) for value in asked):
        return _as(kind, test.attribute, day_in)
    return getter(kind, test.attribute)


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
    """Whether a value passes a test; an unknown value passes none but `known = false` and `or_unknown`."""
    if test.is_set is not None:
        wanted = test.is_set
        return lambda value: (value not in (None, "")) is wanted
    bound = _bound(test)
    if test.or_unknown:
        negated = test.negated
        return lambda value: value in (None, "") or bound(value) is not negated
    if test.negated:
        return lambda value: value not in (None, "") and not bound(value)
    return lambda value: value is not None and bound(value)


@lru_cache(maxsize=1024)
def predicate(kind: str, where: Where) -> Predicate | None:
    """One function for all tests of a filter; None when everything passes."""
    if not where:
        return None
    tests = [(compared(kind, t), check_of(t)) for t in where]
    if len(tests) == 1:
        name, choices = where[0].attribute, choices_of(kind, where)
        if choices is not None:
            return lambda row, world: getattr(row, name) in choices
        get, check = tests[0]
        return lambda row, world: check(get(row, world))
    return lambda row, world: all(check(get(row, world)) for get, check in tests)


def choices_of(kind: str, where: Where) -> frozenset[Any] | None:
    """The values that pass, where a filter asks only that an attribute of the row itself is one of them."""
    test = where[0]
    if len(where) > 1 or test != Test(attribute=test.attribute, one_of=test.one_of) or not is_own(kind, test.attribute):
        return None
    return frozenset(test.one_of or ()) - {None}
