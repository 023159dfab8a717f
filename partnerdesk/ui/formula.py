"""How one step of a calculation reads: its parts as rows, values substituted, and how it was rounded."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.figures.slices import slices_of
from partnerdesk.engine.figures.telling import HOW, is_money, noun_words, options_of, reached_step, told_parts
from partnerdesk.engine.money import decimals

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

MOST_ROWS = 12
SIGNS = {"product": "×", "quotient": "÷", "difference": "−", "sum": "+"}
NOTES = {op: words for op, words in HOW.items() if op not in ("round", "entry")}
TOTALS = {"sum": "Sum", "mean": "Average", "count": "Count", "difference": "Difference", "product": "Product"}
MODES = {"half-up": "half up", "half-even": "half to even", "floor": "down", "ceiling": "up"}


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A part of the formula: its name, how it came about, its value; `part` opens in turn. One that `is_silent` has no
    effect on the figure.
    """

    name: str
    formula: str
    value: str
    part: Figure | None = None
    is_silent: bool = False


def stripped(figure: Figure) -> Figure:
    """The figure under its roundings."""
    while figure.op == "round":
        figure = figure.parts[0]
    return figure


def formula_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    """The rows of one step, below any rounding."""
    return _ROWS.get(step.op, _part_rows)(step, formats)


def total_row(figure: Figure, formats: "Formats") -> FormulaRow | None:
    """What the rows come to, and the rounding that follows; None for a figure that has no rows."""
    step = stripped(figure)
    if step.op in ("given", "rule"):
        return None
    rounding = ""
    if figure.op == "round":
        _places, mode = figure.detail
        rounding = f"{MODES.get(mode, mode)} to {worded(figure, formats)}"
    return FormulaRow(TOTALS.get(step.op, "Result"), rounding, worded(step, formats, exact=True))


def _part_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    parts = tuple(told_parts(step))
    rows = [_row(part, formats) for part in parts[:MOST_ROWS]]
    left = parts[MOST_ROWS:]
    if left:
        whole = Figure(sum((p.value for p in left), Decimal(0)), step.unit, f"{len(left)} more", "sum", left)
        rows.append(FormulaRow(whole.label, "", worded(whole, formats, exact=True), whole))
    return tuple(rows)


def _row(part: Figure, formats: "Formats") -> FormulaRow:
    return FormulaRow(part.label, substituted(part, formats), worded(part, formats, exact=True), part)


def _slice_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    rows = [_row(part, formats) for part in step.parts[: 1 if step.op == "excess" else None]]
    for band in slices_of(step):
        places = max(2, decimals(step.unit))
        rate = percent(band.rate, formats) if step.parts[0].unit == step.unit else exact_words(band.rate)
        formula = f"{formats.accounting(band.part, places)} × {rate}"
        earns = formats.accounting(band.earns, places)
        rows.append(FormulaRow(f"From {formats.number(band.floor, places)}", formula, earns))
    return tuple(rows)


def _scale_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    measured = step.parts[0]
    rows = [_row(measured, formats)]
    for (x0, y0), (x1, y1) in pairwise(step.detail):
        if x0 <= measured.value <= x1:
            low, high = (worded(_like(measured, x), formats) for x in (x0, x1))
            formula = (
                f"{low} is {formats.number(y0, _places(y0, 0, 2))}, {high} is {formats.number(y1, _places(y1, 0, 2))}"
            )
            rows.append(FormulaRow("Scale", formula, ""))
            break
    return tuple(rows)


def _step_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    measured = step.parts[0]
    rows = [_row(measured, formats)]
    reached = reached_step(step)
    for n, (floor, entry) in enumerate(step.detail):
        shown = worded(_like(step, entry), formats, exact=True)
        mark = "reached" if n == reached else ""
        rows.append(FormulaRow(f"From {worded(_like(measured, floor), formats)}", mark, shown))
    return tuple(rows)


def _choice_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    table, key = step.detail
    return tuple(
        FormulaRow(name, "applies" if name == key else "", worded(_like(step, value), formats, exact=True))
        for name, value in table
    )


def _entry_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    return tuple(FormulaRow(option.words, option.outcome, option.gives) for option in options_of(step))


def _split_rows(step: Figure, formats: "Formats") -> tuple[FormulaRow, ...]:
    shares, _places_of_sum, at = step.detail
    whole = sum(shares, Decimal(0))
    rows = [_row(part, formats) for part in step.parts]
    share = f"{formats.number(shares[at], _places(shares[at], 0, 4))} of {formats.number(whole, _places(whole, 0, 4))}"
    return (*rows, FormulaRow("Share", share, ""))


_ROWS: "dict[str, Callable[[Figure, Formats], tuple[FormulaRow, ...]]]" = {
    "slices": _slice_rows,
    "excess": _slice_rows,
    "filled": _slice_rows,
    "scale": _scale_rows,
    "step": _step_rows,
    "step above": _step_rows,
    "choice": _choice_rows,
    "entry": _entry_rows,
    "split": _split_rows,
}


def _like(figure: Figure, value: Decimal) -> Figure:
    """A number in the unit of a figure."""
    return Figure(value, figure.unit, "", "given")


def substituted(figure: Figure, formats: "Formats") -> str:
    """One level of a formula with its values: `0.40 × 94.0`; nothing where it would be long."""
    step = stripped(figure)
    sign = SIGNS.get(step.op)
    if sign is None or not 2 <= len(step.parts) <= 3:
        return ""
    return f" {sign} ".join(worded(part, formats) for part in step.parts)


def unit_words(figure: Figure) -> str:
    """The unit beside a number, one of it in the singular; a percent sign already stands in it."""
    return noun_words(figure.value, figure.unit)


def worded(figure: Figure, formats: "Formats", exact: bool = False) -> str:
    """A value in its unit: shares as percent, money with its currency's decimals, points in one, or two in a column
    that adds up."""
    if figure.unit == "%":
        return percent(figure.value, formats)
    if is_money(figure.unit):
        return formats.accounting(figure.value, decimals(figure.unit))
    least = {"points": 2 if exact else 1, "1": 2}.get(figure.unit, 0)
    return formats.number(figure.value, _places(figure.value, least, max(least, 4 if figure.unit == "1" else 2)))


def percent(share: Decimal, formats: "Formats") -> str:
    """A share as percent, with the decimals that it has, at most two."""
    return formats.percent(share, _places(share * 100, 0, 2))


def _places(value: Decimal, least: int, most: int) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(most, max(least, -exponent if isinstance(exponent, int) else 0))
