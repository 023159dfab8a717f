"""Both sides of a what-if as tables and tiles, in the reader's words."""

from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.ops.whatif.beside import Beside, FigureRow, PeriodRow
    from partnerdesk.reports.format import Formats

BEFORE, AFTER = "before", "after"  # the sides, at the head of a figure's name
SIDE = "#"
TILES = (
    ("score", "Score"),
    ("tier", "Tier in force"),
    ("earned", "Earned"),
    ("payable", "Payable"),
    ("held", "Held"),
    ("total", "Balance"),
)


def figure_words(row: "FigureRow", formats: "Formats") -> str:
    """What a figure is called, with its period."""
    return f"{row.label}, {formats.label(row.period)}" if row.period else row.label


def value_words(row: "FigureRow", value: Decimal | str | None, formats: "Formats") -> str:
    """A figure of one side."""
    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, str):
        return value
    if row.unit == "%":
        return formats.percent(value, 1)
    return formats.accounting(value) if is_money(row) else formats.number(value, _places(row))


def change_words(row: "FigureRow", formats: "Formats") -> str:
    """By how much the second side is more, signed; words where the figures are words."""
    change = row.change
    if change is None:
        return "changed" if row.is_moved else ""
    if not change:
        return ""
    if row.unit == "%":
        return f"{formats.signed(change * 100, 1)} pp"
    return formats.signed(change, 2 if is_money(row) else _places(row))


def figure_columns(formats: "Formats") -> list[Column]:
    """Figure by figure."""

    def side(which: str) -> Any:
        return lambda row: f"{which}{SIDE}{row.figure}" if row.figure else ""

    def words(which: str) -> Any:
        return lambda row: value_words(row, getattr(row, which), formats)

    return [
        Column("label", "Figure", lambda r: figure_words(r, formats), kind=kinds.NAME, width=216),
        Column("unit", "Unit", lambda r: r.unit, kind=kinds.MUTED, width=64, hidden=True),
        _right("before", "As is", words("before"), figure=side(BEFORE)),
        _right("after", "What-if", words("after"), strong=True, figure=side(AFTER)),
        _right("change", "Difference", lambda r: change_words(r, formats)),
    ]


def _right(key: str, title: str, get: Any, *, strong: bool = False, figure: Any = None) -> Column:
    """Words of a figure at the right edge."""
    return Column(key, title, get, str, kinds.NUMBER, 104, strong=strong, figure=figure)


def period_columns(formats: "Formats") -> list[Column]:
    """Period by period: earned, payable and balance of both sides."""
    money = formats.accounting

    def amount(key: str, title: str, of: str, at: int, strong: bool = False) -> Column:
        return Column(key, title, lambda r: getattr(r, of)[at], money, kinds.ACCOUNTING, 84, strong=strong)

    def moved(key: str, title: str, of: str, says: str, *, hidden: bool = True) -> Column:
        def get(row: Any) -> Decimal:
            before, after = getattr(row, of)
            return Decimal(after - before)

        return Column(key, title, get, money, kinds.ACCOUNTING, 130, says=says, hidden=hidden)

    return [
        Column("period", "Period", lambda r: period_words(r, formats), kind=kinds.NAME, width=92),
        amount("earned", "Earned", "earned", 0),
        amount("earned_if", "What-if", "earned", 1, strong=True),
        moved("earned_more", "Earned differs", "earned", "Difference of what is earned"),
        amount("payable", "Payable", "payable", 0),
        amount("payable_if", "What-if", "payable", 1, strong=True),
        moved("payable_more", "Payable differs", "payable", "Difference of what becomes payable"),
        moved("moved", "Balance differs", "closing", "Difference of the closing balances", hidden=False),
    ]


def period_words(row: "PeriodRow", formats: "Formats") -> str:
    """A month in short, any other period by its name."""
    return formats.short_period(row.period)


def line_columns(formats: "Formats") -> list[Column]:
    """The lines that differ."""
    money = formats.accounting

    def side(which: str) -> Any:
        return lambda r: f"{which}{SIDE}line|{r.id}" if getattr(r, which) is not None else ""

    def amount(which: str, title: str) -> Column:
        get, strong = attrgetter(which), which == AFTER
        return Column(which, title, get, money, kinds.ACCOUNTING, 90, strong=strong, sums=True, figure=side(which))

    return [
        Column("says", "Line", lambda r: r.says, kind=kinds.NAME, width=146),
        Column("customer", "Customer", lambda r: r.customer, width=110),
        Column("id", "Identifier", lambda r: r.id, kind=kinds.MUTED, width=150, hidden=True),
        Column("day", "Date", lambda r: r.day, formats.short_day, kinds.DATE, 70, hidden=True),
        Column("before", "As is", lambda r: r.before, money, kinds.ACCOUNTING, 90, sums=True, figure=side(BEFORE)),
        Column(
            "after",
            "What-if",
            lambda r: r.after,
            money,
            kinds.ACCOUNTING,
            90,
            sums=True,
            figure=side(AFTER),
            strong=True,
        ),
        Column("change", "Difference", lambda r: r.change, money, kinds.ACCOUNTING, 96, sums=True),
    ]


def cause_columns(formats: "Formats") -> list[Column]:
    """What moved, by cause."""
    money = formats.accounting
    return [
        Column("cause", "Cause", lambda r: r.cause, kind=kinds.NAME, width=126),
        Column("because", "Because of", lambda r: r.because, width=190),
        Column("says", "What", lambda r: r.says, width=110),
        Column("amount", "Difference", lambda r: r.amount, money, kinds.ACCOUNTING, 96, sums=True, strong=True),
    ]


def tile_note(row: "FigureRow", formats: "Formats") -> str:
    """How a tile's figure stands to that of the other side, in whole units of money."""
    if not row.change:
        was = value_words(row, row.before, formats)
        return f"instead of {was}" if row.is_moved else "unchanged"
    assert isinstance(row.before, Decimal)
    places = 0 if is_money(row) else _places(row)
    return f"{formats.signed(row.change, places)} from {formats.number(row.before, places)}"


def _places(row: "FigureRow") -> int:
    """A count has no decimals, points have one; both sides of a figure have as many."""
    sides = [side for side in (row.before, row.after) if isinstance(side, Decimal)]
    return int(row.unit == "points" or any(side != int(side) for side in sides))


def is_money(row: "FigureRow") -> bool:
    """Whether the unit is a currency."""
    return len(row.unit) == 3 and row.unit.isupper()


def headline(found: "Beside", formats: "Formats") -> str:
    """What it comes to in one sentence."""
    total, tier, score = found.figure("total"), found.figure("reached"), found.figure("score")
    said = []
    if total is not None and total.change is not None:
        amount = formats.change(total.change, found.currency)
        said.append(f"Balance {amount} {found.currency}" if total.change else "The same balance")
    if score is not None and score.change:
        said.append(f"score {formats.signed(score.change, 1)}")
    if tier is not None and tier.is_moved:
        said.append(f"figures reach {tier.after or 'no tier'} instead of {tier.before or 'none'}")
    return "; ".join(said)
