"""Filters in words: what a test asks for, the first one that a row does not pass, and values as people read them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.figures.reasons import day_words, exact_words, percent_words
from partnerdesk.engine.figures.writing import manner
from partnerdesk.engine.money import rounded
from partnerdesk.engine.rules import Test, Where
from partnerdesk.engine.world.derived import DAYS
from partnerdesk.engine.world.where import check_of, compared

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World


def failing(kind: str, where: Where, row: Any, world: "World") -> str:
    """The first test that a row does not pass, in words; empty when it passes all."""
    for test in where:
        value = compared(kind, test)(row, world)
        if not check_of(test)(value):
            shown = "not known" if value in (None, "") else _said(test.attribute, value)
            return f"{_named(kind, test)} {_verb(test.attribute)} {shown}, needed: {test_words(test)}"
    return ""


def condition_words(kind: str, test: Test) -> str:
    """What one test asks for, with what it is of where the name alone says nothing: "transaction kind is renewal"."""
    return f"{_named(kind, test)} {_verb(test.attribute)} {test_words(test)}"


def _named(kind: str, test: Test) -> str:
    name = f"{kind} {spoken(test.attribute)}" if test.attribute in _BARE else spoken(test.attribute)
    return name.replace("_", " ")


def tests_words(where: Where) -> str:
    """What a filter asks for, in words: "role is sourced and amount is at least 1,000"."""
    return " and ".join(f"{spoken(test.attribute)} {_verb(test.attribute)} {_asked(test)}" for test in where)


def _asked(test: Test) -> str:
    """What a test asks for, in the words of a rule: a day lies from one to another, not at least and at most."""
    days = [d for d in (test.at_least, test.above, test.at_most, test.below) if isinstance(d, date)]
    if not days:
        return test_words(test)
    said = [f"after {day_words(d)}" for d in (test.above,) if isinstance(d, date)]
    if isinstance(test.at_least, date) and isinstance(test.at_most, date):
        said.append(f"from {day_words(test.at_least)} to {day_words(test.at_most)}")
    elif isinstance(test.at_least, date):
        said.append(f"{day_words(test.at_least)} or later")
    elif isinstance(test.at_most, date):
        said.append(f"{day_words(test.at_most)} or before")
    said += [f"before {day_words(d)}" for d in (test.below,) if isinstance(d, date)]
    return " and ".join(said) + (" (or not known)" if test.or_unknown else "")


_BARE = ("kind", "type")  # names that say nothing without what they are of
_SHARES = ("standards", "adoption", "share", "margin_share", "discount", "probability")
_SPOKEN = {
    "standards": "standards checks met",
    "adoption": "adoption milestones met",
    "term_months": "months of the term",
}


def _is_share(path: str) -> bool:
    head, _, last = path.rpartition(".")
    return last in _SHARES and head != "attributes"


def _verb(path: str) -> str:
    """Whether one says "is" or "are" of an attribute."""
    last = path.rpartition(".")[2].rpartition("_")[2]
    is_many = path in _SPOKEN or DAYS in path.split(".") or "days_" in path
    return "are" if is_many or (last.endswith("s") and not last.endswith(("ss", "us"))) else "is"


def _said(path: str, value: Any) -> str:
    """A value of an attribute as people read it: shares as percent."""
    if isinstance(value, Decimal) and _is_share(path):
        return percent_words(rounded(value, 4))
    return plain(value)


@lru_cache(maxsize=1024)
def spoken(path: str) -> str:
    """An attribute's path as people say it."""
    if path in _SPOKEN:
        return _SPOKEN[path]
    named = [part for part in path.split(".") if part != "attributes"]  # a free attribute is the row's own
    if named[-3:-2] == [DAYS]:
        named[-3:] = [f"days from {named[-2]} to {named[-1]}"]
    return "'s ".join(named).replace("_", " ")


def plain(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Decimal):
        short = rounded(value, 4)  # a share such as 2/3 has no end; four places tell one from another
        if manner() is not None:
            return exact_words(short)
        text = f"{short:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def test_words(test: Test) -> str:
    """What a test asks for, in words."""
    if test.is_set is not None:
        return "known" if test.is_set else "empty"
    asks = []
    if test.one_of is not None:
        asks.append(" or ".join(_said(test.attribute, v) for v in test.one_of))
    bounds: Sequence[tuple[str, Any]] = (
        ("at least", test.at_least),
        ("more than", test.above),
        ("at most", test.at_most),
        ("less than", test.below),
    )
    asks += [f"{word} {_said(test.attribute, bound)}" for word, bound in bounds if bound is not None]
    unknown = " (or not known)" if test.or_unknown else ""
    return ("not " if test.negated else "") + " and ".join(asks) + unknown
