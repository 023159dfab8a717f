"""Renewals by month: columns of the value that is due, the flagged part hatched on top. No score of risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partnerdesk.reports.charts.columns import ABOVE, Columns, Heights, inside, narrow, spot
from partnerdesk.reports.charts.columns import key as swatches
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look

_BELOW = 9.0


@dataclass(frozen=True, slots=True)
class RenewalColumn:
    """A month: the value that is flagged and the rest; `says` is the printed sum."""

    label: str
    flagged: Decimal
    open: Decimal
    says: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RenewalMonths:
    columns: tuple[RenewalColumn, ...]
    flagged: str
    open: str


def renewal_months(figure: Any, data: RenewalMonths, look: Look) -> tuple[Spot, ...]:
    """Draws one column per month over the whole figure, the flagged part hatched on top."""
    plot = Plot(figure, look)
    if not data.columns:
        return ()
    columns = Columns(len(data.columns), 0.2, plot.width - 0.4, 0.68)
    parts = [("flagged", data.flagged)] if any(c.flagged for c in data.columns) else []
    parts += [("solid", data.open)] if any(c.open for c in data.columns) else []
    swatches(plot, 0.2, 2.2, parts)
    top = 6.5 + look.value.leading * PT + ABOVE
    heights = Heights.over([c.flagged + c.open for c in data.columns], top, plot.height - _BELOW)
    plot.rule(0.0, plot.width, heights.zero, "text", look.baseline)
    texts, role = narrow(plot, [c.says for c in data.columns], [c.says for c in data.columns], look.value, columns.step)
    spots = []
    for n, column in enumerate(data.columns):
        end = _stack(plot, columns.start(n), columns.column, heights, column)
        if column.flagged or column.open:
            plot.text(
                inside(plot, columns.middle(n), texts[n], role), end - ABOVE - 1.2, texts[n], role, align="center"
            )
            says = f"{column.label} {column.says}"
            spots.append(spot(plot, columns.start(n), end, columns.column, heights.zero - end, says))
    _month_labels(plot, columns, data.columns, heights.zero)
    return tuple(spots)


def _stack(plot: Plot, x: float, width: float, heights: Heights, column: RenewalColumn) -> float:
    middle, end = heights.at(column.open), heights.at(column.open + column.flagged)
    if column.open > 0:
        plot.bar(x, middle, width, heights.zero - middle, "solid")
    if column.flagged > 0:
        plot.bar(x, end, width, middle - end, "flagged")
    return end


def _month_labels(plot: Plot, columns: Columns, data: Sequence[RenewalColumn], zero: float) -> None:
    role = plot.look.axis
    for n, column in enumerate(data):
        plot.text(inside(plot, columns.middle(n), column.label, role), zero + 3.2, column.label, role, align="center")
        plot.text(inside(plot, columns.middle(n), column.note, role), zero + 6.6, column.note, role, align="center")
