"""What is wrong with rows before they are written: located problems from the declarations and a few rules of sense.

Nothing here reads a book; what only a book can tell (an unknown partner, an identifier already taken) is in
`facts.py`. Checks run column by column, because an import brings tens of thousands of rows.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine import facts as declared
from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.facts import Attribute, Fact
from partnerdesk.engine.money import decimals
from partnerdesk.engine.problem import Problem
from partnerdesk.ops.sentences import day

_TYPES: dict[str, tuple[type, str]] = {
    declared.TEXT: (str, "a text"),
    declared.REF: (str, "a text"),
    declared.DAY: (date, "a day"),
    declared.MONEY: (Decimal, "an exact amount"),
    declared.RATE: (Decimal, "an exact number"),
    declared.WHOLE: (int, "a whole number"),
    declared.FLAG: (bool, "yes or no"),
}
_CURRENCY = ("currency", "base", "quote")

# First day, last day: the second must not come before the first.
_ORDER = {
    "contract": (("start", "end"),),
    "target": (("start", "end"),),
    "certification": (("awarded", "expires"),),
    "partner": (("joined", "left"),),
    "case": (("opened", "closed"),),
    "hold": (("day", "released"),),
}
_BETWEEN = {
    "deal": (("probability", Decimal(0), Decimal(1)),),
    "contract": (("probability", Decimal(0), Decimal(1)),),
    "credit": (("share", Decimal(0), Decimal(1)),),
    "deployment": (("review_score", Decimal(0), Decimal(100)),),
}


def named(kind: str) -> str:
    """A kind as a user reads it: "deal line"."""
    return kind.replace("_", " ")


def place(kind: str, row: Fact) -> str:
    """Where a user finds the row: file, sheet and row, or its kind and identifier."""
    if row.source is not None and row.source.file:
        return str(row.source)
    return f"{named(kind)} {row.id}"


def check(kind: str, rows: Sequence[Any]) -> list[Problem]:
    """The problems of rows of one kind, in the order of columns and then rows."""
    problems: list[Problem] = []
    for a in declared.attributes(kind):
        problems += _column(kind, a, rows)
    if not problems:
        for rule in (_ordered, _in_bounds, _sensible):
            problems += rule(kind, rows)
    return problems


def _column(kind: str, a: Attribute, rows: Sequence[Any]) -> Iterator[Problem]:
    values = [getattr(row, a.name) for row in rows]
    wrong = _wrong(a)
    if wrong is None or not _suspicious(a, values):
        return
    for row, value in zip(rows, values, strict=True):
        message = wrong(row, value)
        if message:
            yield Problem(f"{place(kind, row)}, {a.says}", message)


def _suspicious(a: Attribute, values: Sequence[Any]) -> bool:
    """Whether a column needs a look at each of its cells: most do not, and a set tells it at once."""
    if a.kind == declared.MONEY:
        return any(v is not None for v in values)
    kinds_of_cell = set(map(type, values))
    if not kinds_of_cell <= {_TYPES[a.kind][0], type(None)} or a.kind in (declared.RATE, declared.WHOLE):
        return True
    if a.kind in (declared.TEXT, declared.REF):
        return any(_bad_text(a, v) for v in set(values))
    return a.required and type(None) in kinds_of_cell


def _wrong(a: Attribute) -> "Callable[[Any, Any], str] | None":
    if a.kind == declared.MAP:
        return None
    if a.kind == declared.MONEY:
        return _bad_money

    def message(row: Any, value: Any) -> str:
        if a.kind in (declared.TEXT, declared.REF):
            return _bad_text(a, value)
        return _bad_value(a, value)

    return message


def _bad_money(row: Any, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, Decimal) or not value.is_finite():
        return f"{value!r} is not an exact amount."
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals(row.currency):
        return f"{value} is finer than the smallest unit of {row.currency}."
    return "" if value.adjusted() < 15 else f"{value} is too large for an amount."


def _bad_value(a: Attribute, value: Any) -> str:
    if value is None:
        return "This is required." if a.required else ""
    wanted, noun = _TYPES[a.kind]
    if type(value) is not wanted:
        return f"{value!r} is not {noun}."
    if isinstance(value, Decimal) and not value.is_finite():
        return f"{value} is not a finite number."
    return ""


def _bad_text(a: Attribute, value: Any) -> str:
    if value is None:
        return "" if a.kind == declared.REF and not a.required else "This is required."
    if not isinstance(value, str):
        return f"{value!r} is not a text."
    if not value.strip() and a.required:
        return "This is required."
    if a.kind == declared.REF and not value.strip():
        return "A name is missing between the quotes; leave the field out instead."
    if "\0" in value or _cannot_be_stored(value):
        return "The text holds a character that no file can store."
    if a.choices and value not in a.choices:
        return f"“{value}” is none of {', '.join(a.choices)}."
    if a.name in _CURRENCY and value not in CODES and a.kind == declared.TEXT:
        return f"“{value}” is no currency code of ISO 4217, such as EUR or USD."
    return ""


def _cannot_be_stored(text: str) -> bool:
    """Half of a surrogate pair, as broken exports contain it."""
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)


def _ordered(kind: str, rows: Sequence[Any]) -> Iterator[Problem]:
    for first, last in _ORDER.get(kind, ()):
        for row in rows:
            a, b = getattr(row, first), getattr(row, last)
            if a is not None and b is not None and b < a:
                yield Problem(
                    place(kind, row), f"“{said(kind, last)}” ({day(b)}) is before “{said(kind, first)}” ({day(a)})."
                )


def _in_bounds(kind: str, rows: Sequence[Any]) -> Iterator[Problem]:
    for name, low, high in _BETWEEN.get(kind, ()):
        for row in rows:
            value = getattr(row, name)
            if value is not None and not low <= value <= high:
                yield Problem(f"{place(kind, row)}, {said(kind, name)}", f"{value} is not from {low} to {high}.")


def _sensible(kind: str, rows: Sequence[Any]) -> Iterator[Problem]:
    rule = _SENSE.get(kind)
    for row in rows if rule else ():
        message = rule(row) if rule else ""
        if message:
            yield Problem(place(kind, row), message)


def _deal(row: declared.Deal) -> str:
    if row.status != "open" and row.closed is None:
        return f"A deal that is {row.status} needs the day on which it closed."
    return ""


def _contract(row: declared.Contract) -> str:
    if row.outcome in ("expanded", "contracted") and row.outcome_amount is None:
        return f"A contract that was {row.outcome} needs its recurring amount after the renewal."
    return "A contract cannot renew itself." if row.renewal_of == row.id else ""


def _survey(row: declared.Survey) -> str:
    low, high = row.scale_min, row.scale_max
    if low is None or high is None:
        return ""
    if low >= high:
        return f"The scale ends at {high}, not above its start at {low}."
    if row.score is not None and not low <= row.score <= high:
        return f"The answer {row.score} is not on the scale from {low} to {high}."
    return ""


def _exchange(row: declared.ExchangeRate) -> str:
    if row.base == row.quote:
        return f"{row.base} against itself has no rate."
    return "" if row.rate is not None and row.rate > 0 else "An exchange rate is above zero."


_SENSE: dict[str, Callable[[Any], str]] = {
    "deal": _deal,
    "contract": _contract,
    "survey": _survey,
    "exchange_rate": _exchange,
}


def said(kind: str, name: str) -> str:
    """The declared words of a field."""
    return next(a.says for a in declared.attributes(kind) if a.name == name)
