"""How one step of a figure is told: how it came about, its value with its unit, its parts that say something.

One text for terminal, window and dossier. Nothing is computed anew, and no closed statement holds these words.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from partnerdesk.engine.facts import KIND_OF
from partnerdesk.engine.figures.figure import Excluded, Figure, Option, Origin, is_zero, step_at, winner
from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.figures.writing import manner, places
from partnerdesk.engine.money import HUNDRED, ONE, ZERO, decimals, rounded

HOW = {
    "sum": "added",
    "difference": "the second taken from the first",
    "product": "multiplied",
    "quotient": "the first divided by the second",
    "mean": "the average",
    "median": "the middle one",
    "latest": "the last one counts",
    "least": "the smallest counts",
    "greatest": "the largest counts",
    "count": "counted",
    "kept": "made of those inside the bounds",
    "best": "made of the greatest ones",
    "power": "multiplied by itself so many times",
    "slices": "each part of the base at the rate of its band",
    "filled": "each part of the base at the rate of the band that what is paid by then has reached",
    "excess": "what lies above the bound at the rate of the band that is reached",
    "entered": "the amounts of the bands that are entered",
    "scale": "read off the scale",
    "step": "the highest step that is reached",
    "step above": "the highest step that is exceeded",
    "choice": "one entry of the table",
    "entry": "one entry of the table",
    "split": "a share of the whole",
    "spread": "rounded so that the parts add up",
    "negative": "with the sign turned",
    "round": "rounded",
}
NOTHING = "nothing"  # the label of a zero that stands where there is no amount
_MOST = 8  # decimals that are shown; what has more goes on without an end
_ENDLESS = 2  # decimals of a percentage that has no end
_SINGULAR = {"people": "person", "activities": "activity", "opportunities": "opportunity", "companies": "company"}
_BOUNDS = {"greatest": "not below zero", "least": "not above zero"}


def is_money(unit: str) -> bool:
    """Whether a unit is a currency code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def noun_words(value: Decimal, unit: str) -> str:
    """The unit beside a number, one of it in the singular: 1 contract, 2 contracts; "" of a plain number or a share."""
    if unit in ("", "1", "%"):
        return ""
    if abs(value) != ONE or not unit.islower() or " " in unit:
        return unit
    return _SINGULAR.get(unit) or (unit.removesuffix("s") if not unit.endswith("ss") else unit)


def how_words(figure: Figure) -> str:
    """How a step came about and why so; a sum of one part, and slices that say why, need no words for how."""
    is_plain = figure.op == "sum" and len(figure.parts) == 1
    how = "" if is_plain or "slice" in figure.why else HOW.get(_manner(figure), "")
    return "; ".join(filter(None, (how, figure.why)))


def _manner(figure: Figure) -> str:
    """How a step came about; of parts or groups without bounds what is made of them: the least of two months."""
    if figure.op != "kept":
        return figure.op
    how, bounds = figure.detail
    return figure.op if any(bound is not None for bound in bounds) else str(how)


def value_words(value: Decimal, unit: str) -> str:
    """A value with its unit and every decimal it has, money with those of its currency at least: 1,240.00 EUR, 8 %.

    What has no end is cut short: a percentage after two decimals, another number after eight, with an ellipsis.
    """
    if unit == "%":
        return percent_words(value if places(value * HUNDRED) <= _MOST else rounded(value, _ENDLESS + 2))
    least = decimals(unit) if is_money(unit) else 0
    shown = max(least, min(_MOST, places(value)))
    number = rounded(value, shown) + ZERO
    said = manner()
    text = said.number(number, shown) if said else f"{number:,.{shown}f}".replace("-", "\N{MINUS SIGN}")
    more = "…" if places(value) > _MOST else ""
    return f"{text}{more} {noun_words(value, unit)}".rstrip()


def smoothed(figure: Figure) -> Figure:
    """A figure without a rounding or a bound of zero that changes nothing: the step below it, under its name and with
    its reason.
    """
    inner = _unchanged(figure)
    if inner is None:
        return figure
    below = smoothed(inner)
    return replace(below, label=figure.label, why=figure.why or below.why, excluded=figure.excluded or below.excluded)


def _unchanged(figure: Figure) -> Figure | None:
    """The part that a step gives as it is, where it is rounded, or bounded by zero, to no effect."""
    if figure.op == "round":
        parts = figure.parts[:1]
    elif figure.op in _BOUNDS and len(figure.parts) > 1:
        parts = tuple(part for part in figure.parts if part.label != NOTHING or part.parts or part.value)
    else:
        return None
    is_alone = len(parts) == 1 and (figure.op == "round" or len(figure.parts) == 2)
    return parts[0] if is_alone and parts[0].value == figure.value else None


def told_parts(figure: Figure) -> Iterator[Figure]:
    """The parts that say something: a zero that stands for no amount does only where it is the bound that counts."""
    for part in figure.parts:
        if part.label != NOTHING or part.parts or part.value:
            yield part
        elif is_zero(figure) and figure.op in _BOUNDS:
            yield replace(part, label=_BOUNDS[figure.op])


def reached_step(figure: Figure) -> int:
    """The place of the step of a table that its size reaches, or exceeds; -1 below the first."""
    edge = "above" if figure.op == "step above" else "from"
    numbered = [(floor, Decimal(n)) for n, (floor, _entry) in enumerate(figure.detail, 1)]
    return int(step_at(figure.parts[0].value, numbered, edge)) - 1


class Weighed(NamedTuple):
    """An entry of a table as it was weighed: its words, what it gives, and whether it counts or why it does not."""

    words: str
    gives: str
    outcome: str


def options_of(figure: Figure) -> tuple[Weighed, ...]:
    """The entries that a figure was chosen from, in the order of the program; none where they have no words."""
    resolve, options = figure.detail
    place = winner(options, resolve)
    return tuple(_weighed(option, n == place) for n, option in enumerate(options) if option.says)


def _weighed(option: Option, is_chosen: bool) -> Weighed:
    """An entry's sentence (`kind new: 8 %, but ...`) in its parts."""
    head, but, miss = option.says.partition(", but ")
    words, _, gives = head.rpartition(": ")
    if is_chosen:
        return Weighed(words, gives, "applies")
    return Weighed(words, gives, "fits as well" if option.fits else f"but {miss}" if but else "does not fit")


def row_words(kind: str, id: str) -> str:
    """A row by its kind and id: contract C1. An id that says its kind already is not told it twice: observation 4."""
    spoken = kind.replace("_", " ")
    named = id.replace("_", " ")
    return named if named.startswith(f"{spoken} ") else f"{spoken} {id}"


def origin_words(origin: Origin) -> str:
    """Where a leaf comes from: the row, or the key of the program."""
    return row_words(origin.kind, origin.id)


def excluded_words(left_out: Excluded) -> str:
    """What did not count, and why."""
    return f"{row_words(KIND_OF[type(left_out.fact)], left_out.fact.id)}: {left_out.reason}"
