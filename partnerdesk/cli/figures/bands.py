"""The lines under a step that a table decided: its bands with what lies in each, its entries and which one applies."""

from collections.abc import Iterator
from decimal import Decimal

from partnerdesk.cli.terminal import measure
from partnerdesk.engine.figures.figure import Figure, step_at
from partnerdesk.engine.figures.numbers import newly_entered
from partnerdesk.engine.figures.reasons import exact_words, percent_words
from partnerdesk.engine.figures.slices import SLICED, Slice, slices_of
from partnerdesk.engine.money import ZERO


def table_lines(figure: Figure) -> Iterator[str]:
    """What a terminal says of the table behind a figure; nothing of a figure that no table made."""
    if figure.op in SLICED:
        yield from (_slice(figure, band) for band in slices_of(figure))
    elif figure.op in ("step", "step above"):
        yield from _steps(figure)
    elif figure.op == "choice":
        table, key = figure.detail
        for name, value in table:
            yield f"{name}: {_value(value, figure.unit)}" + (", applies" if name == key else "")
    elif figure.op == "scale":
        of = figure.parts[0].unit
        points = ", ".join(f"{measure(at, of)} = {_value(points, figure.unit)}" for at, points in figure.detail)
        yield f"scale: {points}"
    elif figure.op == "entered":
        yield from _entered(figure)


def _slice(figure: Figure, band: Slice) -> str:
    """From 10,000 to 40,000 EUR: 2,000 EUR x 5 % = 100 EUR."""
    of, top = figure.parts[0].unit, ""
    bounds = figure.unit if figure.op == "filled" else of
    if band.top is not None:
        top = f" to {measure(band.top, bounds)}"
    is_share = of == figure.unit  # else a rate is an amount for each one, or a factor
    rate = percent_words(band.rate) if is_share else exact_words(band.rate)
    earns = measure(band.earns.normalize() + 0, figure.unit)
    return f"from {measure(band.floor, bounds)}{top}: {measure(band.part, of)} × {rate} = {earns}"


def _steps(figure: Figure) -> Iterator[str]:
    """The steps of a table, with the one that is reached."""
    size, of = figure.parts[0].value, figure.parts[0].unit
    edge = "above" if figure.op == "step above" else "from"
    numbered = [(floor, Decimal(n)) for n, (floor, _entry) in enumerate(figure.detail, 1)]
    reached = int(step_at(size, numbered, edge))
    for n, (floor, entry) in enumerate(figure.detail, 1):
        yield f"{edge} {measure(floor, of)}: {_value(entry, figure.unit)}" + (", reached" if n == reached else "")


def _entered(figure: Figure) -> Iterator[str]:
    """The bands that pay an amount, and whether the base enters them or those before it had."""
    steps, edge = figure.detail
    base, before = figure.parts[0].value, figure.parts[1].value if len(figure.parts) > 1 else ZERO
    word = "above" if edge == "above" else "from"
    for floor, amount in steps:
        if amount:
            mark = ", entered" if newly_entered(base, before, ((floor, amount),), edge) else ""
            yield f"{word} {measure(floor, figure.parts[0].unit)}: {measure(amount, figure.unit)}{mark}"


def _value(value: Decimal, unit: str) -> str:
    return percent_words(value) if unit == "%" else measure(value, unit)
