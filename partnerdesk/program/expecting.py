"""A case of a text made to expect what its rules give: the figures are written anew and nothing else.

For a person who changed a rule on purpose: the rule is right, and its case has to follow.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from partnerdesk.program.form import quoted
from partnerdesk.program.spans import put, spans

Figure = Decimal | str | date


def expecting(text: str, case: int, figures: Iterable[tuple[int, Figure]]) -> str:
    """The text with other figures in a case: the number of each in `expect`, from 0, and what it is now.

    Raises KeyError for a figure that the case does not state.
    """
    for number, figure in figures:
        path = ("example", str(case), "expect", str(number), _key(figure))
        text = put(text, path, _written(figure, spans(text)[path].raw))
    return text


def _key(figure: Figure) -> str:
    return "value" if isinstance(figure, Decimal) else "day" if isinstance(figure, date) else "text"


def _written(figure: Figure, before: str) -> str:
    """A figure as TOML, with at least as many decimals as the one that stood there."""
    if isinstance(figure, date):
        return figure.isoformat()
    if isinstance(figure, str):
        return quoted(figure)
    places = max(-int(figure.normalize().as_tuple().exponent), len(before.partition(".")[2].replace("_", "")))
    return f"{figure:.{places}f}"
