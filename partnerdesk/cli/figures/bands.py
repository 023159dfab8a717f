"""The lines under a step that a table decided: its bands with what lies in each, its entries and which one applies."""

from collections.abc import Iterator

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.numbers import newly_entered
from partnerdesk.engine.figures.reasons import exact_words, percent_words
from partnerdesk.engine.figures.slices import SLICED, Slice, slices_of
from partnerdesk.engine.figures.telling import is_money, options_of, reached_step, value_words
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
            unit = name if is_money(name) and is_money(figure.unit) else figure.unit  # a table with an amount for each
            yield f"{name}: {value_words(value, unit)}" + (", applies" if name == key else "")
    elif figure.op == "entry":
        for option in options_of(figure):
            yield f"{option.words}: {option.gives}" + (option.outcome and f", {option.outcome}")
    elif figure.op == "scale":
        of = figure.parts[0].unit
        points = ", ".join(
            f"{value_words(at, of)} = {value_words(points, figure.unit)}" for at, points in figure.detail
        )
        yield f"scale: {points}"
    elif figure.op == "entered":
        yield from _entered(figure)


def _slice(figure: Figure, band: Slice) -> str:
    """From 10,000 to 40,000 EUR: 2,000 EUR x 5 % = 100 EUR."""
    of, top = figure.parts[0].unit, ""
    bounds = figure.unit if figure.op == "filled" else of
    if band.top is not None:
        top = f" to {value_words(band.top, bounds)}"
    is_share = of == figure.unit  # else a rate is an amount for each one, or a factor
    rate = percent_words(band.rate) if is_share else exact_words(band.rate)
    earns = value_words(band.earns.normalize() + 0, figure.unit)
    return f"from {value_words(band.floor, bounds)}{top}: {value_words(band.part, of)} × {rate} = {earns}"


def _steps(figure: Figure) -> Iterator[str]:
    """The steps of a table, with the one that is reached."""
    of, reached = figure.parts[0].unit, reached_step(figure)
    edge = "above" if figure.op == "step above" else "from"
    for n, (floor, entry) in enumerate(figure.detail):
        yield f"{edge} {value_words(floor, of)}: {value_words(entry, figure.unit)}" + (n == reached) * ", reached"


def _entered(figure: Figure) -> Iterator[str]:
    """The bands that pay an amount, and whether the base enters them or those before it had."""
    steps, edge = figure.detail
    base, before = figure.parts[0].value, figure.parts[1].value if len(figure.parts) > 1 else ZERO
    word = "above" if edge == "above" else "from"
    for floor, amount in steps:
        if amount:
            mark = ", entered" if newly_entered(base, before, ((floor, amount),), edge) else ""
            yield f"{word} {value_words(floor, figure.parts[0].unit)}: {value_words(amount, figure.unit)}{mark}"
