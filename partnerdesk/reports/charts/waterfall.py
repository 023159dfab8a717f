"""The earnings waterfall: from the opening to the closing balance in the order of the ledger.

Balances stand on zero, movements hang where the run has come to, connectors join them. Transfers between held and
payable do not change the run: they hang hatched beside it and the run passes them by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from partnerdesk.reports.charts.columns import ABOVE, Columns, Heights, inside, label_below, narrow, spot
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look

Kind = Literal["balance", "earned", "taken", "adjusted", "paid", "transfer"]
_LABELS_BELOW = 10.5
_THINNEST = 0.35


@dataclass(frozen=True, slots=True)
class Step:
    """One column. `amount` is signed; for a balance it is the balance, `held` the part that is not payable.

    `says` is the printed amount, `short` its short form, `note` stands muted under the label.
    """

    label: str
    amount: Decimal
    kind: Kind
    says: str
    short: str = ""
    note: str = ""
    held: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Waterfall:
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    step: Step
    start: Decimal
    end: Decimal


def earnings_waterfall(figure: Any, data: Waterfall, look: Look) -> tuple[Spot, ...]:
    """Draws the waterfall over the whole figure; amounts in one currency."""
    plot = Plot(figure, look)
    bars = _run(data.steps)
    if not bars:
        return ()
    columns = Columns(len(bars), 0.2, plot.width - 0.4, look.column_share)
    reach = [value for bar in bars for value in (bar.start, bar.end)]
    room = look.value.leading * PT + ABOVE
    below = room if min(reach) < 0 else 0.0
    heights = Heights.over(reach, room, plot.height - _LABELS_BELOW - below)
    shorts = [s.short or s.says for s in data.steps]
    texts, role = narrow(plot, [s.says for s in data.steps], shorts, look.value, columns.step - 1.0)
    _connect(plot, columns, heights, bars)
    plot.rule(columns.left, columns.left + columns.width, heights.zero, "text", look.baseline)
    spots = []
    for n, bar in enumerate(bars):
        top, bottom = _draw(plot, columns.start(n), columns.column, heights, bar)
        hangs = bottom > heights.zero + 0.5 and max(bar.start, bar.end) <= 0
        middle = bottom + ABOVE + 1.2 if hangs else top - ABOVE - 1.2
        plot.text(inside(plot, columns.middle(n), texts[n], role), middle, texts[n], role, align="center")
        label_below(plot, columns.middle(n), plot.height - _LABELS_BELOW, bar.step.label, bar.step.note, columns.step)
        spots.append(
            spot(plot, columns.start(n), top, columns.column, bottom - top, f"{bar.step.label} {bar.step.says}")
        )
    return tuple(spots)


def _run(steps: Sequence[Step]) -> list[_Bar]:
    """Where each column starts and ends."""
    level = Decimal(0)
    bars = []
    for step in steps:
        if step.kind == "balance":
            bars.append(_Bar(step, Decimal(0), step.amount))
            level = step.amount
        elif step.kind == "transfer":
            bars.append(_Bar(step, level, level - abs(step.amount)))
        else:
            bars.append(_Bar(step, level, level + step.amount))
            level += step.amount
    return bars


def _connect(plot: Plot, columns: Columns, heights: Heights, bars: Sequence[_Bar]) -> None:
    level = Decimal(0)
    for n, bar in enumerate(bars[:-1]):
        level = bar.start if bar.step.kind == "transfer" else bar.end
        y = heights.at(level)
        plot.rule(columns.start(n) + columns.column, columns.start(n + 1), y, "border", plot.look.connector)


_FILLINGS = {"earned": "up", "taken": "down", "paid": "solid", "transfer": "held"}


def _draw(plot: Plot, x: float, width: float, heights: Heights, bar: _Bar) -> tuple[float, float]:
    """Draws a column and returns its top and bottom."""
    first, last = sorted((heights.at(bar.start), heights.at(bar.end)))
    if not bar.step.amount and bar.step.kind != "balance":  # nothing moved: the run goes on
        plot.rule(x, x + width, first, "border", plot.look.connector)
        return first, last
    last = max(last, first + _THINNEST)
    if bar.step.kind == "balance":
        _balance(plot, x, width, heights, bar.step)
    elif bar.step.kind == "adjusted":
        plot.bar(x, first, width, last - first, "up" if bar.step.amount >= 0 else "down")
    else:
        plot.bar(x, first, width, last - first, _FILLINGS[bar.step.kind])
    return first, last


def _balance(plot: Plot, x: float, width: float, heights: Heights, step: Step) -> None:
    """A balance: what is held in its hatch, what is payable solid above it."""
    held = step.amount if step.held is None else step.held
    zero, end = heights.zero, heights.at(step.amount)
    if not 0 <= held <= step.amount:
        plot.bar(x, min(zero, end), width, max(abs(zero - end), _THINNEST), "solid")
        return
    middle = heights.at(held)
    if held > 0:
        plot.bar(x, middle, width, max(zero - middle, _THINNEST), "held")
    if step.amount > held or not held:
        plot.bar(x, end, width, max(middle - end, _THINNEST), "solid")
