"""When held money is released: one column per month, vesting hatched, holdback flat above it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partnerdesk.reports.charts.columns import ABOVE, Columns, Heights, inside, key, narrow, spot
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look

_LABELS_BELOW = 10.5


@dataclass(frozen=True, slots=True)
class ReleaseColumn:
    """A month, `label`, with the year as its `note` where it is the first of one; `says` is the printed sum."""

    label: str
    vesting: Decimal
    holdback: Decimal
    says: str
    short: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Releases:
    """`key` names the two parts in words, with their sums; empty parts are left out."""

    columns: tuple[ReleaseColumn, ...]
    vesting: str
    holdback: str


def held_releases(figure: Any, data: Releases, look: Look) -> tuple[Spot, ...]:
    """Draws the columns over the whole figure, the key above them."""
    plot = Plot(figure, look)
    if not data.columns:
        return ()
    columns = Columns(len(data.columns), 0.2, plot.width - 0.4, look.column_share)
    parts = [("holdback", data.holdback)] if any(c.holdback for c in data.columns) else []
    parts += [("held", data.vesting)] if any(c.vesting for c in data.columns) else []
    key(plot, 0.2, 2.2, parts)
    top = 6.5 + look.value.leading * PT + ABOVE
    heights = Heights.over([c.vesting + c.holdback for c in data.columns], top, plot.height - _LABELS_BELOW)
    plot.rule(columns.left, columns.left + columns.width, heights.zero, "text", look.baseline)
    shorts = [c.short or c.says for c in data.columns]
    texts, role = narrow(plot, [c.says for c in data.columns], shorts, look.value, columns.step - 1.0)
    spots = []
    for n, column in enumerate(data.columns):
        end = _column(plot, columns.start(n), columns.column, heights, column)
        plot.text(inside(plot, columns.middle(n), texts[n], role), end - ABOVE - 1.2, texts[n], role, align="center")
        _label(plot, columns, n, column)
        spots.append(
            spot(plot, columns.start(n), end, columns.column, heights.zero - end, f"{column.label} {column.says}")
        )
    return tuple(spots)


def _column(plot: Plot, x: float, width: float, heights: Heights, column: ReleaseColumn) -> float:
    """Draws one column and returns its top."""
    middle, end = heights.at(column.vesting), heights.at(column.vesting + column.holdback)
    if column.vesting > 0:
        plot.bar(x, middle, width, heights.zero - middle, "held")
    if column.holdback > 0:
        overlap = plot.look.outline * PT if column.vesting > 0 else 0.0
        plot.bar(x, end, width, middle - end + overlap, "holdback")
    return end


def _label(plot: Plot, columns: Columns, n: int, column: ReleaseColumn) -> None:
    look, top = plot.look, plot.height - _LABELS_BELOW
    plot.text(
        inside(plot, columns.middle(n), column.label, look.category),
        top + 3.2,
        column.label,
        look.category,
        align="center",
    )
    plot.text(
        inside(plot, columns.middle(n), column.note, look.note), top + 7.1, column.note, look.note, align="center"
    )
