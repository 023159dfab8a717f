"""`replay(figure) == figure.value`: a figure's value derived again from its leaves, choices included.

With leaves changed it is what the figure would have been: each of them changes it, or is one of those that
`bearing.unused` names, or decides a choice that the change does not turn.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from partnerdesk.engine import money
from partnerdesk.engine.figures.figure import Excess, Figure, cut_into_bands, on_scale, step_at, winner
from partnerdesk.engine.figures.filling import cut_of, filled_of
from partnerdesk.engine.figures.numbers import kept, multiplied, newly_entered, picked, raised, sliced
from partnerdesk.engine.money import ONE, ZERO

Values = list[Decimal]


def _sliced(values: Values, detail: tuple[Any, ...]) -> Decimal:
    base, before = values[0], values[1] if len(values) > 1 else ZERO
    return sliced(cut_into_bands(base, before, detail[0]))


def _filled(values: Values, detail: tuple[Any, ...]) -> Decimal:
    return sliced(cut_of(filled_of(values, detail), detail[0]))


def _entered(values: Values, detail: tuple[Any, ...]) -> Decimal:
    return newly_entered(values[0], values[1] if len(values) > 1 else ZERO, detail[0], detail[1])


def _entry(detail: tuple[Any, ...]) -> Decimal:
    place = winner(detail[1], detail[0])
    return ZERO if place is None else detail[1][place].value


_STEPS: dict[str, Callable[[Values, tuple[Any, ...]], Decimal]] = {
    "sum": lambda v, d: sum(v, ZERO),
    "count": lambda v, d: sum(v, ZERO),  # each part counts one
    "once": lambda v, d: ONE,
    "kept": lambda v, d: kept(d[0], v, d[1]),
    "best": lambda v, d: kept(d[0], v, d[1], d[2]),
    "power": lambda v, d: raised(v[0], d[0]),
    "difference": lambda v, d: v[0] - v[1],
    "product": lambda v, d: multiplied(v),
    "quotient": lambda v, d: v[0] / v[1],
    "mean": lambda v, d: picked("mean", v),
    "median": lambda v, d: picked("median", v),
    "latest": lambda v, d: picked("latest", v),
    "least": lambda v, d: min(v),
    "greatest": lambda v, d: max(v),
    "round": lambda v, d: money.rounded(v[0], d[0], d[1]),
    "spread": lambda v, d: money.spread(v, d[0], d[1])[d[2]],
    "negative": lambda v, d: -v[0],
    "choice": lambda v, d: dict(d[0])[d[1]],
    "step": lambda v, d: step_at(v[0], d),
    "step above": lambda v, d: step_at(v[0], d, "above"),
    "excess": lambda v, d: sliced(Excess(*d).slices(v[0], v[1])),
    "entered": _entered,
    "filled": _filled,
    "entry": lambda v, d: _entry(d),
    "scale": lambda v, d: on_scale(v[0], d),
    "slices": _sliced,
    "split": lambda v, d: money.split(v[0], d[0], d[1])[d[2]],
}


def replay(figure: Figure, changed: Mapping[int, Decimal] | None = None) -> Decimal:
    """The value that the figure's leaves and steps give, computed anew; `changed` are values for leaves by their `id`.

    Raises KeyError for an operation that has no replay: a figure is made by the named constructors only. With changed
    leaves also what arithmetic raises, such as a division by what is zero now.
    """
    return _anew(figure, dict(changed or {}))


def _anew(figure: Figure, known: dict[int, Decimal]) -> Decimal:
    """A part that several steps share is computed once: calculations are graphs, and as trees some are immense."""
    found = known.get(id(figure))
    if found is None:
        if figure.op in ("given", "rule"):
            return figure.value
        parts = [_anew(part, known) for part in figure.parts]
        found = known[id(figure)] = stepped(figure, parts)
    return found


def stepped(figure: Figure, parts: Values) -> Decimal:
    """What a figure's own step makes of the values of its parts."""
    return _STEPS[figure.op](parts, figure.detail)


def leaves(figure: Figure) -> list[Figure]:
    """All leaves below a figure, in order, repeated where they were used twice."""
    if not figure.parts:
        return [figure]
    return [leaf for part in figure.parts for leaf in leaves(part)]
